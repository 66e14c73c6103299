"""What is measured on: the same mail as our data file, as an mbox, and as the peers keep it.

What never changes (mail, the peers' databases) is kept in the cache folder; our own file is pulled anew in
every run, in a home that is removed afterwards.
"""

import os
import shutil
import sys
from collections.abc import Callable
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import platformdirs

from bench import invent, timing
from bench.invent_others import mailbox

NOW = "2026-11-16T09:00:00+00:00"
REPOSITORY = Path(__file__).parents[2]
OURS = [sys.executable, "-c", "from tui.start import main; main()"]
"""What the installed `ringback` script does."""


class Ground:
    """The mail of one size, and a home for everything that reads it."""

    def __init__(self, count: int, home: Path) -> None:
        """Take `count` messages; `home` is an empty folder that may be written to."""
        self.count = count
        self.home = home
        self.file = home / "ringback.json"
        self._kept = cache_folder() / str(count)

    @property
    def env(self) -> dict[str, str]:
        """The environment of ours and of the peers: this home, a fixed clock, a terminal with all colours."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "RINGBACK_FILE": str(self.file),
            "RINGBACK_CONFIG": str(self.home / "ringback.toml"),
            "RINGBACK_STATE": str(self.home / "state"),
            "RINGBACK_NOW": NOW,
            "NOTMUCH_CONFIG": str(self.home / "notmuch-config"),
        }

    @cached_property
    def mbox(self) -> Path:
        """The mail as one file."""
        return self._keep("mail.mbox", lambda path: invent.write_mbox(path, invent.mails(self.count)))

    @cached_property
    def maildir(self) -> Path:
        """The mail as one file a message."""
        return self._keep("maildir", lambda path: invent.write_maildir(path, invent.mails(self.count)))

    @cached_property
    def whole_mbox(self) -> Path:
        """A mailbox as people have it, of as many messages, as one file."""
        return self._keep("whole.mbox", lambda path: invent.write_mbox(path, mailbox(self.count)))

    @cached_property
    def whole_maildir(self) -> Path:
        """The same as one file a message."""
        return self._keep("whole", lambda path: invent.write_maildir(path, mailbox(self.count)))

    def ringback(self, *words: str) -> float:
        """Run a command of ours and return the seconds it took."""
        return timing.process([*OURS, *words], self.env)

    def pull(self, mbox: Path | None = None) -> float:
        """Read an mbox, that of recruiters' mail alone unless named, into a new file; return the seconds."""
        self.file.unlink(missing_ok=True)
        shutil.rmtree(self.home / "state", ignore_errors=True)
        return self.ringback("pull", str(mbox or self.mbox))

    def notmuch_new(self, database: Path, maildir: Path | None = None) -> float:
        """Let notmuch read a Maildir, the same unless named, into an empty database; return the seconds."""
        shutil.rmtree(database, ignore_errors=True)
        database.mkdir(parents=True)
        self.use_notmuch(database, maildir)
        return timing.process(["notmuch", "new", "--quiet"], self.env)

    def use_notmuch(self, database: Path, maildir: Path | None = None) -> None:
        """Point notmuch to a database of a Maildir."""
        settings = f"[database]\npath={database}\nmail_root={maildir or self.maildir}\n"
        settings += "[user]\nprimary_email=robin@home.example\n"
        (self.home / "notmuch-config").write_text(settings)

    def notmuch_database(self) -> Path:
        """Return notmuch's database of this mail; making it takes minutes, once."""
        return self._keep("notmuch", self._fill_notmuch)

    def _fill_notmuch(self, database: Path) -> None:
        self.notmuch_new(database)

    def stock_copy(self) -> Path:
        """Copy our file to where a stock TinyDB script may write to it."""
        path = self.home / "stock.json"
        shutil.copyfile(self.file, path)
        return path

    def _keep(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return the kept thing, made where it is missing; moved into place last, so that it is whole."""
        kept = self._kept / name
        if not kept.exists():
            sys.stderr.write(f"  making {name} of {self.count:,} messages …\n")
            self._kept.mkdir(parents=True, exist_ok=True)
            unfinished = self._kept / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(kept)
        return kept


def cache_folder() -> Path:
    """Return the folder of what is kept between runs; another generator means another folder."""
    made_by = blake2b(digest_size=4)
    for module in ("invent.py", "invent_others.py"):
        made_by.update(Path(__file__).with_name(module).read_bytes())
    return platformdirs.user_cache_path("ringback-bench") / made_by.hexdigest()
