"""Files beside the notes at addresses that do not say what they are called."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from followup.mkdocs.addresses import Addresses
from followup.mkdocs.placing import own_files
from followup.mkdocs.publishable import files_of_the_look


def hide_files(files: Files, config: MkDocsConfig, addresses: Addresses) -> None:
    """Send each file to the address that `addresses` has for it; those of the look stay."""
    if addresses.hide is None:
        return
    beside = own_files(files, config)
    look = files_of_the_look(beside, config)
    for file in beside:
        if file.dest_uri not in look:
            file.dest_uri = addresses.of_file(file.dest_uri)
            # Worked out from the destination once, and kept.
            for known in ("url", "abs_dest_path"):
                vars(file).pop(known, None)
