"""`followup verify`: whether a host serves what was published."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from followup.cli.place import Place, placed
from followup.cli.showing import REFUSED, examples, shown
from followup.mkdocs.progress import tracked
from followup.publish.build import PLAIN
from followup.publish.errors import PublishError
from followup.publish.headers import FOR_HOSTS, HEADERS_FILE
from followup.publish.state import Publication
from followup.publish.target import DEFAULT, NOT_FOUND, find_publication
from followup.publish.verify import (
    Fetch,
    Finding,
    VerifyError,
    check_file,
    check_headers,
    check_login,
    check_unknown,
    make_fetch,
    parse_headers,
    parse_site_url,
)

LOGIN: Final = "FOLLOWUP_LOGIN"


@click.command(
    epilog=examples(
        "followup verify https://me.example/search/",
        "followup verify https://me.example/ --to www/site",
    )
)
@click.argument("url", metavar="URL")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder that was published into; otherwise public, beside mkdocs.yml.",
)
@placed
@click.pass_obj
def verify(place: Place, /, url: str, target: Path | None) -> None:
    """Compare what a host serves at URL with what was published, file by file.

    One changed byte is an error, and the exit code is 1. A header that the host does not send is a
    warning. Of a plain site it is an error if no login is asked for; with FOLLOWUP_LOGIN, a name
    and a password with a colon between them, its files are compared too.
    """
    root = place.load().root
    folder = Path(os.path.abspath(target or root / DEFAULT))  # noqa: PTH100  # keeps links
    try:
        publication = find_publication(root, folder)
        address = parse_site_url(url)
        findings = list(_findings(address, publication, folder))
    except PublishError as error:
        raise click.ClickException(f"{error.message}\n  hint: {error.hint}") from error
    except VerifyError as error:
        raise click.ClickException(f"{shown(url)}: {error}") from error
    for finding in findings:
        kind = "Error" if finding.wrong else "Warning"
        click.echo(f"{kind}: {shown(finding.name)} {shown(finding.said)}", err=True)
    wrong = {finding.name for finding in findings if finding.wrong}
    if wrong:
        click.echo(f"{shown(url)} does not serve what was published.", err=True)
        sys.exit(REFUSED)
    click.echo(_summary(publication))


def _findings(url: str, publication: Publication, folder: Path) -> Iterator[Finding]:
    login = os.environ.get(LOGIN)
    fetch = make_fetch(login)
    if publication.mode == PLAIN:
        if open_door := check_login(url, publication, make_fetch(None)):
            yield open_door
        if not login:
            return
    names = [name for name in publication.files if name not in FOR_HOSTS]
    for name in tracked(names, "Comparing"):
        own = _read(folder / name)
        if finding := check_file(url, name, publication.files[name], own, fetch):
            yield finding
    yield from _warnings(url, publication, folder, fetch)


def _warnings(url: str, publication: Publication, folder: Path, fetch: Fetch) -> Iterator[Finding]:
    if publication.mode != PLAIN and (
        unknown := check_unknown(url, publication.files[NOT_FOUND], fetch)
    ):
        yield unknown
    if headers := _read(folder / HEADERS_FILE):
        yield from check_headers(url, parse_headers(headers.decode()), fetch)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _summary(publication: Publication) -> str:
    count = len(publication.files.keys() - FOR_HOSTS)
    if publication.mode != PLAIN:
        return f"All {count} files are as they were published."
    if not os.environ.get(LOGIN):
        return (
            "The host asks for a login.\n"
            f"  hint: with {LOGIN}=name:password in the environment the files are compared too"
        )
    return f"The host asks for a login, and all {count} files are as they were published."
