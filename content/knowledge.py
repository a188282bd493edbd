"""What the coach knows, loaded: the facts once, the words per language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from content.models import (
    ArticleData,
    ArticleWords,
    ClientTypeData,
    ClientTypeWords,
    CueWords,
    DemoData,
    DemoWords,
    Encouragement,
    Language,
    QuestionData,
    QuestionId,
    QuestionWords,
    SignData,
    SignWords,
    TypeId,
    VerdictData,
    VerdictId,
    VerdictWords,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.letters.letters import Letters
    from content.reading.vocabulary import Vocabulary
    from content.texts import Texts

DEFAULT_LANGUAGE = Language("ru")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The facts that hold in every language. Signs and questions stand in the order asked."""

    signs: Mapping[QuestionId, SignData]
    questions: Mapping[QuestionId, QuestionData]
    types: Mapping[TypeId, ClientTypeData]
    verdicts: Mapping[VerdictId, VerdictData]
    articles: Mapping[str, ArticleData]
    demo: DemoData

    @cached_property
    def express_signs(self) -> tuple[QuestionId, ...]:
        """The few signs that tell most: they decide whether a verdict can be given at all."""
        return tuple(sign for sign, data in self.signs.items() if data.express)


@dataclass(frozen=True, eq=False)
class Words:
    """The knowledge and the interface in one language."""

    language: Language
    signs: Mapping[QuestionId, SignWords]
    cues: Mapping[QuestionId, CueWords]
    """How people put it who speak of a sign; a sign without cues is never proposed."""
    questions: Mapping[QuestionId, QuestionWords]
    types: Mapping[TypeId, ClientTypeWords]
    verdicts: Mapping[VerdictId, VerdictWords]
    articles: Mapping[str, ArticleWords]
    encouragement: tuple[Encouragement, ...]
    demo: DemoWords
    reading: Vocabulary
    """How people type sums and days."""
    texts: Texts


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything: one catalogue, and its words in every language there is a folder for."""

    catalogue: Catalogue
    languages: Mapping[Language, Words]
    letters: Letters

    @cached_property
    def _by_code(self) -> dict[str, Words]:
        return {each.lower().replace("_", "-"): words for each, words in self.languages.items()}

    def words(self, language_code: str | None) -> Words:
        """Return the words for a code such as ``pt-BR``: exact, else its base, else Russian."""
        code = (language_code or "").lower().replace("_", "-")
        found = self._by_code.get(code) or self._by_code.get(code.partition("-")[0])
        return found or self.languages[DEFAULT_LANGUAGE]
