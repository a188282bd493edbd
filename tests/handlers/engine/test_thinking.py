"""Slow work is done beside the transaction, once."""

from __future__ import annotations

import pytest

from handlers.engine.thinking import CHARACTERS, KEPT, NotKnownYet, Thinking


def test_the_first_question_breaks_off_and_the_second_is_answered() -> None:
    asked = []

    def length(text: str, *, more: int = 0) -> int:
        asked.append(text)
        return len(text) + more

    think = Thinking()
    with pytest.raises(NotKnownYet) as first:
        think(length, "письмо", more=1)
    assert asked == []
    first.value.work()
    assert think(length, "письмо", more=1) == 7
    assert think(length, "письмо", more=1) == 7
    assert asked == ["письмо"]
    with pytest.raises(NotKnownYet):
        think(length, "письмо")


def test_only_the_last_results_are_kept() -> None:
    think = Thinking()
    for number in range(KEPT + 1):
        with pytest.raises(NotKnownYet) as first:
            think(abs, number)
        first.value.work()
    assert think(abs, KEPT) == KEPT
    with pytest.raises(NotKnownYet):
        think(abs, 0)


def learn(think: Thinking, text: str) -> None:
    with pytest.raises(NotKnownYet) as first:
        think(len, text)
    first.value.work()


def test_long_texts_are_kept_only_so_far() -> None:
    think = Thinking()
    long = CHARACTERS // 3
    for letter in "абвгд":
        learn(think, letter * long)
    assert think(len, "д" * long) == long
    learn(think, "а" * long)
    learn(think, "я" * 2 * CHARACTERS)
    assert think(len, "я" * 2 * CHARACTERS) == 2 * CHARACTERS
    learn(think, "коротко")
    assert think(len, "коротко") == 7


def test_what_was_known_can_be_forgotten() -> None:
    think = Thinking()
    learn(think, "слова")
    think.forget()
    learn(think, "слова")
