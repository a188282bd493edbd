"""Every fix leaves a sentence that holds, by a grammar which the fixes do not know."""

from __future__ import annotations

import re
from itertools import product

import pytest
from pymorphy3 import MorphAnalyzer

from content.checking import Rule, check, mend

_VERBS = ("прислали", "вернули", "согласовали", "утвердили", "не оплатили", "отменили", "потеряли")
_OBJECTS = (
    *("смету", "макет", "таблицу", "3 версию обложки", "2 таблицу", "4 вариант", "3 версии"),
    *(
        "5 правок",
        "второй этап 40 000 ₽",
        "счёт на 40 000 ₽",
        "оплату 5 этапа",
        "его",
        "12 страниц",
    ),
)
_BEHIND = (
    *("", " 3 ноября", " за час до сдачи", ", который сами выбрали", ", а потом передумали"),
    *(", отправленную в мае", " про доставку", " три раза", " и попросили ещё одну"),
)
_DEBTS = (
    *("Вы должны {}27 тыс. ₽.", "Вы остались должны {}5000 ₽.", "Вы не заплатили {}27 тыс. ₽."),
    *("Вы мне должны {}12 000 ₽ за урок.", "Вы так и не оплатили {}8000 ₽."),
)
_ADDRESSED = frozenset({Rule.SECOND_PERSON})


@pytest.fixture(scope="module")
def dictionary() -> MorphAnalyzer:
    return MorphAnalyzer()


def _mended(sentence: str) -> str:
    return mend(sentence, check(sentence, rules=_ADDRESSED))


def _faults(sentence: str, dictionary: MorphAnalyzer) -> list[str]:
    """Return what a teacher would underline."""
    found = []
    for clause in re.split(r"[,;:.—]", sentence):
        words = re.findall(r"[А-Яа-яё]+|\d[\d ]*(?=[^\d ])|\d+|₽", clause)
        readings = [dictionary.parse(word.strip().lower()) for word in words]
        said = [
            i
            for i, each in enumerate(readings)
            if each[0].tag.POS in {"VERB", "PRTS"} and not words[i].isdigit()
        ]
        passive = [i for i in said if readings[i][0].tag.POS == "PRTS"]
        passive += [i for i in said if "intr" in readings[i][0].tag]
        takes = any("tran" in readings[i][0].tag for i in said if i not in passive)
        takes = takes or any(each[0].tag.POS == "INFN" for each in readings)
        for i, each in enumerate(readings):
            before = readings[i - 1][0].tag.POS if i else None
            counted = i > 0 and words[i - 1].strip().isdigit()
            nouns = [r for r in each if r.tag.POS in {"NOUN", "NPRO"}]
            sure = [r for r in each if r.score > 0.1]
            only_object = all(r.tag.POS == "NOUN" and r.tag.case == "accs" for r in sure)
            if only_object and passive and not takes and before != "PREP":
                found.append(f"{words[i]} is an object of nothing")
            singular = counted and nouns and not any(r.tag.case == "gent" for r in nouns)
            if singular and before != "PREP":
                found.append(f"{words[i - 1]} {words[i]} is the how many-th?")
            if (
                words[i] == "работа"
                and i
                and (before in {"NOUN", "NPRO"} or words[i - 1] == "сами")
            ):
                found.append("«работа» beside another subject")
        if re.search(r"(?:\bнет|не было|\b(?!на\b)\w*[аын]) \d[\d ]*(?:тыс\. )?₽", clause):
            found.append("a sum that nothing governs")
    return found


@pytest.mark.parametrize("first", [False, True], ids=["object behind", "object first"])
def test_no_fix_leaves_an_object_a_number_or_a_relative_clause_behind(
    dictionary: MorphAnalyzer, *, first: bool
) -> None:
    broken = []
    for verb, thing, rest in product(_VERBS, _OBJECTS, _BEHIND):
        said = f"{thing} {verb}{rest}." if first else f"{verb} {thing}{rest}."
        sentence = said[:1].upper() + said[1:]
        mended = _mended(sentence)
        if mended != sentence and (faults := _faults(mended, dictionary)):
            broken.append((sentence, mended, faults))
    assert not broken, broken[:10]


@pytest.mark.parametrize("debt", _DEBTS)
@pytest.mark.parametrize("what", ["", "за октябрь ", "за правки ", "с мая "])
def test_a_sum_keeps_its_place_in_a_fix(dictionary: MorphAnalyzer, debt: str, what: str) -> None:
    sentence = debt.format(what)
    mended = _mended(sentence)
    assert mended == sentence or not _faults(mended, dictionary), mended
    assert re.findall(r"\d[\d ]*", mended) == re.findall(r"\d[\d ]*", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Работу приняли 8 ноября без замечаний.",
        "Ролик одобрили, написали «супер».",
        "Текст согласовали и поблагодарили за скорость.",
        "Аванс не пришёл, договаривались на 5 ноября.",
        "3 ноября созвонились и условились о новом сроке.",
        "Счета оплатили вовремя.",
        "Спасибо за вашу лёгкость и за то, что не торопили.",
        "Спасибо за то, что вы всегда платили вовремя.",
        "Бэкенд готов, пуши не работают.",
        "Боты и пуши отложены.",
    ],
)
def test_acceptance_agreement_and_thanks_are_no_reproach(sentence: str) -> None:
    assert not check(sentence, rules=_ADDRESSED)


@pytest.mark.parametrize(
    "sentence",
    [
        "Акт подписали только в декабре.",
        "Счёт от 1 ноября оплатили 25-го.",
        "Не приняли работу.",
        "Вы утвердили макет.",
        "Макет, который сами утвердили.",
        "Спасибо за доверие, но вы не заплатили.",
        "Спасибо за работу, желаем вам успехов.",
    ],
)
def test_what_is_late_refused_or_said_to_the_reader_is_still_found(sentence: str) -> None:
    assert check(sentence, rules=_ADDRESSED)
