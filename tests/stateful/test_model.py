"""A model of plain dicts against the real coach: whatever two people do, in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, SKIP, Topic
from content.questionnaire import options_of
from handlers.account.buttons import EraseNow, SetGender, SetTeam
from handlers.assessment.buttons import (
    Back,
    CloseTopic,
    GiveAnswer,
    Judge,
    Pause,
    Resume,
    StartAssessment,
)
from handlers.clients.buttons import (
    ArchiveClient,
    ClearNote,
    DeleteClientNow,
    NoteClient,
    RenameClient,
    UndeleteClient,
)
from handlers.facts.buttons import DeleteFact, EditFact, UndeleteFact
from handlers.letters.buttons import StartLetter
from storage.rows.updates import UpdateRows
from tests.stateful.coach import POINTS, Host
from tests.stateful.model import CATALOGUE, Model, remembered

OWNERS = st.sampled_from((1, 2))
NUMBERS = st.integers(1, 3)
"""Of a client, an assessment, a fact: often one that is not there, or is deleted."""
NAMES = st.sampled_from(("Ольга", "ольга", "Студия «Вектор»", "<b>Ё&</b>", "Ж" * 60, "👩‍💻 1"))
WORDS = st.sampled_from(("Не заплатил", "Опять правки ночью", "«; DROP TABLE facts;--", "ы" * 900))
QUESTIONS = st.sampled_from((*CATALOGUE.questions, *list(CATALOGUE.signs)[:8]))
OPTIONS = st.sampled_from((*REFLECTION_OPTIONS, *SIGN_OPTIONS, SKIP))
DEPTHS = st.sampled_from(("express", "full"))
KINDS = st.sampled_from(("payment_reminder", "farewell", "decline"))
GENDERS = st.sampled_from(("unknown", "male", "female"))
TWICE = st.booleans()
"""Of what adds something: does the update come again."""


class Conversations(RuleBasedStateMachine):
    """Everything that two people may tap and type, in any order, with crashes in between."""

    def __init__(self) -> None:
        """Open a coach that knows nobody."""
        super().__init__()
        self.host = Host()
        self.models = {1: Model(), 2: Model()}
        for owner in self.models:
            self.host.send(owner, "/start")

    def teardown(self) -> None:
        """End it."""
        self.host.close()

    # Clients

    @rule(owner=OWNERS, name=NAMES, twice=TWICE)
    def new_client(self, owner: int, name: str, twice: bool) -> None:
        self.host.send(owner, f"/newclient {name}", twice=twice)
        self.models[owner].add_client(name)

    @rule(owner=OWNERS, client=NUMBERS, name=NAMES)
    def rename(self, owner: int, client: int, name: str) -> None:
        self.host.tap(owner, RenameClient(client=client).pack())
        if self.models[owner].there(client):
            self.host.send(owner, name)
            self.models[owner].change_client(client, name=name)

    @rule(owner=OWNERS, client=NUMBERS, words=WORDS)
    def note(self, owner: int, client: int, words: str) -> None:
        self.host.tap(owner, NoteClient(client=client).pack())
        if self.models[owner].there(client):
            self.host.send(owner, words)
            self.models[owner].change_client(client, note=words)

    @rule(owner=OWNERS, client=NUMBERS)
    def clear_note(self, owner: int, client: int) -> None:
        self.host.tap(owner, ClearNote(client=client).pack())
        self.models[owner].change_client(client, note="")

    @rule(owner=OWNERS, client=NUMBERS, archived=st.booleans())
    def archive(self, owner: int, client: int, archived: bool) -> None:
        self.host.tap(owner, ArchiveClient(client=client, archived=int(archived)).pack())
        self.models[owner].change_client(client, archived=archived)

    @rule(owner=OWNERS, client=NUMBERS)
    def delete(self, owner: int, client: int) -> None:
        self.host.tap(owner, DeleteClientNow(client=client).pack())
        self.models[owner].change_client(client, deleted=True)

    @rule(owner=OWNERS, client=NUMBERS)
    def undelete(self, owner: int, client: int) -> None:
        self.host.tap(owner, UndeleteClient(client=client).pack())
        self.models[owner].undelete_client(client)

    # Assessments

    @rule(owner=OWNERS, client=NUMBERS, depth=DEPTHS, twice=TWICE)
    def start(self, owner: int, client: int, depth: str, twice: bool) -> None:
        self.host.tap(owner, StartAssessment(client=client, depth=depth).pack(), twice=twice)
        self.models[owner].start(client)

    @rule(owner=OWNERS, assessment=NUMBERS, question=QUESTIONS, option=OPTIONS)
    def answer(self, owner: int, assessment: int, question: str, option: str) -> None:
        form = GiveAnswer(assessment=assessment, question=question, option=option)
        self.host.tap(owner, form.pack())
        self.models[owner].answer(assessment, question, option)

    @rule(owner=OWNERS, assessment=NUMBERS, topic=st.sampled_from(tuple(Topic)))
    def quiet(self, owner: int, assessment: int, topic: Topic) -> None:
        self.host.tap(owner, CloseTopic(assessment=assessment, topic=topic.value).pack())
        self.models[owner].quiet(assessment, topic.value)

    @rule(owner=OWNERS, assessment=NUMBERS, question=QUESTIONS)
    def back(self, owner: int, assessment: int, question: str) -> None:
        self.host.tap(owner, Back(assessment=assessment, question=question).pack())
        self.models[owner].back(assessment, question)

    @rule(owner=OWNERS, assessment=NUMBERS)
    def pause_and_resume(self, owner: int, assessment: int) -> None:
        self.host.tap(owner, Pause(assessment=assessment).pack())
        self.host.tap(owner, Resume(assessment=assessment).pack())
        self.models[owner].go_on(assessment)

    @rule(owner=OWNERS, assessment=NUMBERS, worst=st.booleans())
    def answer_the_rest_and_judge(self, owner: int, assessment: int, worst: bool) -> None:
        model = self.models[owner]
        while model.opened(assessment) and (question := model.open_question(assessment)):
            option = options_of(CATALOGUE, question)[-1 if worst else 0]
            self.answer(owner, assessment, question, option)
        self.judge(owner, assessment)

    @rule(owner=OWNERS, assessment=NUMBERS)
    def judge(self, owner: int, assessment: int) -> None:
        self.host.tap(owner, Judge(assessment=assessment).pack())
        self.models[owner].judge(assessment)

    # Facts, letters, settings

    @rule(owner=OWNERS, words=WORDS, twice=TWICE)
    def fact(self, owner: int, words: str, twice: bool) -> None:
        self.host.send(owner, f"/fact {words}", twice=twice)
        number = self.models[owner].next("fact")
        # Whom it is about is a guess of the coach; the rest follows from it.
        kept = remembered(self.host.export(owner))["facts"][number]
        row = {"words": words, "client": kept["client"], "deleted": False}
        self.models[owner].facts[number] = row

    @rule(owner=OWNERS, fact=NUMBERS, words=WORDS)
    def reword(self, owner: int, fact: int, words: str) -> None:
        self.host.tap(owner, EditFact(fact=fact).pack())
        if self.models[owner].usable(fact):
            self.host.send(owner, words)
            self.models[owner].facts[fact]["words"] = words

    @rule(owner=OWNERS, fact=NUMBERS)
    def delete_fact(self, owner: int, fact: int) -> None:
        self.host.tap(owner, DeleteFact(fact=fact).pack())
        if self.models[owner].usable(fact):
            self.models[owner].facts[fact]["deleted"] = True

    @rule(owner=OWNERS, fact=NUMBERS)
    def undelete_fact(self, owner: int, fact: int) -> None:
        self.host.tap(owner, UndeleteFact(fact=fact).pack())
        self.models[owner].undelete_fact(fact)

    @rule(owner=OWNERS, client=NUMBERS, kind=KINDS, twice=TWICE)
    def letter(self, owner: int, client: int, kind: str, twice: bool) -> None:
        self.host.tap(owner, StartLetter(client=client, kind=kind).pack(), twice=twice)
        self.models[owner].letter(client, kind)

    @rule(owner=OWNERS, team=st.booleans())
    def team(self, owner: int, team: bool) -> None:
        self.host.tap(owner, SetTeam(team=int(team)).pack())
        self.models[owner].settings["team"] = team

    @rule(owner=OWNERS, gender=GENDERS)
    def gender(self, owner: int, gender: str) -> None:
        self.host.tap(owner, SetGender(gender=gender).pack())
        self.models[owner].settings["gender"] = gender

    # Everything else

    @rule(owner=OWNERS)
    def erase(self, owner: int) -> None:
        self.host.tap(owner, EraseNow().pack())
        self.models[owner] = Model()

    @rule(owner=OWNERS, name=NAMES)
    def command_in_between(self, owner: int, name: str) -> None:
        self.host.send(owner, "/newclient")
        self.host.send(owner, "/help")
        self.host.send(owner, "/settings " + name)

    @rule(owner=OWNERS)
    def the_last_update_comes_again(self, owner: int) -> None:
        self.host.again(owner)

    @rule(point=st.sampled_from(POINTS))
    def the_next_thing_is_cut_short(self, point: str) -> None:
        self.host.die_at = point

    @rule()
    def restart(self) -> None:
        self.host.die_at = ""
        self.host.restart()

    @rule()
    def ten_minutes_pass(self) -> None:
        self.host.die_at = ""
        self.host.purge()
        for model in self.models.values():
            model.purge()

    @invariant()
    def the_coach_remembers_what_it_was_told(self) -> None:
        pending, self.host.die_at = self.host.die_at, ""
        for owner, model in self.models.items():
            assert remembered(self.host.export(owner)) == model.shape(), owner
        assert self.host.left_over() == []
        self.host.die_at = pending


SHARE = settings(
    max_examples=4,
    stateful_step_count=40,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHARE, max_examples=150, stateful_step_count=50, derandomize=False, print_blob=True)


@pytest.mark.timeout(300)
def test_the_coach_is_its_model_whatever_two_people_do() -> None:
    run_state_machine_as_test(Conversations, settings=SHARE)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the coach forget which updates it knows."""
    monkeypatch.setattr(UpdateRows, "note", lambda *_: lambda: True)


@pytest.mark.usefixtures("forgetful")
def test_a_coach_that_forgets_which_updates_it_knows_is_not() -> None:
    played = Conversations()
    try:
        played.fact(1, "Не заплатил", twice=True)
        with pytest.raises(AssertionError):
            played.the_coach_remembers_what_it_was_told()
    finally:
        played.teardown()


@pytest.mark.campaign
def test_the_coach_is_its_model_for_long() -> None:
    run_state_machine_as_test(Conversations, settings=LONG)


@pytest.mark.campaign
@pytest.mark.usefixtures("forgetful")
def test_a_forgetful_coach_is_found_by_chance() -> None:
    found = settings(LONG, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Conversations, settings=found)
