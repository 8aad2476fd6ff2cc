"""The package as it is shipped: built, opened, installed and used away from the source tree."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Built once and then looked at by several tests: on one worker.
pytestmark = pytest.mark.xdist_group("wheel")

SETTINGS = """\
site_name: A small search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - search
  - followup:
      me: {name: Robin Feld}
      today: 2026-11-22
"""
NOTE = """\
---
company: Acme Logistics
title: Clerk
interview: {format: video, start: 2026-11-19 14:00}
people:
  - {name: Ngozi Okafor, honorific: Ms., role: hiring_manager, email: n.okafor@acme.example}
---
## The job
- The team forecasts how many trucks each depot needs.
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a command printed; a failure shows all of it."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={"PATH": "", "HOME": str(cwd)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source tree without any network."""
    out = tmp_path_factory.mktemp("dist")
    build = "-m", "build", "--wheel", "--no-isolation"
    run(sys.executable, *build, "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with this wheel and the libraries of this one.

    The libraries are lent through a path file without their own path files, so that the source
    tree, which an editable install would add, stays out of sight.
    """
    place = tmp_path_factory.mktemp("fresh") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    base = {"base": str(place), "platbase": str(place)}
    packages = Path(sysconfig.get_path("purelib", "venv", base))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    programs = Path(sysconfig.get_path("scripts", "venv", base))
    python = programs / Path(sys.executable).name
    install = "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--ignore-installed"
    run(python, *install, wheel, cwd=place.parent)
    return programs


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with one note and the settings of one person."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "entries" / "2026-11-19-acme.md").write_text(NOTE, encoding="utf-8")
    return tmp_path


def test_wheel_holds_what_ships(wheel: Path) -> None:
    """Every module and every template is in the wheel, and nothing else but its description."""
    sources = {
        path.relative_to(ROOT / "plugins").as_posix()
        for path in (ROOT / "plugins").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    templates = {
        f"followup/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "site_templates").rglob("*")
        if path.is_file()
    }
    assert {
        "followup/site_templates/assets/portal.css",
        "followup/site_templates/drafts/en.yml",
    } <= templates
    assert {"followup/notes/entry.schema.json", "followup/starter/example.md"} <= sources
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == sources | templates


def test_wheel_says_what_it_is(wheel: Path) -> None:
    """The wheel has its name, licence, oldest Python and entry points."""
    archive = zipfile.ZipFile(wheel)
    (info,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    data = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
    assert (data["Name"], data["License-Expression"]) == ("mkdocs-followup", "MIT")
    assert data["Requires-Python"] == ">=3.11"
    assert f"{info}/licenses/LICENSE" in archive.namelist()
    points = archive.read(f"{info}/entry_points.txt").decode()
    assert "followup = followup.cli:main" in points
    assert "followup = followup.mkdocs.plugin:FollowupPlugin" in points


def test_installed_wheel_builds_a_portal(fresh: Path, workspace: Path) -> None:
    """MkDocs finds the plugin, and the plugin its templates, where only the wheel is installed."""
    python = fresh / Path(sys.executable).name
    where = run(python, "-c", "import followup; print(followup.__file__)", cwd=workspace)
    assert Path(where.strip()).is_relative_to(fresh.parent)
    run(python, "-m", "mkdocs", "build", "--strict", cwd=workspace)
    page = workspace / "site" / "notes" / "2026-11-19-acme" / "index.html"
    assert "how many trucks each depot needs" in page.read_text(encoding="utf-8")
    assert list((workspace / "site").rglob("portal*.css"))


def test_installed_command_makes_a_workspace(fresh: Path, tmp_path: Path) -> None:
    """What `init` writes is in the wheel, and a strict build of it works at once."""
    python = fresh / Path(sys.executable).name
    run(fresh / "followup", "init", "search", "--today", "2026-11-23", cwd=tmp_path)
    run(python, "-m", "mkdocs", "build", "--strict", cwd=tmp_path / "search")
    page = tmp_path / "search" / "site" / "companies" / "example-logistics" / "index.html"
    assert "Ngozi Okafor" in page.read_text(encoding="utf-8")
    schema = tmp_path / "search" / ".followup" / "entry.schema.json"
    assert "Data Analyst" in schema.read_text(encoding="utf-8")


def test_installed_command_runs(fresh: Path, workspace: Path) -> None:
    """The command `followup` works from the wheel, with its phrases."""
    assert "Ms. Okafor" in run(fresh / "followup", "today", cwd=workspace)
    assert "Dear Ms. Okafor," in run(fresh / "followup", "export", "json", cwd=workspace)
