"""What the coach must remember of one person, as plain dicts and a few rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from content.asking import standing
from content.models import OptionId, QuestionId, Topic
from content.questionnaire import asked, fired, is_critical, is_valid_answer, open_in_topic
from content.sheet import Sheet
from content.verdict import judge
from storage.records import Export
from tests.known import KNOWLEDGE

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

    def start(self, client: int) -> None:
        """Begin, or go on with what is open; who was assessed before starts from those answers."""
        if not self.there(client) or self.clients[client]["archived"]:
            return
        for number, row in self.assessments.items():
            if row["client"] == client and not row["judged"]:
                self.go_on(number)
                return
        former = [each for each, row in self.assessments.items() if row["client"] == client]
        number = self.next("assessment")
        source = max(former) if former else None
        self.assessments[number] = {
            "client": client,
            "team": self.assessments[source]["team"] if source else self.settings["team"],
            "judged": False,
            "source": source,
        }
        before = self.answers[source] if source else {}
        self.answers[number] = {each: (option, False) for each, (option, _) in before.items()}

    def opened(self, assessment: int) -> bool:
        """Tell whether an assessment can still be answered."""
        row = self.assessments.get(assessment)
        return row is not None and self.there(row["client"]) and not row["judged"]

    def sheet(self, assessment: int) -> Sheet:
        """Return what the rules read."""
        answers = self.answers[assessment].items()
        return Sheet(
            answers={QuestionId(each): OptionId(option) for each, (option, _) in answers},
            team=bool(self.assessments[assessment]["team"]),
        )

    def asks(self, assessment: int, question: str) -> bool:
        """Tell whether an assessment may ask a question."""
        return question in asked(CATALOGUE, team=bool(self.assessments[assessment]["team"]))

    def answer(self, assessment: int, question: str, option: str) -> None:
        """Answer a question; of a copy it stays at the list of answers."""
        if (
            not self.opened(assessment)
            or not self.asks(assessment, question)
            or not is_valid_answer(CATALOGUE, question, option)
        ):
            return
        known = question in self.answers[assessment]
        self.answers[assessment][question] = option, False
        if not known or self.assessments[assessment]["source"] is None:
            self.go_on(assessment)

    def quiet(self, assessment: int, topic: str) -> None:
        """Close a topic."""
        if self.opened(assessment):
            for sign in open_in_topic(CATALOGUE, self.sheet(assessment), Topic(topic)):
                self.answers[assessment][sign] = "never", True
            self.go_on(assessment)

    def back(self, assessment: int, question: str) -> None:
        """Go back; what was answered together opens again together."""
        if not self.opened(assessment) or not self.asks(assessment, question):
            return
        given = self.answers[assessment]
        places = list(given)
        number = places.index(question) if question in given else len(places)
        if self.assessments[assessment]["source"] is not None or number == 0:
            return
        before = places[number - 1]
        if not given[before][1]:
            return
        group = topic_of(before)
        for sign in [each for each, (_, quiet) in given.items() if quiet]:
            if topic_of(sign) == group:
                del given[sign]

    def go_on(self, assessment: int) -> None:
        """Reach the verdict by itself where no answer, and nothing tried, can move it."""
        if not self.opened(assessment):
            return
        sheet = self.sheet(assessment)
        at = standing(CATALOGUE, sheet)
        if at.question is not None or at.unknown:
            return
        in_vain = replace(sheet, tried=frozenset(fired(CATALOGUE, sheet)))
        if judge(CATALOGUE, in_vain).id is at.verdict:
            self.assessments[assessment]["judged"] = True

    def open_question(self, assessment: int) -> QuestionId | None:
        """Return what is asked next."""
        return standing(CATALOGUE, self.sheet(assessment)).question

    def judge(self, assessment: int) -> None:
        """Freeze it."""
        if self.opened(assessment):
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


def topic_of(sign: str) -> tuple[Topic, bool]:
    """Return what signs have in common that are answered together."""
    return CATALOGUE.signs[QuestionId(sign)].topic, is_critical(CATALOGUE, QuestionId(sign))


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
                "team": each.team,
                "judged": each.judged_at is not None,
                "source": each.source,
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
