"""Other plugins and hooks of the owner's, of which nobody can foresee what they do."""

from __future__ import annotations

from collections.abc import Iterable

from material.plugins.search.plugin import SearchPlugin
from mkdocs.config.defaults import MkDocsConfig


def nobody_else(config: MkDocsConfig, own: object, events: Iterable[str]) -> bool:
    """Whether none but the plugin `own` and the theme's search takes part in any of the `events`."""
    handlers = (handler for event in events for handler in config.plugins.events[event])
    owners = (getattr(handler, "__self__", None) for handler in handlers)
    return all(owner is own or isinstance(owner, SearchPlugin) for owner in owners)
