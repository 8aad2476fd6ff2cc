"""The same notes and the same day give the same site, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "SOURCE_DATE_EPOCH": "0"},
    {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1900000000"},
)


def _copy(root: Path, target: Path) -> None:
    for name in ("entries", "site_templates"):
        shutil.copytree(root / name, target / name)
    shutil.copy(root / "mkdocs.yml", target)


def _build(workspace: Path, module: str, environment: dict[str, str]) -> dict[str, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", module, "build", "--strict", "--quiet"],
        cwd=workspace,
        env={**os.environ, "DISABLE_MKDOCS_2_WARNING": "true", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    site = workspace / "site"
    files = (file for file in sorted(site.rglob("*")) if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def test_two_folders_make_one_site(root: Path, tmp_path: Path) -> None:
    """Built from two folders, by clocks years apart and with other hashes, nothing differs."""
    sites = []
    for number, environment in enumerate(_ENVIRONMENTS):
        workspace = tmp_path / f"folder {number}"
        _copy(root, workspace)
        sites.append(_build(workspace, "mkdocs", environment))
    assert len(sites[0]) > 50
    assert _differences(*sites) == []


def test_another_day_makes_another_site(root: Path, tmp_path: Path) -> None:
    """The comparison can fail: a day later the site is another."""
    _copy(root, tmp_path)
    first = _build(tmp_path, "mkdocs", {"FOLLOWUP_TODAY": "2026-11-22"})
    second = _build(tmp_path, "mkdocs", {"FOLLOWUP_TODAY": "2026-11-23"})
    assert "index.html" in _differences(first, second)


@pytest.mark.parametrize("module", ["mkdocs", "properdocs"])
def test_the_sample_builds_without_a_warning(root: Path, tmp_path: Path, module: str) -> None:
    """`build --strict` passes on the sample search, under MkDocs and under its fork."""
    _copy(root, tmp_path)
    assert "notes/index.html" in _build(tmp_path, module, {})
