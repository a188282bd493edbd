"""What of a Russian text only its writer can mend: words run together, chat, loose ends.

Nothing is guessed here: each place is shown to whoever typed it. The words that the doubts go by
stand in ``content/data/checking/ru/doubts.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from content.checking.findings import Doubt, Rule
from content.russian.clauses import run_together
from content.russian.lexicon import doubtful
from content.russian.morphology import morphology
from content.typography import NO_BREAK
from content.wordlists import any_of


def doubts(text: str) -> Iterator[Doubt]:
    """Yield what of a text its writer has to look at, each place once."""
    text = text.replace(NO_BREAK, " ")
    reach = 0
    found = [
        *(Doubt(Rule.SHORTHAND, *each.span()) for each in _WORD.finditer(text) if _is_chat(each)),
        *(
            Doubt(rule, *each.span())
            for pattern, rule in _turns()
            for each in pattern.finditer(text)
        ),
        *(Doubt(Rule.RUN_ON, *each) for each in run_together(text)),
    ]
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= reach:
            yield each
            reach = each.end


_NOTHING_COUNTED = (
    r"(?=[,.;]|$| (?:уже|сразу|[а-яё]+(?:ну|нём|нем|дут|дёт|дет|ли|ла|ло|шёл|шел))(?![\w-]))"
)
_WORD = re.compile(r"(?<![\w@#./&-])[а-яё]+(?![\w@/-]|\.\w)")
_SPOKEN = frozenset({"Infr", "Slng", "Erro", "Dist"})


def _is_chat(found: re.Match[str]) -> bool:
    """Tell what the dictionary has as said aloud or misspelt: «комп», «фотка», «клёво»."""
    word = found[0]
    known = [each for each in morphology().parse(word) if each.is_known][:1]
    spoken = any(not _SPOKEN.isdisjoint(each.tag.grammemes) for each in known)
    lemmas = {word, *(each.normal_form for each in known)}
    words = doubtful()
    return not lemmas.isdisjoint(words.chat) or (spoken and lemmas.isdisjoint(words.trade))


@cache
def _turns() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    words = doubtful()
    return tuple(
        (re.compile(pattern, re.IGNORECASE | re.MULTILINE), rule)
        for pattern, rule in (
            (rf"(?<![\w-])(?:{any_of(words.turns)})(?![\w-])", Rule.SHORTHAND),
            (r"[а-яё]+[a-z]\w*|[a-z]+[а-яё]\w*", Rule.SHORTHAND),
            (r"(?<!\S)[+=→>]+(?=\s?[а-яё])[^\s,;.]*", Rule.SHORTHAND),
            (
                rf"(?<![\w-])(?<!где )(?<!кто )(?:{any_of(words.dangling)})(?=[,;.]?\s*$)",
                Rule.UNFINISHED,
            ),
            (r"(?<![\w?])\?\?+|(?<=\s)\?(?=\s|$)", Rule.UNFINISHED),
            (
                rf"(?<![\w.,№-])(?<!№ )\d{{1,3}}(?= (?:{any_of(words.part_paid)})(?![\w-]))",
                Rule.UNFINISHED,
            ),
            (
                rf"(?<![\w-])(?:{any_of(words.part_named)}) \d{{1,3}}{_NOTHING_COUNTED}",
                Rule.UNFINISHED,
            ),
            (rf"(?:^|(?<=[.;,] ))(?:{any_of(words.owing)})(?![\w-])", Rule.UNTOLD),
        )
    )
