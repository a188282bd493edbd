"""Checks across files: what no single file can know of itself."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ValidationError

from content.faults import Fault
from content.learned import FILE, fingerprint, unpack
from content.letters import files as letters
from content.models import (
    FIRST_LANGUAGE,
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    AlikeWords,
    ArticleData,
    ArticleWords,
    Cities,
    ClientTypeData,
    ClientTypeWords,
    DemoData,
    DemoWords,
    Encouragements,
    Language,
    OwnAdvice,
    ProspectData,
    ProspectWords,
    QuestionData,
    QuestionWords,
    Readers,
    SaidWords,
    SignData,
    SignKind,
    SignWords,
    Stage,
    StepOf,
    Topic,
    VerdictData,
    VerdictId,
    VerdictWords,
    WordList,
)
from content.named_entities import AnonymousWords
from content.texts import Template
from content.themes import KEYS
from content.typed import TypedWords
from content.typography import leaves, slips
from content.verdict import LEVELS, SIGNS_OF_THE_RULE
from content.vocabulary import Vocabulary
from content.voices import NotSayable, Voice, in_voice

KINDS = ("signs", "questions", "types", "prospects", "verdicts")
"""Folders with one file per thing, in the data and in the words of each language."""
QUESTION_WHOLE = 520
"""Characters of a question with all that is folded under it; 80 more are left for the header."""
ADVICE_WHOLE = 620
"""Characters of one stage: text and phrase; the header and what is folded come on top."""
SCENE_WHOLE = 160
EXAMPLES_SHOWN = 2
"""Of those a sign has, from several trades."""
REFLECTION_LABEL, SIGN_LABEL = 30, 14


@dataclass(frozen=True)
class RawWords:
    """The files of one language that could be read."""

    language: Language
    signs: Mapping[str, SignWords]
    said: Mapping[str, SaidWords]
    ordinary: SaidWords | None
    alike: AlikeWords | None
    learned: bytes | None
    questions: Mapping[str, QuestionWords]
    types: Mapping[str, ClientTypeWords]
    prospects: Mapping[str, ProspectWords]
    verdicts: Mapping[str, VerdictWords]
    articles: Mapping[str, ArticleWords]
    encouragement: Encouragements | None
    demo: DemoWords | None
    reading: Vocabulary | None
    typed: TypedWords | None
    anonymous: AnonymousWords | None
    dictionary: WordList
    rarer: WordList
    names: WordList
    ui: Mapping[str, str | Mapping[str, str]]
    """Interface texts as written, by key."""
    templates: Mapping[str, Template]
    """The same, parsed."""
    categories: frozenset[str]
    """Plural categories that whole numbers need in this language."""
    ids: Mapping[str, frozenset[str]]
    """Kind → ids there are files for, readable or not."""

    def file(self, name: str) -> str:
        """Return how a file of the language is called in a fault."""
        return f"words/{self.language}/{name}.toml"

    def each(self, *kinds: str) -> Iterator[tuple[str, BaseModel]]:
        """Yield the models of these kinds, each with the name of its file: ``signs/rudeness``."""
        for kind in kinds:
            models: Mapping[str, BaseModel] = getattr(self, kind)
            yield from ((f"{kind}/{id_}", model) for id_, model in models.items())


@dataclass(frozen=True)
class Raw:
    """All files that could be read."""

    signs: Mapping[str, SignData]
    questions: Mapping[str, QuestionData]
    types: Mapping[str, ClientTypeData]
    prospects: Mapping[str, ProspectData]
    verdicts: Mapping[str, VerdictData]
    articles: Mapping[str, ArticleData]
    demo: DemoData | None
    cities: Cities | None
    readers: Readers | None
    ids: Mapping[str, frozenset[str]]
    languages: Mapping[Language, RawWords]
    letters: letters.RawLetters


def cross_check(raw: Raw) -> Iterator[Fault]:
    """Yield every fault between files."""
    yield from _references(raw)
    yield from _leads(raw)
    yield from _prospects(raw)
    yield from _ids(raw)
    yield from _sources(raw)
    yield from _demo(raw)
    yield from _orders(raw)
    yield from _verdicts(raw)
    yield from _cities(raw.cities)
    for words in raw.languages.values():
        for of_both in (_counterparts, _lengths, _links, _answers, _weighed, _demo_words):
            yield from of_both(raw, words)
        for of_words in (_advice, _voices, _plurals):
            yield from of_words(words)
    yield from _same_texts(raw.languages)
    yield from _same_shapes(raw.languages)


def _references(raw: Raw) -> Iterator[Fault]:
    weighing = {id_ for id_, data in raw.questions.items() if data.weighs}
    for id_, sign in raw.signs.items():
        file = f"signs/{id_}.toml"
        for gap in sign.excused_by:
            if gap not in raw.ids["questions"]:
                yield Fault(file, "excused_by", f"there is no question {gap!r}")
            elif gap in raw.questions and gap not in weighing:
                yield Fault(file, "excused_by", f"question {gap!r} has no weight")
        for type_ in sign.types:
            if type_ not in raw.ids["types"]:
                yield Fault(file, "types", f"there is no client type {type_!r}")
        if sign.team_only and sign.kind is SignKind.CRITICAL:
            yield Fault(file, "team_only", "a critical sign is asked of everybody")
        if (sign.weight > 0) != (sign.kind is SignKind.TOXIC):
            yield Fault(file, "weight", "a toxic sign has a weight above 0, no other has any")


def _leads(raw: Raw) -> Iterator[Fault]:
    for id_, type_data in raw.types.items():
        lead = raw.signs.get(type_data.lead)
        if type_data.lead not in raw.ids["signs"] or (lead and id_ not in lead.types):
            yield Fault(f"types/{id_}.toml", "lead", f"{type_data.lead!r} is no sign of this type")
        for sign in type_data.also:
            if sign not in raw.ids["signs"] or (
                sign in raw.signs and id_ not in raw.signs[sign].types
            ):
                yield Fault(f"types/{id_}.toml", "also", f"{sign!r} is no sign of this type")


def _prospects(raw: Raw) -> Iterator[Fault]:
    for id_, data in raw.prospects.items():
        for sign in data.signs:
            if sign not in raw.ids["signs"]:
                yield Fault(f"prospects/{id_}.toml", "signs", f"there is no sign {sign!r}")
        if data.letter not in raw.letters.ids:
            yield Fault(f"prospects/{id_}.toml", "letter", f"there is no letter {data.letter!r}")


def _ids(raw: Raw) -> Iterator[Fault]:
    for id_ in sorted(raw.ids["signs"] & raw.ids["questions"]):
        yield Fault(f"signs/{id_}.toml", "", "a question of the self-reflection has the same id")
    for sign_of_the_rule in SIGNS_OF_THE_RULE:
        if sign_of_the_rule not in raw.ids["signs"]:
            yield Fault(f"signs/{sign_of_the_rule}.toml", "", "missing; the rule names this sign")


def _demo(raw: Raw) -> Iterator[Fault]:
    if raw.demo is None:
        return
    scenes = [scene.question for scene in raw.demo.scene]
    known = raw.ids["signs"] | raw.ids["questions"]
    for number, question in enumerate(scenes):
        if question not in known:
            yield Fault(
                "demo.toml", f"scene.{number}.question", f"there is no question {question!r}"
            )
        if question in scenes[:number]:
            yield Fault("demo.toml", f"scene.{number}.question", f"{question!r} comes twice")
    rude = raw.signs.get(raw.demo.rude)
    if raw.demo.rude not in raw.ids["signs"] or (rude and rude.kind is not SignKind.CRITICAL):
        yield Fault("demo.toml", "rude", f"{raw.demo.rude!r} is not a critical sign")


def _sources(raw: Raw) -> Iterator[Fault]:
    sections = {
        f"{article}.{section}"
        for article, data in raw.articles.items()
        for section in data.sections
    }
    cited: list[tuple[str, str, Iterable[str]]] = [
        (f"{kind}/{id_}.toml", "sources", data.sources)
        for kind, files in (
            ("signs", raw.signs),
            ("questions", raw.questions),
            ("types", raw.types),
            ("prospects", raw.prospects),
            ("verdicts", raw.verdicts),
        )
        for id_, data in files.items()
    ]
    cited += letters.sources(raw.letters)
    cited += [
        (words.file("encouragement"), f"entry.{number}.sources", entry.sources)
        for words in raw.languages.values()
        if words.encouragement
        for number, entry in enumerate(words.encouragement.entry)
    ]
    for file, key, sources in cited:
        for source in sources:
            if source != "ours" and raw.articles and source not in sections:
                yield Fault(file, key, f"articles.toml has no section {source!r}")


def _orders(raw: Raw) -> Iterator[Fault]:
    taken: dict[tuple[str, str, int], str] = {}
    places = [
        *(("signs", id_, str(data.topic), data.order) for id_, data in raw.signs.items()),
        *(("questions", id_, "", data.order) for id_, data in raw.questions.items()),
        *(("types", id_, "", data.order) for id_, data in raw.types.items()),
        *(("prospects", id_, "", data.order) for id_, data in raw.prospects.items()),
    ]
    for kind, id_, group, order in places:
        first = taken.setdefault((kind, group, order), id_)
        if first != id_:
            yield Fault(f"{kind}/{id_}.toml", "order", f"{order} is taken by {first!r}")


def _verdicts(raw: Raw) -> Iterator[Fault]:
    for verdict in VerdictId:
        if verdict not in raw.ids["verdicts"]:
            yield Fault(f"verdicts/{verdict}.toml", "", "missing")
    severity: dict[str, int | None] = {v: place for place, v in enumerate(LEVELS, start=1)}
    severity[VerdictId.CANNOT_TELL] = None
    for id_, data in raw.verdicts.items():
        if data.severity != severity[id_]:
            yield Fault(f"verdicts/{id_}.toml", "severity", f"the rule says {severity[id_]}")


@cache
def _zones() -> set[str]:
    return zoneinfo.available_timezones()  # looks through folders of files each time


def _cities(cities: Cities | None) -> Iterator[Fault]:
    zones = _zones()
    taken: dict[str, str] = {}
    for number, city in enumerate(cities.city if cities else ()):
        if city.zone not in zones:
            yield Fault("cities.toml", f"city.{number}.zone", f"no time zone {city.zone!r}")
        for name in {city.name.casefold(), *map(str.casefold, city.aliases)}:
            first = taken.setdefault(name, city.name)
            if first != city.name:
                yield Fault("cities.toml", f"city.{number}", f"{name!r} also names {first!r}")


def unlearned(raw: Raw) -> Iterator[Fault]:
    """Yield a fault for each language whose phrases are not what was learned from."""
    for words in raw.languages.values():
        if words.said and words.ordinary and words.alike:
            file = f"words/{words.language}/{FILE}"
            try:
                of = unpack(words.learned).phrases if words.learned else ""
            except ValueError as error:
                yield Fault(file, "", f"not as make signs writes it: {error}")
                continue
            if of != fingerprint(words.said.items(), words.ordinary, words.alike):
                yield Fault(file, "", "not of these phrases: make signs")


def _counterparts(raw: Raw, words: RawWords) -> Iterator[Fault]:
    for kind, ids in raw.ids.items():
        for id_ in sorted(ids - words.ids[kind]):
            said = f"missing, {kind}/{id_}.toml is there: {translate(f'{kind}/{id_}.toml')}"
            yield Fault(words.file(f"{kind}/{id_}"), "", said)
        for id_ in sorted(words.ids[kind] - ids):
            yield Fault(words.file(f"{kind}/{id_}"), "", f"there is no {kind}/{id_}.toml")
    for id_ in sorted(words.said.keys() - raw.ids["signs"]):
        yield Fault(words.file(f"said/{id_}"), "", f"there is no signs/{id_}.toml")
    file = words.file("articles")
    for article in sorted(raw.articles.keys() ^ words.articles.keys()):
        yield Fault(file, article, "stands in only one of the two articles.toml")
    for article in sorted(raw.articles.keys() & words.articles.keys()):
        sections = set(raw.articles[article].sections)
        for section in sorted(sections ^ words.articles[article].sections.keys()):
            yield Fault(
                file, f"{article}.sections.{section}", "stands in only one of the two articles.toml"
            )


def _too_long(file: str, what: str, texts: Iterable[str], limit: int) -> Iterator[Fault]:
    length = sum(map(len, texts))
    if length > limit:
        yield Fault(file, what, f"{length} characters together, at most {limit}")


def _lengths(raw: Raw, words: RawWords) -> Iterator[Fault]:
    for id_, sign in words.signs.items():
        file = words.file(f"signs/{id_}")
        shown = sorted(sign.examples, key=len)[-EXAMPLES_SHOWN:]
        folded = (sign.counts, *shown, *sign.innocent)
        yield from _too_long(
            file, "question, counts, examples, innocent", (sign.question, *folded), QUESTION_WHOLE
        )
        if id_ in raw.signs and raw.signs[id_].kind is not SignKind.CRITICAL:
            for option, label in sign.labels.model_dump(exclude_none=True).items():
                yield from _too_long(file, f"labels.{option}", (label,), SIGN_LABEL)
    for id_, question in words.questions.items():
        said = (question.question, question.why)
        yield from _too_long(words.file(f"questions/{id_}"), "question, why", said, QUESTION_WHOLE)


def _advice(words: RawWords) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for kind, id_, stage, advice in _stages(words):
        file = words.file(f"{kind}/{id_}")
        first = taken.setdefault(advice.step.casefold(), id_)
        if first != id_:
            yield Fault(file, f"{stage}.step", f"{first!r} has the same step")
        on = [max(each.values(), key=len) for each in advice.on.values()]
        said = (advice.text, *on, advice.phrase or "")
        yield from _too_long(file, f"{stage}: text, on, phrase", said, ADVICE_WHOLE)


def _voices(words: RawWords) -> Iterator[Fault]:
    """Check that every text can be said in every voice, and still fits its place."""
    for name, model in words.each("signs", "questions", "verdicts", "prospects"):
        try:
            for voice in Voice:
                in_voice(model, voice)
        except (NotSayable, ValidationError) as error:
            yield Fault(words.file(name), "", f"cannot be said by {voice}: {error}")


def _links(raw: Raw, words: RawWords) -> Iterator[Fault]:
    """Check that each gap which can cause a sign has words that link the two."""
    for id_ in raw.signs.keys() & words.signs.keys():
        wanted, there = {*raw.signs[id_].excused_by}, words.signs[id_].links.keys()
        for gap in sorted(wanted ^ there):
            said = "missing" if gap in wanted else "cannot cause this sign"
            yield Fault(words.file(f"signs/{id_}"), f"links.{gap}", said)


def _answers(raw: Raw, words: RawWords) -> Iterator[Fault]:
    """Check that what is said on an answer names a question, and an answer that it has."""
    options = {id_: {*SIGN_OPTIONS, *data.more} for id_, data in raw.signs.items()}
    options |= {id_: {*REFLECTION_OPTIONS} for id_ in raw.questions}
    for kind, id_, stage, advice in _stages(words):
        file = words.file(f"{kind}/{id_}")
        for question, said in advice.on.items():
            key = f"{stage}.on.{question}"
            if question not in raw.ids["signs"] | raw.ids["questions"]:
                yield Fault(file, key, "there is no such question")
            for option in sorted(said.keys() - options.get(question, said.keys()) - {SKIP}):
                yield Fault(file, f"{key}.{option}", "no answer to that question")
            known = [text for option, text in said.items() if option != SKIP]
            if said.get(SKIP) in known:
                yield Fault(file, f"{key}.{SKIP}", "said of a known answer, too")


def _stages(words: RawWords) -> Iterator[tuple[str, str, Stage, OwnAdvice]]:
    for id_, sign in words.signs.items():
        yield from (("signs", id_, stage, getattr(sign, stage)) for stage in Stage)
    for id_, question in words.questions.items():
        yield from (("questions", id_, stage, getattr(question, stage)) for stage in Stage)


def _weighed(raw: Raw, words: RawWords) -> Iterator[Fault]:
    """Check what a text may be said for, a ground, a sign or a topic; and whose step one is."""
    known = {*KEYS, *Topic, *raw.ids["signs"], *raw.ids["questions"]}
    named: list[tuple[str, str, Iterable[str]]] = []
    for id_, verdict in words.verdicts.items():
        file = words.file(f"verdicts/{id_}")
        named.append((file, "weighed", verdict.weighed))
        for step in verdict.every_step:
            if isinstance(step, StepOf) and step.sign not in raw.ids["signs"]:
                yield Fault(file, "steps", f"there is no sign {step.sign!r}")
    for number, entry in enumerate(words.encouragement.entry if words.encouragement else ()):
        named.append((words.file("encouragement"), f"entry.{number}.weighed", entry.weighed))
    for file, key, keys in named:
        for each in sorted(set(keys) - known):
            yield Fault(
                file, f"{key}.{each}", "neither a ground, nor a sign, a question or a topic"
            )


def _demo_words(raw: Raw, words: RawWords) -> Iterator[Fault]:
    if raw.demo is None or words.demo is None:
        return
    file = words.file("demo")
    scenes = raw.demo.scene
    if len(words.demo.scene) != len(scenes):
        yield Fault(file, "scene", f"{len(words.demo.scene)} scenes, demo.toml has {len(scenes)}")
    for number, (data, scene) in enumerate(zip(scenes, words.demo.scene, strict=False)):
        key = f"scene.{number}"
        yield from _too_long(file, key, (scene.hour, scene.quote, scene.ask), SCENE_WHOLE)
        if scene.labels is None:
            continue
        sign = data.question in raw.ids["signs"]
        options = SIGN_OPTIONS if sign else REFLECTION_OPTIONS
        if scene.labels.keys() != set(options):
            yield Fault(file, f"{key}.labels", f"must be {', '.join(options)}")
        for option, label in scene.labels.items():
            yield from _too_long(
                file, f"{key}.labels.{option}", (label,), SIGN_LABEL if sign else REFLECTION_LABEL
            )


def ui_file(language: Language, key: str) -> tuple[str, str]:
    """Return the file of an interface text and the key within it."""
    stem, _, rest = key.partition(".")
    return f"words/{language}/ui/{stem}.toml", rest


def _plurals(words: RawWords) -> Iterator[Fault]:
    for key, template in words.templates.items():
        if not template.plural:
            continue
        if missing := words.categories - template.forms.keys():
            yield Fault(*ui_file(words.language, key), f"needs {', '.join(sorted(missing))}")
        if needless := template.forms.keys() - words.categories - {"other"}:
            yield Fault(*ui_file(words.language, key), f"never says {', '.join(sorted(needless))}")


def _same_texts(languages: Mapping[Language, RawWords]) -> Iterator[Fault]:
    if FIRST_LANGUAGE not in languages:
        return
    theirs = languages[FIRST_LANGUAGE].templates
    for language, words in languages.items():
        mine = words.templates
        for key in sorted(theirs.keys() - mine.keys()):
            file, within = ui_file(language, key)
            ours = file.removeprefix(f"words/{language}/")
            yield Fault(file, within, f"missing: {translate(ours, within)}")
        for key in sorted(mine.keys() - theirs.keys()):
            yield Fault(*ui_file(language, key), f"{FIRST_LANGUAGE} lacks it")
        for key in sorted(mine.keys() & theirs.keys()):
            names, expected = mine[key].names, theirs[key].names
            if names != expected:
                yield Fault(
                    *ui_file(language, key),
                    f"placeholders {sorted(names)}, {FIRST_LANGUAGE} has {sorted(expected)}",
                )


def slips_of_type(raw: Raw) -> Iterator[Fault]:
    """Yield what a careful reader would notice, and what keeps nothing from running."""
    for words in raw.languages.values():
        yield from _typography(words)


def translate(file: str, key: str = "") -> str:
    """Return what to do about a text that a language lacks."""
    what = f"{key!r} of" if key else "a copy of"
    return f"translate {what} words/{FIRST_LANGUAGE}/{file}"


def _same_shapes(languages: Mapping[Language, RawWords]) -> Iterator[Fault]:
    """Check that what may be left out is left out in every language, or in none."""
    kinds = ("signs", "questions", "types", "verdicts")
    for words in languages.values():
        there = dict(words.each(*kinds))
        wanted = dict(languages.get(FIRST_LANGUAGE, words).each(*kinds))
        for name in wanted.keys() & there.keys():
            mine, other = _said(there[name]), _said(wanted[name])
            for key in sorted(other - mine):
                what = f"missing: {translate(f'{name}.toml', key)}"
                yield Fault(words.file(name), key, what)
            for key in sorted(mine - other):
                yield Fault(words.file(name), key, f"{FIRST_LANGUAGE} lacks it")


def _said(model: BaseModel) -> frozenset[str]:
    """Return the keys of the texts that a file gives; how long its lists are is its own matter."""
    keys = (key for key, _ in leaves(model.model_dump(exclude={"keywords"})))
    return frozenset(re.sub(r"\.\d+$", "", key) for key in keys)


def _typography(words: RawWords) -> Iterator[Fault]:
    models = [*words.each(*KINDS)]
    models += [("articles", article) for article in words.articles.values()]
    alone = (("encouragement", words.encouragement), ("demo", words.demo))
    models += [(name, model) for name, model in alone if model is not None]
    texts = [
        (words.file(name), key, text)
        for name, model in models
        for key, text in leaves(model.model_dump())
    ]
    texts += [
        (*ui_file(words.language, key), form)
        for key, text in words.ui.items()
        for form in ([text] if isinstance(text, str) else text.values())
    ]
    for file, key, text in texts:
        for slip in slips(text, words.language):
            yield Fault(file, key, slip)
