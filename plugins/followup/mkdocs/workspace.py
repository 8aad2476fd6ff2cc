"""Where a workspace is and what its `mkdocs.yml` says, without a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from followup.campaign.touches import build_table
from followup.notes.wording import show_controls
from followup.portal.options import Options, parse_options
from followup.resources import check_resources

CONFIG_FILE: Final = "mkdocs.yml"
_PLUGIN: Final = "followup"


class WorkspaceError(Exception):
    """Why a workspace cannot be used, in words for its owner."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder with `mkdocs.yml`, the notes folder, and the settings of the plugin.

    `directory_urls` is MkDocs's `use_directory_urls`; `exclude` and `drafts` say whether its
    `exclude_docs` and `draft_docs` name a path.
    """

    root: Path
    notes: Path
    options: Options
    directory_urls: bool
    exclude: Callable[[str], bool]
    drafts: Callable[[str], bool]

    def left_out(self, path: str) -> bool:
        """Whether the owner keeps the file at `path` out of the site."""
        return self.exclude(path) or self.drafts(path)

    @property
    def templates(self) -> Path:
        """The folder with the workspace's own templates, whether it exists or not."""
        return self.root / self.options.templates

    @property
    def prefix(self) -> str:
        """What stands before a note's path where the owner is told of it: `entries/`."""
        inside = self.notes.is_relative_to(self.root)
        shown = self.notes.relative_to(self.root) if inside else self.notes
        return f"{shown.as_posix()}/"


def find_workspace(start: Path) -> Path:
    """The nearest folder with a `mkdocs.yml`, from `start` upward.

    Raises WorkspaceError where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return folder
    raise WorkspaceError(
        f"no {CONFIG_FILE} in `{start}` or above it\n"
        "  hint: go to the folder of your search, or name it with --workspace"
    )


def load_workspace(root: Path) -> Workspace:
    """The workspace in the folder `root`.

    Raises WorkspaceError where its configuration cannot be read or has wrong settings.
    """
    if not (root / CONFIG_FILE).is_file():
        raise WorkspaceError(
            f"no {CONFIG_FILE} in `{root}`\n  hint: name the folder of your search"
        )
    config = _load_config(root / CONFIG_FILE)
    notes = root / (_text(config, "docs_dir") or "docs")
    if not notes.is_dir():
        raise WorkspaceError(
            f"the notes folder `{show_controls(str(notes))}` does not exist\n"
            f"  hint: make it, or correct `docs_dir` in {CONFIG_FILE}"
        )
    directory_urls = config.get("use_directory_urls") is not False
    options = _options(root, config.get("plugins"))
    exclude, drafts = (_patterns(config, key) for key in ("exclude_docs", "draft_docs"))
    return Workspace(root, notes, options, directory_urls, exclude, drafts)


def _load_config(file: Path) -> Mapping[str, Any]:
    try:
        with file.open("rb") as stream:
            config = yaml_load(stream)
    except RecursionError as error:
        raise WorkspaceError(
            f"{file}: it holds itself, or brackets within brackets\n  hint: correct `INHERIT`"
        ) from error
    except (OSError, ConfigurationError, ValueError, TypeError) as error:
        raise WorkspaceError(f"{file}: {error}\n  hint: quotes round a value often help") from error
    if not isinstance(config, Mapping):
        raise WorkspaceError(f"{file}: not a list of settings\n  hint: write `site_name: …` first")
    return config


def _text(config: Mapping[str, Any], key: str) -> str:
    """The text of a setting, empty where there is none."""
    value = config.get(key)
    if value is not None and not isinstance(value, str):
        raise WorkspaceError(f"{CONFIG_FILE}: `{key}` is no text\n  hint: write one after the `:`")
    return value or ""


def _patterns(config: Mapping[str, Any], key: str) -> Callable[[str], bool]:
    """What tells whether the patterns of a setting name a path, as MkDocs reads them."""
    lines = _text(config, key).splitlines()
    if not lines:
        return _never
    # Asked for late: few have such a setting.
    from pathspec.gitignore import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines).match_file
    except ValueError as error:
        raise WorkspaceError(
            f"{CONFIG_FILE}: `{key}` cannot be read: {error}\n"
            "  hint: write one pattern in each line, as in a `.gitignore`"
        ) from error


def _never(_: str) -> bool:
    return False


def _options(root: Path, plugins: object) -> Options:
    options, problems = parse_options(_plugin_options(plugins))
    problems += build_table(options.touches)[1]
    problems += check_resources(root, options)
    if problems:
        raise WorkspaceError(
            "\n".join(
                f"{CONFIG_FILE}: plugin option `{problem.key}`: {problem.message}"
                f"\n  hint: {problem.hint}"
                for problem in problems
            )
        )
    return options


def _plugin_options(plugins: object) -> Mapping[str, Any]:
    """The settings under `followup:`, whether `plugins` is a list or a mapping."""
    items = plugins.items() if isinstance(plugins, Mapping) else _pairs(plugins)
    for name, raw in items:
        if name != _PLUGIN:
            continue
        options = raw or {}
        if not isinstance(options, Mapping):
            raise WorkspaceError(
                f"{CONFIG_FILE}: the options of the plugin `{_PLUGIN}` are no group of keys\n"
                f"  hint: write `- {_PLUGIN}:` and each option as `key: value` below it, indented"
            )
        return options
    raise WorkspaceError(
        f"the plugin `{_PLUGIN}` is not in {CONFIG_FILE}\n  hint: add `- {_PLUGIN}` to `plugins:`"
    )


def _pairs(plugins: object) -> list[tuple[object, object]]:
    found: list[tuple[object, object]] = []
    for item in plugins if isinstance(plugins, list) else []:
        found += item.items() if isinstance(item, Mapping) else [(item, None)]
    return found
