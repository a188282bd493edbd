"""Slow pure work, done beside the transaction.

A handler runs inside a transaction that everybody waits for, so reading a letter for 300 ms is not
for it. It asks here; what is not known yet breaks the step off (the transaction is undone), is
worked out in a thread, and the step runs once more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import ParamSpec, TypeAlias, TypeVar, cast

KEPT = 256
"""Results; a letter in the works needs a few at a time."""
CHARACTERS = 500_000
"""Of the texts they were worked out from."""
Key: TypeAlias = tuple[Callable[..., object], tuple[object, ...], tuple[tuple[str, object], ...]]
"""The function, and its hashable arguments."""
P = ParamSpec("P")
T = TypeVar("T")


class NotKnownYet(Exception):  # noqa: N818 - not an error: it says what to do first
    """A step needs a result first: call ``work`` in a thread, then run the step again."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self.work = work


class Thinking:
    """Remembers the last results of pure functions of hashable arguments.

    Arguments and results are people's words: ``forget`` when somebody erases everything.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Key, object] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function gives; raises ``NotKnownYet`` the first time."""
        key = (function, args, tuple(sorted(kwargs.items())))
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return cast("T", self._known[key])
        raise NotKnownYet(lambda: self._keep(key, function(*args, **kwargs)))

    def forget(self) -> None:
        """Know nothing any more, of anybody: what is needed is worked out again."""
        with self._lock:
            self._known.clear()
            self._characters = 0

    def _keep(self, key: Key, result: object) -> None:
        with self._lock:
            if key not in self._known:
                self._characters += _size(key)
            self._known[key] = result
            # The newest stays whatever its size: the step that asked for it needs it.
            while len(self._known) > 1 and (
                len(self._known) > KEPT or self._characters > CHARACTERS
            ):
                oldest, _ = self._known.popitem(last=False)
                self._characters -= _size(oldest)


def _size(key: Key) -> int:
    """Return the characters of the texts among the arguments."""
    _, args, named = key
    texts = (each for each in (*args, *(value for _, value in named)) if isinstance(each, str))
    return sum(map(len, texts))
