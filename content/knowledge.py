"""What the coach knows, loaded: the facts once, the words per language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from content.letters.letters import Letters
from content.models import (
    FIRST_LANGUAGE,
    AlikeWords,
    ArticleData,
    ArticleWords,
    ClientTypeData,
    ClientTypeWords,
    DemoData,
    DemoWords,
    Encouragement,
    Language,
    OwnAdvice,
    ProspectData,
    ProspectId,
    ProspectWords,
    QuestionData,
    QuestionId,
    QuestionWords,
    Readers,
    SaidWords,
    SignData,
    SignWords,
    Step,
    StepWithWork,
    TypeId,
    VerdictData,
    VerdictId,
    VerdictWords,
    WordList,
)
from content.named_entities import AnonymousWords
from content.texts import Texts
from content.typed import TypedWords
from content.typography import leaves
from content.vocabulary import Vocabulary
from content.voices import Voice, in_voice

_SMALL_WORD = re.compile(r"(?<![^\W_])[^\W\d_A-Z]+")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The facts that hold in every language. Signs and questions stand in the order asked."""

    signs: Mapping[QuestionId, SignData]
    questions: Mapping[QuestionId, QuestionData]
    types: Mapping[TypeId, ClientTypeData]
    prospects: Mapping[ProspectId, ProspectData]
    """In the order asked."""
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
    learned: bytes | None
    """What ``make signs`` learned from all these, packed; None in a language without phrases."""
    questions: Mapping[QuestionId, QuestionWords]
    types: Mapping[TypeId, ClientTypeWords]
    prospects: Mapping[ProspectId, ProspectWords]
    verdicts: Mapping[VerdictId, VerdictWords]
    articles: Mapping[str, ArticleWords]
    encouragement: tuple[Encouragement, ...]
    demo: DemoWords
    reading: Vocabulary
    """How people type sums and days."""
    typed: TypedWords
    anonymous: AnonymousWords
    dictionary: WordList
    """Common words in small letters, where no package knows those of the language."""
    rarer: WordList
    """Words that are rarer, likewise."""
    names: WordList
    """Names in small letters that are no words, likewise."""
    texts: Texts

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that the coach says in small letters, or hears, or has in its dictionary."""
        kinds = (self.signs, self.questions, self.types, self.verdicts, self.said)
        models = [self.ordinary, *(each for kind in kinds for each in kind.values())]
        said = [text for model in models for _, text in leaves(model.model_dump())]
        said += [form for each in self.texts.templates.values() for form in each.forms.values()]
        heard = frozenset(word for text in said for word in _SMALL_WORD.findall(text))
        return heard | self.dictionary.words

    def step(self, step: Step, *, owing: bool = False, taken_back: bool = False) -> str:
        """Return what a step of a verdict's plan says.

        ``owing``: to who owes the client work; ``taken_back``: to whose money was taken back.
        """
        if isinstance(step, StepWithWork):
            return step.owing if owing else step.text
        if isinstance(step, str):
            return step
        told = self.signs[step.sign]
        stage: OwnAdvice = getattr(told, step.stage)
        return (told.taken_back or stage if taken_back else stage).step

    def spoken(self, voice: Voice) -> Words:
        """Return the same as it is said to, and by, somebody of this voice."""
        return replace(
            self,
            signs={id_: in_voice(each, voice) for id_, each in self.signs.items()},
            questions={id_: in_voice(each, voice) for id_, each in self.questions.items()},
            verdicts={id_: in_voice(each, voice) for id_, each in self.verdicts.items()},
            prospects={id_: in_voice(each, voice) for id_, each in self.prospects.items()},
            encouragement=tuple(in_voice(each, voice) for each in self.encouragement),
        )


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything: one catalogue, and its words in every language there is a folder for."""

    catalogue: Catalogue
    languages: Mapping[Language, Words]
    letters: Letters
    readers: Readers

    @cached_property
    def phones(self) -> Mapping[str, Language]:
        """Return the codes of phones whose language is known, each with the words it gets."""
        there = {each.lower().replace("_", "-"): each for each in self.languages}
        read = {
            code: language
            for language in self.languages
            for code in self.readers.read_by.get(language, ())
        }
        return read | there

    @property
    def otherwise(self) -> Language:
        """The language of all other phones."""
        named = Language(self.readers.otherwise)
        return named if named in self.languages else FIRST_LANGUAGE

    @cached_property
    def _in_voice(self) -> dict[tuple[Language, Voice], Words]:
        return {}

    def words(self, language_code: str | None, voice: Voice = Voice.PLAIN) -> Words:
        """Return the words for a phone's code such as ``pt-BR``: exact, else of its base.

        For a language that there are no words in, ``languages.toml`` says which.
        They speak of and for the person in their voice: one of a team has «ваши люди».
        """
        exact = self._in_voice.get((Language(language_code or ""), voice))
        if exact is not None:
            return exact
        code = (language_code or "").lower().replace("_", "-")
        language = self.phones.get(code) or self.phones.get(code.partition("-")[0])
        key = (language or self.otherwise, voice)
        if key not in self._in_voice:
            self._in_voice[key] = self.languages[key[0]].spoken(voice)
        return self._in_voice[key]
