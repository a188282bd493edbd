"""What haste leaves out of Russian: commas, the dots of «ё», the dash before a sum.

The words that the rules go by stand in ``content/data/checking/ru/haste.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from babel.dates import get_month_names

from content.russian.clauses import parted
from content.russian.lexicon import grammar, haste
from content.russian.morphology import morphology
from content.russian.slips import spelled_out
from content.russian.spelling import is_russian
from content.russian.words import PREDICATES, says_something
from content.typography import NO_BREAK
from content.wordlists import any_of


def punctuated(text: str) -> str:
    """Return a text with the commas and the «ё» that a letter has and a thumb leaves out.

    «Сделана осталась доводка но все еще ждем» → «сделана, осталась доводка, но все ещё ждём».
    """
    said = _WEEK.sub("\\1\N{EN DASH}", spelled_out(text))
    said = _WORKING_WEEK.sub("\\1\N{EN DASH}\\2", said)
    said = _HOURS.sub(_before_other_days, _CLOCK.sub(r"\1:", _TIMES.sub("×", said)))
    said = _THANKS.sub(_without_thanks, _PLEASE.sub(_set_apart, said))
    said = _REST.sub(_before_the_rest, _in_rows(said))
    said = _OF_SO_MANY.sub(_behind_its_number, _APART_FROM_ALL.sub(_what_is_apart, said))
    said = _with_that().sub(r"\1, \2", _WHOEVER.sub(_before_who, said))
    said = _THING.sub(_that_is_which, said)
    said = _THAN.sub(r"\1, ", said)
    said = _ALL_ALONE.sub(r"\1\2сё", _WITHOUT_DOTS.sub("ё", said))
    said = _THAT.sub(_with_comma, _WHAT.sub("то, что", _ALL.sub(_everything, said)))
    said = _IT_IS.sub(_which_it_is, _AND_ALL.sub(r"\1сё", said))
    said = _EVERYTHING.sub(_all_of_it, _AND_I.sub(_before_us, said))
    said = _THE_OTHERS.sub(_before_the_others, said)
    said = _WHICH.sub(_before_which, said)
    said = _clause().sub(_apart, said)
    said = _THEN.sub(r"\1, \2", _IF.sub(_apart, said))
    said = _NOT_SO.sub(_before_what_is_not, _NOTHING_TO_DO.sub(_before_nothing, said))
    said = parted(_AND_THEN.sub(_before_what_comes_then, _HOW.sub(_before_a_deed, said)))
    said = _IS_SO.sub(_which_is_so, said)
    said = _NEITHER.sub(r"\1,", _IN_ALL.sub(r"\1, ", said))
    said = _BEFORE_NOW.sub(_before_what_was, said)
    said = _COMMA_AND.sub(_of_one_row, _WHAT_THERE_IS.sub(r"\1,", said))
    return _DOTLESS.sub(_dotted, said)


def _of_one_row(found: re.Match[str]) -> str:
    """Return «смету и список» for «смету, и список»: nothing is told behind a lone «и»."""
    before, behind = found.string[: found.start()], found.string[found.end() :]
    row = [*_PARTED.split(_SENTENCE.split(before)[-1]), _PARTED.split(behind)[0]]
    words = [_WORD.findall(each.lower()) for each in row]
    plain = all(each and not any(map(_tells_or_leads, each)) for each in words)
    again = any(each[0] == "и" for each in words if each) or " и " in f" {row[-1]} "
    return " и " if plain and not again else found[0]


def _tells_or_leads(word: str) -> bool:
    """Tell what makes a clause of a thing in a row: a verb, «который», «чтобы», «сделав»."""
    reading = morphology().parse(word)[0]
    leads = word in haste().questions | grammar().opening | {"кроме", "включая"}
    deed = reading.tag.POS in {"VERB", "PRTS", "ADJS", "PRED", "GRND", "PRTF", "COMP"}
    return deed or leads or reading.normal_form in {"который", "какой"}


class Doubt(NamedTuple):
    """What in a text is hardly meant so, and what probably is."""

    start: int
    end: int
    fix: str | None


def unsure(text: str) -> Iterator[Doubt]:
    """Yield «экран который» where surely a comma is lacking, and words that stand twice."""
    for line in _LINES.finditer(text):
        words, said = (re.findall(r"\S+", each) for each in (line[0], punctuated(line[0])))
        if [each.strip(",") for each in words] != [each.strip(",") for each in said]:
            continue  # no more than commas is ever sure in what an editor may have read
        places = [*re.finditer(r"\S+", line[0])]
        for (before, behind), mended in zip(pairwise(places), said, strict=False):
            if mended == f"{before[0]}," and _begins_a_clause(behind[0]):
                start, end = (line.start() + at for at in (before.start(), behind.end()))
                yield Doubt(start, end, f"{mended} {behind[0]}")
    for twice in _TWICE.finditer(text):
        yield Doubt(*twice.span(), twice[1])


def _begins_a_clause(word: str) -> bool:
    begins = {each.partition(" ")[0] for each in haste().begins_a_clause} | haste().questions
    relative = morphology().parse(word)[0].normal_form in {"который", "какой"}
    return relative or word in begins | _OTHERS


_OTHERS = frozenset({"чтобы", "если", "когда", "как", "то", "пожалуйста"})
_LINES = re.compile(r"[^\n]+")
_TWICE = re.compile(r"\b(в|на|с|к|по|и|не|что|из|до|за|для|от|как|это) \1\b", re.IGNORECASE)


@cache
def _clause() -> re.Pattern[str]:
    begins = any_of(haste().begins_a_clause)
    return re.compile(
        rf" ({begins})(?! бы\b)(?!(?<=иначе) (?:или|и) )(?= (?:[вкосуи] )?[а-яё\d«]{{2,}})"
    )


@cache
def _with_that() -> re.Pattern[str]:
    begins = any_of(haste().begins_with_that)
    return re.compile(rf"(?<=[а-яё\d)»] )({begins}) (как|что|чтобы)(?= )", re.IGNORECASE)


def _governs(word: str) -> bool:
    return morphology().parse(word.lower())[0].tag.POS == "PREP"


def _before_other_days(found: re.Match[str]) -> str:
    """Return «пн–пт с 10 до 18, в выходные…», but «с 10 до 18 в выходные» alone stays."""
    return ", " if _SOME_DAYS.search(found.string[: found.start()]) else found[0]


def _set_apart(found: re.Match[str]) -> str:
    """Return «пришлите, пожалуйста, акт» for «пришлите пожалуйста акт»."""
    before, please, after = found.groups()
    return f"{', ' if before is not None else ''}{please}{',' if after is not None else ''}"


def _before_us(found: re.Match[str]) -> str:
    """Return «договор закончится, и я верну» where somebody else did the first."""
    before = found.string[max(0, found.start() - _CLAUSE) : found.start()].lower()
    words = _WORD.findall(_PARTED.split(before)[-1])
    tags = [morphology().parse(word)[0].tag for word in words]
    other = any(tag.POS == "VERB" and "1per" not in tag for tag in tags)
    return ", и " if other else found[0]


def _all_of_it(found: re.Match[str]) -> str:
    """Return «отдам всё в пятницу», «переделать всё»."""
    tag = morphology().parse(found[1])[0].tag
    ours = "1per" in tag and not _are_several_before(found)
    done = tag.POS == "INFN" or ours or ("3per" in tag and "tran" in tag)
    behind = tag.POS in {"NPRO", "ADVB"} and _is_done_by_us(found.string[: found.start()])
    return f"{found[1]} всё" if done or behind else found[0]


def _is_done_by_us(text: str) -> bool:
    """Tell «уберём за собой», where nothing is named that would be «все»."""
    words = _WORD.findall(_PARTED.split(text.lower())[-1])
    tags = [morphology().parse(word)[0].tag for word in words]
    named = any(tag.POS == "NOUN" and tag.number == "plur" for tag in tags)
    return not named and any("1per" in tag and "tran" in tag for tag in tags)


def _before_the_others(found: re.Match[str]) -> str:
    """Return «одно назначено, остальное закрыто»."""
    told = morphology().parse(found[2])[0].tag.POS in {"PRTS", "ADJS"}
    return f", {found[1]}" if told else found[0]


def _without_thanks(found: re.Match[str]) -> str:
    """Return «всё оплачено» for «всё оплачено спасибо»: a letter says its thanks itself."""
    done = morphology().parse(found[1])[0].tag.POS in {"PRTS", "ADJS"}
    return found[1] if done else found[0]


def _before_what_comes_then(found: re.Match[str]) -> str:
    """Return «два круга правок, потом 1000 ₽ за круг», but «сделаю потом» stays."""
    kind = morphology().parse(found[1].lower())[0].tag.POS
    thing = not found[1].isalpha() or kind == "NOUN" or (kind == "ADVB" and found[3][0].isdigit())
    then = found[3][0].isdigit() or morphology().parse(found[3].lower())[0].tag.POS in _COMES
    return f"{found[1]}, {found[2]}" if thing and then else found[0]


_COMES = frozenset({"NOUN", "ADJF", "NUMR", "VERB"})


def _before_the_rest(found: re.Match[str]) -> str:
    """Return «половина вперёд, остальное — когда сдам»: what comes first has its comma."""
    part, rest, when = found.groups()
    if rest.endswith("%") and "%" not in part:
        return found[0]  # «предоплата 50%»
    return f"{part}, {rest}{' —' if when is not None else ''}"


def _what_is_apart(found: re.Match[str]) -> str:
    """Return «уборка после ремонта, окна отдельно»."""
    clause = _PARTED.split(found.string[: found.start()])[-1]
    named = all(r.tag.POS == "NOUN" for r in morphology().parse(found[1]))
    cases = {r.tag.case for r in morphology().parse(found[1])}
    apart = clause.strip() and named and "nomn" in cases and not says_something(clause)
    return f", {found[1]} {found[2]}" if apart and not _governs(clause.split()[-1]) else found[0]


def _behind_its_number(found: re.Match[str]) -> str:
    """Return «30 туй из 45, газон не начат», but «30 из 45 туй»."""
    named = [r.tag for r in morphology().parse(found[2]) if r.score >= _ALSO]
    apart = all((tag.POS == "NOUN" and "nomn" in tag) or "accs" in tag for tag in named)
    return f"{found[1]}, {found[2]}" if apart else found[0]


def _which_it_is(found: re.Match[str]) -> str:
    """Return «доставка опоздала, это наша вина», «8 текстов — это 24 000 ₽»."""
    clause = _PARTED.split(found.string[: found.start()])[-1]
    if not clause.strip() or _governs(clause.split()[-1]):
        return found[0]
    if says_something(clause):
        return f", {found[1]}"
    thing = morphology().parse(clause.split()[-1].lower())[0].tag.POS == "NOUN"
    return f" — {found[1]}" if found[1][-1].isdigit() and thing else found[0]


def _before_what_is_not(found: re.Match[str]) -> str:
    """Return «из-за хостинга, не из-за нас»."""
    return f"{found[1].rstrip()}, "


def _before_what_was(found: re.Match[str]) -> str:
    """Return «45 000 в месяц, было 30 000», but «в октябре было 7 встреч»."""
    clause = _PARTED.split(found.string[: found.start()])[-1].strip()
    first = clause.partition(" ")[0].lower()
    day = bool(_MONTHS.intersection(clause.split()))
    when = day or _governs(first) or not _ANY_NUMBER.search(clause)
    return found[0] if found[1] == "было" and when else ", "


def _which_is_so(found: re.Match[str]) -> str:
    """Return «каталог на 40 страниц, готовый к печати»."""
    before, so = (morphology().parse(found[place].lower())[0].tag for place in (1, 2))
    told = so.case == "nomn" and (so.POS == "PRTF" or found[2].startswith("готов"))
    return f"{found[1]}, {found[2]}" if told and before.POS == "NOUN" else found[0]


def _before_nothing(found: re.Match[str]) -> str:
    """Return «хватает на всё, возвращать нечего»."""
    clause = _PARTED.split(found.string[: found.start()])[-1]
    deed = morphology().parse(found[1])[0].tag.POS == "INFN"
    return f", {found[1]} {found[2]}" if deed and says_something(clause) else found[0]


def _before_who(found: re.Match[str]) -> str:
    """Return «тем, кто купил, и попросить» for «тем кто купил и попросить»."""
    whom, who, told, then = found.groups()
    verb = any(morphology().parse(w)[0].tag.POS == "VERB" for w in _WORD.findall(told))
    to = then and morphology().parse(then)[0].tag.POS == "INFN"
    whom = _ALL_OF_IT.sub(r"\1сё", whom) if who == "что" else whom
    return f"{whom}, {who}{told}{',' if verb and to else ''}"


def _that_is_which(found: re.Match[str]) -> str:
    """Return «ткань, которая осталась» for «ткань что осталась»."""
    things = [r for r in morphology().parse(found[1].lower()) if r.tag.POS == "NOUN"]
    verb = morphology().parse(found[3])[0]
    named = morphology().parse(found[1].lower())[0].tag.POS == "NOUN"  # «того» is a place as well
    if (
        not things
        or not named
        or verb.tag.POS != "VERB"
        or "1per" in verb.tag
        or "2per" in verb.tag
    ):
        return found[0]
    thing = things[0]
    plural = thing.tag.number == "plur"
    agree = verb.tag.number == thing.tag.number and (
        verb.tag.gender in {None, thing.tag.gender} or plural
    )
    if not agree and not ("tran" in verb.tag and verb.tag.number == "plur"):
        return found[0]
    case = "nomn" if agree else "accs"
    form = {case, "plur"} if plural else {case, "sing", thing.tag.gender or "masc"}
    if case == "accs" and thing.tag.gender == "masc" and not plural:
        form = {"nomn", "sing", "masc"}
    which = morphology().parse("который")[0].inflect(form)
    return f"{found[1]}, {which.word if which else 'что'}{found[2] or ''} {found[3]}"


def _in_rows(text: str) -> str:
    """Return «логотип, визитка и баннер» for «логотип визитка и баннер», clause by clause."""
    return _CLAUSES.sub(lambda found: _in_a_row(found[0]), text)


def _in_a_row(clause: str) -> str:
    """Set the commas of a row whose things stand in the first or the fourth case.

    «Чеки остатки краски и ключи»: what is of another thing stays with it; of two things one may be
    of the other, so there are three at least, or the last two have an «и».
    """
    words = clause.split(" ")
    starts: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = _thing_end(words, at) if at else _row_begins(words)
        if end > at and (not starts or starts[-1][1] == at or words[at - 1] == "и"):
            starts.append((at, end))
        elif end > at:
            starts = [(at, end)] if len(starts) < _ROW else starts
        at = max(end, at + 1)
    row = [each for each in starts if each[1] < len(words) or each is starts[-1]]
    least = _PAIR if _are_two_with_theirs(row, words) else _ROW
    joined = [i for (_, i), (then, _) in pairwise(row) if i == then]
    named = not haste().firms.isdisjoint(words) and len(joined) == len(row) - 1
    begins = not row or not row[0][0] or _leads(words[row[0][0] - 1])
    if len(row) < least or not joined or named or not begins:  # «студия квадрат» is one
        return clause
    return " ".join(f"{w}," if i + 1 in joined else w for i, w in enumerate(words))


def _leads(word: str) -> bool:
    """Tell whether a row of things begins behind a word: «пришлю», «на», «и»."""
    return morphology().parse(word.lower())[0].tag.POS in {"VERB", "INFN", "PREP", "CONJ", "PRTS"}


def _are_two_with_theirs(row: Sequence[tuple[int, int]], words: Sequence[str]) -> bool:
    """Tell «размер вывески фото фасада»: two things, each with what it is of, and no more."""
    whole = bool(row) and row[0][0] == 0 and row[-1][1] == len(words) and words[0].isalpha()
    return whole and len(row) == _PAIR and all(end - start > 1 for start, end in row)


def _row_begins(words: Sequence[str]) -> int:
    """Return where the first thing ends, which may be another word too: «замер проект и монтаж»."""
    end = _thing_end(words, 0)
    if end or len(words) < _ROW or _thing_end(words, 1) == 1:
        return end
    if not any(each.tag.case == "nomn" for each in morphology().parse(words[1])):
        return 0  # «вели рекламу»
    named = (each for each in morphology().parse(words[0]) if each.tag.POS == "NOUN")
    return int(any(each.tag.case == "nomn" and each.score >= _HARDLY for each in named))


def _thing_end(words: Sequence[str], at: int) -> int:
    """Return where a thing ends that begins here, with what it is of; the same place for none."""
    start = at
    while at < len(words) and _is_a(words[at], {"ADJF", "PRTF"}):
        at += 1
    if at >= len(words):
        return start
    counted = at and words[at - 1] == "и"  # «ткань, фурнитура и 3 примерки»
    if counted and words[at].isdigit() and at + 1 < len(words) and _is_a(words[at + 1], {"NOUN"}):
        return at + 2
    room = _is_a_room(words[at])
    unbent = start and at + 1 < len(words) and _is_unbent(words[at]) and _is_of(words[at + 1])
    if not (_is_listed(words[at]) or room or unbent):
        return start
    at += 1
    single = not any(
        each.tag.number == "plur" and each.tag.case in {"nomn", "accs"}
        for each in morphology().parse(words[at - 1])
    )
    while not room and at < len(words) and _goes_on(words, at, single=single):
        at += 1
    return at


def _goes_on(words: Sequence[str], at: int, *, single: bool) -> bool:
    of_it = _is_of(words[at]) or (single and _may_be_of(words[at]))
    own = at + 1 < len(words) and _is_unbent(words[at]) and _is_of(words[at + 1])
    return of_it and not own  # «размер вывески | фото фасада»


def _is_unbent(word: str) -> bool:
    """Tell «фото», which may stand in any case."""
    first = morphology().parse(word)[0]
    return (
        bool(_PLAIN_WORD.fullmatch(word))
        and first.is_known
        and {"NOUN", "Fixd"} <= first.tag.grammemes
    )


def _is_a(word: str, parts: Collection[str]) -> bool:
    return _PLAIN_WORD.fullmatch(word) is not None and morphology().parse(word)[0].tag.POS in parts


def _is_of(word: str) -> bool:
    """Tell «краски» of «остатки краски», which is in no case but the second."""
    return bool(_PLAIN_WORD.fullmatch(word)) and all(
        each.tag.POS == "NOUN" and each.tag.case == "gent"
        for each in morphology().parse(word)
        if each.score >= _OFTEN
    )


def _may_be_of(word: str) -> bool:
    """Tell «витрины» of «эскиз витрины», which may be several things too."""
    readings = morphology().parse(word) if _PLAIN_WORD.fullmatch(word) else ()
    return any({"NOUN", "gent", "sing"} <= r.tag.grammemes and r.score >= _ALSO for r in readings)


def _is_listed(word: str) -> bool:
    """Tell a thing that is in no case but the first or the fourth: it belongs to none before."""
    head = word.rpartition("-")[2] or word  # «контент-план»
    known = bool(_PLAIN_WORD.fullmatch(head)) and morphology().word_is_known(head)
    likely = [each for each in morphology().parse(head.lower()) if each.score >= _HARDLY]
    return (known and bool(likely)) and all(
        each.tag.POS == "NOUN" and each.tag.case in {"nomn", "accs"} and "Fixd" not in each.tag
        for each in likely
    )


def _is_a_room(word: str) -> bool:
    """Tell a room, which another one before it never belongs to: «кухни, гостиной и санузла»."""
    return any(each.normal_form in haste().rooms for each in morphology().parse(word.lower()))


_ALSO = 0.1
_HARDLY, _OFTEN = 0.2, 0.3
_PAIR, _ROW = 2, 3
_CLAUSES = re.compile(r"[^,;:.!?()«»—\n]+")
_PLAIN_WORD = re.compile(r"[а-яё]{3,}")


def _apart(found: re.Match[str]) -> str:
    """Return a comma before a conjunction, but for «и если», «только если» and «вариант а»."""
    before = found.string[max(0, found.start() - _LONGEST) : found.start()].split(" ")[-1].lower()
    letter = found[1] == "а" and before in haste().lettered
    told = before[-1:].isalnum() or before[-1:] in _CLOSING
    told = told and (found[1] != _SO_FAR or _is_until(before, found.string[found.end() :]))
    return f", {found[1]}" if told and not letter and before not in haste().joined else found[0]


def _is_until(before: str, behind: str) -> bool:
    """Tell «не начинаю, пока не оплатят» from «деньги пока не пришли» and «я пока не готов»."""
    verb = morphology().parse(before)[0].tag.POS == "VERB"
    word = _WORD.match(behind.lstrip())
    return verb and word is not None and morphology().parse(word[0])[0].tag.POS == "VERB"


_LONGEST = 24
_SO_FAR = "пока не"
_CLOSING = frozenset("%₽)»")


def _dotted(found: re.Match[str]) -> str:
    """Return «счёт» for «счет» where hardly any reading is another word: «все» stays."""
    word, low = found[0], found[0].lower()
    before = found.string[: found.start()].rstrip()
    begins = word == low or not before or before.endswith((".", "!", "?"))
    readings = morphology().parse(low) if begins and low not in haste().either else ()
    likely = sum(each.score for each in readings)
    forms = {each.word for each in readings if "ё" in each.word}
    sure = sum(each.score for each in readings if "ё" in each.word)
    if len(forms) != 1 or sure < _SURE * likely or not morphology().word_is_known(low):
        return word
    said = forms.pop()
    return said.capitalize() if word[0].isupper() else said


def with_a_dash(text: str, money: str) -> str:
    """Return «последний счёт — 30 тыс. ₽» where a sum stands behind its thing and nothing tells.

    «30 000 ₽ предоплата 50%» gets its comma. ``money`` finds what a sum is in.
    """
    money = rf"(?<![а-яё])(?:{money})"  # no end of «кадр»
    part = re.compile(rf"((?:{money})) (?=(?:{any_of(haste().parts_of_a_sum)})\b)")
    if found := part.search(text):  # «38 тыс. ₽, 10 тыс. ₽ аванс»: the second sum is the part
        whole = not re.search(money, text[: found.start()])
        text = part.sub(r"\1, ", text, count=1) if whole else text
    each = rf"((?:{money})\.?) (?=([а-яё]+)(?:[,.;]|$))"
    text = re.sub(each, _for_each, text)
    text = re.sub(rf"((?:{money})\.?) (?=(?:ещ[её] |плюс )?{_SOME_TIME})", r"\1, ", text)
    text = _THEN_SOME_TIME.sub(_before_some_time, text)
    anew = rf"((?:{money})\.?) (?=([а-яё]{{3,}}) [а-яё]{{3,}})"
    text = re.sub(anew, _before_the_next_thing, text)
    next_one = (
        rf"((?:{money}|тыс\.)) (?=([а-яё]{{3,}})\b[^,;:.\n]* "
        rf"(?:(?:за )?\d[\d {NO_BREAK}]*(?:{money})|\+ ?\d+ ?%))"
    )
    text = re.sub(rf"(\b(за|по) [а-яё][^,;.\n]*?(?:{money})\.?) (?=\2 [а-яё])", r"\1, ", text)
    text = re.sub(next_one, _before_the_next_thing, text)
    sums = re.compile(
        rf"([^\W\d_]+\.?|\d+%|[А-Яа-яё]+\d) (?=(?:\+ ?)?\d[\d {NO_BREAK}.,]*"
        rf"(?:(?:{NO_BREAK}?(?:тыс|млн)\.)? ?{NO_BREAK}?(?:{money})"
        r"| ?%(?= (?:от|цены|стоимости|суммы)\b)))"
    )
    clauses = re.split(r"((?:[,;:]|[.!?](?= [А-ЯЁ]))\s|\n)", text)
    return "".join(
        each if place % 2 or _is_told_later(clauses, place) else _dashed_sum(each, sums)
        for place, each in enumerate(clauses)
    )


def _for_each(found: re.Match[str]) -> str:
    """Return «1500 ₽ за занятие» for «1500 ₽ занятие»."""
    named = [r for r in morphology().parse(found[2]) if r.normal_form in haste().apiece]
    single = any({"sing", "accs"} <= each.tag.grammemes for each in named)
    return f"{found[1]} за " if single else found[0]


def _is_told_later(clauses: Sequence[str], place: int) -> bool:
    """Tell «аванс 30 000 ₽, который не отработан, верну»: the verb stands behind what is said."""
    which, then = (clauses[place + ahead : place + ahead + 1] for ahead in (2, 4))
    commas = [each.strip() for each in clauses[place + 1 : place + 4 : 2]] == [",", ","]
    return commas and bool(_WHICH_IS.match(which[0])) and says_something(then[0])


def _before_some_time(found: re.Match[str]) -> str:
    """Return «ламинат, 2 недели, 310 тыс. ₽» for «ламинат 2 недели 310 тыс. ₽»."""
    thing = morphology().parse(found[1].lower())[0].tag.POS == "NOUN"
    return f"{found[1]}, {found[2]}, " if thing else found[0]


_SOME_TIME = (
    r"(?:\d{1,2}|полтора|две|два|три|четыре) (?:рабоч\w+ )?"
    r"(?:недел|месяц|дня\b|дней\b|день\b)[а-я]*"
)
_THEN_SOME_TIME = re.compile(rf"(?<![\w-])([А-Яа-яё]{{3,}}) ({_SOME_TIME}) (?=\d)")


def _before_the_next_thing(found: re.Match[str]) -> str:
    """Return «примерка 1000 ₽, выезд 2500 ₽»: a thing that has a price of its own begins anew."""
    readings = [each for each in morphology().parse(found[2]) if each.score >= _ALSO]
    first = next((r for r in readings if r.tag.case in {"nomn", "accs"}), readings[0])
    tag, of_time = first.tag, first.normal_form in haste().of_time
    named = tag.POS in {"NOUN", "ADJF", "NUMR"} and tag.case in {"nomn", "accs"}
    thing = (named and "Apro" not in tag and not of_time) or found[2] in haste().on_top
    return f"{found[1]}, " if thing else found[0]


def _dashed_sum(clause: str, sums: re.Pattern[str]) -> str:
    if says_something(clause):
        return clause
    found = sums.search(clause)
    if found is not None and (found[1] in _MONTHS or "—" in clause[: found.start()]):
        month = found[1] in _MONTHS  # «две страницы — до 1 ноября, 55 000 ₽»
        return f"{clause[: found.end() - 1]}, {clause[found.end() :]}" if month else clause
    if found is not None and re.match(r"\d", clause) and _is_another_sum(clause, found, sums):
        return f"{clause[: found.end() - 1]}, {clause[found.end() :]}"
    if "—" in clause or found is None or not _is_priced(found[1]):
        return clause
    rest = clause[found.end() :]
    more = "плюс " if rest.startswith("+") else ""
    return f"{clause[: found.end() - 1]}{NO_BREAK}— {more}{rest.lstrip('+ ')}"


def _is_another_sum(clause: str, found: re.Match[str], sums: re.Pattern[str]) -> bool:
    """Tell «65 тыс. ₽ работа, 20 тыс. ₽ контейнер», where each sum stands before its thing."""
    money = sums.match(f"x {clause}")
    return money is not None and found.start() > 0


def _is_priced(word: str) -> bool:
    """Tell whether a sum behind a word is its price: «час 2500 ₽», not «до 2500 ₽»."""
    unit = (
        not is_russian(word)
        or word.endswith(("%", ".", "м"))
        or word[-1].isdigit()
        or word in haste().on_top
    )
    thing = morphology().parse(word)[0].tag.POS in {"NOUN", "ADJF", "PRTF"}
    return word not in haste().in_all and (unit or thing)


_WHICH_IS = re.compile(r"(?:[а-яё]{1,3} )?котор|как ")
_MONTHS = frozenset(get_month_names("wide", locale="ru").values())
_SURE = 0.65
_DOTLESS = re.compile(r"(?<![\w«„-])[А-Яа-я]*[Ее][а-я]*(?![\w-])")
_DAYS = r"пн|вт|ср|чт|пт|сб|вс"
_HOURS = re.compile(
    rf"(?:(?<=до \d\d)|(?<=до \d\d:\d\d)|(?<=\b(?:{_DAYS})))"
    rf" (?=(?:в|по) (?:выходн|суббот|воскрес|праздн)|(?:{_DAYS})\b)"
)
_SOME_DAYS = re.compile(rf"\b(?:{_DAYS}|будн\w+|рабочи\w+)\b", re.IGNORECASE)
_WEEK = re.compile(r"\b(пн|вт|ср|чт|пт|сб)-(?=(?:вт|ср|чт|пт|сб|вс)\b)", re.IGNORECASE)
_WORKING_WEEK = re.compile(r"\b(пн) (пт)\b", re.IGNORECASE)
"""Two days alone would be «пн и пт»."""
_CLOCK = re.compile(
    r"\b((?:до|с|в|к|после) (?:[01]?\d|2[0-3])) "
    r"(?=[0-5]0(?:$|[,.;]| (?:и|а|но|до|по|потом|затем)\b))"
)
_TIMES = re.compile(
    r"(?<![\w.])[xх](?=\d\b)|(?<=\d )[xх*](?= \d)|(?<=\d)[xх](?=\d)|(?<=\d)\*(?=\d)(?![^{}]*})"
)
_ALL_OF_IT = re.compile(r"^([Вв])се$")
_WHOEVER = re.compile(
    r"(?<![\w-])(тот|того|тому|тем|том|те|тех|теми|та|ту|той|всем|всех|все|всё|там|туда"
    r"|оттуда) (кто|кого|кому|кем|что|чего|где|куда|откуда|о ч[её]м|с кем)"
    r"(?=((?: (?!и )[а-яё\d-]+)*))\3(?= |[.,;:!?]|$)(?=(?: и ([а-яё]+))?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[а-яё]+")
_AND_THEN = re.compile(
    r"(?<!\w)(\w+) (потом|затем|после чего|дальше|далее|теперь(?= \d))(?= (\w+))"
)
_THAN = re.compile(
    r"\b(меньше|больше|раньше|лучше|дороже|быстрее|дольше|позже) (?=чем (?!\d|на |за |в \d))"
)
_PLEASE = re.compile(r"((?<=[а-яё\d»)]),? )?([Пп]ожалуйста),?((?= [а-яё\d«]))?")
_THANKS = re.compile(r"(?<![а-яё])([а-яё]+),? (?:большое )?спасибо(?: большое)?[.! )]*$")
_REST = re.compile(
    r"(\b(?:половин[ау]|треть|часть|аванс|предоплата|задаток|\d{1,3} ?%"
    r"|\d[\d ]* ?(?:тыс\.?|₽|руб\.?|р|к))[^,;.\n—]*?)(?<! и)(?<! а)(?<!,) "
    r"(остальн(?:ое|ые|ую)|остаток|втор(?:ая|ую) половин[ау]|\d{1,3} ?%)"
    r"((?= (?:когда|как только|если) ))?(?!\w)",
    re.IGNORECASE,
)
_AND_ALL = re.compile(r"((?:ем|им|ю|у|ть) и в)се(?=[.!]?$)")
"""«Подпишем и всё»"""
_IT_IS = re.compile(r"(?<=[а-яё\d]) (это (?:(?:наш|мо[ёйяи]|ваш)[а-яё]*(?![\w-])|\+?\d))")
_NOTHING_TO_DO = re.compile(r"(?<=[а-яё\d]) ([а-яё]{3,}) (нечего|некому|некуда|незачем)(?![\w-])")
_NOT_SO = re.compile(
    r"(\b(из-за|для|от|в|на|по|к|с|до|у) (?:[а-яё\d]+ ){1,3})(?<! и )(?<! а )(?=не \2 )"
)
_IS_SO = re.compile(
    r"(?<![\w-])([а-яё]{3,}) ([а-яё]{4,}(?:ый|ая|ое|ые|ий|ие))(?= (?:к|на|в|из|с|для|по|от|под) )"
)
_NEITHER = re.compile(r"(\b[Нн]и [а-яё]+)(?= ни )")
_IN_ALL = re.compile(r"([а-яё\d₽.]) (?=(?:итого|всего вместе) \d)")
_BEFORE_NOW = re.compile(r"(?<!\bне)(?<=[а-яё%₽.]) (?=(было|раньше|вместо прежних) \d)")
_ANY_NUMBER = re.compile(r"\d")
_OF_SO_MANY = re.compile(r"(\bиз \d{1,3}) ([а-яё]{3,})(?![\w-])")
_APART_FROM_ALL = re.compile(r"(?<=[а-яё\d]) ([а-яё]{3,}) (отдельно|дополнительно)(?=$|[,.;])")
_COMMA_AND = re.compile(r"(?<=[а-яё\d»]), и (?=[а-яё\d«])")
_SENTENCE = re.compile(r"[.;:!?—\n]\s*")
_WHAT_THERE_IS = re.compile(r"(, что есть)(?= и [а-яё])")
_THING = re.compile(r"(?<![\w-])([А-Яа-яё]{3,}) что( не| уже| ещё| еще)? ([а-яё]{4,})")
_IF = re.compile(
    r"(?<!\bэто) (если|когда|то есть|как договаривались|как договорились"
    r"|(?:(?<=[\d₽%.] )|(?<=тыс )|(?<=руб ))как (?:обычно|всегда|раньше)(?=[.,;]|$))(?=[ .,;]|$)"
)
_THEN = re.compile(r"(\b[Ее]сли\b[^,.;—\n]*[а-яё\d%₽]) (то )")


def _everything(found: re.Match[str]) -> str:
    """Return «всё оплачено» for «все оплачено» and «всё новое», but «все фото»."""
    tag = morphology().parse(found[2])[0].tag
    told = (tag.POS in {"PRTS", "ADJS", "ADJF", "VERB"} and "neut" in tag) or (
        ("3per" in tag and "sing" in tag) or ("1per" in tag and "tran" in tag)
    )
    did = {"VERB", "past", "sing"} <= tag.grammemes
    told = told or (did and not _are_several_before(found, far=True))
    told = told or (_lacks_what_it_did(found) and not _are_several_before(found))
    goes_on = found.string[found.start(2) :].startswith(tuple(haste().all_of_that))
    so = found[2] in haste().so_is_all or goes_on
    told = told or (so and not _are_several_before(found))
    return f"{found[1]}сё {found[2]}" if told else found[0]


def _are_several_before(found: re.Match[str], *, far: bool = False) -> bool:
    """Tell «правки внёс все, кроме шрифта» and «12 уроков все прошли»: all of those.

    So may those of clauses ``far`` before it: «четыре занятия, все провела».
    """
    clauses = _PARTED.split(found.string[: found.start()].lower())
    clause = " ".join(clauses[:-1]) if far else clauses[-1]
    if not _MONTHS.issuperset(_COUNTED.findall(clause)):
        return True
    tags = [morphology().parse(word)[0].tag for word in _WORD.findall(clause)]
    named = any(tag.POS == "NOUN" and "plur" in tag and "gent" not in tag for tag in tags)
    return named or (far and any(tag.POS == "NUMR" for tag in tags))


_COUNTED = re.compile(r"\d ([а-яё]+)")


def _lacks_what_it_did(found: re.Match[str]) -> bool:
    """Tell «все перевезли и расставили», which has nobody else in it and nothing it was done to."""
    clause = _PARTED.split(found.string[found.start(2) :])[0]
    deeds = [morphology().parse(word)[0].tag for word in _WORD.findall(clause)]
    done = {"VERB", "tran", "perf", "plur", "past"} <= deeds[0].grammemes
    return done and not any(tag.POS in {"NOUN", "NPRO", "INFN", "ADJF"} for tag in deeds[1:])


def _before_which(found: re.Match[str]) -> str:
    before = morphology().parse(found[1].lower())[0].tag.POS
    return found[0] if before in {"CONJ", "PREP", "PRCL"} else f"{found[1]}, {found[2]}"


def _before_a_deed(found: re.Match[str]) -> str:
    """Put a comma before «как» that leads on to what is to be done: «инструкция, как включить»."""
    if found[2] == "как" and (found[3] == "есть" or _is_a(found[3], {"NOUN"})):
        return found[0]  # «оставить как есть», «проверить как письмо»
    deed = morphology().parse(found[3].lower())[0].tag.POS == "INFN"
    before = morphology().parse(found[1].lower())[0].tag.POS
    known = before in {"PRED", "ADJS"} or found[1].lower() in haste().known
    known = known or morphology().parse(found[1].lower())[0].normal_form in haste().tells
    place = before == "NOUN" and found[2] in {"где", "куда"}  # «магазин, где можно заказать»
    apart = known or place or (deed and before not in {"CONJ", "PREP", "PRCL", "ADVB"})
    return f"{found[1]}, {found[2]}" if apart else found[0]


def _with_comma(found: re.Match[str]) -> str:
    readings = morphology().parse(found[1].lower())
    before = readings[0].tag.POS
    felt = any(each.tag.POS in {"PRED", "ADJS"} for each in readings)
    goes_on = found[1].lower() in haste().joined | {"того"} or before == "PREP"
    to = found[2] == "чтобы" and not goes_on
    apart = felt or before in PREDICATES or to
    return f"{found[1]}, {found[2]}" if apart else found[0]


_WHAT = re.compile(r"(?<!не )\bто что(?= )")
_ALL = re.compile(r"\b([Вв])се ([а-яё]+)")
_ALL_ALONE = re.compile(r"(^|[.:] )((?:почти |вообще )?[Вв])се(?=[.;]|$)", re.MULTILINE)
_WITHOUT_DOTS = re.compile(r"(?<=\bза вс)е(?=[.,;]|$)|(?<=\b(?:во|бо) вс)е(?=м\b)", re.MULTILINE)
"""«9 тыс. за всё», «во всём»"""
_WHICH = re.compile(
    r"\b([А-Яа-яё]{2,}) "
    r"((?:(?:в|во|на|с|по|для|из|о|об|к|у|за|от|про|при|через) )?"
    r"котор(?:ый|ая|ое|ые|ую|ого|ому|ом|ой|ых|ым|ыми))\b"
)
_HOW = re.compile(
    r"\b([А-Яа-яё]+) (как|что|где|куда|кому|почему|зачем|сколько|откуда|чем|кто)"
    r"(?= (?:(?:ими|им|ей|этим|всем|все|всё) )?([а-яё]+))"
)
_AND_I = re.compile(r"(?<=[а-яё\d%₽»]) и (?=(?:я|мы) [а-яё]{3,})")
_CLAUSE = 80
"""Characters before «и я» in which the verb of that clause is looked for."""
_PARTED = re.compile(r"[,;:.!?()—\n]")
_EVERYTHING = re.compile(
    r"\b([а-яё]+) все(?= (?:в|на|по|к|за|сразу|лично|заново|сам[аи]?|до) |"
    r" (?:целиком|полностью|вовремя|вместе|разом)\b|,|$)"
)
_THE_OTHERS = re.compile(r"(?<=[а-яё\d]) (остальн(?:ое|ые))(?= ([а-яё]+))")
_THAT = re.compile(r"\b([А-Яа-яё]+) (что|чтобы)(?= )")
