"""What a letter needs, asked one by one.

Only what is missing is asked; what was put off stays visible in the draft as «‹…›».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter

from babel.numbers import get_currency_symbol

from content.checking import Finding
from content.english.days import read_two_ways
from content.letters import drafting
from content.letters.drafting import SIGNATURE, SIGNATURE_LIMIT, Blank
from content.letters.models import BlankData, BlankKind, LetterManners, Soon
from content.letters.ordinary import (
    as_firm,
    by_tense,
    in_full,
    is_firm,
    speaks_of_the_reader,
)
from content.letters.typed import greeted, is_nobody, is_nothing
from content.models import RUSSIAN, Language
from content.reading.amounts import amounts
from content.reading.days import Told, named_days, read_day, with_the_day_first
from content.russian.names import Case, decline
from content.russian.words import is_a_thing_too, is_first_name
from content.themes import what_weighed
from content.typography import NO_BREAK, tied
from content.verdict import judge
from content.vocabulary import Vocabulary, one_of, plain
from handlers.assessment import sheets
from handlers.engine import lookup
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Reply, Screen
from handlers.engine.visit import Visit
from handlers.letters import buttons as to
from handlers.letters import drafts, values
from handlers.letters.drafts import typed_for, unsent, written
from handlers.letters.screens import questions as screens
from storage.errors import NotFound
from storage.records import UNREADABLE, FactNumber, Letter

UNSIGNED = "no_contract"
"""What is true of everybody with whom nothing is agreed yet."""
FARTHEST_DAY = 62
"""Days; what is proposed lies within two months."""
routes = Routes()


@routes.tap(to.NextBlank)
@unsent
def go_on(visit: Visit, _at: to.NextBlank, letter: Letter) -> Answered:
    """Ask what is open, also what was put off; show the draft where nothing is."""
    if letter.version and not values.missing(visit, letter):
        left = values.open_in(visit, letter, values.text_of(visit, letter))
        return blank_screen(visit, letter, left[0]) if left else drafts.screen(visit, letter)
    return onward(visit, letter)


@routes.tap(to.LetterBlank, opens=True)
@unsent
def show(visit: Visit, at: to.LetterBlank, letter: Letter) -> Screen:
    return blank_screen(visit, letter, at.blank, page=at.page)


@routes.tap(to.FillBlank)
@unsent
def fill(visit: Visit, at: to.FillBlank, letter: Letter) -> Answered:
    asked = _asked(visit, letter, at.blank)
    value: str | None = None
    if asked.kind is BlankKind.TEXT and at.given.isdecimal():
        value = dict(enumerate(asked.proposals)).get(int(at.given))
    elif asked.kind is BlankKind.CHOICE and at.given in asked.options:
        value = at.given
    elif asked.kind is BlankKind.DATE and at.given in Soon.__members__.values():
        # As the buttons were before they named their day.
        value = asked.dates[Soon(at.given)].isoformat() if at.given in asked.dates else None
    elif asked.kind is BlankKind.DATE and at.given.isdecimal():
        value = _proposed_day(visit, int(at.given))
    if value is None:
        raise NotFound(f"proposal {at.given}")
    return _given(visit, letter, asked, value)


def _proposed_day(visit: Visit, ordinal: int) -> str | None:
    """Return the day that a button names, None where it is no day to come."""
    ahead = 0 <= ordinal - visit.today.toordinal() <= FARTHEST_DAY
    return date.fromordinal(ordinal).isoformat() if ahead else None


@routes.tap(to.ReuseBlank)
@unsent
def reuse(visit: Visit, at: to.ReuseBlank, letter: Letter) -> Answered:
    """Take what was given in another letter to the same client."""
    asked = _asked(visit, letter, at.blank)
    data = values.blank_data(values.kind_of(visit, letter.kind), at.blank)
    before = values.given_before(visit, letter, data) if data else {}
    if at.other not in before:
        raise NotFound(f"letter {at.other}")
    return _given(visit, letter, asked, before[at.other])


@routes.tap(to.LaterBlank)
@unsent
def later(visit: Visit, at: to.LaterBlank, letter: Letter) -> Answered:
    """Leave a blank open: it is not asked again, and is seen in the draft."""
    if at.blank == _facts_id(visit, letter):
        letter = replace(letter, facts=())
    return _given(visit, letter, _asked(visit, letter, at.blank), "")


@routes.tap(to.KeepAnswer)
@unsent
def keep(visit: Visit, at: to.KeepAnswer, letter: Letter) -> Answered:
    """Go on with an answer as it was typed; the check does not speak of it again."""
    found = values.doubts(visit, letter, at.blank)
    kept = letter.kept.union(map(values.mark_of, found))
    told = values.in_its_words(visit, letter)
    typed = letter.filled.get(values.key_of(letter, at.blank), "")
    said = _written(told, letter, at.blank, typed) if typed else ""
    return onward(visit, replace(letter, kept=kept), said=said)


@routes.tap(to.BeforeBlank)
@unsent
def before(visit: Visit, at: to.BeforeBlank, letter: Letter) -> Answered:
    """Go one step back: to the blank before, or to where the letter was chosen."""
    if letter.version:
        return drafts.screen(visit, letter)
    order = (*values.asked_blanks(visit, letter), *_asked_once(visit, letter))
    place = order.index(at.blank) if at.blank in order else 0
    if place:
        return blank_screen(visit, letter, order[place - 1])
    return visit.open(to.LetterChecklist(letter=letter.number).pack())


@routes.tap(to.PickFact)
@unsent
def pick(visit: Visit, at: to.PickFact, letter: Letter) -> Answered:
    """Take a fact into the letter, or leave it out."""
    data = _facts_blank(visit, letter)
    chosen = [each for each in letter.facts if each != at.fact]
    if at.on:
        if at.fact not in {each.number for each in values.facts_of(visit, letter.client)}:
            raise NotFound(f"fact {at.fact}")
        if len(chosen) + len(values.own_lines(letter)) >= data.limit:
            said = values.in_its_words(visit, letter).texts("letters.facts_full", n=data.limit)
            return blank_screen(visit, letter, data.id, page=at.page, said=said)
        chosen.append(FactNumber(at.fact))
    letter = replace(letter, facts=tuple(chosen))
    visit.memory.letters.save(letter)
    return blank_screen(visit, letter, data.id, page=at.page)


@routes.tap(to.DropLine)
@unsent
def drop_line(visit: Visit, at: to.DropLine, letter: Letter) -> Answered:
    """Leave out a fact in the person's own words."""
    data = _facts_blank(visit, letter)
    lines = values.own_lines(letter)
    if at.of == len(lines) and at.line < len(lines):
        kept = "\n".join(line for index, line in enumerate(lines) if index != at.line)
        letter = _with_lines(letter, data, kept)
        visit.memory.letters.save(letter)
    return blank_screen(visit, letter, data.id)


@routes.tap(to.FactsChosen)
@unsent
def facts_chosen(visit: Visit, _at: to.FactsChosen, letter: Letter) -> Answered:
    """Go on with the facts that are ticked."""
    data = _facts_blank(visit, letter)
    lines = "\n".join(values.own_lines(letter))
    return onward(visit, values.with_value(letter, values.blank_key(letter, data), lines))


@routes.tap(to.Restyle)
@unsent
def restyle(visit: Visit, at: to.Restyle, letter: Letter) -> Answered:
    """Write the letter in another style; what another language needs is asked first."""
    for style in values.styles(values.kind_of(visit, letter.kind)):
        if (at.tone, at.length, at.language) == (style.tone, style.length, style.language):
            if not letter.version:
                return onward(visit, values.styled(letter, style))
            written_anew = drafts.redrafted(visit, values.styled(letter, style))
            letter, _ = values.letter_of(visit, at.letter)
            left = values.missing(visit, letter)
            return blank_screen(visit, letter, left[0]) if left else written_anew
    raise NotFound(f"style {at.tone} {at.length} {at.language}")


@routes.tap(to.ClientForm, opens=True)
@written
def ask_form(visit: Visit, at: to.ClientForm, letter: Letter) -> Screen:
    """Ask how the letter names or greets the client."""
    return blank_screen(visit, letter, values.FORM_OF[at.form])


@routes.prompt("letter_form")
@typed_for
def form_typed(visit: Visit, letter: Letter, form: str, text: str) -> Answered:
    """Keep how the client is named, for this letter and the next ones."""
    return _given(visit, letter, _asked(visit, letter, values.FORM_OF[form]), text.strip())


@routes.tap(to.DropForm)
@written
def drop_form(visit: Visit, at: to.DropForm, letter: Letter) -> Answered:
    """Leave the client's name out."""
    return _given(visit, letter, _asked(visit, letter, values.FORM_OF[at.form]), values.NO_NAME)


@routes.prompt("letter_blank")
@typed_for
def typed(visit: Visit, letter: Letter, blank: str, text: str) -> Answered:
    """Take what was typed for a blank."""
    return _typed(visit, letter, blank, text)


@routes.prompt("letter_rows")
@typed_for
def row_typed(visit: Visit, letter: Letter, blank: str, text: str) -> Answered:
    """Take one more line of a list."""
    return _typed(visit, letter, blank, "\n".join((*_rows(visit, letter, blank), text)), more=True)


@routes.tap(to.DropRow)
@unsent
def drop_row(visit: Visit, at: to.DropRow, letter: Letter) -> Answered:
    """Leave out a line of a list; without any it is asked for anew."""
    rows, asked = _rows(visit, letter, at.blank), _asked(visit, letter, at.blank)
    if at.of == len(rows) and at.line < len(rows):
        rows = (*rows[: at.line], *rows[at.line + 1 :])
        letter = _with_rows(visit, letter, at.blank, rows)
        visit.memory.letters.save(letter)
    if not rows:
        return blank_screen(visit, letter, at.blank)
    return _rows_screen(visit, letter, asked, rows)


@routes.tap(to.RowsDone)
@unsent
def rows_done(visit: Visit, _at: to.RowsDone, letter: Letter) -> Answered:
    """Go on with the list as it is."""
    return onward(visit, letter)


def _rows(visit: Visit, letter: Letter, blank: str) -> tuple[str, ...]:
    data = values.blank_data(values.kind_of(visit, letter.kind), blank)
    if data is None or not data.rows:
        raise NotFound(f"list {blank}")
    return tuple((letter.filled.get(values.blank_key(letter, data)) or "").splitlines())


def _with_rows(visit: Visit, letter: Letter, blank: str, rows: Iterable[str]) -> Letter:
    data = values.blank_data(values.kind_of(visit, letter.kind), blank)
    if data is None:
        raise NotFound(f"list {blank}")
    return values.with_value(letter, values.blank_key(letter, data), "\n".join(rows) or None)


def _rows_screen(
    visit: Visit, letter: Letter, asked: Blank, rows: tuple[str, ...], said: str = ""
) -> Screen:
    told = values.in_its_words(visit, letter)
    screen = screens.rows(told.texts, drafts.way(told, letter), asked, rows, said)
    return ask(visit, "letter_rows", f"{letter.number}:{asked.id}", screen)


def _typed(visit: Visit, letter: Letter, blank: str, text: str, *, more: bool = False) -> Answered:
    """Take what was typed; ``more``: of a list that has begun."""
    asked = _asked(visit, letter, blank)
    way_out = next(iter(_ways_out(visit, letter, blank)), None)
    typed = asked.kind in values.TYPED
    if typed and way_out is not None and is_nothing(text, _manners(visit, letter)):
        other, option = way_out
        return _given(visit, letter, _asked(visit, letter, other), option)
    value, fault = _taken(visit, letter, asked, text)
    if fault and more:
        return _rows_screen(visit, letter, asked, _rows(visit, letter, blank), fault)
    if fault:
        return blank_screen(visit, letter, blank, said=fault)
    if asked.kind is BlankKind.FACTS:
        return _lines_added(visit, letter, asked, value)
    data = values.blank_data(values.kind_of(visit, letter.kind), blank)
    if data is None or data.kind is not BlankKind.TEXT:
        return _day_given(visit, letter, asked, value, text)
    given = values.with_value(letter, values.blank_key(letter, data), value)
    rows = data.rows and not letter.version and (more or "\n" not in value)
    return _text_given(visit, given, asked, text, rows=rows)


def _text_given(visit: Visit, given: Letter, asked: Blank, text: str, *, rows: bool) -> Answered:
    """Go on from a text, or give it back with what is doubtful; of a list ask for more ``rows``."""
    told = values.in_its_words(visit, given)
    value = str(values.filled(visit, given).values[asked.id])
    doubts = "" if given.version else _doubted(told, values.doubts(visit, given, asked.id))
    doubts = doubts or ("" if given.version else _far_away(told, given, value))
    if rows:
        visit.memory.letters.save(given)
        return _rows_screen(visit, given, asked, _rows(visit, given, asked.id), doubts)
    if doubts:
        return _asked_again(told, given, asked, value, doubts)
    return onward(visit, given, said=_written(told, given, asked.id, text))


def _taken(visit: Visit, letter: Letter, asked: Blank, text: str) -> Read:
    """Return what an answer says as the letter keeps it, or what is wrong with it."""
    told = values.in_its_words(visit, letter)
    read: dict[BlankKind, Callable[[Visit, Blank, str], Read]] = {
        BlankKind.TEXT: _read_text,
        BlankKind.DATE: partial(
            _read_date, readings=(values.reading_of(visit, letter), visit.words.reading)
        ),
        BlankKind.CHOICE: _read_choice,
        BlankKind.FACTS: _read_lines,
    }
    reader = _read_currency if asked.id == values.CURRENCY else read[asked.kind]
    value, fault = _or_none(visit, letter, asked, text, reader(told, asked, text))
    fault = _of_two_days(told, letter, asked, text) or fault
    data = values.blank_data(values.kind_of(visit, letter.kind), asked.id)
    if not fault and data is not None and data.kind is BlankKind.TEXT:
        value = _in_dates(visit, letter, value, data) if data.moment else value
        fault = _fault_of_text(told, letter, data, value)
        value = _in_digits(told, letter, value) if data.sum else value
    if not fault and asked.kind is BlankKind.FACTS and _is_a_day(told, value):
        fault = told.texts("letters.only_a_day")
    if not fault and _says_nothing(visit, letter, asked, value):
        fault = told.texts("letters.no_words")
    if not fault and _is_foreign(asked, letter, value):
        named = asked.id in (*values.FORMS, SIGNATURE)
        fault = told.texts("letters.latin_only" if named else "letters.foreign_only")
    return value, fault


def _day_given(visit: Visit, letter: Letter, asked: Blank, value: str, typed: str) -> Answered:
    """Go on from a day, an option or a name that was typed, or ask whether the day is meant."""
    if asked.kind is not BlankKind.DATE:
        return _given(visit, letter, asked, value)
    told, letter = (
        values.in_its_words(visit, letter),
        values.with_value(letter, asked.id, value),
    )
    said = "" if letter.version else _far_away(told, letter, value)
    if said:
        return _asked_again(told, letter, asked, value, said)
    return onward(visit, letter, said=_written(told, letter, asked.id, typed))


def _asked_again(visit: Visit, letter: Letter, asked: Blank, value: str, said: str) -> Screen:
    """Keep an answer and give it back, to be typed anew or left."""
    visit.memory.letters.save(letter)
    value = _readable(visit, asked, value)
    screen = screens.doubted(visit.texts, drafts.way(visit, letter), asked, value, said)
    return ask(visit, "letter_blank", f"{letter.number}:{asked.id}", screen)


def _of_two_days(visit: Visit, letter: Letter, asked: Blank, text: str) -> str:
    """Ask which day “4/12” is, where neither another day nor the money of the letter tells."""
    if letter.language == RUSSIAN or asked.kind is BlankKind.CHOICE or asked.id in _NO_DAYS:
        return ""
    given = values.with_value(letter, values.key_of(letter, asked.id), text)
    figures = read_two_ways(text)
    if not figures or values.day_first(visit, given) is not None:
        return ""
    words = visit.knowledge.words(letter.language).reading
    ways = (
        read_day(each, figures, visit.today, ahead=None)
        for each in (words, with_the_day_first(words))
    )
    one, other = (visit.day(each) if each else "" for each in ways)
    return visit.texts("letters.two_days", text=figures, one=one, other=other)


_NO_DAYS = (*values.FORMS, SIGNATURE)


def _far_away(visit: Visit, letter: Letter, value: str) -> str:
    """Ask about a day of more than a year ahead, which is mostly a slip."""
    named = (each.day for each in values.days_named(visit, letter, value))
    far = next((each for each in named if each - visit.today > _A_YEAR), None)
    return visit.texts("letters.far_day", date=visit.day(far)) if far else ""


_A_YEAR = timedelta(days=366)


def _written(visit: Visit, letter: Letter, blank: str, typed: str) -> str:
    """Tell how an answer stands in the letter, where days, sums or words of it are others."""
    said = values.written(visit, letter, blank, typed)
    return visit.texts("letters.as_written", text=said) if said else ""


def _or_none(visit: Visit, letter: Letter, asked: Blank, text: str, found: Read) -> Read:
    """Return the option of nobody or nothing for «никого не знаю», which names no other."""
    nothing = "none" in asked.options and is_nothing(text, _manners(visit, letter))
    return ("none", "") if found[1] and nothing else found


def _doubted(visit: Visit, doubts: Iterable[Finding]) -> str:
    """Return what is doubtful in a typed answer, the first two places of it."""
    said = [visit.texts("letters.doubt", text=each.excerpt, why=each.why) for each in doubts]
    return "\n".join(dict.fromkeys(said[:_WORDS]))


def _in_dates(visit: Visit, letter: Letter, value: str, data: BlankData) -> str:
    """Return «27 ноября сдам» for «в пятницу сдам»: the letter is read on another day."""
    told = in_full(value)
    parts = [(told, True)] if data.past else by_tense(told)
    return "".join(
        values.in_dates(
            visit,
            letter,
            "".join(said for said, _ in together),
            Told(visit.today, False if over else None, told),
        )
        for over, together in groupby(parts, key=itemgetter(1))
    )


def _fault_of_text(visit: Visit, letter: Letter, data: BlankData, value: str) -> str:
    """Return what is wrong with a text as the answer to this question, "" where nothing is."""
    if not (data.day or data.bill) and _is_a_day(visit, value):
        return visit.texts("letters.not_a_day")
    if not data.names and speaks_of_the_reader(value):
        return visit.texts("letters.of_the_reader", line=value)
    if data.sum and (_is_apiece(visit, letter, value) or _are_several_sums(visit, letter, value)):
        return visit.texts("letters.one_sum")
    grouped = data.bill and _GROUPED.fullmatch(value.strip(" ."))
    if grouped or (not data.money and _is_a_sum(visit, value)):
        return visit.texts("letters.no_number" if data.bill else "letters.not_a_sum")
    if not data.names and _is_a_name(value.strip(" .!")):
        return visit.texts("letters.not_a_name")
    return ""


def _says_nothing(visit: Visit, letter: Letter, asked: Blank, text: str) -> bool:
    """Tell an answer without a letter or a digit: «???»; a currency has its mark."""
    if any(map(str.isalnum, text)) or asked.id == values.CURRENCY:
        return False
    return asked.kind in values.TYPED and not is_nobody(text, _manners(visit, letter))


def _is_a_day(visit: Visit, text: str) -> bool:
    """Tell an answer that names a day and nothing else: the next question's, typed too early."""
    found = named_days(visit.words.reading, text, visit.today, ahead=None)
    return _is_all_of(text, [(day.start, day.end) for day in found])


def _is_a_name(text: str) -> bool:
    """Tell «Марина», the next question's answer typed too early, from «роман»."""
    return is_first_name(text) and not is_a_thing_too(text)


def _is_a_sum(visit: Visit, text: str) -> bool:
    """Tell an answer that names a sum and nothing else: «60 000 ₽», “for 2,300 usd”."""
    found = amounts(visit.words.reading, text)
    said = [(each.start, each.end) for each in found if each.currency]
    start = min((start for start, _ in said), default=0)
    return len(text[:start].split()) < _WORDS and _is_all_of(text[start:], said, start)


_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+")


def _are_several_sums(visit: Visit, letter: Letter, text: str) -> bool:
    """Tell «90 тыс, аванс 30 уже пришёл», of which a letter asks for one."""
    first = next(iter(amounts(visit.words.reading, text)), None)
    rest = text[first.end :] if first else ""
    parts = one_of(_manners(visit, letter).typed.part_of)
    return bool(re.search(r"\d", rest) and re.search(parts, plain(rest)))


def _in_digits(visit: Visit, letter: Letter, text: str) -> str:
    """Return «27 000» for «двадцать семь тысяч», so that what it is in is asked as of any sum."""
    named = re.search(one_of(_manners(visit, letter).typed.currencies), plain(text))
    found = amounts(visit.words.reading, text)
    several = len(text.split()) > 1 and not (named or re.fullmatch(r"[\d\s.,]+\S*\s?\S*", text))
    if not several or not _is_all_of(text, [(each.start, each.end) for each in found]):
        return text
    mark = "," if letter.language != RUSSIAN else NO_BREAK
    return f"{int(sum(each.value for each in found)):,}".replace(",", mark)


def _is_apiece(visit: Visit, letter: Letter, text: str) -> bool:
    """Tell «по 12 тыс каждый», of which nobody but the writer knows what it comes to."""
    return bool(re.search(one_of(_manners(visit, letter).typed.apiece), plain(text)))


_WORDS = 2
"""Before a sum fewer words than so many tell nothing more: «на 60 000 ₽»."""


def _is_all_of(text: str, found: Iterable[tuple[int, int]], offset: int = 0) -> bool:
    """Tell whether what was found in a text is all it says; ``offset`` is where the text begins."""
    places = sorted(found, reverse=True)
    rest = text
    for start, end in places:
        rest = rest[: start - offset] + rest[end - offset :]
    return bool(places) and not rest.strip(" .,!")


def _is_foreign(asked: Blank, letter: Letter, value: str) -> bool:
    """Tell whether an answer is not in the letter's language."""
    typed = asked.kind in values.TYPED and value not in asked.proposals
    return typed and values.is_foreign(letter, value)


def onward(visit: Visit, letter: Letter, *, said: str = "") -> Answered:
    """Save the letter and ask the next blank, or write the draft when there is none."""
    left = values.missing(visit, letter)
    if not left:
        return drafts.redrafted(visit, letter)
    visit.memory.letters.save(letter)
    return blank_screen(visit, letter, left[0], said=said)


def first_values(visit: Visit, letter: Letter) -> dict[str, str]:
    """Return what a letter begins with: the options that are not asked."""
    noted = (each.sign for each in values.facts_of(visit, letter.client) if each.sign)
    unsigned = (UNSIGNED,) if lookup.client(visit, letter.client).prospect else ()
    kind = values.kind_of(visit, letter.kind)
    chosen = drafting.defaults(kind, (*judged(visit, letter), *noted, *unsigned))
    return {id_: value for id_, value in chosen.items() if isinstance(value, str)}


def judged(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return the grounds of the client's newest verdict, and its signs, the most telling first."""
    newest = sheets.last_judged(visit.memory, letter.client)
    if newest is None:
        return ()
    return what_weighed(judge(visit.catalogue, sheets.sheet_of(newest)))


def blank_screen(
    visit: Visit, letter: Letter, blank: str, *, page: int = 0, said: str = ""
) -> Screen:
    """Ask one blank, filled or not, in the words of the letter, as the answer goes into it."""
    asked = _asked(visit, letter, blank)
    told = values.in_its_words(visit, letter)
    way = drafts.way(told, letter)
    if asked.kind is BlankKind.FACTS:
        offered = replace(_offered(visit, letter), said=said)
        screen = screens.facts(told.words, way, asked, offered, page)
    else:
        talk = visit.knowledge.letters.talk[told.words.language]
        ways = _ways_out(visit, letter, blank)
        given = replace(_before(told, letter, asked), said=said, ways_out=ways)
        screen = screens.blank(told.words, talk, way, asked, given)
    return ask(visit, "letter_blank", f"{letter.number}:{blank}", screen)


def _offered(visit: Visit, letter: Letter) -> screens.OfferedFacts:
    offers = []
    for fact in values.facts_of(visit, letter.client):
        line = values.quoted(visit, letter, fact)
        if line is not None:
            offers.append(screens.Offer(fact.number, line, fact.number in letter.facts))
    known = values.facts_of(visit, letter.client)
    unsigned = next((fact.number for fact in known if not fact.sign), None)
    return screens.OfferedFacts(offers, values.own_lines(letter), unsigned=unsigned)


def _before(visit: Visit, letter: Letter, asked: Blank) -> screens.Given:
    """Return what was given for a blank before, here and in other letters."""
    order = _counted(visit, letter)
    at = (order.index(asked.id) + 1, len(order)) if asked.id in order else (0, 0)
    if asked.id in values.FORMS and letter.version:
        subject = values.subject(visit, letter)
        return screens.Given(now=visit.texts("letters.subject_now", text=tied(subject)))
    at = at if not letter.version else (0, 0)
    data = values.blank_data(values.kind_of(visit, letter.kind), asked.id)
    if data is None:
        return screens.Given(at=at)
    now = letter.filled.get(values.blank_key(letter, data), "")
    typed = data.kind is BlankKind.TEXT
    return screens.Given(
        now=_readable(visit, asked, now),
        elsewhere=values.given_before(visit, letter, data) if typed else {},
        at=at,
    )


def _counted(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return the questions that are counted: all up to the draft but for the facts.

    What is asked once for all letters counts where this letter asks it, answered or not.
    """
    facts = _facts_id(visit, letter)
    once = _asked_once(visit, letter)
    return (*(each for each in values.asked_blanks(visit, letter) if each != facts), *once)


def _asked_once(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return what of all that is asked once for all letters this one asks, answered or not."""
    asked = values.missing(visit, letter)
    return tuple(
        each
        for each in (*values.FORMS, SIGNATURE)
        if each in asked or values.key_of(letter, each) in letter.filled
    )


def _ways_out(visit: Visit, letter: Letter, blank: str) -> dict[tuple[str, str], str]:
    """Return how not to answer what is asked only because of an option that was not.

    Nobody was asked whether to thank; who is asked for what may still say no.
    """
    kind = values.kind_of(visit, letter.kind)
    data = values.blank_data(kind, blank)
    ways: dict[tuple[str, str], str] = {}
    for other, needed in data.only_if.items() if data else ():
        chosen = values.blank_data(kind, other)
        if chosen is not None and chosen.default is not None:
            labels = _asked(visit, letter, other).options
            ways |= {(other, each): labels[each] for each in labels if each not in needed}
    return ways


def _readable(visit: Visit, asked: Blank, value: str) -> str:
    if value == UNREADABLE:
        return visit.texts("common.unreadable")
    if value and asked.kind is BlankKind.DATE:
        return visit.day(date.fromisoformat(value))
    return asked.options.get(value, value)


def _asked(visit: Visit, letter: Letter, blank: str) -> Blank:
    """Return a blank of a letter, the signature too; raises ``NotFound``."""
    if blank in values.FORMS:
        return _form(visit, letter, blank)
    if blank == SIGNATURE:
        mine = values.signed_before(visit, letter)
        texts = values.in_its_words(visit, letter).texts
        return Blank(
            id=SIGNATURE,
            question=texts("letters.signature_body"),
            proposals=(mine,) if mine and mine != UNREADABLE else (),
            options={},
            dates={},
            kind=BlankKind.TEXT,
            limit=SIGNATURE_LIMIT,
            example="",
        )
    kind = values.kind_of(visit, letter.kind)
    try:
        language = Language(letter.language)
        return drafting.blank(kind, blank, visit.today, language, values.days_off(visit))
    except KeyError:
        raise NotFound(f"blank {blank}") from None


def _given(visit: Visit, letter: Letter, asked: Blank, value: str) -> Answered:
    """Keep what was given for a blank and go on."""
    if asked.id in values.FORMS:
        return _form_given(visit, letter, asked, value)
    if asked.id == SIGNATURE:
        value = "" if is_nobody(value, _manners(visit, letter)) else value
        if value and letter.language == visit.words.language:
            visit.person = replace(visit.person, signature=value)
        return onward(visit, values.with_value(letter, values.key_of(letter, SIGNATURE), value))
    data = values.blank_data(values.kind_of(visit, letter.kind), asked.id)
    if data is None:
        raise NotFound(f"blank {asked.id}")
    return onward(visit, values.with_value(letter, values.blank_key(letter, data), value))


Read = tuple[str, str]
"""What was typed, and what is wrong with it, of which one is empty."""


def _read_text(visit: Visit, asked: Blank, text: str) -> Read:
    words = text.strip()
    if len(words) > asked.limit:
        return "", visit.texts("letters.too_long", n=len(words), limit=asked.limit)
    return words, ""


def _read_currency(visit: Visit, asked: Blank, text: str) -> Read:
    """Return the mark of a currency that was named: «рубли», «usd»."""
    said = text.strip()
    manners = visit.knowledge.letters.manners[Language(visit.words.language)]
    if said in asked.proposals or is_nobody(said, manners):
        return said, ""
    named = _currency(visit, said)
    if not named:
        return "", visit.texts("letters.no_option")
    marks = {_currency(visit, mark): mark for mark in manners.typed.offered}
    locale = visit.words.language.replace("-", "_")
    return marks.get(named) or get_currency_symbol(named, locale=locale), ""


def _currency(visit: Visit, said: str) -> str:
    """Return the code of a currency that a text names, "" where it names none."""
    return next((each.currency for each in amounts(visit.words.reading, f"{_SOME} {said}")), "")


_SOME = 100


def _read_date(visit: Visit, asked: Blank, text: str, *, readings: Iterable[Vocabulary]) -> Read:
    """Read a day in the letter's language, or in the person's own."""
    labels = visit.knowledge.letters.talk[visit.words.language].common.soon
    for soon, day in asked.dates.items():
        offered = (labels[soon], screens.soon_label(visit.texts, labels[soon], day))
        if _plain(text) in map(_plain, offered):
            return day.isoformat(), ""
    # What nothing is proposed for has been: the day of a letter, the term of an invoice.
    # «до 10 октября» said of a term is the nearest such day.
    ways = (None,) if asked.dates else (False, None)
    found = (read_day(each, text, visit.today, ahead=ahead) for ahead in ways for each in readings)
    read = next(filter(None, found), None)
    if read is None:
        return "", visit.texts("letters.no_day")
    if asked.dates and read < visit.today:
        return "", visit.texts("letters.day_past", date=visit.day(read))
    if not asked.dates and read > visit.today:
        return "", visit.texts("letters.day_ahead", date=visit.day(read))
    return read.isoformat(), ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _read_choice(visit: Visit, asked: Blank, text: str) -> Read:
    wanted = _plain(text)
    whole = [each for each, label in asked.options.items() if label.casefold() == wanted]
    # «нет» is «Нет, только о работе», where no other option begins so.
    begun = [
        option
        for option, label in asked.options.items()
        if wanted and label.casefold().partition(",")[0] == wanted.rstrip(".")
    ]
    if len(found := whole or begun) == 1:
        return found[0], ""
    return "", visit.texts("letters.no_option")


def _read_lines(visit: Visit, _asked: Blank, text: str) -> Read:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    longest = max(map(len, lines))
    if longest > screens.LINE_LIMIT:
        return "", visit.texts("letters.too_long", n=longest, limit=screens.LINE_LIMIT)
    return "\n".join(line for line in lines if line), ""


def _lines_added(visit: Visit, letter: Letter, asked: Blank, typed_lines: str) -> Screen:
    """Add facts in the person's own words, as many as the letter takes."""
    data = _facts_blank(visit, letter)
    dated = values.in_dates(visit, letter, typed_lines, Told(visit.today)).splitlines()
    left_out = [line for line in dated if values.leaves_out(visit, letter, line)]
    lines = [*values.own_lines(letter), *(line for line in dated if line not in left_out)]
    if len(lines) + len(letter.facts) > data.limit:
        said = values.in_its_words(visit, letter).texts("letters.facts_full", n=data.limit)
        return blank_screen(visit, letter, asked.id, said=said)
    letter = _with_lines(letter, data, "\n".join(lines))
    visit.memory.letters.save(letter)
    told = values.in_its_words(visit, letter).texts
    said = told("letters.of_the_reader", line=left_out[0]) if left_out else ""
    if not said:
        told_now = values.in_its_words(visit, letter)
        said = _doubted(told_now, values.doubts(told_now, letter, data.id, "\n".join(dated)))
    return blank_screen(visit, letter, asked.id, said=said)


def _with_lines(letter: Letter, data: BlankData, lines: str) -> Letter:
    return values.with_value(letter, values.blank_key(letter, data), lines)


def _facts_id(visit: Visit, letter: Letter) -> str:
    blanks = values.kind_of(visit, letter.kind).data.blank
    return next((each.id for each in blanks if each.kind is BlankKind.FACTS), "")


def _facts_blank(visit: Visit, letter: Letter) -> BlankData:
    kind = values.kind_of(visit, letter.kind)
    found = values.blank_data(kind, _facts_id(visit, letter))
    if found is None:
        raise NotFound(f"letter {letter.number} takes no facts")
    return found


def _form(visit: Visit, letter: Letter, form: str) -> Blank:
    """Return the question how to greet the client, what to call the work, or what sums are in."""
    name = lookup.client(visit, letter.client).name
    firm = form == values.NAMING and not values.is_foreign(letter, name) and is_firm(name)
    named = _after_for(visit, letter, name) if firm else ""
    texts = values.in_its_words(visit, letter).texts
    return Blank(
        id=form,
        question=texts(f"letters.form.{form}.question"),
        proposals=(
            texts(f"letters.form.{form}.none"),
            *([texts("letters.form.for_firm", name=named)] if firm else []),
            *(_manners(visit, letter).typed.offered if form == values.CURRENCY else ()),
        ),
        options={},
        dates={},
        kind=BlankKind.TEXT,
        limit=screens.FORM_LIMIT,
        example=texts(f"letters.form.{form}.example"),
    )


def _manners(visit: Visit, letter: Letter) -> LetterManners:
    return values.kind_of(visit, letter.kind).manners[Language(letter.language)]


def _after_for(visit: Visit, letter: Letter, name: str) -> str:
    """Return a client's name as a letter says whom the work is for; only Russian declines it."""
    russian = letter.language == RUSSIAN
    return visit.think(decline, name, Case.GENITIVE) if russian else name


def _form_given(visit: Visit, letter: Letter, asked: Blank, value: str) -> Answered:
    """Keep how the client is greeted or named, for this letter and the next ones."""
    if not value:  # put off: asked again in the next letter
        return onward(visit, values.with_value(letter, values.key_of(letter, asked.id), ""))
    complete = letter.version > 0 and not values.missing(visit, letter)
    own = complete and drafts.is_own_text(visit, letter)
    if not complete:  # it is one of this letter's questions, and stays counted
        letter = values.with_value(letter, values.key_of(letter, asked.id), "")
    none = values.in_its_words(visit, letter).texts(f"letters.form.{asked.id}.none")
    words = " ".join(value.split())
    unnamed = words.casefold() == none.casefold() or is_nobody(words, _manners(visit, letter))
    said = "" if unnamed else words
    for form, kept in _forms_of(visit, letter, asked.id, said).items():
        detail = values.form_detail(letter, form)
        visit.memory.details.set(letter.client, detail, kept or values.NO_NAME)
    if own:  # a text in the person's words does not change by itself
        return Reply(drafts.screen(visit, letter), toast=visit.texts("letters.toast.form_kept"))
    return onward(visit, letter)


def _forms_of(visit: Visit, letter: Letter, asked: str, said: str) -> dict[str, str]:
    """Return what is kept: «для студии „Вектор“» names the client, «каталог» the work."""
    if asked == values.CURRENCY:
        return {values.CURRENCY: said}
    if asked == values.CONTACT:
        return {values.CONTACT: greeted(said, _manners(visit, letter))}
    before = values.in_its_words(visit, letter).texts("letters.form.for_firm", name="").strip()
    if said.casefold().startswith(f"{before} "):
        return {values.CLIENT: said[len(before) :].strip(), values.PROJECT: ""}
    if firm := as_firm(said):
        return {values.CLIENT: _after_for(visit, letter, firm), values.PROJECT: ""}
    return {values.CLIENT: "", values.PROJECT: said}
