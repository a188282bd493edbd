"""Whether two mentions are of one: «Анна Белова» and «Белова» are, «Анна Круглова» is another.

Who shares a name with somebody is not yet the same: a couple has one surname, an office three
Annas. What neither says of the other decides: two first names, two surnames, a man and a woman.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from content.anonymous.looks import INITIALS
from content.anonymous.naming import Naming
from content.anonymous.passage import Telltale
from content.named_entities import WORD, NameRole

BESIDE: Final = re.compile(r"(?<!\w)(\w+)[ \u00a0]\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in one place."""

    keys: frozenset[str]
    roles: tuple[tuple[frozenset[str], NameRole], ...] = ()
    """Of each word; it stands by the full names it may be short for."""
    initials: str = ""
    """«ап» of «А. П. Белова»."""
    genders: frozenset[str] = frozenset()
    """Those it may have, as its words are written; none where nothing tells."""
    acting: str = ""
    """That of whom the sentence speaks of, where the form can be theirs."""
    year: str = ""
    """Of a day; none where it may be any."""


def mentioned(naming: Naming, text: str, each: Telltale) -> Mention:
    """Read a place of a text that names somebody."""
    said = text[each.start : each.end]
    initials = "".join(filter(str.isalpha, "".join(INITIALS.findall(said)))).casefold()
    words = [word for word in WORD.findall(INITIALS.sub(" ", said)) if len(word) > 1]
    roles = [
        (naming.called(word) or frozenset((naming.key(word),)), naming.role(word)) for word in words
    ]
    if any(role is NameRole.FIRST for _, role in roles) or initials:
        roles = [(key, NameRole.LAST if role is NameRole.UNKNOWN else role) for key, role in roles]
    beside = BESIDE.search(text, max(0, each.start - 40), each.start)
    before = beside[1] if beside else ""
    genders, acting = frozenset[str](), ""
    for word in words:
        found = naming.genders(word, before)
        genders = genders & found.possible or genders or found.possible
        acting = acting or found.acting
    return Mention(each.keys, tuple(roles), initials, genders, acting, each.year)


def may_be_one(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions that share a word contradict each other in nothing.

    «Петрова» is not the man of whom nothing else is known: she may be his wife.
    """
    if one.acting and other.acting and one.acting != other.acting:
        return False
    if one.genders and other.genders and not one.genders & other.genders:
        return False
    if not (_initials_fit(one, other) and _initials_fit(other, one)):
        return False
    mine, theirs = (
        {role for names, role in each.roles if not any(names & its for its, _ in beside.roles)}
        for each, beside in ((one, other), (other, one))
    )
    if not mine or not theirs:
        return True
    unknown = NameRole.UNKNOWN in mine or NameRole.UNKNOWN in theirs
    return not unknown and not mine & theirs


def together(one: Mention, other: Mention) -> Mention:
    """Return what is known of somebody from two mentions."""
    genders = one.genders & other.genders or one.genders or other.genders
    return Mention(
        one.keys | other.keys,
        tuple(_roles(one, other)),
        one.initials or other.initials,
        genders,
        one.acting or other.acting,
        one.year or other.year,
    )


def _roles(one: Mention, other: Mention) -> Iterator[tuple[frozenset[str], NameRole]]:
    """Yield the words of both; who is «Саша» and «Александр» is no «Александра»."""
    left = list(other.roles)
    for names, role in one.roles:
        shared = next((each for each in left if each[0] & names), None)
        if shared is not None:
            left.remove(shared)
        yield (names & shared[0] if shared else names), role
    yield from left


def _initials_fit(one: Mention, other: Mention) -> bool:
    """Tell whether initials, if there are any, can be those of the other's names."""
    if not one.initials:
        return True
    if other.initials and one.initials != other.initials:
        return False
    names = _by_role(other, NameRole.FIRST), _by_role(other, NameRole.MIDDLE)
    return all(
        not its or any(name.startswith(letter) for name in its)
        for letter, its in zip(one.initials, names, strict=False)
    )


def _by_role(mention: Mention, role: NameRole) -> frozenset[str]:
    found: Iterator[frozenset[str]] = (names for names, its in mention.roles if its is role)
    return next(found, frozenset())
