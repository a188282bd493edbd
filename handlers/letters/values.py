"""Between what is remembered of a letter and what the content drafts from.

A row holds plain texts by plain keys: a blank's id; ``part.<id>`` for a part in the person's own
words; ``signature``. What is typed for a letter in another language has that language before it
(``en.state``), since it is asked again in that language; days and choices hold in all of them. An
empty text is a blank put off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from content.checking import BLAMELESS, Finding, Rule, Rules, check, mend
from content.checking.findings import Known
from content.checking.lexicon import SHAPES, RuleText, RuleTexts, read
from content.letters import drafting, review
from content.letters.drafting import SIGNATURE, Draft, FilledBlanks, People, Variant
from content.letters.letters import LetterKind
from content.letters.models import BlankData, BlankKind, Length, LetterId, Tone
from content.letters.own_words import calm_among
from content.models import FIRST_LANGUAGE, RUSSIAN, Language, QuestionId, SignKind
from content.reading import days
from content.reading.amounts import amounts
from content.reading.delays import is_exact, read_delay
from content.russian.names import Case, decline
from content.russian.spelling import NOT
from content.russian.words import is_first_name
from content.typography import tied
from content.vocabulary import Vocabulary, one_of, plain
from handlers.due.agenda import habits_of
from handlers.engine import lookup
from handlers.engine.visit import Visit
from handlers.letters import files
from storage import records
from storage.errors import NotFound
from storage.records import UNREADABLE, Client, ClientNumber, FactNumber, FactSource, Letter

TYPED = (BlankKind.TEXT, BlankKind.FACTS)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
PART = "part."
FORM = "form."
PASTED = "pasted"
"""Given for a letter that was pasted whole and asks nothing."""
NO_NAME = "-"
"""Kept in place of a form that the person does not want in the letter."""
CONTACT = "contact"
NAMING = "naming"
"""Asked once for each client, like the signature once for all: greeted how, named how."""
CURRENCY = "currency"
"""Asked once for each client too, where a sum does not say it."""
FORMS = (CONTACT, NAMING, CURRENCY)
CLIENT, PROJECT = "client", "project"
FORM_OF = {CONTACT: CONTACT, CLIENT: NAMING, PROJECT: NAMING, CURRENCY: CURRENCY}
"""How a client is greeted or named → the question that asks for it."""
FRIDAY = 4
PRESELECTED = 3
MOST_FACTS = 40
"""Of the log; what is older is no reason any more."""


def kind_of(visit: Visit, kind: str) -> LetterKind:
    """Return a kind of letter; raises ``NotFound`` for one there is not, or no more."""
    found = visit.knowledge.letters.kinds.get(LetterId(kind))
    if found is None:
        raise NotFound(f"letter kind {kind}")
    return found


def blank_data(kind: LetterKind, blank: str) -> BlankData | None:
    """Return a blank of a kind, None where it has none of that name."""
    return next((each for each in kind.data.blank if each.id == blank), None)


def key_of(letter: Letter, name: str, *, typed: bool = True) -> str:
    """Return the key under which a letter keeps what was given."""
    other = typed and letter.language != FIRST_LANGUAGE
    return f"{letter.language}.{name}" if other else name


def blank_key(letter: Letter, data: BlankData) -> str:
    return key_of(letter, data.id, typed=data.kind in TYPED)


def with_value(letter: Letter, key: str, value: str | None) -> Letter:
    """Return the letter with one thing given, or forgotten."""
    rest = {name: kept for name, kept in letter.filled.items() if name != key}
    return replace(letter, filled=rest if value is None else {**rest, key: value})


def is_own(letter: Letter) -> bool:
    """Tell a text that was pasted from a letter made of answers."""
    return PASTED in letter.filled


def asked_blanks(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return the blanks that are asked for this letter, filled or not, without the signature."""
    values, kind = filled(visit, letter).values, kind_of(visit, letter.kind)
    needed = drafting.needed(kind, values, Language(letter.language))
    return tuple(data.id for data in needed if data.default is None)


def filled(visit: Visit, letter: Letter) -> FilledBlanks:
    """Return what was filled in, as the content takes it. Unknown keys and values do not count."""
    values: dict[str, drafting.Value] = {}
    later = set()
    for data in kind_of(visit, letter.kind).data.blank:
        given = letter.filled.get(blank_key(letter, data))
        if given is None:
            continue
        value = _value(visit, letter, data, given)
        if value:
            values[data.id] = value
        elif not given:
            later.add(data.id)
    prefix = key_of(letter, PART)
    parts = {
        key.removeprefix(prefix): words
        for key, words in letter.filled.items()
        if key.startswith(prefix)
    }
    chosen = (each for each in facts_of(visit, letter.client) if each.number in letter.facts)
    signs = frozenset(each.sign for each in chosen if each.sign)
    return FilledBlanks(values, frozenset(later), parts, signs)


def missing(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return the ids of what is still to be asked, in order, the signature last."""
    kind = kind_of(visit, letter.kind)
    language = Language(letter.language)
    blanks = drafting.missing(kind, filled(visit, letter), visit.today, language)
    put_off = key_of(letter, SIGNATURE) in letter.filled
    signed = put_off or bool(people(visit, letter).signature)
    unsigned = drafting.is_signed(kind, style(letter)) and not signed
    forms = (
        each for each in asked_forms(visit, letter) if key_of(letter, each) not in letter.filled
    )
    return (*(each.id for each in blanks), *forms, *([SIGNATURE] if unsigned else []))


def asked_forms(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return which of greeting, naming and currency are not known yet, as far as needed."""
    kept = visit.memory.details.of_client(letter.client)
    named = any(kept.get(form_detail(letter, each)) for each in (CLIENT, PROJECT))
    kind = kind_of(visit, letter.kind)
    names = drafting.names_the_work(kind, style(letter))
    lacks = drafting.lacks_currency(kind, filled(visit, letter), Language(letter.language))
    return (
        *([] if kept.get(form_detail(letter, CONTACT)) else [CONTACT]),
        *([] if named or not names else [NAMING]),
        *([] if kept.get(form_detail(letter, CURRENCY)) or not lacks else [CURRENCY]),
    )


def draft(visit: Visit, letter: Letter) -> Draft:
    """Write the letter from what was filled in."""
    return drafting.draft(
        kind_of(visit, letter.kind),
        style(letter),
        filled(visit, letter),
        people(visit, letter),
        visit.today,
    )


def style(letter: Letter) -> Variant:
    """Return which of its versions the letter is."""
    return Variant(Tone(letter.tone), Length(letter.length), Language(letter.language))


def styles(kind: LetterKind) -> Iterator[Variant]:
    """Yield every style that a kind has."""
    for language in kind.texts:
        for length in kind.data.layout:
            for tone in kind.data.tones:
                yield Variant(tone, length, language)


def styled(letter: Letter, to: Variant) -> Letter:
    """Return the letter in another style."""
    return replace(letter, tone=to.tone, length=to.length, language=to.language)


def people(visit: Visit, letter: Letter) -> People:
    """Return who writes to whom."""
    signature = letter.filled.get(key_of(letter, SIGNATURE)) or ""
    if not signature:
        signature = signed_before(visit, letter)
    return People(
        signature="" if signature == UNREADABLE else signature,
        voice=visit.voice,
        contact=form(visit, letter, CONTACT),
        client=form(visit, letter, CLIENT),
        project=form(visit, letter, PROJECT),
        currency=form(visit, letter, CURRENCY),
    )


def in_its_words(visit: Visit, letter: Letter) -> Visit:
    """Return the visit as of somebody who speaks the letter's language: all of a question is in it.

    It is for looking: what is changed of the person there is not kept.
    """
    person = replace(visit.person, language=letter.language, zone=visit.zone.key)
    return replace(visit, person=person)


def signed_before(visit: Visit, letter: Letter) -> str:
    """Return how the person signs; in letters that the own signature does not suit, as before."""
    own = visit.person.signature
    if own and not is_foreign(letter, own):
        return own
    key = key_of(letter, SIGNATURE)
    clients = visit.memory.clients.everyone()
    signed = (
        (other.number, other.filled[key])
        for client in clients
        for other in visit.memory.letters.of_client(client.number)
        if other.filled.get(key) and other.filled[key] != UNREADABLE
    )
    return max(signed, default=(0, ""))[1]


def first_language(visit: Visit, kind: LetterKind) -> Language:
    """Return the language in which a letter begins: the person's own, where it is offered."""
    spoken = (visit.words.language, visit.knowledge.otherwise)
    return next((each for each in spoken if each in kind.texts and each in SHAPES), FIRST_LANGUAGE)


def is_foreign(letter: Letter, text: str) -> bool:
    """Tell whether a text has Russian letters, which only a Russian letter may have."""
    return letter.language != RUSSIAN and bool(CYRILLIC.search(text))


def in_language_of(visit: Visit, letter: Letter, text: str) -> Letter:
    """Return the letter in the language that a text is written in, as far as this kind has it."""
    if (language_of(text) == RUSSIAN) == (letter.language == RUSSIAN):
        return letter
    there = (each for each in languages_of(visit, letter) if each != letter.language)
    return replace(letter, language=next(there, letter.language))


def language_of(text: str) -> Language:
    """Return the language that a text is checked in: by which letters it is written with."""
    letters = [each for each in text if each.isalpha()]
    russian = 2 * sum("CYRILLIC" in unicodedata.name(each, "") for each in letters) >= len(letters)
    return RUSSIAN if russian else next(each for each in SHAPES if each != RUSSIAN)


def languages_of(visit: Visit, letter: Letter) -> tuple[Language, ...]:
    """Return the languages this letter is offered in: no letter goes out that nobody can check."""
    return tuple(each for each in kind_of(visit, letter.kind).texts if each in SHAPES)


def mended(words: str, found: Finding) -> str | None:
    """Return typed words with the fix of a finding; None where it does not speak of them."""
    # A text may begin a sentence with what was typed in small letters.
    there = re.search(re.escape(found.excerpt), words, re.IGNORECASE) if found.excerpt else None
    if there is None or found.fix is None:
        return None
    return (words[: there.start()] + found.fix + words[there.end() :]).strip()


def parts_mended(visit: Visit, letter: Letter, fixes: Iterable[Finding]) -> Mapping[str, str]:
    """Return the parts of the draft that fixes stand in, mended, by the keys that keep them."""
    found: dict[str, str] = {}
    for at, part in draft(visit, letter).placed():
        inside = [
            replace(each, start=each.start - at, end=each.end - at)
            for each in fixes
            if each.start is not None
            and each.end is not None
            and at <= each.start
            and each.end <= at + len(part.text)
        ]
        if inside:
            found[key_of(letter, PART + part.id)] = mend(part.text, inside)
    return found


def told_in(visit: Visit) -> Language:
    """Return the language of the check's own words."""
    spoken = visit.words.language
    return spoken if spoken in SHAPES else visit.knowledge.otherwise


def form_detail(letter: Letter, name: str) -> str:
    """Return the detail that keeps how a client is named in letters of one language."""
    return FORM + key_of(letter, name)


def form(visit: Visit, letter: Letter, name: str) -> str:
    """Return how the letter greets or names the client, "" until the person has said how."""
    kept = visit.memory.details.of_client(letter.client).get(form_detail(letter, name), "")
    return "" if kept in (NO_NAME, UNREADABLE) else kept


def private_names(visit: Visit, letter: Letter) -> tuple[str, ...]:
    """Return the forms of the card's name that a letter may not have; first names are no secret."""
    name = lookup.client(visit, letter.client).name
    allowed = " ".join(form(visit, letter, each) for each in (CONTACT, CLIENT, PROJECT)).casefold()
    plain = name.partition("(")[0].strip(" ,")
    short = len(plain) < SHORTEST_NAME
    if name == UNREADABLE or short or plain.casefold() in allowed or is_first_name(plain):
        return ()
    russian = letter.language == RUSSIAN
    forms = {plain, visit.think(decline, plain, Case.GENITIVE)} if russian else {plain}
    return tuple(each for each in forms if each.casefold() not in allowed)


def facts_of(visit: Visit, client: ClientNumber) -> tuple[records.Fact, ...]:
    """Return the facts that a letter may speak of, newest first: none about a letter itself."""
    kept = visit.memory.facts.of_client(client)
    return tuple(each for each in kept if each.source != FactSource.LETTER)[:MOST_FACTS]


def weightiest(visit: Visit, letter: Letter) -> tuple[FactNumber, ...]:
    """Return the facts to begin with: the heaviest signs, of each the newest."""
    signs = visit.catalogue.signs
    known = [each for each in facts_of(visit, letter.client) if each.sign in signs]
    known = [each for each in known if quoted(visit, letter, each) is not None]

    def weight(fact: records.Fact) -> tuple[bool, int]:
        sign = signs[QuestionId(fact.sign or "")]
        return sign.kind is SignKind.CRITICAL, sign.weight

    known.sort(key=weight, reverse=True)
    return tuple(each.number for each in known[:PRESELECTED])


def quoted(visit: Visit, letter: Letter, fact: records.Fact) -> str | None:
    """Return a fact as the letter puts it, in the person's own words where they are calm.

    None for one that has no sign: nobody has said that it was a breach. What the client wrote
    stays in the log.
    """
    if not fact.sign:
        return None
    language = Language(letter.language)
    reading = visit.knowledge.words(language_of(fact.words)).reading
    sums = [
        fact.words[each.start : each.end]
        if language == RUSSIAN
        else drafting.money(each.value, each.currency, language)
        for each in amounts(reading, fact.words)
    ]
    delay = read_delay(reading, fact.words)
    if delay is not None and not is_exact(reading, fact.words, delay):
        delay = None  # no letter says more days than there were
    letters = visit.knowledge.letters
    day, month = _cited(visit, letter, fact)
    told = drafting.quote(
        letters,
        drafting.CitedFact(
            day=fact.day if delay else day,
            sign=fact.sign,
            sum=sums[0] if sums else "",
            delay=delay.days if delay else None,
            month=month,
            term=drafting.term_of(letters, language_of(fact.words), fact.day, fact.words),
        ),
        language,
        visit.today,
        visit.voice,
    )
    own, dated = fact.words.strip(), _in_dates(visit, letter, fact)
    typed = fact.source == FactSource.TYPED and language_of(own) == language
    # What insults or threatens was typed as the client has said it: no line for them to read.
    typed = typed and told is not None and fact.sign not in drafting.TONE_SIGNS
    calm = typed and {own, dated} <= _calm_words(visit, letter)
    if calm and not _is_private(visit, letter, own):
        own = dated
        if any(
            each.day == fact.day or each.start <= _TERM for each in days_named(visit, letter, own)
        ):
            return tied(own)  # it has its day already
        if month:
            return tied(own) if month.named else told
        if delay and language != RUSSIAN:
            return tied(own)  # “on November 21, the fee came 20 days late” is a day too much
        return drafting.in_own_words(letters, fact.day, own, language, visit.today)
    return told


def _cited(visit: Visit, letter: Letter, fact: records.Fact) -> tuple[date, drafting.Month | None]:
    """Return the day of a fact, and the month where a note that names no day is of no more.

    A note about money that was due by a day is of that day: «обещали до 5 ноября, не оплатили».
    """
    jotted = fact.captured_at.astimezone(visit.zone).date() == fact.day
    if fact.source != FactSource.TYPED or not jotted:
        return fact.day, None
    named = [each.day for each in days_named(visit, letter, fact.words)]
    if named:
        due = fact.sign in DUE_SIGNS and len(named) == 1 and named[0] < fact.day
        return named[0] if due else fact.day, None
    letters = visit.knowledge.letters
    return fact.day, drafting.month_of(letters, language_of(fact.words), fact.day, fact.words)


DUE_SIGNS = frozenset({"late_payment", "no_feedback"})
"""Signs of what was to come by a day."""


def in_dates(visit: Visit, letter: Letter, words: str, told: days.Told) -> str:
    """Return words with the days that they count from theirs as dates: the letter comes later."""
    language = Language(letter.language)
    manners = visit.knowledge.letters.manners[language]
    return days.in_dates(
        reading_of(visit, letter),
        words,
        told,
        lambda day: drafting.day_in(manners, language, day, visit.today),
    )


def reading_of(visit: Visit, letter: Letter) -> Vocabulary:
    """Return how the answers of a letter are read: “4/12” as the writer puts days."""
    vocabulary = visit.knowledge.words(letter.language).reading
    return days.with_the_day_first(vocabulary) if day_first(visit, letter) else vocabulary


def day_first(visit: Visit, letter: Letter) -> bool | None:
    """Tell whether who writes a letter puts days first, None where nothing tells."""
    given = {
        data.id: letter.filled.get(blank_key(letter, data)) or ""
        for data in kind_of(visit, letter.kind).data.blank
        if data.kind is BlankKind.TEXT
    }
    typed = FilledBlanks({**given, "facts": own_lines(letter)})
    money = form(visit, letter, CURRENCY)
    kind, language = kind_of(visit, letter.kind), Language(letter.language)
    return drafting.puts_days_first(kind, language, typed, money)


def days_named(visit: Visit, letter: Letter, words: str) -> tuple[days.Named, ...]:
    """Return the days that the words of a letter name."""
    vocabulary = reading_of(visit, letter)
    return days.named_days(vocabulary, words, visit.today, ahead=None)


def _in_dates(visit: Visit, letter: Letter, fact: records.Fact) -> str:
    """Return the words of a fact with dates for the days that they count from theirs."""
    said = fact.captured_at.astimezone(visit.zone).date()
    return in_dates(visit, letter, fact.words.strip(), days.Told(said))


def _calm_words(visit: Visit, letter: Letter) -> frozenset[str]:
    """Return which words of the log a letter may repeat, looked at all together."""
    typed = {
        words
        for each in facts_of(visit, letter.client)
        if each.sign and each.source == FactSource.TYPED
        for words in (each.words.strip(), _in_dates(visit, letter, each))
    }
    return visit.think(calm_among, tuple(sorted(typed)), letter.language)


def _is_private(visit: Visit, letter: Letter, words: str) -> bool:
    return any(each.casefold() in words.casefold() for each in private_names(visit, letter))


_TERM = 3
"""Characters of what may stand before a day with which words begin: «к 7 мая списка нет»."""


def leaves_out(visit: Visit, letter: Letter, line: str) -> bool:
    """Tell whether the letter cannot say a typed fact: whoever it is of would read it."""
    kind, who = kind_of(visit, letter.kind), people(visit, letter)
    facts = drafting.FilledBlanks({"facts": (line,)})
    return not drafting.told_facts(kind, style(letter), facts, who, visit.today)


def own_lines(letter: Letter) -> tuple[str, ...]:
    """Return the facts in the person's own words."""
    return tuple((letter.filled.get(key_of(letter, "facts")) or "").splitlines())


def open_in(visit: Visit, letter: Letter, text: str) -> tuple[str, ...]:
    """Return the blanks that a text shows as open, in the order they are asked."""
    kind = kind_of(visit, letter.kind)
    language = Language(letter.language)
    marks = {id_: blank.open for id_, blank in kind.texts[language].blanks.items()}
    marks[SIGNATURE] = kind.manners[language].unsigned
    shown = (id_ for id_ in draft(visit, letter).open if f"‹{marks[id_]}›" in text)
    return tuple({marks[id_]: id_ for id_ in reversed(tuple(shown))}.values())[::-1]


def findings(visit: Visit, letter: Letter, text: str) -> tuple[Finding, ...]:
    """Return everything the check says of a text, also what the person leaves as it is."""
    kind = kind_of(visit, letter.kind)
    rules = kind.data.held_to(letter.tone)
    found = visit.think(
        check,
        text,
        language=letter.language,
        rules=rules,
        told_in=told_in(visit),
        team=visit.person.team,
    )
    signature = people(visit, letter).signature
    last = text.rstrip().splitlines()[-2:]
    if signature and any(
        each.endswith(signature) for each in last
    ):  # «Бухгалтерия на час» has no name in it
        found = tuple(each for each in found if each.rule is not Rule.MISSING_SIGNATURE)
    told = {rule for rule, part in TOLD_BY.items() if _is_told(visit, letter, text, part)}
    told |= {*not_given(visit, letter).values()}
    named_here = f"{form(visit, letter, CONTACT)} {signature}"  # “Frank and Sue” sue nobody
    named = {each.capitalize() for each in re.findall(r"\w+", named_here)}
    found = tuple(
        each
        for each in found
        if each.excerpt not in named
        and each.rule not in told
        and not _is_of_own_work(visit, letter, text, each)
        and not _is_agreed(visit, letter, text, each)
    )
    return (*found, *_of_the_subject(visit, letter, rules), *of_the_day(visit, letter, text))


SHORTEST_NAME = 2
"""Characters; «К» is in every letter."""
OWN_WORK = frozenset({"state", "done", "point"})
"""Parts that tell of one's own work: «разобрали времена» is said of no reader there."""
AGREED = frozenset(
    {"terms", "offer", "conditions", "hours", "rounds", "criteria", "handover", "access"}
)
"""Parts that say what is or will be: «материалы покупаете вы» blames nobody there."""


TOLD_BY = {
    Rule.MISSING_STATE: {"state"},
    Rule.MISSING_HANDOVER: {"handover", "items"},
}
"""What a letter does not lack where one of these parts stands in it, in whatever words."""


NOT_GIVEN = {Rule.MISSING_REPLACEMENT: ("replacement_kind", "none")}
"""What a letter does not lack where this option of a blank was chosen: it says nothing of it."""


def not_given(visit: Visit, letter: Letter) -> Mapping[str, Rule]:
    """Return the blanks of which a letter says nothing by choice, each with the rule of it."""
    given = filled(visit, letter).values
    return {
        blank: rule for rule, (blank, option) in NOT_GIVEN.items() if given.get(blank) == option
    }


def _is_told(visit: Visit, letter: Letter, text: str, parts: AbstractSet[str]) -> bool:
    written = draft(visit, letter)
    told = parts - {*written.open}
    return any(each.id in told and each.text in text for _, each in written.placed())


def _is_of_own_work(visit: Visit, letter: Letter, text: str, found: Finding) -> bool:
    """Tell whether a verb that may be the reader's is rather the writer's own: «сайт перенесли».

    What was not done has a fix, since it was more likely the reader who did not.
    """
    told = found.rule in {Rule.SECOND_PERSON, Rule.BLAME}
    lacking = found.fix is not None and (
        NOT in found.excerpt.lower().split() or not visit.person.team
    )
    if not told or lacking or found.start is None:
        return False
    written = draft(visit, letter)
    addressed = visit.knowledge.words(letter.language).reading.addressed
    named = addressed and re.search(one_of(addressed), found.excerpt, re.IGNORECASE)
    return (
        not named
        and written.text == text
        and any(
            each.id in OWN_WORK and at <= found.start < at + len(each.text)
            for at, each in written.placed()
        )
    )


def _is_agreed(visit: Visit, letter: Letter, text: str, found: Finding) -> bool:
    """Tell whether a letter speaks to its reader of what both agree on."""
    start = found.start
    if found.rule not in {Rule.SECOND_PERSON, Rule.BLAME} or start is None:
        return False
    written = draft(visit, letter)
    return written.text == text and any(
        each.id in AGREED and at <= start < at + len(each.text) for at, each in written.placed()
    )


def days_off(visit: Visit) -> Callable[[date], bool]:
    """Return what tells whether a day is no working day: who works on Sundays may keep it."""
    habits = habits_of(visit.person, visit.memory.reminders.get())
    return lambda day: day.weekday() > FRIDAY or habits.is_day_off(day)


def of_the_day(visit: Visit, letter: Letter, text: str) -> tuple[Finding, ...]:
    """Return what does not hold if the letter goes out today."""
    kind, given, sending = (
        kind_of(visit, letter.kind),
        filled(visit, letter),
        _sending(visit, letter),
    )
    return review.review(kind, style(letter), given, text, sending, told_in=told_in(visit))


def doubts(visit: Visit, letter: Letter, blank: str, lines: str = "") -> tuple[Finding, ...]:
    """Return what only the person can mend of an answer, or of some ``lines`` of facts."""
    kind, sending = kind_of(visit, letter.kind), _sending(visit, letter)
    given = FilledBlanks({blank: tuple(lines.splitlines())}) if lines else filled(visit, letter)
    if not sending.people.currency:  # which is asked by itself
        offered = kind.manners[Language(letter.language)].typed.offered[0]
        sending = replace(sending, people=replace(sending.people, currency=offered))
    return review.doubts(kind, style(letter), given, blank, sending, told_in=told_in(visit))


def written(visit: Visit, letter: Letter, blank: str, typed: str) -> str:
    """Return how the letter writes a typed answer, "" where that takes no other words."""
    kind, given, language = kind_of(visit, letter.kind), filled(visit, letter), letter.language
    value = given.values.get(blank)
    if isinstance(value, date):
        figures = re.search(rf"(?<![\d/])0?{value.day}(?![\d/])", typed)
        if figures and len(typed.split()) <= _DAY_WORDS:
            return ""
        manners = drafting.manners_for(kind, Language(language), given)
        said = drafting.day_in(manners, Language(language), value, visit.today)
    else:
        told = drafting.told_answers(kind, style(letter), given, people(visit, letter), visit.today)
        said = told.get(blank, "")
    return said if _words(said) != _words(typed) else ""


_DAY_WORDS = 3
"""Of «до 5 декабря» and shorter."""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


def _sending(visit: Visit, letter: Letter) -> review.Sending:
    return review.Sending(
        visit.today,
        days_off(visit),
        private_names(visit, letter),
        people(visit, letter),
        _known(visit, letter),
    )


def _known(visit: Visit, letter: Letter) -> Known:
    """Return which words the letter's language has, where no package knows them."""
    words = visit.knowledge.words(Language(letter.language))
    if not words.dictionary.text:
        return Known()
    listed = words.dictionary.words, words.rarer.words, words.vocabulary
    common = words.dictionary.words
    known = Known(lambda word: any(word in each for each in listed), common.__contains__)
    return known._replace(names=words.names.words)


def subject(visit: Visit, letter: Letter) -> str:
    """Return the subject line, which names the letter's files too; nothing open is in it."""
    return files.subject_line(draft(visit, letter).subject)


def _of_the_subject(visit: Visit, letter: Letter, rules: Rules) -> tuple[Finding, ...]:
    """Return what the check says of the subject; it is changed where it comes from."""
    line = subject(visit, letter)
    tone = rules & (BLAMELESS | {Rule.SECOND_PERSON})
    found = visit.think(check, line, language=letter.language, rules=tone, told_in=told_in(visit))
    return tuple(replace(each, start=None, end=None, fix=None) for each in found)


def rule_label(visit: Visit, rule: Rule) -> str:
    """Return what the check calls a broken rule: «Не сказано, что передаётся»."""
    told: RuleText = read(told_in(visit), RuleTexts)[rule]
    return told.label


def mark_of(found: Finding) -> str:
    """Return what is remembered of a finding that stays."""
    return f"{found.rule}:{found.excerpt}"


def text_of(visit: Visit, letter: Letter) -> str:
    """Return the version that is shown; raises ``NotFound`` where there is none yet."""
    for version in visit.memory.letters.versions(letter.number):
        if version.number == letter.version:
            return version.words
    raise NotFound(f"letter {letter.number} has no version {letter.version}")


def given_before(visit: Visit, letter: Letter, data: BlankData) -> Mapping[int, str]:
    """Return letter → what was given there for the same blank, the newest two."""
    found: dict[int, str] = {}
    question = _question(visit, letter, data)
    for other in visit.memory.letters.of_client(letter.client):
        if _question(visit, other, data) != question:
            continue  # «Последний счёт ждёт оплаты» is no number of an invoice
        words = other.filled.get(blank_key(letter, data), "")
        same = words in found.values()
        if other.number != letter.number and words and words != UNREADABLE and not same:
            found[other.number] = words
    return dict(list(found.items())[:2])


def _question(visit: Visit, letter: Letter, data: BlankData) -> str:
    """Return how a letter asks for a blank: the same name may mean another thing there."""
    kind = visit.knowledge.letters.kinds.get(LetterId(letter.kind))
    text = kind.texts.get(Language(letter.language)) if kind else None
    asked = text.blanks.get(data.id) if text else None
    return asked.open if asked else ""


def letter_of(visit: Visit, number: int) -> tuple[Letter, Client]:
    """Return a letter and its client; raises ``NotFound``."""
    found = lookup.letter(visit, number)
    kind_of(visit, found.kind)
    return found, lookup.client(visit, found.client)


def _value(visit: Visit, letter: Letter, data: BlankData, given: str) -> drafting.Value | None:
    if data.kind is BlankKind.FACTS:
        told = [*_quotes(visit, letter)]
        for line in own_lines(letter):
            days = [each.day for each in days_named(visit, letter, line)]
            told.append((days[0] if days else told[-1][0] if told else date.min, line))
        return tuple(line for _, line in sorted(told, key=lambda each: each[0]))
    if data.kind is BlankKind.DATE:
        try:
            return date.fromisoformat(given)
        except ValueError:
            return None
    if data.kind is BlankKind.CHOICE and given not in data.options:
        return None
    return None if given == UNREADABLE else given


def _quotes(visit: Visit, letter: Letter) -> Iterator[tuple[date, str]]:
    """Yield the chosen facts of the log, each with the day it stands by in the letter."""
    for fact in sorted(facts_of(visit, letter.client), key=lambda each: each.number):
        if fact.number in letter.facts:
            line = quoted(visit, letter, fact)
            day, month = _cited(visit, letter, fact)
            if line is not None:
                yield month.first if month else day, line
