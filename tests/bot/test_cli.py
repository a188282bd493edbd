"""The command line, as an operator and an author of the content meet it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot import exits
from bot.cli import main
from bot.local.server import serve
from bot.local.telegram import Telegram
from content.faults import Fault
from storage.opening import open_storage
from storage.records import Owner, ParkedUpdate, UpdateId
from storage.rows.memory import Memory
from tests.bot.telegram.proxies import PASSWORD, USER, HttpProxy, running
from tests.canary import NOTE, TOKEN, leaks
from tests.faults.world import DISK, PATIENCE, VARIABLES, give_key, plain
from tests.known import KNOWLEDGE
from tests.storage.example import an_afterword

ROOT = Path(__file__).parents[2]
MALFORMED = "123456789-secret"
NOW = datetime(2026, 11, 21, 20, 38, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give a working folder without settings and with nothing but a master key."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / DISK
    folder.mkdir()
    monkeypatch.chdir(folder)
    give_key(folder / "data" / "master.key")
    return folder


@pytest.fixture(autouse=True)
def _content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.loading.load", lambda: KNOWLEDGE)


async def finished(*arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run the program to its end: exit code, what it says, what it complains of."""
    process = plain(*arguments, **settings)
    process.begin()
    code = await process.over()
    assert leaks(process.complained()) == []
    return code, process.said(), process.complained()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["judge"],
        ["put-aside"],
        ["put-aside", "drop"],
        ["put-aside", "drop", "x"],
        ["invite", "--days", "0"],
        ["invite", "--days", "366"],
    ],
)
def test_a_wrong_command_line_is_told_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == exits.USAGE
    assert "usage: " in capsys.readouterr().err


def test_content_in_order_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-content"]) == exits.OK
    catalogue = KNOWLEDGE.catalogue
    counted = f"content: {len(catalogue.signs)} signs, {len(catalogue.questions)} questions, "
    assert capsys.readouterr().out.startswith(counted)


def test_a_fault_of_the_program_is_one_line_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ValueError(NOTE)

    monkeypatch.setattr("content.loading.load", broken)
    assert main(["check-content"]) == exits.SOFTWARE
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("a fault of the program: ValueError at bot/cli.py:")
    assert leaks(line) == []


def test_every_fault_of_the_content_is_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = (Fault("signs/a.toml", "weight", "missing"), Fault("b.toml", "", "no TOML"))
    monkeypatch.setattr("content.loading.check", lambda: faults)
    assert main(["check-content"]) == exits.FAULTS
    assert capsys.readouterr().out.splitlines() == [
        "signs/a.toml: weight: missing",
        "b.toml: no TOML",
    ]


def test_a_letter_is_checked_finding_by_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "letter.txt").write_text("🙂 Ваш счёт не оплачен.\r\n", "utf-8")

    assert main(["check-letter", "--kind", "reply_angry", "letter.txt"]) == exits.FAULTS
    (finding,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(finding) == ["rule", "start", "end", "excerpt", "why", "fix"]
    assert (finding["rule"], finding["start"], finding["end"]) == ("second_person", 2, 10)
    assert (finding["excerpt"], finding["fix"]) == ("Ваш счёт", "Счёт")

    assert main(["check-letter", "letter.txt"]) == exits.FAULTS
    missing = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (missing["rule"], missing["start"], missing["end"]) == ("missing_signature", None, None)


def test_a_letter_may_be_piped_in_and_nothing_is_said_of_a_clean_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"The invoice was not paid."), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", piped)

    code = main(["check-letter", "--kind", "reply_angry", "--language", "en", "-"])

    assert code == exits.OK
    assert capsys.readouterr().out == ""


def test_an_unknown_kind_of_letter_is_told_with_those_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "letter.txt").write_text("Счёт не оплачен.", "utf-8")

    assert main(["check-letter", "--kind", "ode", "letter.txt"]) == exits.USAGE
    assert "'ode'" in (said := capsys.readouterr().err)
    assert "farewell" in said


def test_the_signs_a_text_speaks_of_are_told_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classify", "опять не заплатил, просит подождать до зарплаты"]) == exits.OK

    spoken = json.loads(capsys.readouterr().out)
    scores = [each["score"] for each in spoken]
    assert spoken[0].keys() == {"sign", "score", "proposed"}
    assert [each["proposed"] for each in spoken[:2]] == [True, False]
    assert spoken[0]["sign"] == "late_payment"
    assert scores == sorted(scores, reverse=True)


def test_each_sheet_gets_a_line_with_its_next_question(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, ended = folder / "empty.toml", folder / "ended.toml"
    empty.write_text("", "utf-8")
    ended.write_text('[answers]\nrudeness = "often"\nlate_payment = "skip"\n', "utf-8")

    assert main(["next", str(empty), str(ended)]) == exits.OK

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["question"] == "is_it_them"
    assert (first["verdict"], first["certainty"]) == ("cannot_tell", "preliminary")
    signs = len(KNOWLEDGE.catalogue.signs)
    assert (first["why"], first["open"], first["unknown"]) == ({}, signs + 8, [])
    assert second == {
        "question": None,
        "why": {},
        "verdict": "leave_now",
        "certainty": "settled",
        "share": 1.0,
        "open": signs + 6,
        "unknown": [],
    }


def test_a_file_that_is_no_sheet_has_no_next_question(folder: Path) -> None:
    wrong = folder / "wrong.toml"
    wrong.write_text('[answers]\nweather = "often"\n', "utf-8")

    assert main(["next", str(wrong)]) == exits.DATA


def test_a_sheet_is_judged_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = folder / "sheet.toml"
    sheet.write_text('[answers]\nrudeness = "always"\n', "utf-8")
    assert main(["judge", str(sheet)]) == exits.OK
    judged = json.loads(capsys.readouterr().out)
    assert judged["verdict"] == "leave_now"
    assert judged["kind"] == "toxic"
    assert {"certainty", "because", "reflection", "grounds", "easier_if"} <= judged.keys()
    assert judged["certainty"] == "settled", "nothing that was not asked can excuse it"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[answers]\nmagic = "often"\n', "magic"),
        ('[answers]\nrudeness = "sometimes"\n', "sometimes"),
        ('tried = ["magic"]\n', "magic"),
        ('last_effort = "perhaps"\n', "last_effort"),
        ("answers = \n", "TOML"),
        ("colour = 1\n", "colour"),
    ],
)
def test_a_sheet_with_an_unknown_word_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, word: str
) -> None:
    (folder / "sheet.toml").write_text(text, "utf-8")
    assert main(["judge", "sheet.toml"]) == exits.DATA
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sheet.toml: ")
    assert word in line


def test_a_sheet_that_cannot_be_read_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", "nowhere.toml"]) == exits.NO_INPUT
    assert main(["judge", str(folder)]) == exits.NO_INPUT
    (folder / "sheet.toml").write_bytes(b"\xff\xfe")
    assert main(["judge", "sheet.toml"]) == exits.DATA
    assert len(capsys.readouterr().err.splitlines()) == 3


def _put_aside(*ids: int) -> None:
    async def write() -> None:
        storage = await open_storage("sqlite:///data/coach.db", Path("data/master.key"), now=NOW)
        # Only who has something of their own has a key.
        await storage.write(lambda memory: memory.of(Owner(1)).clients.add("Ромашка", NOW))
        for number in ids:
            row = ParkedUpdate(UpdateId(number), Owner(1), b'{"update_id": 1}', NOW, tries=3)
            await storage.write(
                lambda memory, row=row: memory.updates.put_aside(row, "ValueError at a.py:1", NOW)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            )
        await storage.close()

    asyncio.run(write())


def test_updates_put_aside_are_listed_retried_and_dropped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/coach.db")
    _put_aside(11, 12, 13, 14)
    assert main(["put-aside", "list"]) == exits.OK
    assert capsys.readouterr().out.splitlines()[0] == ("11  2026-11-21 20:38  ValueError at a.py:1")
    assert main(["put-aside", "retry", "11", "12"]) == exits.OK
    assert main(["put-aside", "drop", "13"]) == exits.OK
    assert main(["put-aside", "drop", "13"]) == exits.DATA
    assert "not put aside: 13" in capsys.readouterr().err
    assert main(["put-aside", "retry", "all"]) == exits.OK
    capsys.readouterr()
    assert main(["put-aside", "list"]) == exits.OK
    assert capsys.readouterr().out == ""


def test_a_database_without_its_master_key_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/coach.db")
    _put_aside(11)
    Path("data/master.key").unlink()
    assert main(["put-aside", "list"]) == exits.CONFIG
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_a_network_an_invitation_is_its_start_parameter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["invite"]) == exits.OK
    said = capsys.readouterr()
    (parameter,) = said.out.splitlines()
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", parameter)
    assert "good once, until " in said.err
    assert "INVITE_ONLY is not set" in said.err


async def test_an_invitation_is_a_link_that_opens_the_door(
    emulator: tuple[Telegram, str],
) -> None:
    telegram, address = emulator
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": address, "INVITE_ONLY": "true"}
    bot = plain("run", **settings)
    assert (await bot.start()).startswith("Telegram: ")
    code, out, err = await finished("invite", "--days", "1", **settings)
    assert code == exits.OK
    assert len(err.splitlines()) == 1
    link, token = out.strip().split("?start=")
    assert link == f"https://t.me/{telegram.bot['username']}"
    for number in (1, 2):
        telegram.person(number).send(f"/start {token}")
    await telegram.updates.settled(20)
    texts = KNOWLEDGE.words("ru").texts
    assert await bot.end() == exits.OK
    assert telegram.person(1).screen.text.startswith(texts("start.header"))
    assert telegram.person(2).screen.text == texts("errors.not_invited")
    assert token not in bot.complained()


def test_the_rehearsal_plays_to_both_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["rehearse"])
    lines = capsys.readouterr().out.splitlines()
    assert code == exits.OK, lines
    assert [line.split(":")[0] for line in lines] == ["example", "assessment", "rehearsal"]


async def test_a_malformed_token_ends_the_program_with_one_line() -> None:
    code, out, err = await finished("run", BOT_TOKEN=MALFORMED)
    assert (code, out) == (exits.CONFIG, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("BOT_TOKEN: expected ")
    assert "secret" not in err


class Unauthorized(BaseHTTPRequestHandler):
    """A Bot API server that knows no token."""

    def do_POST(self) -> None:
        body = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Stay silent."""


@pytest.fixture
def refusing() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Unauthorized)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_refused_token_ends_the_program_with_one_line(refusing: str) -> None:
    code, _, err = await finished("run", BOT_TOKEN=TOKEN, BOT_API_URL=refusing)
    assert code == exits.CONFIG
    assert len(err.splitlines()) == 1
    assert "BOT_TOKEN" in err
    assert TOKEN not in err


def _modes(*names: str) -> list[int]:
    return [Path(name).stat().st_mode & 0o777 for name in names]


async def test_without_a_token_the_local_chat_is_served_and_ends_on_sigterm() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    assert line.startswith("No BOT_TOKEN: local chat at http://127.0.0.1:")
    address = line.split("chat at ")[1].split(",")[0]
    async with ClientSession() as client, client.get(address) as response:
        assert response.status == 200
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == exits.OK
    assert _modes("data/local.db", "data/local-keys.db", "data/master.key")[2] == 0o600


@pytest.fixture
async def emulator() -> AsyncIterator[tuple[Telegram, str]]:
    telegram = Telegram(lambda: datetime.now(UTC))  # noqa: TID251 - both processes live in real time
    runner, address = await serve(telegram, 0, TOKEN)
    yield telegram, address
    await runner.cleanup()


async def test_the_proxy_that_leads_to_telegram_is_told_without_its_secrets(
    emulator: tuple[Telegram, str],
) -> None:
    _, address = emulator
    proxy = HttpProxy()
    async with running(proxy) as port:
        ways = f"socks5h://127.0.0.1:1, http://{USER}:{PASSWORD}@127.0.0.1:{port}"
        bot = plain("run", BOT_TOKEN=TOKEN, BOT_API_URL=address, BOT_PROXY=ways)
        line = await bot.start()
        assert f"at {address} by http://127.0.0.1:{port}, database" in line
        assert await bot.end() == exits.OK
        complaints = bot.complained()
    assert "another way to telegram" in complaints
    assert PASSWORD not in line + complaints
    assert set(proxy.asked) == {"127.0.0.1"}


# Invariant I1.
async def test_over_http_the_bot_answers_goes_on_after_a_kill_and_drains_on_sigterm(
    emulator: tuple[Telegram, str],
) -> None:
    telegram, address = emulator
    me = telegram.person(1)
    me.send("/start")
    bot = plain("run", BOT_TOKEN=TOKEN, BOT_API_URL=address)
    assert await bot.start() == (
        f"Telegram: @{telegram.bot['username']} at {address}, database sqlite:///data/coach.db"
    )
    assert await bot.line(2) == "ALLOWED_USERS is empty: open to everybody"
    await telegram.updates.settled(20)
    first = me.screen
    await bot.kill()
    me.send("/newclient")
    again = plain("run", BOT_TOKEN=TOKEN, BOT_API_URL=address, ALLOWED_USERS="1")
    await again.start()
    await telegram.updates.settled(20)
    assert me.screen.id != first.id
    async with asyncio.timeout(10):
        while not telegram.profile:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.01)
    assert await again.end() == exits.OK
    # The poll of the killed process was still open; Telegram ends it with a 409.
    assert {call.method for call in telegram.refusals} <= {"getUpdates"}
    assert TOKEN not in again.complained()


async def store_answers(url: str, key: Path, people: int) -> None:
    storage = await open_storage(url, key, now=NOW)

    def step(memory: Memory) -> None:
        for number in range(1, people + 1):
            mine = memory.of(Owner(number))
            mine.clients.add("Вектор", NOW)
            mine.hindsight.keep(an_afterword())

    await storage.write(step)
    await storage.close()


@pytest.mark.parametrize("people", [4, 5])
def test_outcomes_are_counted_from_five_people_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], people: int
) -> None:
    url = "sqlite:///data/coach.db"
    monkeypatch.setenv("DATABASE_URL", url)
    asyncio.run(store_answers(url, Path("data/master.key"), people))
    assert main(["outcomes"]) == exits.OK
    head, *rows = (" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    assert head == "about kind days work for the person answers people"
    assert rows == (["letter last_effort 30 goes on better 5 5"] if people == 5 else [])
    assert main(["outcomes", "--json"]) == exits.OK
    counts = json.loads(capsys.readouterr().out)
    assert [(each["kind"], each["people"]) for each in counts] == (
        [("last_effort", 5)] if people == 5 else []
    )
    assert "Вектор" not in str(counts)
