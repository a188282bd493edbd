"""Whether two mentions are of one: «Анна Белова» and «Белова» are, «Анна Круглова» is another.

Who shares a name with somebody is not yet the same: a couple has one surname, an office three
Annas. What neither says of the other decides: two first names, two surnames, a man and a woman.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.anonymous.finding import INITIALS, WORD
from content.hidden import NameRole

if TYPE_CHECKING:
    from content.anonymous.finding import Telltale
    from content.anonymous.naming import Naming


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in one place."""

    keys: frozenset[str]
    roles: tuple[tuple[str, NameRole], ...] = ()
    """Of each key that is a word."""
    initials: str = ""
    """«ап» of «А. П. Белова»."""
    genders: frozenset[str] = frozenset()
    """Those it may have, as its words are written; none where nothing tells."""
    likely: str = ""


def mentioned(naming: Naming, text: str, each: Telltale) -> Mention:
    """Read a place of a text that names somebody."""
    said = text[each.start : each.end]
    initials = "".join(filter(str.isalpha, "".join(INITIALS.findall(said)))).casefold()
    words = [word for word in WORD.findall(INITIALS.sub(" ", said)) if len(word) > 1]
    roles = [(naming.key(word), naming.role(word)) for word in words]
    if any(role is NameRole.FIRST for _, role in roles) or initials:
        roles = [(key, NameRole.LAST if role is NameRole.UNKNOWN else role) for key, role in roles]
    genders, likely = frozenset[str](), ""
    for word in words:
        found = naming.genders(word)
        genders = genders & frozenset(found) if genders and found else genders | frozenset(found)
        likely = likely or (found[0] if found else "")
    return Mention(each.keys, tuple(roles), initials, genders, likely)


def may_be_one(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions that share a word contradict each other in nothing."""
    if one.genders and other.genders and not one.genders & other.genders:
        return False
    if not (_initials_fit(one, other) and _initials_fit(other, one)):
        return False
    mine, theirs = (
        {role for key, role in each.roles if key not in dict(beside.roles)}
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
        tuple(dict((*other.roles, *one.roles)).items()),
        one.initials or other.initials,
        genders,
        one.likely or other.likely,
    )


def _initials_fit(one: Mention, other: Mention) -> bool:
    """Tell whether initials, if there are any, can be those of the other's names."""
    if not one.initials:
        return True
    if other.initials and one.initials != other.initials:
        return False
    names = _by_role(other, NameRole.FIRST), _by_role(other, NameRole.MIDDLE)
    return all(
        not name or name.startswith(letter)
        for letter, name in zip(one.initials, names, strict=False)
    )


def _by_role(mention: Mention, role: NameRole) -> str:
    found: Iterator[str] = (key for key, its in mention.roles if its is role)
    return next(found, "")
