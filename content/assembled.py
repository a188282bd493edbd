"""The whole answer on a sheet as one text, for the reader's pass: ``python -m bot read``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from content.advice import advice, advice_line, card, easier, like, own_part, serious
from content.answers import quoted
from content.first_letter import claim_before, first_tone, letter_for
from content.knowledge import Knowledge
from content.letters.drafting import FilledBlanks, People, Variant, defaults, draft
from content.letters.letters import LetterKind
from content.models import Language
from content.plan import Calendar, plan
from content.sheet import Sheet
from content.themes import what_weighed
from content.verdict import Verdict, judge
from content.voices import Voice


def read(
    knowledge: Knowledge, language: Language, sheet: Sheet, voice: Voice, calendar: Calendar
) -> str:
    """Return card, reasons, own part, advice, plan and the first letter, as a person reads them.

    A sentence that the card and the reasons share is printed once.
    """
    return "\n".join(_lines(knowledge, language, sheet, voice, calendar)).strip() + "\n"


def _lines(
    knowledge: Knowledge, language: Language, sheet: Sheet, voice: Voice, calendar: Calendar
) -> Iterator[str]:
    catalogue, words = knowledge.catalogue, knowledge.words(language, voice)
    verdict = judge(catalogue, sheet)
    shown = card(words, catalogue, sheet, verdict)
    yield from (f"# {shown.name}", shown.meaning, *(f"• {each}" for each in shown.reasons))
    yield from filter(None, (shown.own, shown.easier, shown.next, shown.kind_word))
    eased = easier(words, catalogue, sheet, verdict)
    moves = ["" if eased == shown.easier else eased, serious(words, catalogue, sheet, verdict)]
    moves.append(like(words, catalogue, sheet, verdict.id))
    yield from _part(words.texts("verdict.why_so"), moves)
    yield from _part(words.texts("verdict.about_you"), own_part(words, catalogue, verdict))
    for item in advice(words, catalogue, sheet, verdict):
        yield from ("", f"## {item.name}")
        yield words.texts("verdict.advice_screen.answer", answer=item.answer)
        yield advice_line(words, item)
        if item.phrase:
            yield words.texts("verdict.advice_screen.say", phrase=quoted(words, item.phrase))
    deeds = plan(words, catalogue, sheet, verdict, calendar)
    yield from _part(
        words.texts("verdict.plan"),
        [
            words.texts("common.answered", what=words.texts.date(each.due), answer=each.text)
            for each in deeds
        ],
    )
    claim = claim_before(knowledge.letters, verdict, [(each.about, each.text) for each in deeds])
    for id_ in filter(None, (claim, letter_for(catalogue, knowledge.letters, sheet, verdict))):
        kind = knowledge.letters.kinds[id_]
        tone = first_tone(catalogue, knowledge.letters, id_, (sheet, verdict))
        style = Variant(tone, next(iter(kind.data.layout)), language)
        yield from _letter(kind, style, verdict, voice, calendar)


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    said = [line for line in lines if line]
    if said:
        yield from ("", f"## {title}", *said)


def _letter(
    kind: LetterKind, style: Variant, verdict: Verdict, voice: Voice, calendar: Calendar
) -> Iterator[str]:
    weighed = what_weighed(verdict)
    told = frozenset(verdict.critical or (each.question for each in verdict.because))
    filled = FilledBlanks(values=defaults(kind, weighed), signs=told)
    written = draft(kind, style, filled, People(voice=voice), calendar.today)
    yield from ("", f"## {written.subject}", written.text)
