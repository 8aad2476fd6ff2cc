"""The plugin that MkDocs loads: its hooks, as a table of contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from followup.campaign.touches import build_table
from followup.mkdocs.config import (
    add_assets,
    complete_config,
    option_errors,
    own_templates,
    refuse_command,
    refuse_disabling,
)
from followup.mkdocs.loading import ASSETS, Site, load_site
from followup.mkdocs.nav import complete_nav, escape_titles, set_parents
from followup.mkdocs.pages import set_dates
from followup.mkdocs.placing import place_site
from followup.mkdocs.preview import keep_last_site
from followup.mkdocs.publishable import withhold_unlinked
from followup.mkdocs.words import site_words
from followup.portal.options import Options, parse_options
from followup.resources import check_resources, load_assets


class FollowupPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Turns a folder of interview notes into a portal.

    `options` are the settings in `mkdocs.yml`; `site` and `files` are those of the build that is
    under way, made anew each time.
    """

    # Named here, or MkDocs would answer to `enabled: false` itself and never ask the plugin.
    config_scheme = (("enabled", Type(bool, default=True)),)

    options: Options
    site: Site
    files: Mapping[str, File]

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Every wrong or unknown option as an error, in the portal's own words."""
        self.config = LegacyConfig((), config_file_path=config_file_path)
        problems = refuse_disabling(options)
        self.options, wrong = parse_options(
            {key: options[key] for key in options if key != "enabled"}
        )
        problems += wrong + build_table(self.options.touches)[1]
        if config_file_path:
            problems += check_resources(Path(config_file_path).parent, self.options)
        return option_errors(problems), []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Refuse what would publish the notes."""
        refuse_command(command, dirty=dirty)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the site the portal's look, and nothing that talks to another host."""
        own = own_templates(config, self.options)
        add_assets(config, [ASSETS + name for name in load_assets(own)])
        return complete_config(config, own)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the notes before the last site is cleared away; errors in them end the build."""
        self.site = load_site(config, self.options)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages of the portal among the files."""
        self.files = place_site(self.site, files, config)
        complete_nav(config, self.files, files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Make titles harmless, mark the right tab on pages without one of their own, date them all."""
        escape_titles(nav)
        set_parents(self.files)
        set_dates(files, self.site.campaign.portal.today)
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Now that every page is rendered, hold back the files that none of them leads to."""
        env.globals["followup"] = site_words(self.site)
        withhold_unlinked(files, config)
        return env

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Keep the last good site while a note is broken."""
        server.builder = keep_last_site(server.builder, Path(config.site_dir))
        return server
