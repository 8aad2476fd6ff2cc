"""`followup publish` and `followup verify`, as they are typed."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from followup.cli import main, passphrases
from followup.cli import publish as command
from followup.mkdocs.progress import Progress
from followup.publish.build import Report, Workplace
from followup.publish.errors import PublishError
from followup.publish.vault import Lock, Pack, derive_key, pack_site, seal_vault
from tests.building import CONFIG, NOTE
from tests.unit.publish.test_vault import CHANCE

GOOD = "acorn bridge candle dolphin ember falcon"
OTHER = "gravel harbor iceberg juniper kettle lantern"


@dataclass
class Desk:
    """A workspace, and what was published from it instead of a site."""

    root: Path
    published: list[str | None] = field(default_factory=list)
    places: list[Workplace] = field(default_factory=list)
    made_key: bool = False
    error: BaseException | None = None

    def run(self, *arguments: str, typed: str = "", env: dict[str, str] | None = None) -> Result:
        """The command in this workspace."""
        environment = {"FOLLOWUP_PASSPHRASE": None, "FOLLOWUP_LOGIN": None, **(env or {})}
        line = [*arguments, "--workspace", str(self.root)]
        return CliRunner().invoke(main, line, input=typed, env=environment)

    def publish(self, place: Workplace, passphrase: str | None, progress: Progress) -> Report:
        """Stand in for a publish."""
        progress.stage("Encrypting")
        if self.error:
            raise self.error
        self.places.append(place)
        self.published.append(passphrase)
        mode = "plain" if passphrase is None else "vault"
        return Report(mode, {"a": 600_000, "b": 234}, 6_912_345, "/", None, (), self.made_key)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A workspace with one note."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "acme.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    desk = Desk(tmp_path)
    monkeypatch.setattr(command, "publish_vault", desk.publish)
    monkeypatch.setattr(
        command, "publish_plain", lambda place, progress: desk.publish(place, None, progress)
    )
    monkeypatch.chdir(tmp_path)
    return desk


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there and can be asked."""
    monkeypatch.setattr(passphrases, "is_somebody_there", lambda: True)


def plant_vault(desk: Desk, passphrase: str) -> None:
    """A vault in `public/` that this passphrase opens."""
    lock = Lock(b"salt of sixteen.")
    key = derive_key(passphrase, lock)
    vault = seal_vault(pack_site(Pack({"index.html": b""}, "index.html")), key, lock, 1, CHANCE)
    (desk.root / "public").mkdir()
    (desk.root / "public" / "vault.json").write_bytes(vault.metadata)
    (desk.root / "public" / vault.name).write_bytes(vault.blob)


def test_passphrase_from_the_environment(desk: Desk) -> None:
    """What FOLLOWUP_PASSPHRASE says is taken, and never shown."""
    done = desk.run("publish", env={"FOLLOWUP_PASSPHRASE": f" {GOOD} "})
    assert (done.exit_code, desk.published) == (0, [GOOD])
    assert GOOD not in done.output
    assert desk.places[0].target == desk.root / "public"


def test_passphrase_from_a_file(desk: Desk) -> None:
    """A file wins over the environment; one that others can read is warned of."""
    file = desk.root / "secret.txt"
    file.write_text(f"{GOOD}\n", encoding="utf-8")
    file.chmod(0o644)
    env = {"FOLLOWUP_PASSPHRASE": OTHER}
    done = desk.run("publish", "--passphrase-file", str(file), env=env)
    assert (done.exit_code, desk.published) == (0, [GOOD])
    assert "others on this computer can read" in done.stderr
    file.chmod(0o600)
    assert desk.run("publish", "--passphrase-file", str(file)).stderr == ""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (f"{GOOD}\n{OTHER}\n".encode(), "holds more than one line"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "is not UTF-8"),
        (b"x" * 5000, "holds more than one line"),
        (b"", "is too weak: it has 0 characters"),
    ],
)
def test_file_that_holds_no_passphrase(desk: Desk, data: bytes, why: str) -> None:
    """A file with anything else in it is refused."""
    (desk.root / "secret.txt").write_bytes(data)
    done = desk.run("publish", "--passphrase-file", str(desk.root / "secret.txt"))
    assert (done.exit_code, desk.published) == (1, [])
    assert why in done.stderr


@pytest.mark.parametrize("weak", ["short one", "password password password", "x" * 40])
def test_weak_passphrase_is_refused(desk: Desk, weak: str) -> None:
    """A weak one is refused with the reason, and not repeated."""
    done = desk.run("publish", env={"FOLLOWUP_PASSPHRASE": weak})
    assert (done.exit_code, desk.published) == (1, [])
    assert "is too weak: it " in done.stderr
    assert "hint: six words" in done.stderr
    assert weak not in done.output


def test_without_anybody_to_ask_it_is_refused(desk: Desk) -> None:
    """In a script without a passphrase nothing is made up that nobody would see."""
    done = desk.run("publish")
    assert (done.exit_code, desk.published) == (1, [])
    assert "no passphrase, and nobody to ask" in done.stderr


def test_no_option_takes_a_passphrase() -> None:
    """The command line, which other programs can read, has no place for one."""
    options = {name for option in command.publish.params for name in option.opts}
    assert options == {
        "--to", "--mode", "--passphrase-file", "--save-passphrase", "--workspace", "--today",
    }  # fmt: skip


@pytest.mark.usefixtures("at_terminal")
def test_first_passphrase_is_typed_twice(desk: Desk) -> None:
    """A new one counts when the second time says the same."""
    done = desk.run("publish", typed=f"{GOOD}\n{GOOD}\n")
    assert (done.exit_code, desk.published) == (0, [GOOD])
    assert GOOD not in done.output


@pytest.mark.usefixtures("at_terminal")
def test_two_that_differ_are_asked_for_again(desk: Desk) -> None:
    """A slip, or a weak one, costs a second try, and three tries are all."""
    done = desk.run("publish", typed=f"{GOOD}\n{OTHER}\nweak\n{GOOD}\n{GOOD}\n")
    assert (done.exit_code, desk.published) == (0, [GOOD])
    assert "These two differ." in done.stderr
    assert "Too weak: it has 4 characters" in done.stderr
    done = desk.run("publish", typed="weak\nweak\nweak\n")
    assert (done.exit_code, len(desk.published)) == (1, 1)


@pytest.mark.usefixtures("at_terminal")
def test_known_passphrase_is_typed_once(desk: Desk) -> None:
    """The one that opens what is published is known to be right."""
    plant_vault(desk, GOOD)
    done = desk.run("publish", typed=f"{GOOD}\n")
    assert (done.exit_code, desk.published) == (0, [GOOD])
    assert "another than before" not in done.output


@pytest.mark.usefixtures("at_terminal")
def test_change_of_passphrase_is_asked_and_explained(desk: Desk) -> None:
    """Another one has to be meant; then the end says what it means for old copies."""
    plant_vault(desk, GOOD)
    done = desk.run("publish", typed=f"{OTHER}\nn\n{OTHER}\ny\n{OTHER}\n")
    assert (done.exit_code, desk.published) == (0, [OTHER])
    assert "can still read that copy" in done.stdout


@pytest.mark.usefixtures("at_terminal")
def test_new_passphrase_is_shown_once_on_the_terminal(desk: Desk) -> None:
    """Six words are made for whoever types nothing, and are not on standard output."""
    done = desk.run("publish", typed="\n")
    (made,) = desk.published
    assert made
    assert len(re.split(r" ", made)) == 6
    assert done.stderr.count(made) == 1
    assert made not in done.stdout


@pytest.mark.usefixtures("at_terminal")
def test_enter_alone_does_not_replace_a_passphrase(desk: Desk) -> None:
    """Where a site is published already, a new one has to be meant."""
    plant_vault(desk, GOOD)
    done = desk.run("publish", typed=f"\nn\n{GOOD}\n")
    assert (done.exit_code, desk.published) == (0, [GOOD])
    done = desk.run("publish", typed="\ny\n")
    assert (done.exit_code, len(desk.published)) == (0, 2)
    assert desk.published[1] != GOOD


def test_new_passphrase_is_saved(desk: Desk) -> None:
    """Where there is no terminal, a file that only its owner can read takes a new one."""
    file = desk.root / "passphrase.txt"
    done = desk.run("publish", "--save-passphrase", str(file))
    assert done.exit_code == 0
    (made,) = desk.published
    assert made
    assert file.read_text(encoding="utf-8") == f"{made}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made not in done.output
    again = desk.run("publish", "--save-passphrase", str(file))
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert len(desk.published) == 1


def test_saved_passphrase_goes_where_the_publish_fails(desk: Desk) -> None:
    """A passphrase that opens nothing is not left lying about."""
    desk.error = PublishError("the disk is full", "make room")
    done = desk.run("publish", "--save-passphrase", str(desk.root / "passphrase.txt"))
    assert done.exit_code == 1
    assert "Error: the disk is full; nothing was published\n  hint: make room" in done.stderr
    assert not (desk.root / "passphrase.txt").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--mode", "plain", "--passphrase-file", "mkdocs.yml"),
        ("--mode", "plain", "--save-passphrase", "x"),
        ("--save-passphrase", "x", "--passphrase-file", "mkdocs.yml"),
        ("--mode", "open"),
    ],
)
def test_wrong_usage(desk: Desk, arguments: tuple[str, ...]) -> None:
    """Options that do not go together are wrong usage."""
    assert desk.run("publish", *arguments).exit_code == 2
    assert desk.published == []


def test_plain_needs_no_passphrase_and_warns(desk: Desk) -> None:
    """The plain mode asks nothing, and says that a login is needed."""
    done = desk.run("publish", "--mode", "plain", "--to", "out")
    assert (done.exit_code, desk.published) == (0, [None])
    assert desk.places[0].target == desk.root / "out"
    assert "as plain text" in done.stdout
    assert "What the host can learn: everything." in done.stdout


def test_errors_in_notes_are_told_before_anything_is_asked(desk: Desk) -> None:
    """A broken note is told with its place; nobody types a passphrase for nothing."""
    (desk.root / "entries" / "b.md").write_text("---\ncompany: [\n---\n", encoding="utf-8")
    done = desk.run("publish")
    assert (done.exit_code, desk.published) == (1, [])
    assert "entries/b.md:" in done.stderr
    assert "the notes have errors; nothing was published" in done.stderr


@pytest.mark.usefixtures("at_terminal")
def test_foreign_folder_is_refused_before_anything_is_asked(desk: Desk) -> None:
    """Files that are not ours are named, and stay."""
    (desk.root / "public").mkdir()
    (desk.root / "public" / "mine.txt").write_text("x", encoding="utf-8")
    done = desk.run("publish")
    assert (done.exit_code, desk.published) == (1, [])
    assert "`mine.txt`" in done.stderr
    assert "Passphrase" not in done.stderr


def test_end_says_what_was_published_and_what_the_host_learns(desk: Desk) -> None:
    """The summary has the size, what can be learned, and the next steps."""
    desk.made_key = True
    done = desk.run("publish", env={"FOLLOWUP_PASSPHRASE": GOOD})
    said = "Published to public: 2 files, 600 kB, encrypted (the site itself: 6.9 MB)."
    assert done.stdout.startswith(said)
    for part in ("What the host can learn: ", ".followup/vault.json", "followup verify https://"):
        assert part in done.stdout


def test_verify_needs_a_publish(desk: Desk) -> None:
    """Without a publish from here there is nothing to compare with."""
    done = desk.run("verify", "https://127.0.0.1:1/")
    assert done.exit_code == 1
    assert "nothing was published to `public`" in done.stderr
