"""The profile of a client: how much of each topic is there."""

from __future__ import annotations

from dataclasses import dataclass

from content.advice import answer_of
from content.knowledge import Catalogue, Words
from content.models import SIGN_OPTIONS, SKIP, Topic
from content.pictures.legible import legible
from content.sheet import Sheet

MOST = len(SIGN_OPTIONS) - 1
"""Value of the worst answer."""


@dataclass(frozen=True, slots=True)
class Share:
    """One topic."""

    name: str
    value: str
    """«2 из 5»: signs that are there, of those with an answer."""
    worst: str
    """«платит поздно — часто»; empty where there is nothing."""
    share: float
    """Of all that could be, 0 to 1: constantly counts three times as much as once."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the picture shows."""

    name: str
    about: str
    topics: tuple[Share, ...]
    below: str
    caption: str
    template: str = "profile"


def profile(words: Words, catalogue: Catalogue, sheet: Sheet, name: str, day: str) -> Profile:
    """Add up the answers by topic, in the order they are asked; ``day`` is that of the verdict."""
    texts = words.texts
    topics = tuple(_share(words, catalogue, sheet, topic) for topic in Topic)
    told = [
        texts("pictures.profile.line", topic=each.name, value=each.value)
        + (f" {texts('pictures.profile.worst', reason=each.worst)}" if each.worst else "")
        for each in topics
    ]
    below = texts("pictures.profile.below")
    head = texts("pictures.profile.caption", name=name, date=day)
    return Profile(
        name=legible(name, texts("pictures.unnamed")),
        about=texts("pictures.profile.about", date=day),
        topics=topics,
        below=below,
        caption="\n".join((head, *told)),
    )


def _share(words: Words, catalogue: Catalogue, sheet: Sheet, topic: Topic) -> Share:
    signs = [id_ for id_, sign in catalogue.signs.items() if sign.topic is topic]
    known = [each for each in signs if sheet.answers.get(each, SKIP) != SKIP]
    there = [each for each in known if sheet.value(each)]
    if not known:
        value = words.texts("pictures.profile.unknown")
    elif not there:
        value = words.texts("pictures.profile.nothing")
    else:
        value = words.texts("pictures.profile.some", there=len(there), known=len(known))
    worst = max(there, key=sheet.value, default=None)
    return Share(
        name=words.texts(f"assess.topic.{topic}"),
        value=value,
        worst=answer_of(words, catalogue, sheet, worst) if worst else "",
        share=sum(map(sheet.value, there)) / (MOST * len(known)) if known else 0.0,
    )
