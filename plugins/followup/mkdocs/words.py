"""What the theme's own templates say about the portal."""

from __future__ import annotations

from collections.abc import Mapping

from followup.mkdocs.loading import Site
from followup.portal.days import day_in_full


def site_words(site: Site, token: str, *, vault: bool) -> Mapping[str, str]:
    """The line below every page, the day of a site that is pinned to one, the preview's token.

    In a `vault` the pages can be locked.
    """
    portal = site.campaign.portal
    count = len(portal.entries)
    notes = "one note" if count == 1 else f"{count} notes"
    return {
        "footer": (
            "Private. This site talks to nobody. "
            f"Built as of {day_in_full(portal.today)} from {notes}."
        ),
        "day": portal.today.isoformat() if portal.options.today else "",
        "token": token,
        "vault": "yes" if vault else "",
    }
