"""The table of handlers: one for each thing, and all of them joined."""

from __future__ import annotations

import pytest

from handlers.clients.buttons import ClientCard, Home
from handlers.engine.routing import Answered, Routes, joined
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from handlers.engine.wording import COMMANDS
from handlers.topics import ROUTES, TOPICS
from storage.records import Prompt

HIDDEN = {"start", "cancel", "privacy", "export", "delete", "reminders"}


def show(_visit: Visit, _at: Home) -> Answered:
    return Screen("Первый экран")


def read(_visit: Visit, _prompt: Prompt, _text: str) -> Answered:
    return Screen("Прочитано")


def run(_visit: Visit, _words: str) -> Answered:
    return Screen("Выполнено")


def table(what: str) -> Routes:
    routes = Routes()
    if what == "tap":
        routes.tap(Home)(show)
    elif what == "prompt":
        routes.prompt("name")(read)
    else:
        routes.command("start")(run)
    return routes


@pytest.mark.parametrize("what", ["tap", "prompt", "command"])
def test_two_handlers_for_one_thing_are_refused(what: str) -> None:
    with pytest.raises(ValueError, match="two handlers for"):
        joined([table(what), table(what)])


def test_tables_of_different_things_join() -> None:
    whole = joined([table("tap"), table("prompt"), table("command")])
    assert (len(whole.taps), len(whole.prompts), len(whole.commands)) == (1, 1, 1)


def test_a_button_is_found_with_its_numbers() -> None:
    found = ROUTES.find("c:7")
    assert found is not None
    assert found[1] == ClientCard(client=7)


def test_every_command_of_the_menu_works_and_no_other_is_unknown_to_help() -> None:
    assert ROUTES.commands.keys() == {*COMMANDS, *HIDDEN}


def test_every_topic_takes_part() -> None:
    whole = sum(len(t.routes.taps) + len(t.routes.prompts) + len(t.routes.commands) for t in TOPICS)
    assert whole == len(ROUTES.taps) + len(ROUTES.prompts) + len(ROUTES.commands)
