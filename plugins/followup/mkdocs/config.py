"""What the owner's `mkdocs.yml` need not say, and what it may not say in a private site."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from followup.mkdocs.sanitise import is_remote
from followup.portal.options import OptionProblem, Options
from followup.resources import template_folders, theme_folders

log = get_plugin_logger(__name__)

# Instant navigation finds its way by the sitemap, which is empty without an address of the site.
_PLACEHOLDER: Final = "https://portal.invalid/"
_PALETTE: Final = [
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "white",
        "toggle": {"icon": "material/weather-night", "name": "Switch to dark"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "black",
        "toggle": {"icon": "material/weather-sunny", "name": "Switch to light"},
    },
]
_THEMES_OWN_FONT: Final = {"text": "Roboto", "code": "Roboto Mono"}
# Each puts files of this computer into a page, named by whatever text the page holds.
_INCLUDING: Final = ("pymdownx.snippets", "pymdownx.b64", "markdown_include.include", "mdx_include")
_NEEDED_FEATURES: Final = ("navigation.tabs",)
_FEATURES: Final = ("navigation.instant", "search.highlight")


def option_errors(problems: Iterable[OptionProblem]) -> list[tuple[str, Exception]]:
    """Wrong plugin options as MkDocs reports the errors of its configuration."""
    return [
        (problem.key, ValidationError(f"{problem.message}\n  hint: {problem.hint}"))
        for problem in problems
    ]


def refuse_disabling(options: Mapping[str, Any]) -> tuple[OptionProblem, ...]:
    """An error for `enabled`: without the plugin MkDocs would print the notes, heads and all."""
    if "enabled" not in options:
        return ()
    return (
        OptionProblem(
            "enabled",
            "the plugin is always on: MkDocs alone would publish your notes as they are",
            "take it out",
        ),
    )


def refuse_command(command: str, *, dirty: bool) -> None:
    """End the run for a command that would publish the notes or build a wrong site."""
    if command == "gh-deploy":
        raise PluginError(
            "`gh-deploy` is refused: it would publish your notes as plain text for everybody\n"
            "  hint: `followup publish` encrypts them first; then any host will do"
        )
    if dirty:
        raise PluginError(
            "`--dirty` is refused: pages and search would show what your notes no longer say\n"
            "  hint: leave it out"
        )
    # MkDocs hands the server to no plugin then: strangers could ask it, and its pages would not be made.
    if command == "serve" and "--no-livereload" in sys.argv:
        raise PluginError(
            "`--no-livereload` is refused: nothing would keep strangers from the preview\n"
            "  hint: leave it out"
        )


def own_templates(config: MkDocsConfig, options: Options) -> Path:
    """The folder with the workspace's own templates, whether it exists or not."""
    return _workspace(config) / options.templates


def notes_prefix(config: MkDocsConfig) -> str:
    """What stands before a note's path where the owner is told of it: `entries/`."""
    folder = Path(config.docs_dir)
    workspace = _workspace(config)
    inside = folder.is_relative_to(workspace)
    shown = folder.relative_to(workspace) if inside else folder
    return f"{shown.as_posix()}/"


def complete_config(config: MkDocsConfig, own: Path) -> MkDocsConfig:
    """`config` with the portal's look, without anything that would talk to another host."""
    if config.theme.name != "material":
        raise PluginError(
            f"the portal needs the theme `material`, not `{config.theme.name}`\n"
            "  hint: write `theme: {name: material, font: false}`"
        )
    _silence(config)
    _take_out_including(config)
    _complete_theme(config, own)
    config.site_url = config.site_url or _PLACEHOLDER
    # Else an inline script of the theme differs from page to page, and no policy could name it.
    config.extra["scope"] = urlsplit(config.site_url).path or "/"
    config.extra["generator"] = False
    # The workspace's own too where there is none yet: somebody may make it while the preview runs.
    config.watch.extend(str(folder) for folder in dict.fromkeys((own, *template_folders(own))))
    return config


def add_assets(config: MkDocsConfig, names: Iterable[str]) -> None:
    """Put the portal's style sheets and scripts before the owner's own, which then win."""
    given = list(names)
    config.extra_css[:0] = [name for name in given if name.endswith(".css")]
    config.extra_javascript[:0] = [name for name in given if name.endswith(".js")]


def _workspace(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def _complete_theme(config: MkDocsConfig, own: Path) -> None:
    theme = config.theme
    place = 1 if theme.custom_dir else 0
    theme.dirs[place:place] = [str(folder) for folder in theme_folders(own)]
    theme["palette"] = theme.get("palette") or _PALETTE
    given = list(theme.get("features") or ())
    wanted = _NEEDED_FEATURES if given else _NEEDED_FEATURES + _FEATURES
    theme["features"] = given + [feature for feature in wanted if feature not in given]


def _silence(config: MkDocsConfig) -> None:
    """Take out every setting that makes a reader's browser ask another host, and say so."""
    if config.theme.get("font") not in (None, False, _THEMES_OWN_FONT):
        _tell("theme.font", "it would be loaded from another host", "write `font: false`")
    config.theme["font"] = False
    if config.repo_url:
        _tell("repo_url", "every page would ask that host for facts about it", "take it out")
        config.repo_url = config.repo_name = config.edit_uri = None
    for key in ("analytics", "social_cards"):
        if config.extra.pop(key, None):
            _tell(f"extra.{key}", "it would tell another host what you read", "take it out")
    for name in ("logo", "favicon"):
        if is_remote(str(config.theme.get(name) or "")):
            _tell(f"theme.{name}", "it would be loaded from another host", "put it into the notes")
            config.theme[name] = None if name == "logo" else "assets/images/favicon.png"
    config.extra_css[:] = _local("extra_css", config.extra_css)
    config.extra_javascript[:] = _local("extra_javascript", config.extra_javascript)
    _silence_lists(config.extra)


def _take_out_including(config: MkDocsConfig) -> None:
    """Take out every extension by which a pasted text could fetch files, and say so."""
    for name in list(config.markdown_extensions):
        if str(name).partition(":")[0] in _INCLUDING:
            why = "a text you paste could name any file for it to put into the site"
            _tell(f"markdown_extensions: {name}", why, "link to the file instead")
            config.markdown_extensions.remove(name)


def _silence_lists(extra: MutableMapping[str, Any]) -> None:
    if extra.get("polyfills"):
        extra["polyfills"] = _local("extra.polyfills", extra["polyfills"])
    if isinstance(extra.get("alternate"), list):
        extra["alternate"] = [
            item for item in extra["alternate"] if _is_local("extra.alternate", item.get("link"))
        ]


def _local(key: str, items: Iterable[Any]) -> list[Any]:
    return [item for item in items if _is_local(key, item)]


def _is_local(key: str, item: object) -> bool:
    if not is_remote(str(item)):
        return True
    _tell(key, f"`{item}` would be loaded from another host", "keep a copy beside the notes")
    return False


def _tell(key: str, why: str, hint: str) -> None:
    log.warning("`%s` is ignored: %s\n  hint: %s", key, why, hint)
