#!/usr/bin/env python3
"""Show that the locks are whole and that a later release of a package changes nothing.

    .venv/bin/python .ci/locks.py [PYTHON…]

Two questions, each asked of every lock:

* Is everything in it that its packages ask for, extras included, at a version that fits? Asked of
  the packages' own metadata in this environment, for each Python and system in use.
* Does the set-up take the locked releases from an index that has newer ones of everything, and is
  the environment in order then? Tried with each interpreter given, from empty wheels of the same
  names, versions and requirements.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from importlib import metadata
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as plain
from packaging.version import Version

ROOT = Path(__file__).parent.parent
# One entry of a lock: name, version, marker; the hashes stand on lines of their own.
ENTRY = re.compile(r"^[A-Za-z0-9][^\\\n]*", re.MULTILINE)
PYTHONS = ["3.11", "3.12", "3.13"]
SYSTEMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
SETUP = ["--no-deps", "--require-hashes"]
NO_ADDRESS = re.compile(r"\w+://|^-", re.MULTILINE)

Requirements = list[Requirement]
Environment = dict[str, str]


def main(pythons: list[str]) -> int:
    """Ask both questions of every lock, say what is wrong, and return the exit code."""
    faults = []
    for file, roots in locks(ROOT).items():
        text = (ROOT / file).read_text("utf-8")
        found = addresses(text) + incomplete(entries(text), roots)
        faults += [f"{file}: {each}" for each in found]
        for python in pythons or [sys.executable]:
            faults += [f"{file}, {python}: {each}" for each in rotten(entries(text), python)]
    for each in faults:
        sys.stderr.write(f"locks: {each}\n")
    if not faults:
        sys.stdout.write("locks: whole, and newer releases change nothing\n")
    return 1 if faults else 0


def locks(root: Path) -> dict[str, Requirements]:
    """Return for each lock what the project itself asks of it."""
    stated = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    runs = stated["project"]["dependencies"]
    extras = stated["project"].get("optional-dependencies", {})
    added = [each for names in extras.values() for each in names]
    made = {
        "requirements-run.lock": runs,
        "requirements.lock": [*runs, *added, *stated["dependency-groups"]["dev"]],
    }
    made |= {f"requirements-{extra}.lock": [*runs, *names] for extra, names in extras.items()}
    return {file: [Requirement(each) for each in asked] for file, asked in made.items()}


def entries(text: str) -> Requirements:
    """Return the packages of a lock."""
    return [Requirement(each) for each in ENTRY.findall(text)]


def addresses(text: str) -> list[str]:
    """Return what names a place or an option of pip: a lock says what, not from where."""
    return [f"an address or an option is left: {each}" for each in NO_ADDRESS.findall(text)]


def environments() -> list[Environment]:
    """Return what markers are read against: each Python on each system."""
    here = {name: str(value) for name, value in default_environment().items()}
    return [
        here
        | {"python_version": python, "python_full_version": f"{python}.0"}
        | {"sys_platform": system, "platform_system": name, "os_name": kind}
        for python, (system, name, kind) in product(PYTHONS, SYSTEMS)
    ]


def version(entry: Requirement) -> Version:
    """Return the one version that a lock's entry names."""
    (pin,) = entry.specifier
    return Version(pin.version)


def holds(requirement: Requirement, environment: Environment, extra: str = "") -> bool:
    """Tell whether a requirement counts there, asked by a package with that extra."""
    marker = requirement.marker
    return marker is None or marker.evaluate(environment | {"extra": extra})


def required(name: str) -> Requirements | None:
    """Return what a package says it needs, or None where it is not installed."""
    try:
        return [Requirement(each) for each in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return None


def incomplete(lock: Requirements, roots: Requirements) -> list[str]:
    """Return what is asked for and not locked, or locked and not asked for, each once."""
    faults: dict[str, None] = {}
    reached = set()
    for environment in environments():
        pins = {plain(each.name): version(each) for each in lock if holds(each, environment)}
        seen: set[tuple[str, str]] = set()
        open_ = [("the project", each) for each in roots if holds(each, environment)]
        while open_:
            asker, wanted = open_.pop()
            name = plain(wanted.name)
            reached.add(name)
            where = f"Python {environment['python_version']} on {environment['sys_platform']}"
            if name not in pins:
                faults[f"{asker} needs {wanted}, which is not there for {where}"] = None
                continue
            if not wanted.specifier.contains(pins[name], prereleases=True):
                faults[f"{asker} needs {wanted}, locked is {pins[name]}"] = None
            for extra in {"", *wanted.extras}:
                if (name, extra) in seen:
                    continue
                seen.add((name, extra))
                needs = required(name) or []
                teller = f"{name}[{extra}]" if extra else name
                open_ += [(teller, each) for each in needs if holds(each, environment, extra)]
    idle = [each for each in lock if plain(each.name) not in reached]
    return [*faults, *(f"nothing asks for {each.name}" for each in idle)]


def rotten(lock: Requirements, python: str) -> list[str]:
    """Set an environment up from an index that has moved on; return what went wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        frozen = folder / "requirements.lock"
        frozen.write_text(offer(lock, folder / "index"), "utf-8")
        made = run(python, "-m", "venv", "--without-pip", str(folder / "new"))
        if made.returncode:
            return [f"no environment: {made.stderr.strip()}"]
        there = str(folder / "new" / "bin" / "python")
        done = install(there, frozen, SETUP)
        if done.returncode:
            return [f"no set-up: {done.stderr.strip()}"]
        checked = pip(there, "check")
        return [
            *differences(lock, there),
            *([checked.stdout.strip()] if checked.returncode else []),
        ]


def differences(lock: Requirements, python: str) -> list[str]:
    """Return the packages of a lock that an environment lacks or has in another version."""
    listed = json.loads(pip(python, "list", "--format", "json").stdout)
    found = {plain(each["name"]): each["version"] for each in listed}
    said = run(python, "-c", "import platform; print(platform.python_version())").stdout.strip()
    there = environments()[0] | {
        "python_full_version": said,
        "python_version": ".".join(said.split(".")[:2]),
        "sys_platform": sys.platform,
    }
    return [
        f"{each.name} {version(each)} is locked, there is {found.get(plain(each.name))}"
        for each in lock
        if holds(each, there) and found.get(plain(each.name)) != str(version(each))
    ]


def install(python: str, lock: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    """Install a lock from the folder `index` beside it, and from nowhere else."""
    offline = ["--isolated", "--no-index", "--find-links", str(lock.parent / "index")]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    return pip(python, "install", *quiet, *offline, *options, "-r", str(lock))


def pip(python: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Let the pip of this environment work on another one."""
    return run(sys.executable, "-m", "pip", "--python", python, *words)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own words


def offer(lock: Requirements, index: Path) -> str:
    """Fill an index with empty wheels, the locked and later ones; return a lock for it."""
    index.mkdir()
    lines = []
    for each in lock:
        locked = version(each)
        digest = wheel(index, each.name, str(locked), required(each.name) or [])
        wheel(index, each.name, f"{locked.major + 1000}.0", required(each.name) or [])
        marker = f" ; {each.marker}" if each.marker else ""
        lines.append(f"{each.name}=={locked}{marker} --hash=sha256:{digest}\n")
    return "".join(lines)


def wheel(index: Path, name: str, number: str, needs: Requirements) -> str:
    """Write a wheel with nothing in it but its metadata; return its hash."""
    stem = f"{plain(name).replace('-', '_')}-{number}"
    needed = "".join(f"Requires-Dist: {each}\n" for each in needs)
    named = {each for need in needs for each in asked_extras(need)}
    provided = "".join(f"Provides-Extra: {each}\n" for each in sorted(named))
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\n{needed}{provided}",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: empty\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = index / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        record = []
        for file, text in files.items():
            archive.writestr(f"{stem}.dist-info/{file}", text)
            hashed = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
            size = len(text.encode())
            record.append(f"{stem}.dist-info/{file},sha256={hashed.decode().rstrip('=')},{size}\n")
        record.append(f"{stem}.dist-info/RECORD,,\n")
        archive.writestr(f"{stem}.dist-info/RECORD", "".join(record))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def asked_extras(need: Requirement) -> list[str]:
    """Return the extras under which a package needs something."""
    return re.findall(r"extra == [\"']([^\"']+)[\"']", str(need.marker or ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
