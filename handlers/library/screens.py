"""The library: signs, client types and the questions about oneself, to browse and to search."""

from __future__ import annotations

from collections.abc import Sequence

from content.answers import after_colon, name_of, quoted, stopped
from content.knowledge import Catalogue, Words
from content.models import QuestionId, Topic, TypeId
from content.search import Hit, HitKind
from content.texts import Texts
from handlers.assessment import buttons as to_assessment
from handlers.assessment.screens.advice import in_library, parts
from handlers.clients import buttons as to_clients
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Strong,
    button,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import cited
from handlers.facts import buttons as to_facts
from handlers.library import buttons as to

QUERY_SHOWN = 60


def front(texts: Texts) -> Screen:
    topics = [
        button(texts(f"assess.topic.{topic}"), to.LibraryTopic(topic=topic)) for topic in Topic
    ]
    return Screen(
        header=texts("library.header"),
        body=(texts("library.body"),),
        rows=(
            (primary(texts("library.search"), to.SearchLibrary()),),
            *in_pairs(topics),
            (
                button(texts("library.types"), to.LibraryTypes(page=0)),
                button(texts("library.questions"), to.LibraryQuestions(page=0)),
            ),
            (way_back(texts("common.to_clients"), to_clients.Home()),),
        ),
        place=to.ShowLibrary().pack(),
    )


def topic(words: Words, catalogue: Catalogue, which: Topic) -> Screen:
    """List the signs of a topic, mildest first."""
    texts = words.texts
    signs = [sign for sign, data in catalogue.signs.items() if data.topic is which]
    return Screen(
        header=texts("library.topic_header", topic=texts(f"assess.topic.{which}")),
        body=(texts("library.topic_body"),),
        rows=(
            *(_entry_row(words.signs[sign].name, HitKind.SIGN, sign) for sign in signs),
            _to_library(texts),
        ),
        place=to.LibraryTopic(topic=which).pack(),
    )


def types(words: Words, page: int) -> Screen:
    """List the client types."""
    texts = words.texts
    shown = page_of(texts, list(words.types), to.LibraryTypes(page=page))
    return Screen(
        header=texts("library.types_header"),
        body=(texts("library.types_body"),),
        rows=(
            *(_entry_row(_title(words.types[each].name), HitKind.TYPE, each) for each in shown),
            *shown.pager,
            _to_library(texts),
        ),
        place=shown.place,
    )


def questions(words: Words, page: int) -> Screen:
    """List the questions of the self-reflection."""
    texts = words.texts
    shown = page_of(texts, list(words.questions), to.LibraryQuestions(page=page))
    return Screen(
        header=texts("library.questions_header"),
        body=(texts("library.questions_body"),),
        rows=(
            *(_entry_row(words.questions[each].name, HitKind.QUESTION, each) for each in shown),
            *shown.pager,
            _to_library(texts),
        ),
        place=shown.place,
    )


def sign(words: Words, catalogue: Catalogue, id_: QuestionId, verdict: int | None = None) -> Screen:
    """Tell about a sign: what counts, what may be innocent, why it matters.

    ``verdict`` is the assessment whose verdict it was opened from, to lead back there.
    """
    texts = words.texts
    told = words.signs[id_]
    data = catalogue.signs[id_]
    kinds = [
        _entry_row(_title(words.types[TypeId(each)].name), HitKind.TYPE, each, verdict)
        for each in data.types[:2]
    ]
    return Screen(
        header=header(told.name, texts("library.sign_entry")),
        body=(
            Strong(texts("library.ask", text=told.question)),
            told.why,
        ),
        folded=(
            told.counts,
            "\n".join(
                (
                    texts("assess.examples", examples=stopped(words, "; ".join(told.examples))),
                    texts("assess.innocent", innocent=stopped(words, "; ".join(told.innocent))),
                )
            ),
            texts("verdict.advice_screen.sources", sources=cited(words, data.sources)),
        ),
        rows=(
            (primary(texts("library.advice"), _advice(id_, verdict)),),
            *kinds,
            (
                button(texts("library.to_topic"), to.LibraryTopic(topic=data.topic)),
                *_up(texts, verdict),
            ),
        ),
        place=_entry("sign", id_, verdict).pack(),
    )


def advice(
    words: Words, catalogue: Catalogue, id_: QuestionId, verdict: int | None = None
) -> Screen:
    """Give the advice on a sign; ``verdict`` as in ``sign``."""
    texts = words.texts
    first, serious = in_library(words, id_)
    body, folded = parts(words, catalogue, first)
    if serious is not None:
        write = texts("verdict.advice_screen.say", phrase=quoted(words, serious.phrase))
        folded = (f"{texts('library.serious')}\n{serious.text}\n{write}", *folded)
    return Screen(
        header=header(texts("library.advice"), texts("library.sign_entry")),
        body=body,
        folded=folded,
        rows=(
            (Button(texts("common.copy"), copy=first.phrase),),
            (button(texts("library.about"), _entry("sign", id_, verdict)), *_up(texts, verdict)),
        ),
        place=_advice(id_, verdict).pack(),
    )


def client_type(
    words: Words, catalogue: Catalogue, id_: TypeId, verdict: int | None = None
) -> Screen:
    """Tell about a client type: what helps, when to leave; ``verdict`` as in ``sign``."""
    texts = words.texts
    told = words.types[id_]
    pointing = [each for each, data in catalogue.signs.items() if id_ in data.types]
    return Screen(
        header=header(_title(told.name), texts("library.type_entry")),
        body=(
            told.portrait,
            texts("library.helps", text=after_colon(told.helps)),
            texts("library.leave", text=after_colon(told.leave)),
        ),
        folded=(
            texts(
                "verdict.advice_screen.sources", sources=cited(words, catalogue.types[id_].sources)
            ),
        ),
        rows=(
            *(
                _entry_row(words.signs[each].name, HitKind.SIGN, each, verdict)
                for each in pointing[:4]
            ),
            (button(texts("library.types"), to.LibraryTypes(page=0)),),
            _up(texts, verdict),
        ),
        place=_entry("type", id_, verdict).pack(),
    )


def question(words: Words, catalogue: Catalogue, id_: QuestionId) -> Screen:
    """Tell about a question of the self-reflection and what to do where the answer is bad."""
    texts = words.texts
    item, _ = in_library(words, id_)
    body, folded = parts(words, catalogue, item)
    say = item.phrase
    copy: tuple[ButtonRow, ...] = ((Button(texts("common.copy"), copy=say),),) if say else ()
    return Screen(
        header=header(words.questions[id_].name, texts("library.question_entry")),
        body=(texts("library.ask", text=words.questions[id_].question), *body[1:]),
        folded=folded,
        rows=(
            *copy,
            (button(texts("library.questions"), to.LibraryQuestions(page=0)),),
            _to_library(texts),
        ),
        place=_entry("question", id_).pack(),
    )


def ask_query(texts: Texts) -> Screen:
    return Screen(
        header=texts("library.find.header"),
        body=(texts("library.find.body"),),
        rows=((way_back(texts("common.cancel"), to.ShowLibrary()),),),
        place=to.SearchLibrary().pack(),
    )


def found(words: Words, query: str, hits: Sequence[Hit], *, held: bool = False) -> Screen:
    """List what was found; ``held``: the query is a text that still waits to be sorted."""
    texts = words.texts
    to_library = _to_library(texts)
    onward: tuple[ButtonRow, ...] = (
        ((button(texts("unsorted.back_to_text"), to_facts.ShowHeld()), *to_library),)
        if held
        else ((button(texts("library.find.again"), to.SearchLibrary()),), to_library)
    )
    shown = cut(query, QUERY_SHOWN)
    said = texts("library.find.found" if hits else "library.find.none", query=shown)
    return Screen(
        header=texts("library.find.found_header"),
        body=(said,),
        rows=(
            *(_entry_row(_hit_name(words, hit), hit.kind, hit.id) for hit in hits),
            *onward,
        ),
        place=to.ShowLibrary().pack(),
    )


def _hit_name(words: Words, hit: Hit) -> str:
    if hit.kind is HitKind.TYPE:
        return _title(words.types[TypeId(hit.id)].name)
    return name_of(words, QuestionId(hit.id))


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _entry(kind: str, id_: str, verdict: int | None = None) -> to.LibraryEntry | to.LibraryFrom:
    there = {"kind": kind, "id": id_}
    if verdict is None:
        return to.LibraryEntry.model_validate(there)
    return to.LibraryFrom.model_validate({"assessment": verdict, **there})


def _advice(sign: QuestionId, verdict: int | None) -> to.LibraryAdvice | to.LibraryAdviceFrom:
    if verdict is None:
        return to.LibraryAdvice(sign=sign)
    return to.LibraryAdviceFrom(assessment=verdict, sign=sign)


def _entry_row(label: str, kind: HitKind, id_: str, verdict: int | None = None) -> ButtonRow:
    return (button(cut(label, LABEL_LIMITS[1]), _entry(kind, id_, verdict)),)


def _up(texts: Texts, verdict: int | None) -> ButtonRow:
    if verdict is None:
        return _to_library(texts)
    return (button(texts("verdict.to_verdict"), to_assessment.ShowVerdict(assessment=verdict)),)


def _to_library(texts: Texts) -> ButtonRow:
    return (button(texts("common.to_library"), to.ShowLibrary()),)
