"""How the texts speak: rules that an editor would hold, for every text, voice and stage."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from content.checking.checker import check
from content.checking.findings import Rule
from content.knowledge import Knowledge, Words
from content.models import COPY_LIMIT, OwnAdvice, Stage
from content.typography import leaves
from content.voices import Voice

MANNERS = frozenset({Rule.JUDGING_WORD, Rule.ABSOLUTE, Rule.THREAT, Rule.APOLOGY, Rule.LEGAL_CLAIM})
"""What a phrase to a client must not sound like, whatever it is for."""

COINED = {
    "a limit is called by what it limits": r"\bпредел(?!ьн)\w*",
    "nobody owes an attempt": r"попытки\s+(вы\s+)?(здесь\s+|тут\s+)?(никому\s+)?не\s+должны",
    "people are not fired": r"уволить клиента",
    "a client is a client": r"\bзаказчик\w*",
    "no calque of boundaries": r"(установ|назов|назва)\w* границ",
    "conditions are not «на дальше»": r"на дальше",
}
CONDITION_WITHOUT_IF = (
    r"(^|[.!?] )(Не )?(подходит|выходит|хватает|согласятся|подтвердят|откажутся|заплатят|ответят|"
    r"повторится|попросят|хочет|предлагают|появится)( \w+){0,4} — "
)
PROMISES = (
    "смет",
    "тариф",
    "аванс",
    "по предоплате",
    "двойн",
    "новые условия",
    "новая цена",
    "новую цену",
    "предлагаю",
    "предлагаем",
    "вариант подходит",
    "что выбираем",
    "начну",
    "начнём",
    "беру",
    "берём",
    "дальше работаю",
    "дальше работаем",
    "следующий этап",
)
"""What a phrase of parting may not say: it opens something new."""
WEEKDAYS = {
    "ru": r"понедельник|вторник|\bсред[ыуе]\b|четверг|пятниц|суббот|воскресень",
    "en": r"(mon|tues|wednes|thurs|fri|satur|sun)day",
}
"""What no phrase says: the plan has days of its own, and a phrase is written on any day."""
AGENCY_ONLY = r"ваш\w* люд\w*|сво\w* люд\w*|\bменеджер\w*|сотрудник\w*"


def advices(words: Words) -> Iterator[tuple[str, Stage, OwnAdvice]]:
    for id_, each in (*words.signs.items(), *words.questions.items()):
        yield from ((id_, stage, getattr(each, stage)) for stage in Stage)
        if owed := getattr(each, "owed", None):
            yield id_, Stage.MEND, owed
        yield from ((id_, Stage.MEND, said) for said in getattr(each, "beside", {}).values())


def texts(words: Words) -> Iterator[tuple[str, str]]:
    kinds = (words.signs, words.questions, words.types, words.verdicts)
    for models in kinds:
        for id_, model in models.items():
            yield from ((f"{id_}.{key}", text) for key, text in leaves(model.model_dump()))
    for number, entry in enumerate(words.encouragement):
        yield f"encouragement.{number}", entry.text
    for key, template in words.texts.templates.items():
        yield from ((key, form) for form in template.forms.values())


@pytest.fixture(params=Voice)
def words(request: pytest.FixtureRequest, knowledge: Knowledge) -> Words:
    """Return the Russian words in each voice."""
    return knowledge.words("ru", request.param)


@pytest.mark.parametrize("why", COINED)
def test_no_coined_word_stands_for_a_living_one(knowledge: Knowledge, why: str) -> None:
    pattern = re.compile(COINED[why], re.IGNORECASE)
    found = [
        (key, text)
        for key, text in texts(knowledge.words("ru"))
        if "keywords" not in key and pattern.search(text)
    ]
    assert not found


def test_a_condition_has_its_if(words: Words) -> None:
    pattern = re.compile(CONDITION_WITHOUT_IF, re.IGNORECASE)
    assert not [(i, s, a.text) for i, s, a in advices(words) if pattern.search(a.text)]


def test_no_text_of_advice_needs_a_label_or_shouts(words: Words) -> None:
    for id_, stage, advice in advices(words):
        assert advice.text[0].isupper() or advice.text[0] == "«", (id_, stage)
        assert advice.text[-1] in ".?", (id_, stage)
        assert "!" not in advice.text + (advice.phrase or ""), (id_, stage)


def test_every_phrase_fits_the_copy_button_and_has_no_gaps(words: Words) -> None:
    for id_, stage, advice in advices(words):
        phrase = advice.phrase or ""
        assert len(phrase.encode("utf-16-le")) // 2 <= COPY_LIMIT, (id_, stage)
        assert "…" not in phrase, (id_, stage)
        assert "{" not in phrase + advice.text + advice.step, (id_, stage)


@pytest.mark.parametrize("language", WEEKDAYS)
def test_no_phrase_names_a_day_of_the_week(knowledge: Knowledge, language: str) -> None:
    for id_, stage, advice in advices(knowledge.words(language)):
        assert not re.search(WEEKDAYS[language], advice.phrase or "", re.IGNORECASE), (id_, stage)


def test_every_phrase_keeps_the_manners_of_a_letter(words: Words) -> None:
    for id_, stage, advice in advices(words):
        if advice.phrase:
            found = check(advice.phrase, rules=MANNERS)
            assert not found, (id_, stage, advice.phrase, found)


def test_a_phrase_of_parting_speaks_to_nobody_and_opens_nothing(words: Words) -> None:
    for id_, stage, advice in advices(words):
        if stage is Stage.LEAVE and advice.phrase:
            found = check(advice.phrase, rules=MANNERS | {Rule.SECOND_PERSON})
            assert not found, (id_, advice.phrase, [(each.rule, each.excerpt) for each in found])
            low = advice.phrase.lower()
            assert not [each for each in PROMISES if each in low], (id_, advice.phrase)


def test_a_step_is_a_deed_and_never_the_sign(words: Words) -> None:
    names = {each.name.casefold() for each in words.signs.values()}
    steps = [advice.step for _, _, advice in advices(words)]
    for verdict in words.verdicts.values():
        steps += map(words.step, verdict.every_step)
    for step in steps:
        assert step.casefold() not in names
        assert re.match(r"(Не )?\w+(ть|ти|ться|тись|чь)\b", step), step


def test_who_works_alone_is_told_of_no_staff(knowledge: Knowledge) -> None:
    team_only = {id_ for id_, data in knowledge.catalogue.signs.items() if data.team_only}
    for voice in (Voice.PLAIN, Voice.MALE, Voice.FEMALE):
        for key, text in texts(knowledge.words("ru", voice)):
            id_ = key.partition(".")[0]
            spoken_to = id_ not in team_only and "keywords" not in key and "examples" not in key
            if spoken_to and (
                id_ in knowledge.catalogue.signs or id_ in knowledge.catalogue.questions
            ):
                assert not re.search(AGENCY_ONLY, text, re.IGNORECASE), (voice, key, text)


def test_a_team_says_we(knowledge: Knowledge) -> None:
    alone = re.compile(r"\b(я|мне|меня|мной|моя|мой|моё|мою)\b", re.IGNORECASE)
    verbs = {
        "пришлю",
        "отвечу",
        "отвечаю",
        "начну",
        "сделаю",
        "покажу",
        "запишу",
        "беру",
        "держу",
        "считаю",
        "предлагаю",
        "отправляю",
        "завершаю",
        "сдаю",
        "передаю",
        "работаю",
        "обсуждаю",
        "выставляю",
        "заканчиваю",
        "доделываю",
        "закрываю",
        "принимаю",
        "прошу",
        "жду",
    }
    for id_, stage, advice in advices(knowledge.words("ru", Voice.TEAM)):
        phrase = advice.phrase or ""
        assert not alone.search(phrase), (id_, stage, phrase)
        said = {word.lower() for word in re.findall(r"\w+", phrase)}
        assert not said & verbs, (id_, stage, phrase, said & verbs)


def test_the_reader_is_addressed_without_gender(words: Words) -> None:
    for key, text in texts(words):
        assert not re.search(r"\w+\((а|ла|ась)\)|\w+/(а|ла)\b", text), (key, text)


def test_every_ready_answer_is_the_same_word(words: Words) -> None:
    for id_, stage, advice in advices(words):
        phrase = (advice.phrase or "") + advice.text
        assert not re.search(
            r"«(подтверждаю|согласен|согласна|ок)»|словом: (?!согласовано)", phrase
        ), (
            id_,
            stage,
        )


# English


PROMISES_EN = ("next project", "look forward to", "discount", "new estimate", "happy to continue")


@pytest.fixture(params=(Voice.PLAIN, Voice.TEAM))
def english(request: pytest.FixtureRequest, knowledge: Knowledge) -> Words:
    """Return the English words in each voice they tell apart."""
    return knowledge.words("en", request.param)


def test_english_phrases_keep_the_manners_of_a_letter(english: Words) -> None:
    for id_, stage, advice in advices(english):
        if advice.phrase:
            parting = {Rule.SECOND_PERSON} if stage is Stage.LEAVE else set()
            found = check(advice.phrase, language="en", rules=MANNERS | parting)
            told = [(each.rule, each.excerpt) for each in found]
            assert not found, (id_, stage, advice.phrase, told)
            low = advice.phrase.lower()
            opens = stage is Stage.LEAVE and [each for each in PROMISES_EN if each in low]
            assert not opens, (id_, advice.phrase)


def test_english_advice_is_whole_sentences_and_does_not_shout(english: Words) -> None:
    for id_, stage, advice in advices(english):
        assert advice.text[0].isupper() or advice.text[0] == "“", (id_, stage)
        assert advice.text[-1] in ".?”", (id_, stage)
        assert "!" not in advice.text + (advice.phrase or ""), (id_, stage)
        assert len((advice.phrase or "").encode("utf-16-le")) // 2 <= COPY_LIMIT, (id_, stage)


def test_english_has_no_gender_no_straight_mark_and_nothing_russian(english: Words) -> None:
    wrong = re.compile(r"\b(he|she|his|hers?|him|s/he)\b|[\"«»]|\w'\w|[а-яё]", re.IGNORECASE)
    found = [
        (key, text)
        for key, text in texts(english)
        if "keywords" not in key and "examples" not in key and wrong.search(text)
    ]
    assert [each for each in found if each[0] != "settings.own_name"] == []


def test_english_keeps_to_the_american_manners(english: Words) -> None:
    """Hours are told by AM and PM, and a list of nouns has its comma before the last."""
    wrong = re.compile(
        r"\b([01]\d|2[0-3]):[0-5]\d\b(?!\s[AP]M)|\d [ap]m\b|[Hh]and-?overs?\b"
        r"|\b(a|an|the) [\w’-]+, (a|an|the) [\w’-]+ (and|or) (a|an|the) [\w’-]+[.,:;?]"
    )
    found = [(key, text) for key, text in texts(english) if wrong.search(text)]
    assert [each for each in found if "keywords" not in each[0]] == []
