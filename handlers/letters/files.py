"""A letter as a file: to print, to send as the written record, to keep.

No file says where it was made: whoever gets it reads the letter and nothing else.
"""

from __future__ import annotations

import re
from email.header import Header
from email.mime.text import MIMEText
from email.policy import SMTP

OPEN = re.compile(r"(?<!\s)\s*‹[^‹›\n]*›")
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
NAME_LIMIT = 100
PAGE = """
#set document(title: sys.inputs.title, date: none)
#set page(paper: "a4", margin: 25mm)
#set text(font: "Libertinus Serif", size: 11.5pt, lang: sys.inputs.language)
#set par(leading: 0.75em, spacing: 1.2em)
#for paragraph in sys.inputs.text.split("\\n\\n") {
  par(paragraph.split("\\n").map(line => text(line)).join(linebreak()))
}
"""
"""What was typed reaches the page as a value, so nothing in it is markup."""


def pdf(text: str, subject: str, language: str) -> bytes:
    """Set a letter on A4; about 10 ms, the first one more."""
    import typst  # noqa: PLC0415  a compiler, 25 MB once it has run, for those who want a PDF

    page: bytes = typst.compile(
        PAGE.encode(),
        ignore_system_fonts=True,
        sys_inputs={"title": subject, "text": text, "language": language},
    )
    return page


def eml(text: str, subject: str) -> bytes:
    """Write a letter that a mail program opens as a draft, without sender or recipient."""
    message = MIMEText(text, _charset="utf-8")
    # The older class folds between words and keeps the spaces inside them; the newer one loses
    # them (as of Python 3.11).
    message["Subject"] = Header(" ".join(subject.split()), "utf-8", header_name="Subject").encode()
    message["X-Unsent"] = "1"
    return message.as_bytes(policy=message.policy.clone(linesep=SMTP.linesep))


def txt(text: str) -> bytes:
    """Write a letter as plain text; the mark tells old programs that it is UTF-8."""
    return text.encode("utf-8-sig")


def subject_line(subject: str) -> str:
    """Return a subject without what is still open."""
    return " ".join(OPEN.sub("", subject).split())


def file_name(subject: str, form: str) -> str:
    """Return a file's name that any system takes: «Завершение работы.pdf»."""
    whole = " ".join(UNFIT.sub(" ", subject).split())
    cut = whole if len(whole) <= NAME_LIMIT else whole[: NAME_LIMIT + 1].rpartition(" ")[0]
    name = (cut or whole[:NAME_LIMIT]).strip(" .")
    return f"{name or 'letter'}.{form}"
