"""How answers, dates and sources read, wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from content.answers import quoted, short_of, state_of, stopped
from content.knowledge import Words
from content.models import OptionId, QuestionId, SignWords, VerdictId
from content.texts import Texts
from handlers.engine.screen import cut
from storage.records import UNREADABLE, Client

COMMANDS = (
    "newclient",
    "prospect",
    "assess",
    "clients",
    "fact",
    "letter",
    "report",
    "library",
    "settings",
    "help",
)
"""The menu, in its order."""


LEAST = 8
"""Characters that still say what is spoken of."""


def menu(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the commands of the menu, each with what it does."""
    return tuple((name, texts(f"commands.{name}")) for name in COMMANDS)


def examples_of(sign: SignWords, whose: str) -> str:
    """Return two of a sign's examples, which come from many trades: the same for one client."""
    first = crc32(whose.encode())
    count = len(sign.examples)
    return "; ".join(sign.examples[(first + place) % count] for place in range(min(2, count)))


def reason_in(words: Words, question: QuestionId, option: OptionId, limit: int) -> str:
    """Return the same within so many characters; the answer stays whole where that leaves room."""
    answer = words.texts("common.answered", what="", answer=state_of(words, question, option))
    what, room = short_of(words, question), limit - len(answer)
    return cut(what, room) + answer if room >= LEAST else cut(what + answer, limit)


def counted(texts: Texts, there: Mapping[str, int]) -> tuple[str, ...]:
    """Return «3 клиента», «1 письмо»… by the keys of ``data.count``; what there is none of, not."""
    return tuple(texts(f"data.count.{what}", n=n) for what, n in there.items() if n)


def cited(words: Words, sources: Iterable[str]) -> str:
    """Return where the knowledge comes from, with its full stop.

    Each article is named once, with its sections as titles; our own advice comes last.
    """
    sections: dict[str, list[str]] = {}
    for source in dict.fromkeys(sources):
        article, _, section = source.partition(".")
        sections.setdefault(article, []).append(section)
    ours = sections.pop("ours", None)
    named = [
        words.texts(
            "verdict.source",
            title=words.articles[article].title,
            section=words.texts.list(
                [quoted(words, words.articles[article].sections[each]) for each in parts]
            ),
            n=len(parts),
        )
        for article, parts in sections.items()
    ]
    return stopped(words, "; ".join([*named, words.texts("verdict.ours")] if ours else named))


def cited_briefly(words: Words, sources: Sequence[str]) -> str:
    """Return the article that says most, and whether there is advice of our own in it."""
    return cited(words, [*sources[:1], *(each for each in sources[1:] if each == "ours")])


def verdict_name(words: Words, verdict: str | None) -> str:
    """Return «Можно наладить»."""
    return words.verdicts[VerdictId(verdict or VerdictId.CANNOT_TELL)].name


def client_name(words: Words, client: Client) -> str:
    """Return the name of a client, or a word in its place where it does not decrypt."""
    return words.texts("clients.unreadable") if client.name == UNREADABLE else client.name
