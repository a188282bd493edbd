"""What a Russian word is at the beginning of a typed answer, and who is meant by a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from babel.dates import get_month_names

from content.russian.lexicon import grammar, haste, ordinary
from content.russian.morphology import Parse, as_told, morphology
from content.russian.spelling import undotted
from content.russian.telling import tells_by_itself
from content.typography import NO_BREAK
from content.wordlists import any_of

_CYRILLIC = re.compile(r"[а-яё]+(?:-[а-яё]+)*")
_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr")
"""What the dictionary calls names of people, places and firms."""
_LIKELY = 0.01
_SMALL = frozenset({"PREP", "CONJ", "PRCL", "ADVB", "PRED", "NPRO", "NUMR", "INFN"})


def is_ordinary(word: str, rest: str) -> bool:
    """Tell whether a word is no name; ``rest`` follows it: «любовь к деталям»."""
    if not _CYRILLIC.fullmatch(word):
        return False
    if not morphology().word_is_known(word):
        return _is_borrowed(word)
    all_readings = morphology().parse(word)
    if rest[:1].isupper() and any("Name" in each.tag for each in all_readings):
        return False  # «Света Громова»
    readings = [each for each in all_readings if each.score >= _LIKELY]
    if any(each.tag.POS in _SMALL for each in readings):
        return True  # «по», «в»: their other reading is an abbreviation
    likely = [each for each in readings if not _is_odd(each)]
    names = [each for each in likely or readings if _names(each)]
    if not names:
        return any(each.tag.POS for each in readings)
    common = len(names) < len(readings) or word in ordinary().virtues
    after, _, then = rest.partition(" ")
    return common and after in ordinary().governed and then[:1].islower()


def _is_odd(reading: Parse) -> bool:
    """Tell a name in a form that no answer has: «свет» is hardly many a Света."""
    named = "Name" in reading.tag or "Geox" in reading.tag
    return named and ("plur" in reading.tag or "voct" in reading.tag)


def calmed(word: str, *, begins: bool, sure: bool) -> str:
    """Return a word in capitals as a sentence has it; what is always written so stays."""
    small = word.lower()
    readings = morphology().parse(small) if morphology().word_is_known(small) else []
    short = any("Abbr" in each.tag for each in readings) and len(word) > 1
    emphasis = len(word) == 1 or sure or small in _DENYING
    if not readings or short or (len(word) < _SHORTEST_EMPHASIS and not emphasis):
        return word  # «установка ПО», «калькулятор ТО»
    if (
        not sure
        and len(word) < _SHORTEST_NOUN
        and not any(each.tag.POS in _SMALL for each in readings)
    ):
        return word  # it may be letters of something after all
    return small.capitalize() if begins or _names(readings[0]) else small


_SHORTEST_NOUN, _SHORTEST_EMPHASIS = 4, 3
_DENYING = frozenset({"не", "ни"})


def says_something(text: str) -> bool:
    """Tell whether a clause has a verb or what stands for one: «придёт», «готово», «нужен»."""
    first, *words = re.findall(r"[а-яё]+", text.lower()) or [""]
    return any(map(_may_tell, words)) or (_may_tell(first) and not _may_be_done(first))


def _may_be_done(word: str) -> bool:
    """Tell «замер», a thing as well, with which an answer begins."""
    readings = morphology().parse(word)
    return any({"NOUN", "nomn", "sing"} <= r.tag.grammemes and r.score >= _MAY_BE for r in readings)


def _may_tell(word: str) -> bool:
    readings = as_told(word)
    tells = sum(each.score for each in readings if each.tag.POS in PREDICATES)
    return (
        readings[0].tag.POS in PREDICATES or tells >= _AS_LIKELY or _of_us(word) is not None
    )  # «орал» is many a sea as well


_AS_LIKELY = 0.5


def begins_with_a_thing(text: str) -> bool:
    """Tell «новая версия текста» from «утром звонки», «в полночь голосовые», «— новая версия»."""
    first = re.match(r"[а-яё]+", text.lower())
    return first is not None and str(morphology().parse(first[0])[0].tag.POS) in _THINGS


_THINGS = frozenset({"NOUN", "ADJF", "PRTF", "NUMR", "NPRO", "PRCL", "CONJ"})
PREDICATES = frozenset({"VERB", "INFN", "PRTS", "ADJS", "PRED"})


def as_team(text: str) -> str:
    """Return «жду оплаты, потом сдам» as «ждём оплаты, потом сдадим»; «я» means one of the team.

    What somebody else said stays as they said it: «написали „принимаю“», «ответили: принимаю».
    """
    if re.search(r"\bя\b", text.lower()):
        return text
    return _or_theirs().sub(_of_all, text)


@cache
def _or_theirs() -> re.Pattern[str]:
    # «Написал инструкцию» may be one of the team.
    wrote = any_of(w for w in haste().wrote if morphology().parse(w)[0].tag.number == "plur")
    quoted = r"«[^»]*»|„[^“]*“|“[^”]*”|\"[^\"]*\""
    return re.compile(
        rf"(?P<theirs>{quoted}|(?<!\w)(?:{wrote})(?!\w)(?!:?\s*[«„“\"])[^.;\n]*)"
        rf"|{_ANY_WORD.pattern}",
        re.IGNORECASE,
    )


def _of_all(found: re.Match[str]) -> str:
    word = found[0]
    if found["theirs"]:
        return word
    ours = _of_us(word.lower()) if word.islower() or not found.start() else None
    if ours is None or ours.tag.number != "sing" or ours.score < _OFTEN:
        return word
    plural = ours.inflect({"plur"})
    said = plural.word if plural else word
    return said.capitalize() if word[0].isupper() else said


_ANY_WORD = re.compile(r"[А-Яа-яёЁ]+(?:-[а-яё]+)*")


def is_a_name(word: str) -> bool:
    """Tell whether a word is rather a first name than anything else, in whatever case."""
    return "Name" in morphology().parse(word)[0].tag


def named(text: str, *, sure: float = 0.8) -> str:
    """Return a text with the names of people big: «с ваней», «елена викторовна смирнова».

    Of the readings of a word, ``sure`` must be names: «марка» is seldom of a Mark.
    """
    before, is_first = "", False

    def big(found: re.Match[str]) -> str:
        nonlocal before, is_first
        word = found[0]
        readings = morphology().parse(word)
        names = sum(each.score for each in readings if "Name" in each.tag and "sing" in each.tag)
        after = _WORDS_OF_NAMES.match(text, found.end() + 1)
        surname = after and any("Surn" in each.tag for each in morphology().parse(after[0]))
        known = after is not None and _is_a_surname(after[0])
        names = 1 if surname and (names >= _MAY_BE or (known and names)) else names  # «лев громов»
        goes_on = before and text[: found.start()].endswith(f"{before} ")
        family = goes_on and any("Patr" in each.tag or "Surn" in each.tag for each in readings)
        ends = text[found.end() :].startswith((",", AND, " или ", ";", " (")) or found.end() == len(
            text
        )
        trade = after is not None and not after[0].istitle() and _is_a_trade(after[0])
        family = family or (goes_on and is_first and ends and _may_be_a_surname(word))
        family = family or (goes_on and trade and morphology().parse(word)[0].tag.POS == "NOUN")
        first = names >= sure and len(word) > _SHORTEST_NAME
        before, is_first = (word if first or family or _is_a_surname(word) else ""), first
        return word.capitalize() if before and word.islower() else word

    text = _QUOTED_NAME.sub(lambda found: found[0].upper(), text)
    if sure >= _OF_ANYTHING:
        return _WORDS_OF_NAMES.sub(big, text)
    text = _firm().sub(_quoted, text)
    return _WHO_IT_IS.sub(_with_trade, _WORDS_OF_NAMES.sub(big, text))


def _with_trade(found: re.Match[str]) -> str:
    """Return «Вера Макарова, верстальщик» for «Вера Макарова верстальщик»."""
    name, trade = found.groups()
    called = any("Name" in each.tag for each in morphology().parse(name))
    somebody = all("anim" in r.tag and "Surn" not in r.tag for r in morphology().parse(trade)[:1])
    known = called and ((morphology().word_is_known(trade) and somebody) or trade.isupper())
    return f"{found[0].removesuffix(trade).rstrip()}, {trade}" if known else found[0]


_WHO_IT_IS = re.compile(
    r"\b([А-ЯЁ][а-яё]+)(?: [А-ЯЁ][а-яё-]+)? ([а-яё]{3,}|[А-ЯЁA-Z]{2,})(?![\w-])"
)


_QUOTED_NAME = re.compile(r"(?<=«)[а-яё]")
"""«язык плюс»"""


@cache
def _firm() -> re.Pattern[str]:
    firms = any_of(grammar().firms)
    return re.compile(
        rf"\b((?:{firms})[а-яё]*) ([а-яё]{{3,}}(?: [а-яё]{{3,}})?)"
        rf"(?=,| (?:и|или) |$)",
        re.IGNORECASE,
    )


def _quoted(found: re.Match[str]) -> str:
    """Return «агентство „Мята“» for «агентство мята», but «студия звукозаписи»."""
    if found[2].isupper():
        return found[0]  # «бухгалтерия ТСЖ»
    words = found[2].lower().split(" ")
    tags = [[each.tag for each in morphology().parse(word)] for word in words]
    first, *second = [
        next((t for t in each if "nomn" in t and t.number == "sing"), None) for each in tags
    ]
    strange = not all(map(morphology().word_is_known, words))
    one = first is not None and first.POS == "NOUN" and not second
    two = first is not None and first.POS == "ADJF" and second and second[0] is not None
    return f"{found[1]} «{found[2].capitalize()}»" if one or two or strange else found[0]


def is_called_firm(text: str) -> bool:
    """Tell «типография Альфа», a firm by its name alone, from «школа танцев» and «канал»."""
    firm = rf"(?:{any_of(grammar().firms)})[а-яё]* [А-ЯЁ«](?![А-ЯЁ])"
    return bool(re.fullmatch(rf"(?i:{any_of(grammar().traders)}) [^,(]*|{firm}[^,(]*", text))


_OF_ANYTHING = 0.8
_MAY_BE = 0.2
_WORDS_OF_NAMES = re.compile(r"(?<![\w-])[А-Яа-яёЁ]+(?:-[А-Яа-яё]+)*(?![\w-])")
_SHORTEST_NAME = 2


def _is_a_trade(word: str) -> bool:
    """Tell «кровельщик», by which a surname before it is told from another trade."""
    tag = morphology().parse(word)[0].tag
    return {"NOUN", "anim", "nomn", "sing"} <= tag.grammemes and "Surn" not in tag


def _may_be_a_surname(word: str) -> bool:
    """Tell «анна лис» from «анна дизайнер»."""
    tells = any(r.tag.POS == "ADJS" and "masc" not in r.tag for r in morphology().parse(word))
    return word.isalpha() and word.islower() and not (word.endswith(grammar().no_surname) or tells)


def _is_a_surname(word: str) -> bool:
    """Tell a word that is a surname and nothing else: «громова»."""
    readings = morphology().parse(word.lower())
    return readings[0].is_known and all("Surn" in each.tag for each in readings)


def with_first_names(text: str) -> str:
    """Return a text with those words big that are names and nothing else: «Ваня», «Москве»."""

    def big(found: re.Match[str]) -> str:
        readings = morphology().parse(found[0])
        named = found[0].islower() and all(
            any(kind in each.tag for kind in ("Name", "Surn", "Geox")) for each in readings
        )
        return found[0].capitalize() if named and readings[0].is_known else found[0]

    return _WORDS_OF_NAMES.sub(big, text)


def may_be_greeted(word: str) -> bool:
    """Tell whether a word is for somebody and no first name: «капитан», not «жасмин»."""
    tags = [each.tag for each in morphology().parse(word) if each.tag.case == "nomn"]
    alone = any("anim" in tag or ("sing" in tag and tag.POS == "PRTF") for tag in tags)
    return alone and not any("Name" in tag for tag in tags)


def as_called(name: str) -> str:
    """Return «Ольга Петровна» for «Ольге Петровне», «Илья» for «Илья, директор».

    A greeting in a row of letters is often thought of as to whom one writes.
    """
    called, comma, what = name.partition(", ")
    if comma and what.islower() and not any(map(is_a_name, what.split())):
        return as_called(called)
    said = []
    for word in name.split(" "):
        readings = [each for each in morphology().parse(word.lower()) if each.score >= _LIKELY]
        to = next((each for each in readings if {"datv", "sing"} <= each.tag.grammemes), None)
        if to is None or any("nomn" in each.tag or "anim" not in each.tag for each in readings):
            return name
        one = to.inflect({"nomn"})
        if one is None:
            return name
        said.append(one.word.capitalize() if word[0].isupper() else one.word)
    return " ".join(said)


def is_a_thing(word: str) -> bool:
    """Tell whether it is a noun in any case, and no reading of it is of somebody: «бара»."""
    nouns = [each for each in morphology().parse(word) if each.tag.POS and each.score >= _LIKELY]
    known = morphology().word_is_known(word)
    return known and all("NOUN" in each.tag and "inan" in each.tag for each in nouns)


def days_in_words(text: str) -> str:
    """Return «до 5 декабря» for «до 5.12», and «каталог — 5 декабря» for a stage «каталог 5.12»."""
    text = _ENDS_WITH_A_TIME.sub(_set_off, _TWO_DAYS.sub(_both_days, text))
    text = _ENDS_WITH_A_DAY.sub(_day_in_words, _DAY_IN_FIGURES.sub(_day_in_words, text))
    return _ENDS_WITH_A_MONTH.sub(_set_off, text)


def with_days_tied(text: str) -> str:
    """Return a text in which no line ends within «5 декабря»."""
    return _DAY_AND_MONTH.sub(NO_BREAK, text)


def _both_days(found: re.Match[str]) -> str:
    """Return «29 и 30 ноября» for «29.11 и 30.11»."""
    day, month, other, then = map(int, found.groups())
    if not (month in _MONTHS and then in _MONTHS and 0 < day <= _LONGEST_MONTH):
        return found[0]
    first = f"{day}" if month == then else f"{day}{NO_BREAK}{_MONTHS[month]}"
    return f"{first} и {other}{NO_BREAK}{_MONTHS[then]}"


def _set_off(found: re.Match[str]) -> str:
    """Return «макеты — 5 декабря» for «макеты 5 декабря», where nothing happened on that day."""
    thing, day = found.groups()
    last = re.split(r" [\d–-]+$", thing)[0].split()[-1]
    last = morphology().parse(last.lower())[0].tag.POS
    if thing.endswith(tuple(_MONTHS.values())):
        return found[0]
    named = last in {"NOUN", "ADJF"} or thing.lower() in haste().no_verb
    named = named and "—" not in thing and not says_something(thing)
    if not any(month in day for month in _MONTHS.values()):  # «по средам 2 часа»
        named = named and not any(_governs(word) for word in thing.lower().split())
    return f"{thing} — {day}" if named else found[0]


def _governs(word: str) -> bool:
    return morphology().parse(word)[0].tag.POS == "PREP"


def _day_in_words(found: re.Match[str]) -> str:
    before, day, month = found[1], int(found[2]), int(found[3])
    if not 1 <= day <= _LONGEST_MONTH or not 1 <= month <= len(_MONTHS):
        return found[0]
    return f"{before} {day}{NO_BREAK}{_MONTHS[month]}"


TO_BE = "быть"
TO_YOU = "вы "
ON_A_DAY = "1 мая "
"""Before a note, to read it as a fact is: behind a day the verb comes first."""
SINCE_A_DAY = re.compile(r"с \d", re.IGNORECASE)
"""«С 1 ноября просят» is still so."""
_MONTHS = get_month_names("wide", locale="ru")
_OWN_DAY = re.compile(rf"(?:\b(\w*) )?\b\d{{1,2}}[ {NO_BREAK}](?:{'|'.join(_MONTHS.values())})\b")
_DAY_AND_MONTH = re.compile(rf"(?<=\d) (?=(?:{'|'.join(_MONTHS.values())})\b)")
_LONGEST_MONTH = 31
_FIGURES = r" (\d{1,2})\.([01]\d)"
_UNIT = r"[%₽$€]|(?:м|км|см|кг|га|тыс|млн|руб|р|ч)\b"
_DAY_IN_FIGURES = re.compile(
    rf"\b([Дд]о|[Кк]|[Оо]т|[Сс]|[Пп]о|[Нн]а){_FIGURES}(?![.\d]|[ {NO_BREAK}]?(?:{_UNIT}))"
)
_TWO_DAYS = re.compile(
    rf"(?<![\w.]){_FIGURES[1:]} и {_FIGURES[1:]}(?![.\d]|[ {NO_BREAK}]?(?:{_UNIT}))"
)
_ENDS_WITH_A_DAY = re.compile(
    rf"([а-яё]{{3}}(?<!верси[яюи])(?<!пункт)|[—–-]){_FIGURES}(?= *(?:;|$))", re.MULTILINE
)
_ENDS_WITH_A_MONTH = re.compile(
    rf"(?<![^;\n])([^;:.\n]*(?:[а-яё]{{3}}|\d(?=,))),?[ {NO_BREAK}]"
    rf"(\d{{1,2}}[ {NO_BREAK}](?:{'|'.join(_MONTHS.values())}))(?= *(?:;|$))",
    re.MULTILINE,
)
"""A stage: a thing and its day, alone on its line."""
_ENDS_WITH_A_TIME = re.compile(
    r"(?<![^;\n])([^;:.,\n\d]*[а-яё]{3}),? "
    r"((?:\d{1,2} (?:рабоч\w+ )?)?(?:недел[яию]|месяц[аев]*|д(?:ень|ня|ней)|час(?:а|ов)?))"
    r"(?= *(?:;|$))",
    re.MULTILINE,
)
"""«Лак неделя», «стяжка 3 дня»"""


def is_habit(text: str) -> bool:
    """Tell whether somebody else does something in the present: «пишет ночью», «не отвечает»."""
    words = (morphology().parse(word)[0].tag for word in _WORDS.findall(text.lower()))
    return any("3per" in tag and "pres" in tag for tag in words)


def is_a_rate(text: str) -> bool:
    """Tell whether a text begins with «за выпуск»: with one thing, and no time."""
    found = _FOR_EACH.match(text)
    things = [r.tag for r in morphology().parse(found[1]) if r.score >= _LIKELY] if found else []
    single = all(tag.case in {"nomn", "accs"} and tag.number == "sing" for tag in things)
    times = haste().of_time | {
        *get_month_names("wide", context="stand-alone", locale="ru").values()
    }
    time = found and morphology().parse(found[1])[0].normal_form in times
    return bool(things) and single and not time


_FOR_EACH = re.compile(r"\s*за ([а-яё]{4,})(?=$|[,.;)]| (?:и|плюс|но)\b)")


def is_paid_each(text: str) -> bool:
    """Tell whether a text begins with one thing that is paid for each: «раз», «урок»."""
    found = re.match(r"\s*([а-яё]+)(?=[,.;]|$)", text)
    single = [r for r in morphology().parse(found[1])[:4] if "sing" in r.tag] if found else []
    return any(each.normal_form in haste().apiece for each in single)


def is_counted(word: str, value: float = 0) -> bool:
    """Tell whether a word behind a number is what the number counts: «5000 печатных знаков».

    Thousands count in the plural: «54 000 окна» counts no windows.
    """
    readings = [each for each in morphology().parse(word) if each.score >= _LIKELY]
    genitive = [r for r in readings if r.tag.POS in {"NOUN", "ADJF"} and "gent" in r.tag]
    hardly = sum(each.score for each in genitive) < _HARDLY  # «урок» may be of several «урки»
    counted = [] if hardly else [each.tag for each in genitive]
    return (
        any("plur" in tag for tag in counted) if value and not value % _THOUSAND else bool(counted)
    )


_THOUSAND = 1000
_HARDLY = 0.15


def _names(reading: Parse) -> bool:
    return any(name in reading.tag for name in _NAMES)


def as_object(text: str) -> str:
    """Return a list as what is done to it is said: «инструкцию, интересную тему».

    Only what has another form there, and only what is named first in each thing of the list.
    What is told goes behind «то, что»: «за то, что всегда платили вовремя».
    """
    told = tells_by_itself(text) or _is_said_to_be(text) or _is_no_object(text)
    told = told or text.lower().partition(" ")[0] in grammar().oneself | _YOU
    if text.startswith("что ") or told:
        return f"то, что {_of_the_past(text.removeprefix('что '))}"
    return "".join(
        each if tells_by_itself(each) else _accusative(each) for each in _NEXT.split(text)
    )


def lie_somewhere(things: str) -> bool:
    """Tell «исходники на диске, ссылка в почте», of which none is done to, from «ссылка на почту».

    So does what is there for some time: «ссылка до нового года».
    """
    return any(
        each[2] == "до"
        or not any(r.tag.case == "accs" for r in morphology().parse(each[3].lower()))
        for thing in things.split(", ")[1:] or [things]
        if (each := _LIES.match(thing)) and _accusative(each[1]) != each[1]
    )


_LIES = re.compile(r"((?:[а-яё]+ )?[а-яё]+) (в|во|на|у|до|при) ([А-Яа-яё]+)")


def _of_the_past(clause: str) -> str:
    """Return «платили вовремя» for «платит вовремя», where whoever reads it did it.

    One who is named did it for themselves: «Артур старается».
    """
    words = _ANY_WORD.findall(clause)
    readings = [morphology().parse(each.lower()) for each in words]
    named = any(r[0].tag.POS in {"NOUN", "NPRO"} and r[0].tag.case == "nomn" for r in readings)
    for word, reading in zip(words, readings, strict=True):
        told = reading[0] if {"3per", "pres"} <= reading[0].tag.grammemes else None
        past = told.inflect({"past", "plur"}) if told else None
        if past and not named:
            clause = re.sub(rf"(?<![\w-]){word}(?![\w-])", past.word, clause, count=1)
    return clause


_YOU = frozenset({"ты", "вы", "он", "она", "они"})


def _is_no_object(text: str) -> bool:
    """Tell «дети чудесные»: nothing is done to «дети», who stand in the first case."""
    first, _, rest = text.partition(" ")
    readings = [each.tag for each in morphology().parse(first.lower())]
    noun = readings[0].POS == "NOUN" and "anim" in readings[0] and "Name" not in readings[0]
    done_to = any(tag.case == "accs" for tag in readings)
    plural = "plur" in readings[0] and readings[0].case == "nomn"
    return bool(rest) and noun and plural and not done_to


def _is_said_to_be(text: str) -> bool:
    """Tell «артур очень способный» and «сроки разумные», which are clauses, from «умный дом»."""
    first, *others = text.split(" ")
    named = [each.tag for each in morphology().parse(first.lower())]
    if len(others) > _HOW_MUCH or named[0].POS != "NOUN" or not others:
        return False
    told = morphology().parse(others[-1].lower())[0].tag
    how = all(
        morphology().parse(each.lower())[0].tag.POS in {"ADVB", "PRCL"} for each in others[:-1]
    )
    agree = any(tag.case == "nomn" and tag.number == told.number for tag in named)
    return how and agree and told.POS == "ADJF" and told.case == "nomn" and "Apro" not in told


_HOW_MUCH = 3
_WORDS = re.compile(r"[а-яё]+(?:-[а-яё]+)*")


def as_reason(text: str) -> str:
    """Return what one is thanked for: «доверие и за то, что не торопили»."""
    text = _KIND.sub(_being, text)
    text = _AND_DID.sub(_which_they_did, text)
    first, *others = _ROW.split(text.removeprefix("то, "))
    told = next((i for i, each in enumerate(others) if i % 2 and _is_told(each)), None)
    if _is_told(first) and len(others) > 1 and _is_another(first, *others[:2]):
        return f"{as_object(first)} и за {as_object(''.join(others[1:]))}"
    if told is None or _is_told(first):
        return as_object(text.removeprefix("то, "))
    things = as_object(first + "".join(others[: told - 1])).replace(AND, ", ")
    rest = "".join(others[told:]).removeprefix("то, ").removeprefix("что ")
    return f"{things} и за то, что {rest}"


_KIND = re.compile(r"(?:^|(?<=, ))([а-яё]+(?:ые|ий|ый|ая|ие))(?=,|$)")


_AND_DID = re.compile(r"^([^,]+), ([а-яё]+)(?=[^,]*$)")


def _which_they_did(found: re.Match[str]) -> str:
    """Return «доверяли вкусу и кормили» for «доверяли вкусу, кормили»."""
    deeds = [morphology().parse(word.lower())[0].tag for word in (*found[1].split(), found[2])]
    did = [{"VERB", "past", "plur"} <= tag.grammemes for tag in deeds]
    both = did[-1] and any(did[:-1]) and AND not in found.string
    return f"{found[1]} и {found[2]}" if both else found[0]


def _being(found: re.Match[str]) -> str:
    """Return «были вежливы» for «вежливые», which says of nothing what it is."""
    adjective = morphology().parse(found[1])[0]
    short = adjective.inflect({"ADJS", "plur"}) if adjective.tag.POS == "ADJF" else None
    return f"были {short.word}" if short else found[0]


def _is_another(told: str, joint: str, thing: str) -> bool:
    """Tell «платили вовремя и классный продукт», where the thing is none that was paid."""
    how = morphology().parse(told.rsplit(maxsplit=1)[-1])[0].tag.POS == "ADVB"
    named = morphology().parse(thing.split(maxsplit=1)[0])[0].tag.POS in {"NOUN", "ADJF"}
    return joint == AND and how and named and not _is_told(thing)


def _is_told(text: str) -> bool:
    return text.startswith(("что ", "то, что ")) or tells_by_itself(text)


AND = " и "
_ROW = re.compile(rf"((?<! то), |,?{AND}(?:за )?)")
_NEXT = re.compile(rf"(, |{AND}| или )")


def _accusative(thing: str) -> str:
    """Return a feminine or living noun, with the adjectives before it, in the accusative."""
    words = thing.split(" ")
    if living := _living(words):
        return " ".join(living)
    for place, word in enumerate(words):
        reading, *others = morphology().parse(word)
        if not reading.is_known:  # «админка»
            reading = next((r for r in others if _is_feminine(r)), reading)
        bent = reading.inflect({"accs", "sing"}) if word.islower() else None
        fits = _is_feminine(reading)
        if bent is None or not fits or reading.tag.POS not in {"NOUN", "ADJF"}:
            break
        words[place] = bent.word
        if reading.tag.POS == "NOUN":
            return " ".join(words)
    return thing


def _living(words: Sequence[str]) -> list[str]:
    """Return «живых врачей» for «живые врачи», nothing for what is not alive or bent already."""
    readings = [
        next(
            (r for r in morphology().parse(word) if kind == r.tag.POS), morphology().parse(word)[0]
        )
        for word, kind in zip(words, ["ADJF"] * (len(words) - 1) + ["NOUN"], strict=True)
    ]
    place = next((p for p, each in enumerate(readings) if each.tag.POS != "ADJF"), len(words))
    tag = readings[place].tag if place < len(words) else None
    known = tag is not None and morphology().word_is_known(words[place])
    if not known or tag is None or tag.POS != "NOUN" or not {"anim", "nomn"} <= tag.grammemes:
        return []
    if (tag.gender == "femn" and tag.number == "sing") or not "".join(words[: place + 1]).islower():
        return []
    form = {"gent", str(tag.number)} | ({"masc"} if tag.number == "sing" else set())
    bent = [
        each.inflect(form - {"masc"} if p == place else form)
        for p, each in enumerate(readings[: place + 1])
    ]
    said = [each.word for each in bent if each]
    return [*said, *words[place + 1 :]] if len(said) == len(bent) else []


def as_subject(text: str) -> str:
    """Return a list in the nominative: «кондитерскую „Изюм“, Полину Рыбак» → «кондитерская „Изюм“».

    Only what can be nothing but another case, and only what is named first in each thing.
    """
    return "".join(
        each if tells_by_itself(each) else _nominative(each) for each in _NEXT.split(text)
    )


def _nominative(thing: str) -> str:
    words = thing.split(" ")
    gender = None
    for place, word in enumerate(words):
        readings = [each for each in morphology().parse(word) if each.score >= _LIKELY]
        stays = any("Fixd" in each.tag for each in readings)  # «Золя»
        if gender:  # «Петрова» behind «Андрея» is no woman
            single = [each for each in readings if each.tag.number == "sing"]
            same = [each for each in single if each.tag.gender == gender]
            objects = [each for each in single if each.tag.case == "accs"]
            agree = any(each.tag.case == "accs" for each in same)
            readings = same if agree or not objects else objects  # «мастера Дину»
        elif word.istitle() and any("Name" in each.tag for each in readings):
            readings = [
                each for each in readings if "Name" in each.tag and "plur" not in each.tag
            ] or readings  # «Марка Цветкова» is of a man, not of a stamp
        if _is_named(words[place + 1 :]):  # «мастера Дину» is of one master
            readings = [each for each in readings if each.tag.number == "sing"]
        object_ = next((each for each in readings if each.tag.case == "accs"), None)
        subject = any(each.tag.case == "nomn" for each in readings)
        if object_ is None or subject:
            if subject or stays or gender != "masc" or not _SURNAME.fullmatch(word):
                return " ".join(words)
            words[place] = _stem(word)  # «Антона Рея»: no half of a name is bent
            continue
        gender = object_.tag.gender
        number = object_.tag.number  # «двух» has none
        form = object_.inflect({"nomn", number}) if number else None
        if form is None:
            break
        words[place] = form.word.capitalize() if word[0].isupper() else form.word
        named = _names(object_) or " ".join(words[place + 1 :])[:1].isupper()
        if object_.tag.POS == "NOUN" and not named:
            break  # «мастерская отца», but «аранжировщик Павел»
    return " ".join(words)


def _is_named(rest: list[str]) -> bool:
    """Tell whether a name in another case than the nominative follows."""
    named = rest[:1] and rest[0].istitle() and morphology().parse(rest[0])
    return any("Name" in each.tag and each.tag.case == "accs" for each in named or ())


_SURNAME = re.compile(r"[А-ЯЁ][а-яё-]+[ая]")


def _stem(surname: str) -> str:
    """Return a man's surname that no dictionary has in the nominative: «Рей», «Ромуль», «Вонг»."""
    stem = surname[:-1]
    return stem if surname.endswith("а") else stem + ("й" if stem[-1] in "аеёиоуыэюя" else "ь")


def as_occupation(jobs: str, text: str) -> str:
    """Return «по переводу и вычитке каталога», «няни»: work as it goes on after «работа».

    ``jobs`` finds the words that name work; empty where none does. In brackets, as it was typed,
    where it cannot be bent for sure: «(занятия по математике)».
    """
    things = _NEXT.split(text)
    if not _is_headed(jobs, things[0]):
        return ""
    bent = [each if place % 2 else _dative(jobs, each) for place, each in enumerate(things)]
    sure = [each for each in bent if each is not None]
    said_twice = " по " in text  # «по занятиям по математике»
    if len(things) == 1 and (whose := _of_somebody(text)):
        return whose
    return f"({text})" if said_twice or len(sure) < len(bent) else f"по {''.join(sure)}"


def _of_somebody(text: str) -> str:
    """Return «няни» for «няня», "" for what is nobody: one works as somebody, not on them."""
    first, space, rest = text.partition(" ")
    reading = morphology().parse(first)[0]
    whose = reading.inflect({"gent"}) if {"NOUN", "anim", "nomn"} <= reading.tag.grammemes else None
    return f"{whose.word}{space}{rest}" if whose else ""


def _is_headed(jobs: str, thing: str) -> bool:
    """Tell whether it is work itself, «свадебная съёмка», and not «сайт бюро переводов»."""
    for word in thing.lower().split(" "):
        if morphology().parse(word)[0].tag.POS == "ADJF" and word != thing.lower():
            continue  # «рекламный ролик» is no advertising
        return bool(re.match(jobs, undotted(word)) or _ACTIVITY.search(word))
    return False


_ACTIVITY = re.compile(r"(?:[аеи]ние|[её]вка|овка|инг|аж)$")
"""Ends of words for what is done, of which no list is long enough: «плавание», «полировка»."""


_BORROWED_JOB = re.compile(r"^[а-яё]{3,}[бвгдзклмнпрстфхцчшщж]$")
_BORROWED_DEED = re.compile(r"[а-яё](?:инг|ка)$")


def _dative(jobs: str, thing: str) -> str | None:
    """Return the noun for some work, with the adjectives before it, in the dative."""
    words = thing.split(" ")
    for place, word in enumerate(words):
        if _BORROWED_DEED.search(word) and not morphology().word_is_known(word):
            words[place] = f"{word[:-1]}е" if word.endswith("а") else f"{word}у"
            return " ".join(words)
        readings = [each for each in morphology().parse(word) if each.is_known]
        if not readings and _BORROWED_JOB.search(word) and re.match(jobs, undotted(word)):
            words[place] = f"{word}у"  # «таргет»
            return " ".join(words)
        named = next((each for each in readings if each.tag.case == "nomn"), None)
        bent = named.inflect({"datv", *filter(None, [named.tag.number])}) if named else None
        if named is None or bent is None or not word.islower() or "anim" in named.tag:
            return None  # nobody works «по няне»
        words[place] = bent.word
        if named.tag.POS == "ADJF":
            continue
        job = re.match(jobs, undotted(word)) or _ACTIVITY.search(word)
        return " ".join(words) if job else None
    return words[0] if len(words) == 1 else None  # «по английскому»


def as_deed(text: str) -> str:
    """Return what goes on after «могу»: «найти няню»; a thing is offered: «предложить скидку»."""
    return "".join(_infinitive(each) for each in _NEXT.split(text))


def as_promise(text: str, *, several: bool) -> str:
    """Return «отправлю архив и закрою доступ» for «отправить архив и закрыть доступ»."""
    return "".join(_promised(each, several=several) for each in _NEXT.split(text))


def _promised(deed: str, *, several: bool) -> str:
    words = deed.split(" ")
    place = next((p for p, w in enumerate(words) if w not in _NOT), len(words))
    if place < len(words) and morphology().parse(words[place])[0].tag.POS == "PREP":
        place = next((p for p, w in enumerate(words) if _is_to_do(w)), len(words))  # «до пятницы»
    if place == len(words) or not _is_to_do(words[place]):
        return deed
    before = morphology().parse(words[place - 1])[0].tag.POS if place else None
    if before in {"ADJS", "PRED", "VERB"}:
        return deed  # «по чекам должны вернуть»
    infinitive = morphology().parse(words[place])[0]
    if infinitive.normal_form in grammar().theirs_to_do:
        return deed
    number = "plur" if several else "sing"
    if "perf" in infinitive.tag:
        form = infinitive.inflect({"1per", number, "futr"})
        words[place] = form.word if form else words[place]
    else:
        will = morphology().parse(TO_BE)[0].inflect({"1per", number, "futr"})
        words[place] = f"{will.word} {words[place]}" if will else words[place]
    return " ".join(words)


def _is_to_do(word: str) -> bool:
    return morphology().parse(word.lower())[0].tag.POS == "INFN"


_NOT = frozenset({"не"})


def says_its_day(text: str) -> bool:
    """Tell whether a text says when it is to be: «до 5 декабря пришлю», not «акт от 5 декабря»."""
    return any((each[1] or "").lower() not in grammar().since for each in _OWN_DAY.finditer(text))


def on_a_day(text: str) -> str:
    """Return «10 декабря — новый эскиз» for «10 декабря новый эскиз»."""
    day = _OWN_DAY.match(text)
    rest = text[day.end() :] if day else ""
    told = says_something(rest) or not begins_with_a_thing(rest.lstrip())
    return text if told or day is None else f"{day[0]}{NO_BREAK}—{rest}"


def is_no_genitive(word: str) -> bool:
    """Tell whether a word is of no thing before it: «раз», «до», «дважды»."""
    tag = morphology().parse(word)[0].tag
    return tag.POS in {"PREP", "ADVB", "NUMR"} or word == "раз"


def for_things(text: str) -> str:
    """Return «за 8 уроков» for «8 уроков», "" for what counts nothing."""
    number, _, rest = text.partition(" ")
    counts = number.isdigit() and is_counted(rest.partition(" ")[0])
    return f"за {text}" if counts else ""


def ahead(text: str) -> str:
    """Return «за сутки до встречи» for «сутки до встречи»."""
    found = _SPAN.match(text.lower())
    unit = morphology().parse(found[4])[0].normal_form if found else ""
    many = found and found[1]
    counted = not many or many[:1].isdigit() or morphology().parse(many)[0].tag.POS == "NUMR"
    return f"за {as_object(text)}" if counted and unit in haste().of_time else text


def with_parts_of_a_sum(text: str) -> str:
    """Return «95 000 ₽, из них 30 000 ₽ сразу» for «95 000 ₽: 30 000 ₽ сразу»."""
    return _PARTS_OF_A_SUM.sub(lambda found: f", {'из них ' if found[1] else ''}", text)


def priced_apart(text: str) -> tuple[str, str]:
    """Return «два круга» and «третий — 5000 ₽» for «два круга, третий — 5000 ₽»."""
    found = _PRICED_APART.search(text)
    return (text[: found.start()], text[found.end(1) :]) if found else (text, "")


_PRICED_APART = re.compile(
    rf"([,;](?: а| но)? )(?!из них)"
    rf"(?=[^,;]*(?:\d[ {NO_BREAK}]?(?:[₽$€₸]|руб|тыс)|[$€]\d|\+ ?\d))"
)
_PARTS_OF_A_SUM = re.compile(r"(?:(?<=[₽$€₸])|(?<=руб\.)|(?<=тыс\.)|(?<=млн)): +(?=(\d)?)")


def as_request(text: str) -> str:
    """Return what goes on behind «от вас нужно»: «прислать фото», not «пришлите фото»."""
    first, space, rest = _PLEASE.sub("", text).partition(" ")
    asked = next(
        (r for r in morphology().parse(first) if "impr" in r.tag and "plur" in r.tag), None
    )
    return f"{asked.normal_form}{space}{rest}" if asked else text


_PLEASE = re.compile(r",\s?пожалуйста\b,?")


def _infinitive(deed: str) -> str:
    """Return a deed said with «доделаю» or «буду отвечать» as what can be done."""
    words = deed.split(" ")
    begins = words[0] == AND.strip()  # «…, и отдам чертежи»
    for place, word in [*enumerate(words)][begins : begins + 2]:
        if morphology().parse(word)[0].normal_form in grammar().relative:
            break  # «…, которому доверяю»
        if word in grammar().will:
            return " ".join(words[:place] + words[place + 1 :])
        if told := _of_us(word):
            words[place] = told.normal_form
            return " ".join(words)
        if any(each.tag.POS == "CONJ" for each in morphology().parse(word)):
            break  # «всё, что знаю»
    return deed


def _of_us(word: str) -> Parse | None:
    """Return the reading of a word as what the speaker does, where that is no far-fetched one."""
    ours = [each for each in morphology().parse(word) if "1per" in each.tag]
    return ours[0] if sum(each.score for each in ours) >= _OFTEN else None


_OFTEN = 0.3


def within(text: str) -> str:
    """Return «в течение 4 рабочих часов» for «4 рабочих часа», a time alone."""
    found = _SPAN.fullmatch(text.lower())
    if found is None:
        return text
    count, many, working, word = found.groups()
    unit = next((r for r in morphology().parse(word) if r.normal_form in grammar().times), None)
    several = many and (many.endswith("11") or not many.endswith("1"))
    if count and not many:  # «два часа»
        numeral = next((r for r in morphology().parse(count) if r.tag.POS == "NUMR"), None)
        of_so_many = numeral.inflect({"gent"}) if numeral else None
        if of_so_many is None:
            return text
        count, several = of_so_many.word, True
    number = "plur" if several or word == "сутки" else "sing"
    bent = unit.inflect({"gent", number}) if unit else None
    if bent is None:
        return text
    one = "рабочей" if "femn" in bent.tag else "рабочего"
    said = (count, working and ("рабочих" if number == "plur" else one), bent.word)
    return f"в течение {' '.join(filter(None, said))}"


_SPAN = re.compile(r"(?:((?:\d+ ?[-–] ?)?(\d+)|(?!рабоч)[а-яё]+)\s)?(рабоч\w+ )?([а-я]+)\.?")


def as_bill(said: str, numbered: str, case: str, *, several: bool) -> str:
    """Return an invoice in a case: «о последнем счёте», «о счёте № 14», «о счетах № 14 и 15»."""
    if several:
        return f"{grammar().bills[case]} {numbered}"
    first, _, rest = said.partition(" ")
    readings = morphology().parse(first) if first.islower() else ()
    adjective = next((each for each in readings if _fits_a_bill(each)), None)
    form = adjective and adjective.inflect({"masc", "sing", case})
    if not form or of_a_month(said):
        return f"{grammar().bill[case]} {numbered}"
    behind = rest.removeprefix("счёт").removeprefix("счет").strip()
    return f"{form.word} {grammar().bill[case]} {behind}".strip()


def _fits_a_bill(reading: Parse) -> bool:
    return reading.tag.POS == "ADJF" and all(g in reading.tag for g in ("masc", "sing", "nomn"))


def of_a_month(text: str) -> str:
    """Return the months that adjectives are of, as what is paid for: «за октябрь и ноябрь»."""
    adjectives = _NEXT.split(text.lower())
    found = [_OF_A_MONTH.fullmatch(each) for each in adjectives[::2]]
    months = get_month_names("wide", context="stand-alone", locale="ru").values()
    of = [next((m for m in months if one and m.rstrip("ь") == one[1]), "") for one in found]
    if all(each in months for each in adjectives[::2]):
        return f"за {text.lower()}"  # «октябрь»
    adjectives[::2] = of
    return f"за {''.join(adjectives)}" if all(of) else ""


_OF_A_MONTH = re.compile(r"(\w{3,8}?)ь?(?:ов)?ск(?:ий|ого|ом)")


def _is_feminine(reading: Parse) -> bool:
    return all(each in reading.tag for each in ("femn", "sing", "nomn"))


def is_first_name(word: str) -> bool:
    """Tell whether it is nothing but a first name: «Анна»."""
    return bool(_CYRILLIC.fullmatch(word.casefold())) and any(
        "Name" in reading.tag and reading.tag.case == "nomn"
        for reading in morphology().parse(word)[:5]
    )


def is_a_thing_too(word: str) -> bool:
    """Tell «роман», which is a book as well, from «Марина»."""
    readings = morphology().parse(word.lower())
    return any({"NOUN", "inan"} <= each.tag.grammemes for each in readings)


def _is_borrowed(word: str) -> bool:
    """Tell «лендинг» and «чек-лист» from a brand, of which the dictionary knows neither."""
    _, dash, last = word.rpartition("-")
    if dash:
        return morphology().word_is_known(last)
    return bool(_borrowed().search(word))


@cache
def _borrowed() -> re.Pattern[str]:
    words, endings = any_of(ordinary().borrowed), any_of(ordinary().endings)
    return re.compile(rf"(?:{words})(?:{endings})?$")


CONTRARY = re.compile(
    r"(,? (?:(?:но|и|а) )?(?:так и|до сих пор|пока)(?: ещё)? не \w+л[аи]?\Z"
    r"|, (?:но|а) не \w+л[аи]?\Z)"
    r"|(, (?:хотя|но|а) )(?:сам[аи]? )?"
)
"""Between what was asked and what had been agreed, or before what was never done."""
AGREED_TO = "была договорённость "
NOT_DONE = ", но этого не произошло"
THE_WORK = "работа "
ANEW = re.compile(r"\b(?:пере[а-я]+(?:ть|ти)|исправ\w+|заново)\b")
"""Asked of work that was there already."""
TO_DO = re.compile(r"\w+(?:ть|ти|чь)(?:ся)?\b")
HALF_TOLD = re.compile(r"\bсам[аи]? \w+л[аи]?\b|\w(?:ть|ти|чь) отказ\b")
"""Left over where one clause of two was told otherwise."""
_AT_A_TIME = r"(?= (?:в|около) (?:час\b|полночь|\d{1,2}(?:[:.]\d\d|\s(?:час|ноч|утра|вечера))))"
_RETOLD = (
    (r"\b((?:по)?звон\w+|(?:на)?пис\w+|пиш[еу]т) (?:мне|нам)\b", r"\1"),
    (rf"\b(звонил[аи]?){_AT_A_TIME}", r"по\1"),
    (rf"\b(писал[аи]?){_AT_A_TIME}", r"на\1"),
    (r"\b((?:на)?(?:крич|ор)ал[аи]?) в трубку\b", r"\1 по телефону"),
    (r"\bзаставил[аи]?(?: меня| нас)?(?= \w+(?:ть|ти|чь)(?:ся)?\b)", "пришлось"),
)


def retold(words: str) -> str:
    """Return «позвонил в 2 часа ночи» for «звонил мне в 2 часа ночи»: it was once, and to me."""
    for said, instead in _RETOLD:
        words = re.sub(said, instead, words)
    return words
