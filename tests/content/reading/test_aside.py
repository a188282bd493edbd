"""What is said of others, supposed, feared, over or denied is no sign of the client."""

from __future__ import annotations

import pytest

from content.knowledge import Knowledge
from content.reading.aside import heard
from content.reading.signs import classify

HEARD = [
    ("ru", "У подруги клиент третий месяц не платит", ""),
    ("ru", "У соседа заказчик платит, а мой пропал", "а мой пропал"),
    ("ru", "Если бы он грубил, я бы ушла. Он грубит.", "Он грубит."),
    ("ru", "Боялась, что начнёт торговаться, но он согласился", "но он согласился"),
    ("ru", "Раньше звонил по ночам, теперь перестал", "теперь перестал"),
    ("ru", "Раньше звонил по ночам. Теперь пишет днём", "Теперь пишет днём"),
    ("ru", "Раньше платил вовремя, теперь третий месяц тишина", "теперь третий месяц тишина"),
    ("ru", "Раньше такого не было", "Раньше такого не было"),
    ("ru", "Второй месяц не платит", "Второй месяц не платит"),
    ("ru", "Пишу в полночь, не к спеху", ""),
    ("ru", "Говорит, не срочно, а через час орёт", "а через час орёт"),
    ("en", "It’s midnight, no rush", ""),
    ("ru", "Если бы вы слышали, как он орёт", "Если бы вы слышали, как он орёт"),
    ("en", "My husband is angry: the client calls at night", "the client calls at night"),
    ("en", "My friend’s client hasn’t paid, but mine is gone", "but mine is gone"),
    ("en", "If he were rude I’d quit. He’s late", "He’s late"),
    (
        "en",
        "If you don’t redo it I’d be sorry for you",
        "If you don’t redo it I’d be sorry for you",
    ),
    ("en", "He used to call at night, now he doesn’t", "now he doesn’t"),
    ("en", "They used to pay on time, now it’s two months", "now it’s two months"),
    ("en", "I’m not used to such shouting", "I’m not used to such shouting"),
]


@pytest.mark.parametrize(("language", "text", "rest"), HEARD)
def test_only_the_client_is_heard(
    knowledge: Knowledge, language: str, text: str, rest: str
) -> None:
    assert heard(knowledge.words(language).reading, text) == rest


@pytest.mark.parametrize(
    ("language", "text", "signs"),
    [
        ("ru", "Никто не звонит мне по ночам", []),
        ("ru", "Бесконечных правок у нас не бывает", []),
        ("ru", "Никаких угроз не было, но орёт на меня матом", ["rudeness"]),
        ("ru", "Никогда не платит вовремя", ["late_payment"]),
        ("en", "Nobody disputes the invoice", []),
        ("en", "He has never been late with a payment", []),
        ("en", "He never pays on time", ["late_payment"]),
        ("en", "They never show up for our calls", ["no_shows"]),
    ],
)
def test_a_denial_takes_a_sign_back_or_makes_one(
    knowledge: Knowledge, language: str, text: str, signs: list[str]
) -> None:
    spoken = classify(knowledge.words(language), text, limit=9)

    assert [each.sign for each in spoken if each.proposed] == signs
