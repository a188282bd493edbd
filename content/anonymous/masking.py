"""Replacing what tells who somebody is: the same by the same over all texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from content.anonymous.doubts import Doubt, doubts, numbered
from content.anonymous.finding import find
from content.anonymous.language import LanguageWords
from content.anonymous.naming import naming
from content.anonymous.passage import Passage, Telltale
from content.anonymous.persons import Mention, may_be_one, mentioned, together
from content.knowledge import Words
from content.named_entities import LETTERED, WORD, HiddenKind, StoredName

LINKED: Final = re.compile(r"[@./_]\w")
"""What a link or a mail has in it."""


@dataclass(slots=True)
class Replacement:
    """What is hidden, in all its forms, and what stands there instead."""

    kind: HiddenKind
    label: str
    known: Mention
    """By which it is known again."""
    forms: list[str] = field(default_factory=list)
    """As they stand in the texts, the first form first."""
    times: int = 0
    kept: bool = False
    """The person wants it to stay as it is."""

    @property
    def id(self) -> int:
        """Return a number that tells it from the others, the same at the next look."""
        return numbered(f"{self.kind}:{self.forms[0].casefold()}")


@dataclass(frozen=True, slots=True)
class Masked:
    """Texts without names, and all that was replaced in them."""

    texts: tuple[str, ...]
    replacements: tuple[Replacement, ...]
    doubts: tuple[Doubt, ...] = ()
    """What is left and may be a name all the same."""


def mask(
    words: Words,
    texts: Sequence[str],
    known: tuple[StoredName, ...] = (),
    kept: frozenset[int] = frozenset(),
    others: Sequence[Words] = (),
) -> Masked:
    """Replace what tells who somebody is; what is in ``kept`` (ids) stays, and is still listed.

    A text in the letters of another language is read in that of ``others``, if it is there.
    """
    languages = [LanguageWords(one.anonymous, one.reading, naming(one)) for one in (words, *others)]
    read_in = [_language(languages, text) for text in texts]
    found = find(read_in, texts, known)
    replacements: list[Replacement] = []
    of: dict[tuple[int, int], Replacement] = {}
    lately: list[Replacement] = []
    for number, (text, places) in enumerate(zip(texts, found, strict=True)):
        for each in places:
            mention = mentioned(read_in[number].naming, text, each)
            one = _same(lately, each, mention)
            if one is None:
                one = Replacement(each.kind, "", mention)
                replacements.append(one)
            else:
                lately.remove(one)
            lately.append(one)
            one.known = together(one.known, mention)
            form = text[each.start : each.end]
            if form not in one.forms:
                one.forms.append(form)
            one.times += 1
            of[number, each.start] = one
    _label(words, replacements)
    for one in replacements:
        one.kept = one.id in kept
    masked = tuple(
        "".join(_pieces(text, places, number, of))
        for number, (text, places) in enumerate(zip(texts, found, strict=True))
    )
    read = zip(map(Passage, read_in, texts), found, strict=True)
    return Masked(masked, tuple(replacements), doubts(read))


def _language(languages: Sequence[LanguageWords], text: str) -> LanguageWords:
    """Return the language of whose letters most words are; the first where no other has as many.

    Links and mails are in the same letters in all of them.
    """
    said = WORD.findall(" ".join(each for each in text.split() if not LINKED.search(each)))
    return max(languages, key=lambda each: -sum(map(each.naming.is_foreign, said)))


def _same(lately: list[Replacement], each: Telltale, mention: Mention) -> Replacement | None:
    """Return what is known of the same; a name that was met without its kind is the same.

    Of several who may be meant it is one of the gender that acts, and of those who was named last.
    """
    found = [
        one
        for one in reversed(lately)
        if (one.kind is each.kind or (one.kind in LETTERED and each.kind in LETTERED))
        and one.known.keys & each.keys
        and (one.kind not in LETTERED or may_be_one(one.known, mention))
        and (not one.known.year or not mention.year or one.known.year == mention.year)
    ]
    acting = (one for one in found if mention.acting and one.known.acting == mention.acting)
    return next(acting, next(iter(found), None))


def _label(words: Words, replacements: list[Replacement]) -> None:
    counted: dict[HiddenKind, int] = {}
    for one in replacements:
        number = counted[one.kind] = counted.get(one.kind, 0) + 1
        which = _letter(words.anonymous.letters, number) if one.kind in LETTERED else str(number)
        one.label = words.anonymous.labels[one.kind].replace("{which}", which)


def _letter(letters: str, number: int) -> str:
    times, place = divmod(number - 1, len(letters))
    return letters[place] + (str(times + 1) if times else "")


def _pieces(
    text: str, places: Sequence[Telltale], number: int, of: dict[tuple[int, int], Replacement]
) -> Iterator[str]:
    """Yield a text with its labels in brackets: they stand in every case as they are."""
    end = 0
    for each in places:
        one = of[number, each.start]
        yield text[end : each.start]
        yield text[each.start : each.end] if one.kept else f"[{one.label}]"
        end = each.end
    yield text[end:]
