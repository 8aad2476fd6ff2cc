"""The plugin that MkDocs loads: its hooks, as a table of contents."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from followup.campaign.touches import build_table
from followup.mkdocs.actions import LONGER, build_actions
from followup.mkdocs.addresses import PLAIN, Addresses, page_path
from followup.mkdocs.banner import add_banner, render_fault
from followup.mkdocs.compiled import COMPILED
from followup.mkdocs.config import (
    add_assets,
    complete_config,
    option_errors,
    own_templates,
    refuse_command,
    refuse_disabling,
)
from followup.mkdocs.dividing import Division, is_worth_dividing
from followup.mkdocs.ending import end_as_interrupt, end_at_once
from followup.mkdocs.frames import Frames, may_share
from followup.mkdocs.hiding import hide_files
from followup.mkdocs.late import (
    LatePreview,
    drop_packed_sitemap,
    published_pages,
    render_notes,
    serve_late,
)
from followup.mkdocs.loading import ASSETS, LeftOutError, Site, day_of, load_site
from followup.mkdocs.logging_events import Ledger, build_log_actions
from followup.mkdocs.nav import complete_nav, escape_titles, set_parents
from followup.mkdocs.no_addresses import find_no_addresses, tell_of_no_addresses
from followup.mkdocs.pages import count_pages, set_dates
from followup.mkdocs.placing import place_site
from followup.mkdocs.policy import Inline, check_pages, theme_inline
from followup.mkdocs.preview import Health, drop_aside, keep_last_site
from followup.mkdocs.preview_policy import add_policy
from followup.mkdocs.progress import Progress
from followup.mkdocs.publishable import withhold_unlinked
from followup.mkdocs.search import take_over_search
from followup.mkdocs.serving import (
    QUEUE,
    Door,
    allowed_hosts,
    guard,
    make_token,
    refuse_network,
)
from followup.mkdocs.theme import PortalTheme
from followup.mkdocs.watching import hear_changes
from followup.mkdocs.words import site_words
from followup.notes.garbage import SeldomSearch
from followup.portal.options import Options, parse_options
from followup.resources import check_resources, load_assets, load_page_templates

log = get_plugin_logger(__name__)


class FollowupPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Turns a folder of interview notes into a portal.

    `options` are the settings in `mkdocs.yml`; `site` and `files` are those of the build that is
    under way, made anew each time; of a preview, `late` keeps what need not be, and `was_whole` says
    whether it has ever had all notes. `token` is the one of this start; only the pages of a `preview`
    know it. Of what is published in a vault, the `addresses` are hidden. `inline` is what the theme
    itself writes into pages for browsers to run. `progress` hears which stage a build has reached. A
    build that `divides` has its `division` made with a second process. `search_for_cycles` is Python's.
    The preview shows what is in the folder `served`.
    """

    # Named here, or MkDocs would answer to `enabled: false` itself and never ask the plugin.
    config_scheme = (("enabled", Type(bool, default=True)),)

    options: Options
    preview = False
    was_whole = False
    addresses: Addresses = PLAIN
    token: str
    site: Site
    files: Mapping[str, File]
    inline: frozenset[Inline]
    nav: Navigation
    environment: Environment
    all_files: Files
    progress: Progress
    divides: bool
    division: Division | None = None
    served: Path | None = None

    def __init__(self) -> None:
        super().__init__()
        self.late = LatePreview()
        self.search_for_cycles = SeldomSearch()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Every wrong or unknown option as an error, in the portal's own words."""
        self.config = LegacyConfig((), config_file_path=config_file_path)
        # MkDocs keeps the plugin for the next configuration of the same process.
        self.addresses = PLAIN
        self.progress = Progress(wanted=log.isEnabledFor(logging.INFO))
        problems = refuse_disabling(options)
        self.options, wrong = parse_options(
            {key: options[key] for key in options if key != "enabled"}
        )
        problems += wrong + build_table(self.options.touches)[1]
        if config_file_path:
            problems += check_resources(Path(config_file_path).parent, self.options)
        return option_errors(problems), []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Refuse what would publish the notes, and note whether this is the preview."""
        refuse_command(command, dirty=dirty)
        self.preview = command == "serve"
        self.token = make_token()
        if self.preview:
            end_as_interrupt()

    @event_priority(100)
    def _on_config_first(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the theme quick before the theme's search, too, asks it for templates."""
        config.theme = PortalTheme(config.theme, COMPILED)
        return config

    def _on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give the site the portal's look, and nothing that talks to another host."""
        if self.preview:
            refuse_network(config.dev_addr.host)
        own = own_templates(config, self.options)
        add_assets(config, [ASSETS + name for name in load_assets(own)])
        find_no_addresses(config)
        return complete_config(config, own)

    on_config = CombinedEvent(_on_config_first, _on_config)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the notes before the last site is cleared away; errors in them end the build."""
        self.search_for_cycles.begin()
        wanted = self.preview and self.options.incremental
        templates = load_page_templates(own_templates(config, self.options))
        self.late.begin(config, self, templates, wanted=wanted)
        self.site = load_site(
            config,
            self.options,
            self.late.memory,
            self.progress.stage,
            preview=self.preview,
            # A preview that has never been whole has no last good site to show.
            whole=self.was_whole or not self.preview,
        )
        self.site.environment.bytecode_cache = COMPILED
        self.search_for_cycles.pass_over()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages of the portal among the files."""
        late = self.late
        self.divides = not late.active and is_worth_dividing(config, self, len(self.site.pages))
        self.files = place_site(
            self.site,
            files,
            config,
            late.memory,
            self.addresses,
            late=late.active,
            empty=self.divides,
        )
        late.hold_back(files, config)
        hide_files(files, config, self.addresses)
        complete_nav(config, self.files, files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Make titles harmless, mark the right tab on pages without one of their own, date them all."""
        self.nav, self.all_files = nav, files
        escape_titles(nav)
        set_parents(self.files)
        set_dates(files, self.site.campaign.portal.today)
        self.progress.stage("Rendering pages", count_pages(files, preview=self.preview))
        if self.divides:
            self.search_for_cycles.pass_over()
            self.division = Division(self.files, self.site.files)
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
        """Count a page that is rendered, and tell of its links that lead nowhere."""
        self.progress.step()
        tell_of_no_addresses(page.file, config)
        return html

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Now that every page is rendered, hold back the files that none of them leads to."""
        vault = self.addresses.hide is not None
        token = self.token if self.preview else ""
        env.globals["followup"] = site_words(self.site, token, vault=vault)
        share = may_share(config, own_templates(config, self.options), self)
        env.globals["in_frame"] = Frames(env, config, share=share)
        self.environment = env
        # Now, while a second process may be at work: this compiles the theme's templates.
        self.inline = theme_inline(env, config)
        if self.late.active:
            render_notes(files, config, self.late.memory, self.progress)
        if self.division:
            self.division.finish()
            self.division = None
        withhold_unlinked(files, config)
        take_over_search(config)
        self.progress.stage("Writing pages and search", count_pages(files, preview=self.preview))
        return env

    def on_template_context(
        self,
        context: TemplateContext,
        *,
        template_name: str,  # noqa: ARG002
        config: MkDocsConfig,
    ) -> TemplateContext:
        """Name all pages in the sitemap: MkDocs does not count those that are made late."""
        files = self.late.files_of(config) or (self.all_files if self.late.active else None)
        if files:
            context["pages"] = published_pages(files)
        return context

    def on_post_page(self, output: str, **_: object) -> str:
        """Count a page that is written."""
        self.progress.step()
        return output

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """End the build where a page has a script that is not the theme's; the preview shows it."""
        drop_packed_sitemap(config)
        if not self.preview:
            check_pages(Path(config.site_dir), self.inline)
        self.late.end(config, self.all_files, self.nav, self.environment)
        self.was_whole |= not self.site.left_out
        self._end()

    def on_build_error(self, **_: object) -> None:
        """Leave the terminal to the message."""
        self._end()

    def on_shutdown(self) -> None:
        """Leave the terminal and the disk as they were, also where a build was interrupted."""
        self._end()
        if self.served:
            drop_aside(self.served)
        end_at_once()

    def _end(self) -> None:
        if self.division:
            self.division.drop()
            self.division = None
        self.progress.end()
        self.search_for_cycles.end()

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002
    ) -> LiveReloadServer:
        """Keep the last good site while a note is broken, and strangers away from it."""
        refuse_network(config.dev_addr.host)
        # A preview with `--clean` has called itself a build until now.
        end_as_interrupt()
        self.served = Path(config.site_dir)
        health = Health(self._left_out())
        build = keep_last_site(server.builder, self.served, health, self._left_out)
        server.builder = self.late.build_alone(build)
        actions = {
            **build_actions(Path(config.docs_dir), partial(page_path, config)),
            **build_log_actions(self._ledger(config, health)),
        }
        door = Door(allowed_hosts(*config.dev_addr), self.token, actions, LONGER)
        server.request_queue_size = QUEUE
        plain = server.get_app()
        assert plain is not None
        site = serve_late(plain, self.late, server.mount_path, health.fail)
        pages = add_banner(site, partial(self._banner, health))
        server.set_app(guard(add_policy(pages, lambda: self.inline), door))
        hear_changes(server)
        return server

    def _ledger(self, config: MkDocsConfig, health: Health) -> Ledger:
        """What the buttons need to know, each time that one is pressed."""
        return Ledger(
            Path(config.docs_dir),
            campaign=lambda: self.site.campaign,
            today=lambda: day_of(self.options),
            stuck=lambda: health.stuck,
        )

    def _left_out(self) -> LeftOutError | None:
        """What the last build was made without, if not without a fault."""
        problems = self.site.left_out
        return LeftOutError("the notes have errors", problems) if problems else None

    def _banner(self, health: Health) -> str:
        """What stands above the pages of the preview while something is broken."""
        return render_fault(health.fault, self.site.environment) if self.preview else ""
