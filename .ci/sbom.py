#!/usr/bin/env python3
"""Write the bill of materials of an installed runtime environment, as CycloneDX JSON.

    .venv/bin/python .ci/sbom.py build/run/bin/python build/sbom.json

Addresses and descriptions are left out: name, version, package URL and licence say which package it
is, wherever it was fetched from. Fails if a package of the runtime lock is missing or has another
version, or if an address or a path is left.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCKED = re.compile(r"^([A-Za-z0-9._-]+==[^\\\n]+)", re.MULTILINE)
LEFT_OUT = {"externalReferences", "description"}
PLACE = re.compile(r"\w+://|^/|^[A-Z]:\\|\.\./")
SCHEMA = "$schema"


def main(python: str, target: Path) -> int:
    """Write the file, say what it holds, and return the exit code."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", "pyproject.toml"]
    options = ["--output-reproducible", "--short-PURLs", "--of", "JSON", python]
    made = subprocess.run([*command, *options], cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own words
    bill = without_addresses(json.loads(made.stdout))
    faults = [*missing(bill), *(f"an address or a path is left: {text}" for text in places(bill))]
    for fault in faults:
        sys.stderr.write(f"sbom: {fault}\n")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=2) + "\n", "utf-8")
    sys.stdout.write(f"{target}: {len(bill['components'])} components\n")
    return 1 if faults else 0


def without_addresses(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the same without what names other places."""
    if isinstance(value, dict):
        kept = value.keys() - LEFT_OUT
        return {name: without_addresses(each) for name, each in value.items() if name in kept}
    return [without_addresses(each) for each in value] if isinstance(value, list) else value


def missing(bill: dict[str, Any]) -> list[str]:
    """Return what the runtime lock names and the bill does not."""
    found = {plain(each["name"]): each.get("version") for each in bill["components"]}
    lock = (ROOT / "requirements-run.lock").read_text("utf-8")
    wanted = [
        (each.name, str(each.specifier).removeprefix("=="))
        for each in map(Requirement, LOCKED.findall(lock))
        if each.marker is None or each.marker.evaluate()
    ]
    if not wanted or "aiogram" not in found:
        return ["this is no environment of the bot"]
    return [
        f"{name} {version} is locked, installed is {found.get(plain(name))}"
        for name, version in wanted
        if found.get(plain(name)) != version
    ]


def plain(name: str) -> str:
    """Return a package's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def places(value: Any) -> list[str]:  # noqa: ANN401 - any JSON value
    """Return every text that names an address or a path."""
    if isinstance(value, dict):
        return [found for name, each in value.items() if name != SCHEMA for found in places(each)]
    if isinstance(value, list):
        return [found for each in value for found in places(each)]
    return [value] if isinstance(value, str) and PLACE.search(value) else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
