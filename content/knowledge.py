"""What the coach knows, loaded: the facts once, the words per language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from content.models import (
    DEFAULT_LANGUAGE,
    AlikeWords,
    ArticleData,
    ArticleWords,
    ClientTypeData,
    ClientTypeWords,
    DemoData,
    DemoWords,
    Encouragement,
    Language,
    QuestionData,
    QuestionId,
    QuestionWords,
    SaidWords,
    SignData,
    SignWords,
    TypeId,
    VerdictData,
    VerdictId,
    VerdictWords,
)
from content.voices import Voice, in_voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content.hidden import AnonymousWords
    from content.learned import Learned
    from content.letters.letters import Letters
    from content.texts import Texts
    from content.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The facts that hold in every language. Signs and questions stand in the order asked."""

    signs: Mapping[QuestionId, SignData]
    questions: Mapping[QuestionId, QuestionData]
    types: Mapping[TypeId, ClientTypeData]
    verdicts: Mapping[VerdictId, VerdictData]
    articles: Mapping[str, ArticleData]
    demo: DemoData


@dataclass(frozen=True, eq=False)
class Words:
    """The knowledge and the interface in one language."""

    language: Language
    signs: Mapping[QuestionId, SignWords]
    said: Mapping[QuestionId, SaidWords]
    """How people put it who speak of a sign; without them it is not recognised."""
    ordinary: SaidWords
    """What is a sign of nothing."""
    alike: AlikeWords
    learned: Learned | None
    """What ``make signs`` learned from all these; None in a language without phrases."""
    questions: Mapping[QuestionId, QuestionWords]
    types: Mapping[TypeId, ClientTypeWords]
    verdicts: Mapping[VerdictId, VerdictWords]
    articles: Mapping[str, ArticleWords]
    encouragement: tuple[Encouragement, ...]
    demo: DemoWords
    reading: Vocabulary
    anonymous: AnonymousWords
    """How people type sums and days."""
    texts: Texts

    def spoken(self, voice: Voice) -> Words:
        """Return the same as it is said to, and by, somebody of this voice."""
        return replace(
            self,
            signs={id_: in_voice(each, voice) for id_, each in self.signs.items()},
            questions={id_: in_voice(each, voice) for id_, each in self.questions.items()},
            verdicts={id_: in_voice(each, voice) for id_, each in self.verdicts.items()},
        )


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything: one catalogue, and its words in every language there is a folder for."""

    catalogue: Catalogue
    languages: Mapping[Language, Words]
    letters: Letters

    @cached_property
    def _by_code(self) -> dict[str, Language]:
        return {each.lower().replace("_", "-"): each for each in self.languages}

    @cached_property
    def _in_voice(self) -> dict[tuple[Language, Voice], Words]:
        return {}

    def words(self, language_code: str | None, voice: Voice = Voice.PLAIN) -> Words:
        """Return the words for a code such as ``pt-BR``: exact, else its base, else Russian.

        They speak of and for the person in their voice: one of a team has «ваши люди».
        """
        code = (language_code or "").lower().replace("_", "-")
        language = self._by_code.get(code) or self._by_code.get(code.partition("-")[0])
        key = (language or DEFAULT_LANGUAGE, voice)
        if key not in self._in_voice:
            self._in_voice[key] = self.languages[key[0]].spoken(voice)
        return self._in_voice[key]
