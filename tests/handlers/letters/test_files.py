"""Letters as files."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.letters import files

TEXT = "Добрый день!\n\n*Звезда* #eval(1) $x$ {{ 7*7 }} \\ @имя\n— раз;\n— два.\n\n21 ноября\nИгорь"


@pytest.mark.parametrize("text", [TEXT, "", "#" * 500, "слово " * 4000])
def test_any_text_can_be_set_as_a_pdf(text: str) -> None:
    made = files.pdf(text, "Тема «с кавычками»", "ru")
    assert made.startswith(b"%PDF")


def test_a_mail_holds_subject_and_text_and_opens_as_a_draft() -> None:
    made = email.message_from_bytes(
        files.eml(TEXT, "Завершение работы\nBcc: x@y"), policy=email.policy.default
    )
    assert made["Subject"] == "Завершение работы Bcc: x@y"
    assert made["Bcc"] is None
    assert made["X-Unsent"] == "1"
    body = made.get_body()
    assert body is not None
    assert body.get_content().splitlines() == TEXT.splitlines()


NAMES = ["Ильдара Гайнутдинов-Оглы", "студии «Вектор»", "Анны и Пётра Кузнецовых", "ООО «Ромашка»"]
WORD = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=14)


@given(st.lists(st.one_of(WORD, st.sampled_from(NAMES)), min_size=1, max_size=14))
def test_a_subject_survives_the_way_through_a_mail(words: list[str]) -> None:
    subject = " ".join(words)
    made = files.eml("Добрый день!", subject)
    for policy in (email.policy.default, email.policy.SMTP):
        assert email.message_from_bytes(made, policy=policy)["Subject"] == subject
    old = email.message_from_bytes(made)["Subject"]
    assert str(make_header(decode_header(old))) == subject


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Завершение работы", "Завершение работы.pdf"),
        ('a/b\\c: "d" <e>|*?', "a b c d e.pdf"),
        ("...", "letter.pdf"),
        ("я" * 200, "я" * 100 + ".pdf"),
        ("слово " * 20, "слово " * 15 + "слово.pdf"),
    ],
)
def test_a_file_has_a_name_that_any_system_takes(subject: str, name: str) -> None:
    assert files.file_name(subject, "pdf") == name


def test_a_subject_leaves_out_what_is_open() -> None:
    assert files.subject_line("Оплата счёта ‹номер и дата счёта›") == "Оплата счёта"
