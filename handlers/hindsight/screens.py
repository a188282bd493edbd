"""The question how it went, and what is said of the answer."""

from __future__ import annotations

from dataclasses import dataclass

from content.schedule.hindsight import Ease
from content.texts import Texts
from handlers.assessment import buttons as to_assessment
from handlers.clients import buttons as to_clients
from handlers.engine.screen import Button, Screen, button, header, primary
from handlers.hindsight import buttons as to
from storage.records import ClientNumber, PromiseNumber


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question, ready to be shown."""

    promise: PromiseNumber
    client: ClientNumber
    name: str
    """Of the client."""
    about: str
    """What happened, and when."""
    over: bool
    """The work is known to be over."""
    now: str = ""
    """What was answered so far."""


def ask(texts: Texts, asked: ShownQuestion) -> Screen:
    """Ask how it went; of what is over, how it is without it."""
    if asked.over:
        return ask_after_end(texts, asked)
    better, same, worse = _answers(texts, asked, ended=0)
    parted = button(texts("hindsight.ended"), to.AskAfterEnd(promise=asked.promise))
    return Screen(
        header=header(asked.name, texts("hindsight.header")),
        body=(asked.about, texts("hindsight.ask")),
        state=_now(texts, asked),
        rows=((better, same), (worse, parted), *_ways_out(texts, asked)),
        place=to.AskHowItWent(promise=asked.promise).pack(),
    )


def ask_after_end(texts: Texts, asked: ShownQuestion) -> Screen:
    """Ask how it is now that the work is over."""
    back = to.AskHowItWent(promise=asked.promise)
    return Screen(
        header=header(asked.name, texts("hindsight.header")),
        body=(asked.about, texts("hindsight.ask_ended"))
        if asked.over
        else (texts("hindsight.ask_ended"),),
        state=_now(texts, asked),
        rows=(
            *((each,) for each in _answers(texts, asked, ended=1)),
            *(_ways_out(texts, asked) if asked.over else ((button(texts("common.back"), back),),)),
        ),
        place=to.AskAfterEnd(promise=asked.promise).pack(),
    )


def noted(texts: Texts, asked: ShownQuestion, next_day: str, offer: str) -> Screen:
    """Say what was noted and when it is asked again; ``offer``: what may be done now, or nothing.

    That is ``assess`` or ``archive``.
    """
    client = asked.client
    offers = {
        "assess": primary(
            texts("clients.card.again"),
            to_assessment.StartAssessment(client=client, depth="full"),
        ),
        "archive": button(
            texts("clients.edit.archive"), to_clients.ArchiveClient(client=client, archived=1)
        ),
    }
    said = [texts("hindsight.noted", answer=asked.now)]
    if offer == "assess":
        said.append(texts("hindsight.worse_offer"))
    said.append(texts("hindsight.again", date=next_day) if next_day else texts("hindsight.last"))
    return Screen(
        header=header(asked.name, texts("hindsight.header")),
        body=tuple(said),
        rows=(
            *(((offers[offer],),) if offer else ()),
            (
                button(texts("hindsight.change"), to.AskHowItWent(promise=asked.promise)),
                button(texts("common.to_client"), to_clients.ClientCard(client=client)),
            ),
        ),
        place=to.AskHowItWent(promise=asked.promise).pack(),
    )


def silenced(texts: Texts, client: ClientNumber, name: str, *, silent: bool) -> Screen:
    """Say whether it is asked about a client, with the way to the contrary."""
    return Screen(
        header=header(name, texts("hindsight.header")),
        body=(texts("hindsight.silent" if silent else "hindsight.not_silent"),),
        rows=(
            (silence_button(texts, client, silent=silent),),
            (button(texts("common.to_client"), to_clients.ClientCard(client=client)),),
        ),
        place=to_clients.ClientCard(client=client).pack(),
    )


def silence_button(texts: Texts, client: ClientNumber, *, silent: bool) -> Button:
    """Offer to ask about a client no more, or again."""
    label = texts("hindsight.resume" if silent else "hindsight.stop")
    return button(label, to.SilenceClient(client=client, silent=int(not silent)))


def _answers(texts: Texts, asked: ShownQuestion, ended: int) -> tuple[Button, ...]:
    return tuple(
        button(
            texts(f"hindsight.{each}"),
            to.TellHowItWent(promise=asked.promise, ended=ended, ease=each.value),
        )
        for each in Ease
    )


def _ways_out(texts: Texts, asked: ShownQuestion) -> tuple[tuple[Button, ...], ...]:
    return (
        (silence_button(texts, asked.client, silent=False),),
        (button(texts("common.to_client"), to_clients.ClientCard(client=asked.client)),),
    )


def _now(texts: Texts, asked: ShownQuestion) -> str:
    return texts("hindsight.now", answer=asked.now) if asked.now else ""
