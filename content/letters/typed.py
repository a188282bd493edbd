"""What people type in a hurry, as a letter may say it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from babel import Locale
from babel.dates import get_month_names

from content.checking.lexicon import SHAPES
from content.english.words import (
    AFTER_AN_ORDINAL,
    AND_A_DAY,
    BEFORE_A_DAY,
    JOINS_DAYS,
    JOINS_WEEKDAYS,
    MONTHS_OF_A_THING,
    ON_A_DAY,
    ORDINAL_DAY,
    OTHER_WORDS,
    several_days,
    with_capitals,
    with_months,
)
from content.letters.models import BlankText, LetterManners
from content.letters.ordinary import (
    as_called,
    begins_with_a_thing,
    calmed,
    days_in_words,
    in_a_row,
    is_called_so,
    is_joint,
    is_ordinary,
    is_shortened,
    may_be_greeted,
    punctuated,
    says_something,
)
from content.letters.templates import bare, going_on
from content.models import RUSSIAN, Language
from content.russian.spelling import is_russian
from content.russian.words import is_a_name, with_days_tied
from content.typography import NO_BREAK
from content.vocabulary import one_of, plain


def tidy(typed: str) -> str:
    """Return what was typed without what only haste or the keyboard has made of it.

    «дизайн ГОТОВ», «макет - 5 мая», «№14», «аудит. до 1 мая», «с 10-18», “i’ll send it”.
    """
    typed = _QUOTED.sub(r"«\1»", typed) if is_russian(typed) else typed
    typed = _SHOUT.sub(r"\1", _BEFORE_A_MARK.sub("", typed))
    typed = _rows(_FROM_TO.sub("\\1\N{EN DASH}", typed))
    words = _SHOUTED.sub(_calm, with_capitals(typed))
    words = _HYPHEN.sub(" —", _NUMBER.sub(f"№{NO_BREAK}", words))
    words = _STOP.sub(_comma, _APOSTROPHE.sub("’", words))
    return words if is_russian(words) and _WITH_CARE.search(words) else punctuated(words)


_WITH_CARE = re.compile(r"[^\W\d_]{4}[)»“”\"]*[.!?…]\s*\Z")
"""Who sets a stop at the end has set the commas as well, where they wanted them."""


def _calm(found: re.Match[str]) -> str:
    word = found[0]
    alone = len(word) == 1 and not found.string.isupper()
    if alone or not word.isupper():
        return word
    begins = bool(_BEGINS.search(found.string, 0, found.start()))
    return calmed(word, begins=begins, sure=found.string.isupper())


def _rows(typed: str) -> str:
    """Return «логотип, визитка и баннер» for «логотип + визитка + баннер»."""
    if not _AND_MORE.search(typed):
        return typed
    return "".join(in_a_row(_AND_MORE.split(each)) for each in _APART.split(typed))


def _comma(found: re.Match[str]) -> str:
    if not found["then"].islower() or is_shortened(found.string[: found.start()]):
        return found[0]
    clause = _CLAUSE.match(found.string, found.start("then"))
    tells = clause is not None and is_russian(clause[0]) and says_something(clause[0])
    return f". {found['then'].upper()}" if tells else f", {found['then']}"


_SMILE = re.compile(r"\s?(?:[:;]-?[()]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]\uFE0F?)")
_FROM_TO = re.compile(r"(?<!№\s)(?<![\d\w№#/.-])(\d{1,2})-(?!\1\b)(?=\d{1,2}(?![\d\w/.-]))")
"""«10-18» and «2-3 дня», but no number of a telephone."""
_AND_MORE = re.compile(
    r"(?<=[^\W\d_A-Za-z])\+(?=[^\W\d_A-Za-z])"
    r"|(?<=[^\W\d_]) (?:\+(?! \d{2})|&(?= [^\W\d_A-Z])) (?=\S)"
)
_QUOTED = re.compile(r"(?<![\w\d])[\"“”]([^\"“”«»„\n]*[^\W\d_][^\"“”«»„\n]*)[\"“”](?!\w)")
_BEFORE_A_MARK = re.compile(r"(?<=\S)[ \t]+(?=[,;](?:\s|$))")
_SHOUT = re.compile(r"([!?])[!?]+")
_APART = re.compile(r"([,;\n])")
_GOES_ON = re.compile(r"\s+\w")
_BRACKETS = re.compile(r"(?<=[^\W\d_]{2})\s?\)+(?=\s|[.,!?]|$)")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])|(?<=[a-z]s)'(?= )")
_SHOUTED = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_BEGINS = re.compile(r"(?:^|[.!?…]\s|\n)[\s«„\"(—–-]*\Z")
_HYPHEN = re.compile(r"(?<=\S) -(?= )")
_NUMBER = re.compile(r"№(?=\d)")
_CLAUSE = re.compile(r"[^.,;:!?\n]+")
_STOP = re.compile(r"(?<=[^\W\d_]{3})\. (?P<then>[^\W\d_])")


def said_plainly(typed: str, manners: LetterManners) -> str:
    """Return what was typed as no talk: not «ну да, опечатка была», not «всё готово)))»."""
    typed = written_out(_laughs(manners.typed.laughs).sub("", typed), manners)
    typed = _SMILE.sub(lambda found: "," if _GOES_ON.match(typed, found.end()) else "", typed)
    typed = (typed if "(" in typed else _BRACKETS.sub("", typed)).lstrip()
    found = _spoken(manners.typed.spoken, manners.typed.spoken_on, manners.typed.who).match(typed)
    return typed[found.end() :] if found else typed


def written_out(typed: str, manners: LetterManners) -> str:
    """Return short forms and slips that everybody makes as they are written: “with” for “w/”."""
    for forms, written in manners.typed.written.items():
        typed = _short(forms).sub(written, typed)
    return typed


@cache
def _laughs(forms: str) -> re.Pattern[str]:
    return re.compile(rf",?\s?{one_of(forms)}(?=\s*(?:[.!?)…]|$))", re.IGNORECASE | re.MULTILINE)


@cache
def _short(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.@/-]){one_of(forms)}\.?(?![\w/-])", re.IGNORECASE)


@cache
def _spoken(spoken: str, at_once: str, who: str) -> re.Pattern[str]:
    said = rf"{one_of(spoken)}(?:(?:,|…|\.\.\.)\s*|\s+(?=\d|{one_of(who)}))"
    return re.compile(rf"(?:{said}|{one_of(at_once)}\s+)+", re.IGNORECASE)


def capitalised(typed: str, manners: LetterManners) -> str:
    """Return what was typed small in haste as it is written: “pdf”, “english to spanish”."""
    as_written = {each.lower(): each for each in manners.typed.capitals}
    return _small(manners.typed.capitals).sub(lambda found: as_written[found[0]], typed)


@cache
def _small(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    small = "|".join(re.escape(each.lower()) for each in longest)
    # Nothing of an address: “site.pdf”, “@figma”.
    return re.compile(rf"(?<![\w.@/-])(?:{small or '(?!)'})(?![\w@/]|\.\w)")


def calendared(typed: str, language: Language) -> str:
    """Return months and days of the week as their language writes them: “the October invoice”."""
    typed = days_in_words(typed)
    typed = with_months(typed) if language != RUSSIAN else typed
    typed = _short_months(language).sub(_whole_month(language), typed)
    typed = with_days_tied(typed) if language == RUSSIAN else typed
    typed = _week(language).sub("\\1\N{EN DASH}\\2", typed)
    typed = _weekdays(language).sub(_with_big_days, typed)
    return _calendar(language).sub(lambda found: found[0].capitalize(), typed)


def _with_big_days(found: re.Match[str]) -> str:
    first, *middle, last = re.split(r"(\W+)", found[0])
    return "".join([first.capitalize(), *middle, last.capitalize()])


@cache
def _weekdays(language: Language) -> re.Pattern[str]:
    """Return what finds “tue-sat”, in languages that begin days of the week with capitals."""
    days = [str(each)[:3] for each in _locale(language).days["format"]["wide"].values()]
    short = "|".join(f"{each}(?:s|r|rs)?" for each in days if each[:1].isupper())
    span = rf"\b(?:{short}){JOINS_WEEKDAYS}(?:{short})\b"
    return re.compile(span, re.IGNORECASE) if short else _NEVER


@cache
def _week(language: Language) -> re.Pattern[str]:
    """Return what finds “Mon-Fri”."""
    days = "|".join(
        each[:end]
        for each in map(str, _locale(language).days["format"]["wide"].values())
        for end in (3, 4, 5, len(each))
        if each[:1].isupper()
    )
    return re.compile(rf"\b({days or '(?!)'})-({days})\b")


def _whole_month(language: Language) -> Callable[[re.Match[str]], str]:
    months = [str(each) for each in _locale(language).months["format"]["wide"].values()]

    def whole(found: re.Match[str]) -> str:
        begins = found[found.lastindex or 0].lower()
        begins = begins[:_SHORTEST] if months[0].istitle() else begins  # “sept”
        return next(each for each in months if each.lower().startswith(begins))

    return whole


@cache
def _short_months(language: Language) -> re.Pattern[str]:
    """Return what finds «3 нояб.», “nov 3”, “3 nov” and “the nov invoice”."""
    months = [str(each) for each in _locale(language).months["format"]["wide"].values()]
    short = [
        each[:end]
        for each in months
        for end in range(len(each) - 1, _SHORTEST - 1, -1)
        if each[:end] not in OTHER_WORDS
    ]
    of_day = rf"(?<=\d[\s\u00a0])({'|'.join(short)}){_SHORT_STOP}"
    if months[0].islower():
        return re.compile(of_day, re.IGNORECASE)
    before = rf"({'|'.join(short)})\.?(?=\s\d)"
    of_thing = rf"({'|'.join(MONTHS_OF_A_THING)})\.?(?= [a-z]|\s*$)"
    whole = rf"{BEFORE_A_DAY}({'|'.join(OTHER_WORDS)})(?=\s\d)"
    of_ordinal = rf"(?:{AFTER_AN_ORDINAL})({'|'.join(short)}){_SHORT_STOP}"
    found = rf"(?<![\w-])(?:{before}|{of_thing}|{whole})|{of_day}|{of_ordinal}"
    return re.compile(found, re.IGNORECASE)


_SHORTEST = 3
"""Letters of a short month."""
_SHORT_STOP = r"(?:\.(?!\s+(?-i:[^\W\d_a-z\u0430-\u044f\u0451])|\s*$))?(?![\w-])"
_NEVER = re.compile(r"(?!)")


@cache
def _calendar(language: Language) -> re.Pattern[str]:
    locale = _locale(language)
    names = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    small = (each.lower() for each in names if each[:1].isupper() and each not in OTHER_WORDS)
    return re.compile(rf"\b(?:{'|'.join(small) or '(?!)'})(?:s\b|\b)")


def without_lead(text: BlankText, typed: str) -> str:
    """Return what was typed without the leads, or the ends of them: not “maybe ask Jess”."""
    kept = typed.strip()
    while led := next(_leads_of(text, kept), None):
        kept = kept[led.end() :]
    return kept


def _leads_of(text: BlankText, typed: str) -> Iterator[re.Match[str]]:
    for lead in sorted(text.lead, key=len, reverse=True):
        words = lead.split()
        for at in range(len(words)):
            if found := _led(" ".join(words[at:])).match(typed):
                yield found


@cache
def _led(lead: str) -> re.Pattern[str]:
    words = re.escape(lead).replace("’", "['’]")
    return re.compile(rf"{words}(?:\s*[:,—–-])?\s+", re.IGNORECASE)


def dated(line: str, manners: LetterManners) -> tuple[str, str, str]:
    """Return «on», the day and the rest of a fact; a fact without a day is all rest."""
    patterns = manners.date, manners.date_and_year
    found = _dated(*patterns).match(line)
    if found is None and manners.typed.on_day and (last := _dated_last(*patterns).match(line)):
        # “late payment, November 3”
        alone = _days_of(*patterns).search(last["rest"]) is None
        return (
            (manners.typed.on_day, last["day"], f", {going_on(last['rest'])}")
            if alone
            else ("", "", line)
        )
    if found is None:
        return "", "", line
    rest = found["rest"]
    if manners.typed.on_day:  # “nov 20 - no show”, but no “nov 20 - 22, no reply”
        rest = _DASH.sub("", rest)
    rest = going_on(rest)
    again = found["mark"] and not _MORE_DAYS.match(rest)
    if manners.typed.on_day and not found["on"] and (again or not _GOES_ON_IN_DAYS.match(rest)):
        return manners.typed.on_day, found["day"], f", {rest}"
    if manners.typed.on_day and not found["mark"] and not _GOES_ON_IN_DAYS.match(rest):
        return found["on"], found["day"], f", {rest}"
    told = found["mark"] or says_something(rest) or not begins_with_a_thing(rest)
    return found["on"], found["day"], f"{found['mark']} {rest}" if told else f" — {rest}"


_MORE_DAYS = re.compile(rf"\d{{1,2}}(?:,|{AND_A_DAY}) ?\d{{1,2}}\b|\d{{1,2}}(?:,|$)")
_GOES_ON_IN_DAYS = re.compile(rf"(?:{JOINS_DAYS}|– ?|- ?)\d|{_MORE_DAYS.pattern}")
_DASH = re.compile(r"^[\N{EM DASH}\N{EN DASH}-](?! ?\d{1,2}(?:[,:]|$)) ?")


@cache
def _dated(*patterns: str) -> re.Pattern[str]:
    """Return what finds a day at the beginning of a fact, as one of CLDR's patterns writes it."""
    written = map(_written, sorted(patterns, key=len, reverse=True))
    days = "|".join([*several_days(_any_month()), *written, _FIGURES, ORDINAL_DAY])
    return re.compile(rf"^(?P<on>{ON_A_DAY})(?P<day>{days})(?P<mark>[,:]?)\s(?P<rest>.+)$")


@cache
def _dated_last(*patterns: str) -> re.Pattern[str]:
    """Return what finds a day behind a fact and set apart from it."""
    days = "|".join(map(_written, sorted(patterns, key=len, reverse=True)))
    mark = r"(?:,|\s[\N{EM DASH}\N{EN DASH}-])\s(?:on\s)?|\s\((?=.*\)$)"
    return re.compile(rf"^(?P<rest>.*?[^\W\d_]{{2}})(?:{mark})(?P<day>{days})\)?\.?$")


def days_in(
    manners: LetterManners, language: Language, text: str, today: dt.date
) -> Iterator[tuple[int, int, dt.date]]:
    """Yield where a text has a day, and which one: without a year the nearest to today."""
    months = [plain(str(each)) for each in _locale(language).months["format"]["wide"].values()]
    for found in _days_of(manners.date, manners.date_and_year).finditer(text):
        words = re.findall(r"[^\W_]+", plain(found[0]))
        numbers = sorted((int(each) for each in words if each.isdigit()), reverse=True)
        month = next((months.index(each) + 1 for each in words if each in months), None)
        years = [numbers[0]] if len(numbers) > 1 else [today.year + n for n in (-1, 0, 1)]
        days = [day for year in years if month and (day := _a_day(year, month, numbers[-1]))]
        if days:
            yield *found.span(), min(days, key=lambda day: abs(day - today))


def _a_day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@cache
def _days_of(*patterns: str) -> re.Pattern[str]:
    days = "|".join(map(_written, sorted(patterns, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{days})(?!\w)")


@cache
def _any_month() -> str:
    """Return what finds a month, and not the word of “invoice 88”."""
    names = (month for each in SHAPES for month in get_month_names("wide", locale=each).values())
    return rf"(?:{'|'.join(map(re.escape, names))})"


_FIGURES = r"\d{1,2}\.\d\d(?:\.\d{2,4})?"


def _written(pattern: str) -> str:
    said = {"d": r"\d{1,2}", "MMMM": _any_month(), "y": r"\d{4}", " ": r"\s"}
    pieces = re.findall(r"'[^']*'|[A-Za-z]+|.", pattern)
    return "".join(said.get(piece) or re.escape(piece.strip("'")) for piece in pieces)


def grouped(typed: str, manners: LetterManners, language: Language, *, named: bool = False) -> str:
    """Return amounts as they are read: «15 000 рублей»; ``named``: those with a currency only."""
    mark = str(_locale(language).number_symbols["latn"]["group"])

    def marked(found: re.Match[str]) -> str:
        return f"{int(found[0].replace(',', '')):,}".replace(",", mark)

    currency = one_of(manners.typed.currencies).replace(r"(?<!\w)", "")
    if mark == ",":  # “€1.350”: no sum has three digits behind its point, nor “€780,50” two
        typed = _SPACE_OF_A_THOUSAND.sub(",", typed)
        typed = _comma_of_cents(currency).sub(".", _dot_of_a_sum(currency).sub(mark, typed))
    elif not named:
        typed = _DOT_OF_A_THOUSAND.sub(NO_BREAK, typed)
    sums = _sum(currency, small=mark == ",")
    said = sums.sub(marked, typed)
    return said if named else _DIGITS.sub(marked, said)


_DOT_OF_A_THOUSAND = re.compile(r"(?<=\b\d)\.(?=\d{3}(?![\d.,]))|(?<=\b\d\d)\.(?=\d{3}(?![\d.,]))")
_SPACE_OF_A_THOUSAND = re.compile(
    r"(?:(?<=[$€£]\d)|(?<=[$€£]\d\d)|(?<=[$€£]\d\d\d))[ \u00a0](?=\d{3}\b(?! ?[a-z]))"
)
_BEFORE = r"(?<![\d.,№/#-])(?<!№\s)"
_PLAIN = rf"{_BEFORE}[1-9]\d{{4,8}}(?![\d/-])"
_DIGITS = re.compile(_PLAIN)


@cache
def _dot_of_a_sum(currency: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[$€£¥₽]\d)|(?<=[$€£¥₽]\d\d)|(?<=[$€£¥₽]\d\d\d))\.(?=\d{{3}}(?![\d.,]\d))"
        rf"|(?<![.,])(?<=\d)\.(?=\d{{3}}\s?{currency})",
        re.IGNORECASE,
    )


@cache
def _comma_of_cents(currency: str) -> re.Pattern[str]:
    cents = r"(?<=\d),(?=\d\d(?!\d"
    return re.compile(
        rf"(?<=[$€£]\d){cents}))|(?<=[$€£]\d\d){cents}))|(?<=[$€£]\d\d\d){cents}))"
        rf"|(?<=\d{{2}}){cents})\s?{currency})",
        re.IGNORECASE,
    )


@cache
def _sum(currency: str, *, small: bool) -> re.Pattern[str]:
    """Return what finds sums with a currency, with ``small`` “$3000” too, and «2,300 USD»."""
    least = rf"{_PLAIN}|{_BEFORE}[1-9]\d{{3}}(?![\d/-])" if small else _PLAIN
    amount = rf"(?:{least}|{_BEFORE}[1-9]\d{{0,2}}(?:,\d{{3}})+(?![\d/,-]))"
    return re.compile(rf"{amount}(?=\s?{currency})|(?<=[$€£¥₽]){amount}", re.IGNORECASE)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def greeted(typed: str, manners: LetterManners) -> str:
    """Return how somebody is greeted, without the greeting itself, where that was typed as well."""
    name = _greeting(manners.typed.greetings).sub("", _REMARK.sub("", bare(typed)))
    name = as_called(name.strip(" ,.!…"))
    name = capitalised(name, manners)
    if title := _abbreviated(manners.typed.abbreviated).match(name):
        called = name[title.end() :]
        called = " ".join(map(_big, called.split(" "))) if called.islower() else called
        return f"{title[1].capitalize()}. {called}"
    return "" if is_nobody(typed, manners) else _greeted(name, manners)


_REMARK = re.compile(r"\s+\([^()]*\)")
"""«Марина (мама Егора)»"""


def _greeted(name: str, manners: LetterManners) -> str:
    words = name.split(" ")
    if len(words) > _NAME_WORDS or not all(word.rstrip(".").isalpha() for word in words):
        return name
    if words[1:] and plain(words[0]) in manners.typed.titles.split("|"):
        return " ".join([words[0].lower(), *(word[:1].upper() + word[1:] for word in words[1:])])
    everybody = plain(name) in manners.typed.everybody.split("|")
    several = plain(words[0]) in manners.typed.everybody.split("|") and words[1:]
    if len(words) == 1 and (everybody or is_called_so(name)):
        return name.lower()
    if several and is_russian(name) and all(word.islower() for word in words[1:]):
        return f"{words[0].lower()} {' '.join(words[1:])}"  # «Отдел маркетинга»
    return _named(name, words)


def _named(name: str, words: Sequence[str]) -> str:
    # «анна» is a name, «капитан» is none; nobody is greeted in the genitive, so «света» is one.
    ordinary = is_ordinary(words[0], " ".join(words[1:]))
    named = name.islower() and (not ordinary or (len(words) == 1 and not may_be_greeted(name)))
    if named or not name.islower():
        return " ".join(_big(each) for each in words) if named else name
    return " ".join([words[0], *(w.capitalize() if is_a_name(w) else w for w in words[1:])])


def _big(word: str) -> str:
    """Return a word of a greeting with a capital, but for what joins two names."""
    return word if is_joint(word) else word.capitalize()


def is_nobody(typed: str, manners: LetterManners) -> bool:
    """Tell an answer that declines to name anybody: «никак», «без имени»."""
    return plain(bare(typed)).strip("-–—") in ("", *manners.typed.nobody.split("|"))


def is_nothing(typed: str, manners: LetterManners) -> bool:
    """Tell an answer of one to whom nothing comes to mind: «ничего хорошего не было»."""
    said = plain(bare(typed))
    return is_nobody(typed, manners) or bool(re.match(one_of(manners.typed.nothing), said))


@cache
def _abbreviated(titles: str) -> re.Pattern[str]:
    """Return what finds the title of “mr smith”, who is greeted as “Mr. Smith”."""
    return re.compile(rf"({titles or '(?!)'})\.?\s+(?=\w)", re.IGNORECASE)


@cache
def _greeting(forms: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{one_of(forms)}[,!. ]*)+", re.IGNORECASE)


_NAME_WORDS = 3
