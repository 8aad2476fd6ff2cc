"""What is checked in: portable, free of this or that machine, and in agreement with itself."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from pathspec import GitIgnoreSpec

import followup

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

# Put together here, so that this file does not mention them.
HOSTS = ("pypi org", "npmjs com", "npmjs org", "deb debian org", "python" + "hosted")
REGISTRIES = tuple(host.replace(" ", ".") for host in HOSTS)
MACHINE_PATH = re.compile(r"(?<![\w.)}*])/(home|Users|root|work|tmp)/|[A-Z]:\\Users")


def text_files() -> Iterator[tuple[str, str]]:
    """Path and text of each file that belongs to the repository; pictures and odd bytes apart."""
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text().splitlines())
    for folder, folders, files in os.walk(ROOT):
        place = Path(folder).relative_to(ROOT)
        folders[:] = [
            name
            for name in folders
            if name != ".git" and not ignored.match_file(f"{(place / name).as_posix()}/")
        ]
        for name in files:
            path = (place / name).as_posix()
            data = (ROOT / path).read_bytes()
            if not ignored.match_file(path) and b"\0" not in data:
                yield path, data.decode("utf-8", "replace")


def faults(path: str, text: str) -> list[str]:
    """What in a text belongs to one registry or one machine."""
    found = [f"{path} mentions {host}" for host in REGISTRIES if host in text]
    return found + [f"{path} mentions {match[0]}" for match in MACHINE_PATH.finditer(text)]


def locked() -> dict[str, list[tuple[Version, str]]]:
    """Name, versions and the block of each requirement of the lock."""
    blocks: dict[str, list[tuple[Version, str]]] = {}
    for block in re.split(r"\n(?=\S)", LOCK):
        if match := re.match(r"([\w.-]+)==(\S+)", block):
            blocks.setdefault(canonicalize_name(match[1]), []).append((Version(match[2]), block))
    return blocks


def requirements() -> list[Requirement]:
    """Everything that pyproject.toml asks for: to run, to develop, to build."""
    project = PROJECT["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    lines = project["dependencies"] + extras + PROJECT["build-system"]["requires"]
    return [Requirement(line) for line in lines]


def test_no_registry_and_no_machine() -> None:
    """No file names a package registry's host or a path of somebody's computer."""
    texts = list(text_files())
    assert {"README.md", "Makefile", "plugins/followup/__init__.py"} <= {path for path, _ in texts}
    assert [fault for path, text in texts for fault in faults(path, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        f"--index-url https://{REGISTRIES[0]}/simple",
        "cd " + "/home" + "/kim/notes",
        "'" + "/tmp" + "/x'",
        "C:" + "\\Users\\kim",
    ],
)
def test_registry_or_machine_is_caught(text: str) -> None:
    """The check sees each of the things it is there for."""
    assert len(faults("x", text)) == 1


def test_lock_pins_with_hashes() -> None:
    """Each requirement of the lock has one version and a hash, and nothing says where to get it."""
    assert len(locked()) > 40
    for pins in locked().values():
        for _, block in pins:
            assert "--hash=sha256:" in block
    assert set(re.findall(r"--[a-z-]+", LOCK)) == {"--hash"}
    assert "://" not in LOCK


def test_lock_holds_what_the_project_asks_for() -> None:
    """Each requirement of pyproject.toml is locked, in a version that its range allows."""
    pins = locked()
    for requirement in requirements():
        versions = [version for version, _ in pins[canonicalize_name(requirement.name)]]
        assert all(version in requirement.specifier for version in versions), str(requirement)


def test_python_versions_agree() -> None:
    """The oldest Python is the same for the package, the checkers, the set-up and the README."""
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert PROJECT["tool"]["mypy"]["python_version"] == "3.11"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py311"
    assert "(3, 11)" in (ROOT / "tools" / "venv.sh").read_text(encoding="utf-8")
    assert "Python 3.11 or later" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_version_is_in_the_changelog() -> None:
    """The changelog says what is in the version that the package claims to be."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {followup.__version__}\n" in changes


def test_scripts_are_executable() -> None:
    """What is started by its name can be started."""
    for name in (".ci/run", "tools/venv.sh", "tools/browser.sh", "tools/caddy.sh"):
        assert (ROOT / name).stat().st_mode & 0o111, name
