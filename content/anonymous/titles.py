"""Names that their marks tell: what is quoted, joined by “&”, or tied with «_»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from content.anonymous.language import STEM, is_big, lowered
from content.anonymous.passage import Passage, Telltale
from content.anonymous.shapes import BIG
from content.named_entities import WORD, HiddenKind

QUOTED: Final = re.compile(
    r"«([^«»\n]{2,60})»|„([^„“»\n]{2,60})“|\"([^\"\n]{2,60})\"|“([^”\n]{2,60})”"
)
LONGEST: Final = 5
"""Words; what is quoted and longer was said by somebody."""
PARTNER: Final = rf"{BIG}[\w’'-]+(?:[ \u00a0]{BIG}[\w’'-]+)?"
PARTNERS: Final = rf"(?<!\w){PARTNER} & {PARTNER}"
NICK: Final = re.compile(r"(?<![\w@/.])[A-Za-z\d]+(?:_[A-Za-z\d]+)+(?![\w-]|\.\w)")
MAYBE: Final = 0.2
"""How likely a quoted word is a name."""


def titles(passage: Passage, heard: frozenset[str]) -> Iterator[Telltale]:
    """Yield what is quoted as the name of something, not as what somebody said."""
    language = passage.language
    for match in QUOTED.finditer(passage.text):
        group = match.lastindex or 1
        said = WORD.findall(match[group])
        if _is_title(passage, match, match[group], said, heard):
            alone = (word for word in said if not language.is_generic(word))
            whole = frozenset((lowered(" ".join(said)),))
            keys = whole.union(*map(language.keys, alone))
            yield Telltale(*match.span(group), HiddenKind.FIRM, keys)


def _is_title(
    passage: Passage, match: re.Match[str], inner: str, said: Sequence[str], heard: frozenset[str]
) -> bool:
    language, naming = passage.language, passage.naming
    if not said or len(said) > LONGEST or not inner.lstrip()[0].isupper():
        return False
    if inner.rstrip()[-1] in ".!?…" or "," in inner:
        return False
    before = passage.text[: match.start()].rstrip(" \u00a0")
    ahead = WORD.findall(before[-30:])[-1:]
    if before[-1:].isalnum() and any(map(language.is_firm, ahead)):
        return True  # «фонд „Помоги другу“»
    if any(map(naming.is_verb, said)):
        return False
    behind = WORD.findall(passage.text[match.end() : match.end() + 60])[:5]
    if _is_screen(passage, said, ahead, behind[:1]):
        return False
    attached = before[-1:].isalnum() and not any(map(naming.is_verb, ahead))
    is_one = behind[:1] != [] and behind[0].casefold() in passage.words.theirs
    called = before.endswith("(") and any(
        is_big(each) and naming.share(each) > MAYBE for each in ahead
    )
    goes_on = passage.text[match.end() :].startswith(" ") and naming.speaks(behind)
    joined = passage.words.joining.issuperset(behind[:1])
    alone = not before or (before.endswith(":") and not joined)
    acting = (is_one and any(map(language.is_generic, behind))) or (goes_on and alone)
    unknown = any(
        not naming.is_known(word)
        or naming.share(word) > MAYBE
        or naming.lemmas(lowered(word)) & heard
        for word in said
    )
    return attached or called or unknown or acting or said[0].casefold() in passage.words.generic


def _is_screen(
    passage: Passage, said: Sequence[str], before: Sequence[str], behind: Sequence[str]
) -> bool:
    """Tell whether what is quoted is read on a screen: «Контакты», “Buy”, «кнопка „Отмена“»."""
    words, naming, with_lemmas = passage.words, passage.naming, passage.language.with_lemmas
    beside = [with_lemmas(word) for word in (*before, *behind)]
    if any(each & words.captions for each in beside) and all(map(naming.is_known, said)):
        return True
    kinds = (words.firms | words.generic) - words.before_thing - words.polite
    if any(each & kinds for each in beside):
        return False
    of_any = words.plain | words.polite | words.trade
    return all(
        naming.is_function(word) or not of_any.isdisjoint(with_lemmas(word)) for word in said
    )


def partners(passage: Passage) -> Iterator[Telltale]:
    """Yield “Mint & Marrow” and «Пиксель и Ко», not what any contract has: “Terms & Conditions”."""
    language, words = passage.language, passage.words
    joined, company = ("|".join(map(re.escape, each)) for each in (words.joining, words.company))
    firm = rf"(?<!\w){PARTNER} (?:{joined}) (?i:{company})(?!\w)"
    for match in re.finditer(rf"{firm}|{PARTNERS}", passage.text):
        said = [word for word in WORD.findall(match[0]) if not language.is_trade(word)]
        of_any = words.plain | words.company | words.joining
        if any(word.casefold() not in of_any for word in said):
            keys = frozenset[str]().union(*map(language.keys, said))
            yield Telltale(*match.span(), HiddenKind.FIRM, keys | {match[0].casefold()})


def nicks(passage: Passage) -> Iterator[Telltale]:
    """Yield what somebody is called in a messenger, «ivan_design», not «final_v2»."""
    for match in NICK.finditer(passage.text):
        small = match[0].casefold()
        said = (each for each in re.findall(r"[a-z]+", small) if len(each) >= STEM)
        if not passage.words.plain.issuperset(said):
            yield Telltale(*match.span(), HiddenKind.LINK, frozenset((small,)))
