"""Sheets as TOML files, for authors of the content: ``python -m bot judge FILE.toml``."""

from __future__ import annotations

import tomli
from pydantic import Field, ValidationError

from content.knowledge import Catalogue
from content.models import LastEffort, Model, OptionId, QuestionId
from content.questionnaire import is_valid_answer
from content.sheet import Sheet


class SheetFault(ValueError):  # noqa: N818  the content speaks of faults
    """The file is no sheet; the text is one line that names what is wrong."""


class SheetFile(Model):
    """The file: ``answers`` is a table of question id → option id."""

    answers: dict[str, str] = Field(default_factory=dict)
    tried: tuple[str, ...] = ()
    """Signs whose advice was followed in vain."""
    last_effort: LastEffort = LastEffort.NONE
    team: bool = False
    exhausted: bool = False
    wants_out: bool = False


def read_sheet(text: str, catalogue: Catalogue) -> Sheet:
    """Read a sheet. Raises ``SheetFault`` at the first thing the catalogue does not know."""
    try:
        file = SheetFile.model_validate(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise SheetFault(f"not TOML: {error}") from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = ".".join(map(str, detail["loc"]))
        raise SheetFault(f"{key}: {detail['msg']}") from None
    return sheet_of(file, catalogue)


def sheet_of(file: SheetFile, catalogue: Catalogue) -> Sheet:
    """Check the ids of a file against the catalogue. Raises ``SheetFault``."""
    for question, option in file.answers.items():
        if question not in catalogue.signs and question not in catalogue.questions:
            raise SheetFault(f"answers: there is no question {question!r}")
        if not is_valid_answer(catalogue, question, option):
            raise SheetFault(f"answers.{question}: there is no option {option!r}")
    for sign in file.tried:
        if sign not in catalogue.signs:
            raise SheetFault(f"tried: there is no sign {sign!r}")
    return Sheet(
        answers={QuestionId(q): OptionId(o) for q, o in file.answers.items()},
        team=file.team,
        tried=frozenset(map(QuestionId, file.tried)),
        last_effort=file.last_effort,
        exhausted=file.exhausted,
        wants_out=file.wants_out,
    )
