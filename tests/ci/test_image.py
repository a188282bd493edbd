"""The image: no root, no secret, and a health check that tells well from ill."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.operate.loopback import application, start

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "").splitlines()
LAST_STAGE = LINES[max(at for at, line in enumerate(LINES) if line.startswith("FROM ")) :]


def said(instruction: str) -> list[str]:
    """Return what stands behind an instruction of the last stage."""
    found = [line.partition(" ") for line in LAST_STAGE]
    return [rest for word, _, rest in found if word == instruction]


def test_it_runs_without_root() -> None:
    (user,) = said("USER")
    assert int(user) > 0
    run_before = [line.split()[0] for line in LAST_STAGE if line and not line.startswith("#")]
    assert run_before.index("USER") < run_before.index("ENTRYPOINT")


def test_no_secret_is_in_a_layer() -> None:
    assert (ROOT / ".dockerignore").read_text("utf-8").splitlines()[0] == "*"
    for line in LINES:
        if line.startswith(("ARG", "ENV")):
            assert not re.search(r"TOKEN|KEY|SECRET|PASSWORD", line), line
    copied = " ".join(line for line in LINES if line.startswith(("COPY", "ADD")))
    assert ".env" not in copied
    assert "data" not in copied.replace("content/data", "")


def test_what_the_image_is_built_from_gets_in_and_drives_both_databases() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()}
    sources = [
        word for line in LINES if re.match(r"COPY (?!--)", line) for word in line.split()[1:-1]
    ]
    assert set(sources) <= let_in
    assert "requirements-postgres.lock" in sources


@pytest.fixture
async def health() -> AsyncIterator[tuple[dict[str, int], str]]:
    status = {"now": 200}

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status["now"])

    app = application()
    app.router.add_get("/healthz", answer)
    runner, address = await start(app, 0)
    yield status, address.rpartition(":")[2]
    await runner.cleanup()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
async def test_its_health_check_tells_well_from_ill(
    health: tuple[dict[str, int], str], status: int, code: int
) -> None:
    answers, port = health
    answers["now"] = status
    (check,) = said("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command[1:],
        env=os.environ | {"HEALTH_PORT": port},
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await asyncio.wait_for(process.wait(), 30) == code
