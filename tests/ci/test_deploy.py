"""The files for Docker Compose and Kubernetes name what is there: settings, ports, secrets."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.operate.health import PAGES
from bot.serve.services import TimeLimits
from bot.settings import SECRETS, Settings, read_settings
from storage.postgres.setup import refuse_unfit
from tests.canary import TOKEN

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "deploy"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
CLUSTER = {
    each["kind"]: each
    for each in yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text("utf-8"))
}
POD = CLUSTER["Deployment"]["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
GIVEN = {
    "bot_token": TOKEN,
    "webhook_secret": "a-secret-of-the-tests",
    "database_url": "postgresql://a/b",
}
"""What lies in the files of secrets, for the tests."""
VARIABLES = {
    "compose": COMPOSE["services"]["coach"]["environment"],
    "kubernetes": {each["name"]: each["value"] for each in CONTAINER["env"]},
}
COMMANDS = {"compose": COMPOSE["services"]["coach"]["command"], "kubernetes": CONTAINER["args"]}


@pytest.fixture
def settings(
    variables: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Settings:
    """Return the settings as a replica reads them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:\?[^}]*\}", "coach.example", value))
    for name, value in GIVEN.items():
        (tmp_path / name).write_text(value, "utf-8")
    monkeypatch.setattr("bot.settings.SECRETS", tmp_path)
    monkeypatch.chdir(tmp_path)
    return read_settings()


@pytest.mark.parametrize("variables", VARIABLES.values(), ids=VARIABLES)
def test_every_variable_is_a_setting_and_a_replica_starts_with_them(
    variables: Mapping[str, str], settings: Settings
) -> None:
    assert {name.lower() for name in variables} <= Settings.model_fields.keys()
    assert settings.webhook_url == "https://coach.example/telegram"
    assert settings.listens_at == ("0.0.0.0", 8080)  # noqa: S104 - in a container
    assert (settings.health_host, settings.health_port) == ("0.0.0.0", 8090)  # noqa: S104
    assert settings.bot_token is not None
    assert settings.database == GIVEN["database_url"]


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_the_image_knows_the_command(arguments: list[str]) -> None:
    assert import_module("bot.cli")._parser().parse_args(arguments)
    assert 'ENTRYPOINT ["/opt/coach/bin/python", "-m", "bot"]' in IMAGE


def test_no_secret_stands_in_a_variable_and_each_lies_where_it_is_read() -> None:
    folder = SECRETS.as_posix()
    for variables in VARIABLES.values():
        assert not {"BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL"} & variables.keys()
        assert variables["MASTER_KEY_FILE"] == f"{folder}/master.key"
    needed = {*GIVEN, "master.key"}
    assert set(COMPOSE["services"]["coach"]["secrets"]) == needed
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", ())) <= COMPOSE["secrets"].keys()
    assert {"name": "secrets", "mountPath": folder, "readOnly": True} in CONTAINER["volumeMounts"]
    head = (FOLDER / "kubernetes.yaml").read_text("utf-8").partition("apiVersion")[0]
    assert set(re.findall(r"--from-file=(\S+)", head)) == needed
    (given,) = [each["secret"] for each in POD["volumes"] if "secret" in each]
    assert f"secret generic {given['secretName']} " in head


def test_the_probes_ask_pages_that_are_there_at_the_port_that_is_open() -> None:
    ports = {each["name"]: each["containerPort"] for each in CONTAINER["ports"]}
    assert ports["health"] == int(VARIABLES["kubernetes"]["HEALTH_PORT"])
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = CONTAINER[probe]["httpGet"]
        assert asked["path"] in PAGES
        assert asked["port"] == "health"
    notes = CLUSTER["Deployment"]["spec"]["template"]["metadata"]["annotations"]
    assert notes["prometheus.io/path"] in PAGES
    assert int(notes["prometheus.io/port"]) == ports["health"]
    assert f"HEALTH_PORT={ports['health']}" in IMAGE


def test_what_telegram_brings_is_led_to_where_it_is_taken() -> None:
    (port,) = CLUSTER["Service"]["spec"]["ports"]
    (rule,) = CLUSTER["Ingress"]["spec"]["rules"]
    (way,) = rule["http"]["paths"]
    url = VARIABLES["kubernetes"]["WEBHOOK_URL"]
    assert url == f"https://{rule['host']}{way['path']}"
    assert CLUSTER["Ingress"]["spec"]["tls"][0]["hosts"] == [rule["host"]]
    backend = way["backend"]["service"]
    assert backend["name"] == CLUSTER["Service"]["metadata"]["name"]
    assert backend["port"]["name"] == port["name"]
    ports = {each["name"]: each["containerPort"] for each in CONTAINER["ports"]}
    listens = int(VARIABLES["kubernetes"]["LISTEN"].rpartition(":")[2])
    assert ports[port["targetPort"]] == listens
    proxy = COMPOSE["configs"]["caddyfile"]["content"]
    path = VARIABLES["compose"]["WEBHOOK_URL"].rpartition("}")[2]
    assert f"handle {path} " in proxy
    service, upstream = re.findall(r"dynamic a (\w+) (\d+)", proxy)[0]
    assert service in COMPOSE["services"]
    assert upstream == VARIABLES["compose"]["LISTEN"].rpartition(":")[2]


def test_what_is_selected_is_what_is_labelled_and_two_of_three_go_on() -> None:
    spec = CLUSTER["Deployment"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    selectors = [
        spec["selector"]["matchLabels"],
        CLUSTER["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        CLUSTER["Service"]["spec"]["selector"],
    ]
    assert all(each.items() <= labels.items() for each in selectors)
    replicas = COMPOSE["services"]["coach"]["deploy"]["replicas"]
    assert spec["replicas"] == replicas == 3
    assert CLUSTER["PodDisruptionBudget"]["spec"]["minAvailable"] == replicas - 1
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_nobody_is_cut_off_who_finishes_what_is_in_hand() -> None:
    needs = TimeLimits().drain + 3
    _, seconds = CONTAINER["lifecycle"]["preStop"]["exec"]["command"]
    assert POD["terminationGracePeriodSeconds"] > int(seconds) + needs
    assert int(COMPOSE["services"]["coach"]["stop_grace_period"].removesuffix("s")) > needs


def test_neither_runs_as_root_nor_writes_beside_its_folders() -> None:
    user = int(re.findall(r"^USER (\d+)$", IMAGE, re.MULTILINE)[0])
    assert POD["securityContext"]["runAsUser"] == user
    assert f"chown {user} " in (FOLDER / "compose.yaml").read_text("utf-8")
    for each in (*POD["containers"], *POD["initContainers"]):
        assert each["securityContext"]["readOnlyRootFilesystem"] is True
        assert each["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    coach = COMPOSE["services"]["coach"]
    assert coach["read_only"] is True
    assert coach["cap_drop"] == ["ALL"]


def test_the_database_sorts_as_the_coach_wants_it() -> None:
    given = COMPOSE["services"]["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    stated = dict(re.findall(r"--(\w+)=(\S+)", given))

    class Answer:
        """A server that was made so."""

        def execute(self, _query: str) -> Answer:
            return self

        def fetchone(self) -> tuple[Any, ...]:
            return stated["locale"], "c", stated["encoding"]

    refuse_unfit(Answer())  # type: ignore[arg-type]  # all that is asked of a connection here


def _composes() -> bool:
    if not shutil.which("docker"):
        return False
    found = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)  # noqa: S607 - the system's own
    return found.returncode == 0


if _composes():

    def test_docker_compose_understands_its_file() -> None:
        read = subprocess.run(  # noqa: S603 - our own file
            ["docker", "compose", "-f", FOLDER / "compose.yaml", "config", "--quiet"],  # noqa: S607
            env={"PATH": "/usr/bin:/bin", "COACH_HOST": "coach.example"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert read.returncode == 0, read.stderr
