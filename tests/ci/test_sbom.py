"""The bill of materials names packages and no places."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / ".ci" / "sbom.py"
SPEC = importlib.util.spec_from_file_location("sbom", FILE)
assert SPEC is not None
assert SPEC.loader is not None
sbom = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sbom)


def bill(**of_aiogram: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    aiogram = {"name": "aiogram", "version": "3.31.0", "purl": "pkg:pypi/aiogram@3.31.0"}
    return {"$schema": "http://cyclonedx.org/schema", "components": [aiogram | of_aiogram]}


@pytest.mark.parametrize("name", ["externalReferences", "description"])
def test_what_names_other_places_is_left_out(name: str) -> None:
    named = bill(**{name: [{"url": "https://packages.example/simple"}]})
    assert sbom.without_addresses(named) == bill()
    assert sbom.places(sbom.without_addresses(named)) == []


@pytest.mark.parametrize(
    "place",
    [
        "https://packages.example/simple/aiogram",
        "pkg:pypi/aiogram@3.31.0?download_url=https://packages.example",
        "file:///srv/build/aiogram.whl",
        "/srv/build/venv",
        "../wheels",
    ],
)
def test_an_address_or_a_path_that_is_left_is_found(place: str) -> None:
    assert sbom.places(bill(evidence={"identity": [{"value": place}]})) == [place]


def test_a_package_that_is_missing_or_has_another_version_is_found() -> None:
    faults = sbom.missing(bill(version="3.0"))
    assert any(fault.startswith("aiogram 3.31.") for fault in faults)
    assert any(fault.startswith("aiosqlite ") for fault in faults)
    assert sbom.missing({"components": []}) == ["this is no environment of the bot"]
