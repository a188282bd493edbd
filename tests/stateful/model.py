"""What the coach must remember of one person, as plain dicts and a few rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from content.loading import load
from content.models import Depth, OptionId, QuestionId, Topic
from content.questionnaire import (
    asked,
    is_valid_answer,
    next_open,
    open_in_topic,
    previous,
)
from content.sheet import Sheet

if TYPE_CHECKING:
    from storage.records import Export

KNOWLEDGE = load()
CATALOGUE = KNOWLEDGE.catalogue
Row: TypeAlias = dict[str, object]
Rows: TypeAlias = dict[int, Row]


@dataclass
class Model:
    """One person's memory. Numbers are never given twice until everything is erased."""

    clients: Rows = field(default_factory=dict)
    assessments: Rows = field(default_factory=dict)
    answers: dict[int, dict[str, tuple[str, bool]]] = field(default_factory=dict)
    """Assessment → question → option, and whether it was closed with its topic."""
    facts: Rows = field(default_factory=dict)
    letters: Rows = field(default_factory=dict)
    settings: Row = field(default_factory=lambda: {"team": False, "gender": "unknown"})
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str) -> int:
        """Count on."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    # Clients

    def there(self, client: object) -> bool:
        """Tell whether a client is there and not deleted."""
        row = self.clients.get(client) if isinstance(client, int) else None
        return row is not None and not row["deleted"]

    def add_client(self, name: str) -> None:
        """Add a client, unless one of that name is there."""
        taken = [str(row["name"]).casefold() for row in self.clients.values() if not row["deleted"]]
        if name.casefold() not in taken:
            self.clients[self.next("client")] = {
                "name": name,
                "note": "",
                "archived": False,
                "deleted": False,
            }

    def change_client(self, client: int, **to: object) -> None:
        """Change a client who is there."""
        if self.there(client):
            self.clients[client] |= to

    def undelete_client(self, client: int) -> None:
        """Bring a client back."""
        if client in self.clients:
            self.clients[client]["deleted"] = False

    # Assessments

    def start(self, client: int, depth: str) -> None:
        """Begin, or go on with what is open."""
        if not self.there(client) or self.clients[client]["archived"]:
            return
        for row in self.assessments.values():
            if row["client"] == client and not row["judged"]:
                row["depth"] = "full" if depth == "full" else row["depth"]
                return
        number = self.next("assessment")
        team = self.settings["team"]
        self.assessments[number] = {
            "client": client,
            "depth": depth,
            "team": team,
            "judged": False,
        }
        self.answers[number] = {}

    def opened(self, assessment: int) -> bool:
        """Tell whether an assessment can still be answered."""
        row = self.assessments.get(assessment)
        return row is not None and self.there(row["client"]) and not row["judged"]

    def sheet(self, assessment: int) -> Sheet:
        """Return what the rules read."""
        row = self.assessments[assessment]
        answers = self.answers[assessment].items()
        return Sheet(
            answers={QuestionId(each): OptionId(option) for each, (option, _) in answers},
            depth=Depth(str(row["depth"])),
            team=bool(row["team"]),
        )

    def answer(self, assessment: int, question: str, option: str) -> None:
        """Answer a question that is asked."""
        if (
            self.opened(assessment)
            and question in asked(CATALOGUE, self.sheet(assessment))
            and is_valid_answer(CATALOGUE, question, option)
        ):
            self.answers[assessment][question] = option, False

    def quiet(self, assessment: int, topic: str) -> None:
        """Close a topic."""
        if self.opened(assessment):
            for sign in open_in_topic(CATALOGUE, self.sheet(assessment), Topic(topic)):
                self.answers[assessment][sign] = "never", True

    def back(self, assessment: int, question: str) -> None:
        """Go back; a topic that was closed as a whole opens again."""
        if not self.opened(assessment) or question not in asked(CATALOGUE, self.sheet(assessment)):
            return
        given = self.answers[assessment]
        before = previous(CATALOGUE, self.sheet(assessment), QuestionId(question))
        if before is None or not given.get(before, ("", False))[1]:
            return
        topic = CATALOGUE.signs[before].topic
        for sign in [each for each, (_, quiet) in given.items() if quiet]:
            if CATALOGUE.signs[QuestionId(sign)].topic is topic:
                del given[sign]

    def open_question(self, assessment: int) -> QuestionId | None:
        """Return the first question without an answer."""
        return next_open(CATALOGUE, self.sheet(assessment))

    def judge(self, assessment: int) -> None:
        """Freeze what is wholly answered."""
        if self.opened(assessment) and self.open_question(assessment) is None:
            self.assessments[assessment]["judged"] = True

    # Facts and letters

    def usable(self, fact: int) -> bool:
        """Tell whether a fact is there: not deleted, nor its client."""
        row = self.facts.get(fact)
        if row is None or row["deleted"]:
            return False
        return row["client"] is None or self.there(row["client"])

    def undelete_fact(self, fact: int) -> None:
        """Bring a fact back, unless its client is deleted."""
        row = self.facts.get(fact)
        if row is not None and (row["client"] is None or self.there(row["client"])):
            row["deleted"] = False

    def letter(self, client: int, kind: str) -> None:
        """Begin a letter, or go on with the one of that kind."""
        begun = {"client": client, "kind": kind}
        if self.there(client) and begun not in self.letters.values():
            self.letters[self.next("letter")] = begun

    # All of it

    def purge(self) -> None:
        """Let go of what was deleted, with all that hangs on it."""
        gone = {number for number, row in self.clients.items() if row["deleted"]}
        self.clients = {each: row for each, row in self.clients.items() if each not in gone}
        for rows in (self.assessments, self.facts, self.letters):
            for number in [each for each, row in rows.items() if row["client"] in gone]:
                del rows[number]
        self.facts = {each: row for each, row in self.facts.items() if not row["deleted"]}
        self.answers = {each: self.answers[each] for each in self.assessments}

    def shape(self) -> dict[str, Any]:
        """Return everything, to be compared with ``remembered``."""
        return {
            "clients": self.clients,
            "assessments": self.assessments,
            "answers": self.answers,
            "facts": self.facts,
            "letters": self.letters,
            "settings": self.settings,
        }


def remembered(export: Export) -> dict[str, Any]:
    """Return what the coach remembers in the shape of the model."""
    return {
        "clients": {
            int(each.number): {
                "name": each.name,
                "note": each.note,
                "archived": each.archived_at is not None,
                "deleted": each.deleted_at is not None,
            }
            for each in export.clients
        },
        "assessments": {
            int(each.number): {
                "client": each.client,
                "depth": each.depth.value,
                "team": each.team,
                "judged": each.judged_at is not None,
            }
            for each in export.assessments
        },
        "answers": {
            int(each.number): {one.question: (one.option, one.quiet) for one in each.answers}
            for each in export.assessments
        },
        "facts": {
            int(each.number): {
                "words": each.words,
                "client": each.client,
                "deleted": each.deleted_at is not None,
            }
            for each in export.facts
        },
        "letters": {
            int(each.number): {"client": each.client, "kind": each.kind}
            for each, _ in export.letters
        },
        "settings": {"team": export.person.team, "gender": export.person.gender.value},
    }
