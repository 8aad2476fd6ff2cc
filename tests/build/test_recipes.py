"""The recipes for the night: each command of the workflows is run, and what it leaves is a vault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.building import plant

TREE = "== entries/2026-11-19-acme.md\n<NOTE>\n"
PASSPHRASE = "walnut ferry cobalt lantern meadow trumpet"
SECRET = "FOLLOWUP_PASSPHRASE"
# Stands in for what the workflow installs: this source tree.
PROGRAM = (
    "#!{python}\nimport sys\nsys.path.insert(0, {place!r})\nfrom followup.cli import main\nmain()\n"
)
NO_PIP = '#!/bin/sh\necho "$@" >>"$BOOK"\n'


def recipe(root: Path, name: str) -> Any:
    """A workflow as its forge reads it."""
    return yaml.safe_load((root / "deploy" / "ci" / name).read_text(encoding="utf-8"))


def github_steps(root: Path) -> list[dict[str, Any]]:
    """The steps of the one job."""
    (job,) = recipe(root, "github.yml")["jobs"].values()
    steps: list[dict[str, Any]] = job["steps"]
    return steps


def scripts(root: Path, name: str) -> Iterator[tuple[str, bool]]:
    """What each step of a workflow runs, and whether it is given the passphrase."""
    if name == "gitlab.yml":
        (job,) = recipe(root, name).values()
        yield from ((line, True) for line in job["script"])
    else:
        for step in github_steps(root):
            if "run" in step:
                yield step["run"], SECRET in step.get("env", {})


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Path:
    """A folder of programs: `followup` of this source tree, and a `python` that installs nothing."""
    programs = tmp_path / "bin"
    programs.mkdir()
    text = PROGRAM.format(python=sys.executable, place=str(root / "plugins"))
    for name, source in (("followup", text), ("python", NO_PIP)):
        (programs / name).write_text(source, encoding="utf-8")
        (programs / name).chmod(0o755)
    return programs


def run(machine: Path, workspace: Path, script: str, *, secret: bool) -> str:
    """What one step says; its exit code is checked by the caller through `$?` at the end."""
    environment = {
        "PATH": f"{machine}{os.pathsep}{os.defpath}",
        "HOME": str(machine),
        "BOOK": str(machine / "book"),
        "FOLLOWUP": "mkdocs-followup",
        **({SECRET: PASSPHRASE} if secret else {}),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.stdout}{done.stderr}\nexit {done.returncode}"


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_a_workflow_publishes_the_vault(
    root: Path, machine: Path, tmp_path: Path, name: str
) -> None:
    """Without the key of the addresses it stops and says so; with it, there is a vault and no note."""
    workspace = plant(tmp_path / "search", TREE)
    steps = list(scripts(root, name))
    said = [run(machine, workspace, script, secret=secret) for script, secret in steps]
    assert any("Commit .followup/vault.json first\n\nexit 1" in text for text in said)
    shutil.rmtree(workspace / "public", ignore_errors=True)
    first = run(machine, workspace, "followup publish --to public", secret=True)
    assert first.endswith("exit 0"), first
    key = (workspace / ".followup" / "vault.json").read_bytes()
    shutil.rmtree(workspace / "public")
    for script, secret in steps:
        text = run(machine, workspace, script, secret=secret)
        assert text.endswith("exit 0"), text
        assert PASSPHRASE not in text
    assert (workspace / ".followup" / "vault.json").read_bytes() == key
    names = {file.name for file in (workspace / "public").iterdir()}
    assert {"index.html", "404.html", "sw.js", "vault.json", "_headers"} <= names
    assert "pip install --quiet mkdocs-followup" in (machine / "book").read_text()


def test_only_the_step_that_publishes_has_the_passphrase(root: Path) -> None:
    """What is installed from elsewhere runs before, and without it."""
    holders = [step["name"] for step in github_steps(root) if SECRET in str(step)]
    assert holders == ["Publish"]


def test_both_run_at_each_push_and_github_each_night(root: Path) -> None:
    """GitLab's nights are set on its own page, which the recipe says."""
    github = recipe(root, "github.yml")
    # YAML 1.1 reads the key `on` as yes.
    when = github[True]
    assert when["push"] == {"branches": ["main"]}
    assert len(when["schedule"]) == 1
    assert github["permissions"] == {}
    text = (root / "deploy" / "ci" / "gitlab.yml").read_text(encoding="utf-8")
    assert "Pipeline schedules: one for each night" in text
    assert recipe(root, "gitlab.yml")["pages"]["artifacts"]["paths"] == ["public"]


def test_the_compose_file_asks_for_what_the_caddyfile_needs(root: Path) -> None:
    """Both speak of the same settings, and the site is mounted by the folder above it."""
    caddy = recipe(root, "../compose.yaml")["services"]["caddy"]
    caddyfile = (root / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    for name in caddy["environment"]:
        assert f"{{${name}" in caddyfile
    assert "./www:/srv:ro" in caddy["volumes"]
    assert "{$SITE_FOLDER:/srv/site}" in caddyfile
