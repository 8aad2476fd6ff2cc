"""The direction of the imports, and the core's distance from clock, disk, MkDocs and terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "followup"

# A part imports only from itself and from those before it.
ORDER = (
    "beside",
    "notes",
    "portal",
    "campaign",
    "site",
    "resources",
    "reading",
    "recording",
    "importing",
    "mkdocs",
    "publish",
    "cli",
)
CORE = ("notes", "portal", "campaign", "site", "importing")
RIM = (
    "followup.beside",
    "followup.notes.folder",
    "followup.notes.locks",
    "followup.notes.save",
    "followup.resources",
    "followup.reading",
    "followup.recording",
    "followup.mkdocs",
    "followup.publish",
    "followup.cli",
)

# Libraries with one importer each, so that another can take their place.
OWNERS = {
    "mkdocs": "followup.mkdocs",
    "properdocs": "followup.mkdocs",
    "material": "followup.mkdocs",
    "markdown": "followup.mkdocs",
    "click": "followup.cli",
}

# What a pure function has no use for: each reads or changes something outside the program.
IMPURE_MODULES = frozenset(
    """fileinput glob http importlib io locale os random secrets shutil signal socket sqlite3
    subprocess sys tempfile threading time urllib.request uuid""".split()
)
PURE_PATHS = frozenset({"PurePath", "PurePosixPath", "PureWindowsPath"})
IMPURE_BUILTINS = frozenset({"open", "input", "print", "eval", "exec", "__import__"})
IMPURE_NAMES = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "email.utils.formatdate",
        "email.utils.localtime",
        "email.utils.make_msgid",
    }
)
IMPURE_CALLS = frozenset({"today", "now", "utcnow"})


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: what is imported, and what stands for which thing afterwards."""

    line: int
    name: str
    local: str
    meaning: str


def imports(tree: ast.AST) -> Iterator[Import]:
    """Everything that is imported, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                local, meaning = (alias.asname, alias.name) if alias.asname else (top, top)
                yield Import(node.lineno, alias.name, local, meaning)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = "." * node.level + f"{node.module or ''}.{alias.name}"
                yield Import(node.lineno, name, alias.asname or alias.name, name)


def is_within(module: str, package: str) -> bool:
    """Whether a module is this package or a part of it."""
    return module == package or module.startswith(package + ".")


def part_of(module: str) -> str:
    """The part of Followup that a module belongs to: `portal` for `followup.portal.build`."""
    return [*module.split("."), ""][1]


def wrong_imports(module: str, source: str) -> list[str]:
    """Each import of the source that `module` must not make, with its line."""
    faults = []
    for item in imports(ast.parse(source)):
        line, name = item.line, item.name
        if name.startswith("."):
            faults.append(f"{module}:{line} imports relatively")
        elif is_within(name, "followup"):
            target = part_of(name)
            if target in ORDER and ORDER.index(target) > ORDER.index(part_of(module)):
                faults.append(f"{module}:{line} imports {name}")
        else:
            owner = OWNERS.get(name.split(".")[0])
            if owner and not is_within(module, owner):
                faults.append(f"{module}:{line} imports {name}")
    return faults


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """The full name of `a.b.c` where `a` was imported, else None."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and (base := dotted(node.value, names)):
        return f"{base}.{node.attr}"
    return None


def is_impure_import(name: str) -> bool:
    """Whether an import brings in the clock, the disk or the machine."""
    if is_within(name, "pathlib"):
        return name.rpartition(".")[2] not in PURE_PATHS
    return any(is_within(name, module) for module in IMPURE_MODULES)


def impurities(source: str) -> list[str]:
    """Each use of clock, disk, chance or terminal in the source, with its line."""
    tree = ast.parse(source)
    imported = list(imports(tree))
    names = {item.local: item.meaning for item in imported}
    faults = [f"{i.line} imports {i.name}" for i in imported if is_impure_import(i.name)]
    for node in ast.walk(tree):
        # A field of that name is only written to.
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id in IMPURE_BUILTINS - names.keys():
                faults.append(f"{node.lineno} uses {node.id}")
        elif isinstance(node, ast.Attribute) and dotted(node, names) in IMPURE_NAMES:
            faults.append(f"{node.lineno} uses {dotted(node, names)}")
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in IMPURE_CALLS
        ):
            faults.append(f"{node.lineno} calls .{node.func.attr}()")
    return faults


def test_every_module_has_its_place() -> None:
    """A new part of the package stands in the order of the parts, else nothing would guard it."""
    unknown = {part_of(module) for module in modules()} - {"", *ORDER}
    assert unknown == set()


def test_imports_point_one_way() -> None:
    """No module imports from a part after its own, nor a library that belongs to another part."""
    faults = [
        fault
        for module, path in modules().items()
        if module != "followup"
        for fault in wrong_imports(module, path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_the_core_is_pure() -> None:
    """Neither clock nor disk nor terminal is used outside the rim."""
    faults = [
        f"{module}:{fault}"
        for module, path in modules().items()
        if not any(is_within(module, rim) for rim in RIM)
        for fault in impurities(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("followup.notes.body", "from followup.portal.model import Portal"),
        ("followup.notes.body", "from followup import portal"),
        ("followup.portal.build", "import followup.campaign.model"),
        ("followup.campaign.drafts", "def f():\n    from followup.site import pages"),
        ("followup.site.pages", "if 1:\n    import followup.resources as r"),
        ("followup.mkdocs.plugin", "from followup.cli import main"),
        ("followup.site.pages", "from . import views"),
        ("followup.site.pages", "import mkdocs.plugins"),
        ("followup.publish.vault", "from mkdocs.config import Config"),
        ("followup.mkdocs.plugin", "import click"),
    ],
)
def test_wrong_import_is_caught(module: str, source: str) -> None:
    """The check of the imports sees each kind of wrong arrow."""
    assert len(wrong_imports(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("followup.portal.build", "from followup.notes.entry import Entry"),
        ("followup.cli", "import click\nfrom followup.mkdocs.pages import build"),
        ("followup.mkdocs.plugin", "from mkdocs.plugins import BasePlugin"),
        ("followup.notes.body", "import markdown_it\nfrom followup import __version__"),
    ],
)
def test_right_import_passes(module: str, source: str) -> None:
    """The check of the imports leaves alone what is allowed."""
    assert wrong_imports(module, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate.today",
        "from datetime import date as day\nfield(default_factory=day.today)",
        "import datetime\ndatetime.datetime.now",
        "from datetime import datetime\nfield(default_factory=datetime.now)",
        "import datetime as dt\ndt.datetime.utcnow",
        "def f(clock):\n    return clock.now()",
        "import time",
        "from time import perf_counter",
        "import os.path",
        "from urllib.request import urlopen",
        "from pathlib import Path",
        "import pathlib",
        "open('x')",
        "print('x')",
        "from email.utils import make_msgid as made\nfrom email import utils\nutils.formatdate",
        "from importlib.resources import files",
        "import random",
    ],
)
def test_impurity_is_caught(source: str) -> None:
    """The check of the core sees each way to the clock, the disk, chance and the terminal."""
    assert len(impurities(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from pathlib import PurePosixPath",
        "def f(portal):\n    return portal.today",
        "from datetime import date\ndate.fromisoformat('2026-11-22')",
        "from urllib.parse import quote",
        "class Day:\n    open: bool",
    ],
)
def test_purity_passes(source: str) -> None:
    """The check of the core leaves alone what only computes."""
    assert impurities(source) == []


BLOCK = """
import importlib, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"mkdocs", "properdocs", "material", "markdown", "click"}:
            raise ModuleNotFoundError(f"blocked: {name}")
sys.meta_path.insert(0, Blocker())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""


def import_without_mkdocs(*names: str) -> subprocess.CompletedProcess[str]:
    """What happens when modules are imported where MkDocs and Click are not installed."""
    command = [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(PACKAGE.parent)!r})"]
    command[-1] += BLOCK
    return subprocess.run([*command, *names], capture_output=True, text=True, check=False)


def test_the_core_needs_no_mkdocs() -> None:
    """Reading, meaning, rules and pages can be imported without MkDocs, its theme and Click."""
    core = [module for module in modules() if part_of(module) in CORE]
    assert len(core) > 10
    done = import_without_mkdocs(*core)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_mkdocs_the_plugin_fails() -> None:
    """The plugin cannot be imported under the same block, so the block works."""
    done = import_without_mkdocs("followup.mkdocs.plugin")
    assert "blocked: mkdocs" in done.stderr
