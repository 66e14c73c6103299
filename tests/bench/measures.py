"""What is measured: each function returns lines of the table for one size of mail.

A bar belongs to a size: what is asked at 50,000 messages says nothing about 50.
"""

import itertools
import shutil
import sys
import time
from collections.abc import Iterator
from functools import partial

from bench.ground import OURS, REPOSITORY, Ground
from bench.invent import A_DAY, RARE_WORD
from bench.table import Line
from bench.terminal import Picture, Terminal
from bench.timing import by_turns, percentile, process

FRAME = 16.0
"""Milliseconds that a 60 Hz screen shows one picture."""
IMPORT_CLICK = [sys.executable, "-c", "import click"]
EMPTY_APP = [sys.executable, str(REPOSITORY / "tests/bench/empty_app.py")]
STOCK_INSERT = """
import sys
from tinydb import TinyDB
TinyDB(sys.argv[1]).table("messages").insert({"channel": "call", "sender": {"name": "Dana"}, "body": "x"})
"""
PARSE = """
import sys
from pathlib import Path
import msgspec
both = [msgspec.json.decode(Path(path).read_bytes()) for path in sys.argv[1:]]
"""
MOST_NOTMUCH = 5_000
"""Messages of recruiters alone up to which notmuch reads them, too; for more of these it takes minutes."""
HELPED = (["add", "call"], ["pull"], ["search"], ["snooze"])


def pulling(ground: Ground, rounds: int) -> Iterator[Line]:
    """Reading an mbox, beside notmuch reading the same mail as a Maildir; leaves our file in place.

    First a mailbox as people have it, then one of recruiters' mail alone, which all goes into our file.
    """
    database = ground.home / "notmuch-new"
    for what, name in (
        ("pull, a thousand of a mailbox", "whole"),
        ("pull, a thousand of recruiters", "mail"),
    ):
        mbox, maildir = (
            (ground.whole_mbox, ground.whole_maildir) if name == "whole" else (ground.mbox, ground.maildir)
        )
        has_peer = bool(shutil.which("notmuch")) and (ground.count <= MOST_NOTMUCH or name == "whole")
        peer = partial(ground.notmuch_new, database, maildir) if has_peer else None
        turns = min(rounds, 3) if has_peer else 1
        ours, theirs = by_turns(turns, partial(ground.pull, mbox), peer)
        yield Line(
            what,
            ground.count,
            _milliseconds(ours, 1_000 / ground.count),
            peer="notmuch new",
            theirs=_milliseconds(theirs, 1_000 / ground.count),
            bar=0.1 if ground.count >= 5_000 else None,
            note="" if has_peer else _missing("notmuch") or "notmuch takes minutes here",
        )
    shutil.rmtree(database, ignore_errors=True)


def adding(ground: Ground, rounds: int) -> Iterator[Line]:
    """A quick add, beside one insert by a stock TinyDB script into the same content."""
    stock = ground.stock_copy()
    number = iter(range(10**6))
    ours, theirs = by_turns(
        rounds,
        lambda: ground.ringback(
            "add", "call", "--from", f"Caller {next(number)}", "--role", "Site Lead", "called"
        ),
        lambda: process([sys.executable, "-c", STOCK_INSERT, str(stock)], ground.env),
    )
    yield Line(
        "add call, whole process",
        ground.count,
        _milliseconds(ours),
        peer="stock TinyDB insert",
        theirs=_milliseconds(theirs),
        bar={5_000: 0.6, 50_000: 0.25}.get(ground.count),
    )
    stock.unlink()


def asking(ground: Ground, rounds: int) -> Iterator[Line]:
    """Commands that only look: status, and the slowest of some help texts, beside importing click."""
    ours, theirs = by_turns(
        rounds, lambda: ground.ringback("status"), lambda: process(IMPORT_CLICK, ground.env)
    )
    yield _beside_click("status, whole process", ground, ours, theirs, 2)
    *helps, theirs = by_turns(
        rounds,
        *((lambda words=words: ground.ringback(*words, "--help")) for words in HELPED),
        lambda: process(IMPORT_CLICK, ground.env),
    )
    yield _beside_click("--help, slowest of four", ground, max(filter(None, helps)), theirs, 1.5)


def starting(ground: Ground, rounds: int) -> Iterator[Line]:
    """The inbox from start to its first whole picture, beside an empty Textual app and, below, neomutt."""
    neomutt = _neomutt(ground) if shutil.which("neomutt") else None
    ours, empty, theirs = by_turns(
        rounds,
        lambda: _until_drawn(OURS, ground),
        lambda: _until_drawn(EMPTY_APP, ground),
        (lambda: _until_drawn(neomutt, ground)) if neomutt else None,
    )
    bar = {5_000: 1.25, 50_000: 2.0}.get(ground.count)
    what = "inbox, start to first picture"
    yield Line(what, ground.count, _milliseconds(ours), "ms", "empty Textual app", _milliseconds(empty), bar)
    yield Line(
        "",
        ground.count,
        _milliseconds(ours),
        peer="neomutt, same mbox",
        theirs=_milliseconds(theirs),
        bar=0.5 if ground.count == 50_000 else None,
        note=_missing("neomutt"),
    )


def using(ground: Ground, rounds: int) -> Iterator[Line]:
    """One session in the inbox: moving, filing, searching, and the memory that all of it took."""
    with Terminal(OURS, ground.env) as inbox:
        inbox.until(_is_drawn)
        inbox.press(b"7", quiet=0.5)
        painted = [inbox.press(b"j") for _ in range(10 * rounds)][3:]
        moves = [each.settled for each in painted]
        yield _in_frames(
            "j to the cursor's move, median", ground, percentile([each.first for each in painted], 0.5)
        )
        yield _in_frames("j to settled picture, median", ground, percentile(moves, 0.5), 1)
        yield _in_frames("j to settled picture, p95", ground, percentile(moves, 0.95), 2)
        inbox.press(b"1", quiet=0.5)
        filed = [_file_one(inbox, ground) for _ in range(3 * rounds)][1:]
        yield _in_frames("e to settled picture, p95", ground, percentile([key for key, _ in filed], 0.95), 3)
        slowest = max(published for _, published in filed)
        yield Line("e to the data file, slowest", ground.count, slowest, "ms", "a second", 1000.0, 1)
        inbox.press(b"7", quiet=0.5)
        inbox.press(b"/")
        for letter in RARE_WORD[:-6]:
            inbox.press(letter.encode())
        letters = [inbox.press(letter.encode(), quiet=0.4).settled for letter in RARE_WORD[-6:]]
        memory = inbox.peak_memory()
    yield _beside_notmuch(ground, rounds, percentile(letters, 0.5), percentile(letters, 1))
    size = ground.file.stat().st_size / 1e6
    bar = 4 if ground.count == 50_000 else None
    yield Line(
        "memory of the inbox, at most", ground.count, memory / 1e6 or None, "MB", "data file", size, bar
    )


def merging(ground: Ground, rounds: int) -> Iterator[Line]:
    """Merging a copy in which one document in a hundred has changed, beside parsing both files."""
    copy = ground.home / "copy" / "ringback.json"
    copy.parent.mkdir(mode=0o700)
    shutil.copyfile(ground.file, copy)
    recent = f"after:{max(1, ground.count // 100 // A_DAY)}d"
    turns = itertools.cycle(([], ["--off"]))

    def merge() -> float:
        ground.ringback("--file", str(copy), "star", *next(turns), "--query", recent)
        return ground.ringback("merge", str(copy))

    ours, theirs = by_turns(
        rounds,
        merge,
        lambda: process([sys.executable, "-c", PARSE, str(ground.file), str(copy)], ground.env),
    )
    yield Line(
        "merge a copy, one in 100 changed",
        ground.count,
        _milliseconds(ours),
        peer="parsing both",
        theirs=_milliseconds(theirs),
        bar=3 if ground.count == 50_000 else None,
    )


def _file_one(inbox: Terminal, ground: Ground) -> tuple[float, float]:
    """Press `e` once; return the milliseconds to the last paint, and to the data file's replacement."""
    before = ground.file.stat()
    start = time.perf_counter()
    painted = inbox.press(b"e").settled
    while (now := ground.file.stat()).st_ino == before.st_ino and now.st_mtime_ns == before.st_mtime_ns:
        if time.perf_counter() - start > 10:
            raise RuntimeError("what was filed was not written to the data file within ten seconds")
        time.sleep(0.005)
    seconds = max(0.0, now.st_mtime_ns / 1e9 - time.time() + time.perf_counter() - start)
    return painted, seconds * 1000


def _beside_notmuch(ground: Ground, rounds: int, letter: float, slowest: float) -> Line:
    theirs = None
    if shutil.which("notmuch"):
        ground.use_notmuch(ground.notmuch_database())
        (theirs,) = by_turns(rounds, lambda: process(["notmuch", "search", RARE_WORD], ground.env))
    return Line(
        "/ one more letter, median",
        ground.count,
        letter,
        peer="notmuch search",
        theirs=_milliseconds(theirs),
        bar=4 if ground.count == 50_000 else None,
        note=_missing("notmuch") or f"slowest {slowest:.0f} ms",
    )


def _beside_click(what: str, ground: Ground, ours: float | None, theirs: float | None, bar: float) -> Line:
    return Line(what, ground.count, _milliseconds(ours), "ms", "import click", _milliseconds(theirs), bar)


def _in_frames(what: str, ground: Ground, milliseconds: float, bar: float | None = None) -> Line:
    return Line(what, ground.count, milliseconds, "ms", "a 60 Hz frame", FRAME, bar)


def _milliseconds(seconds: float | None, share: float = 1) -> float | None:
    return None if seconds is None else seconds * 1000 * share


def _missing(program: str) -> str:
    return "" if shutil.which(program) else f"{program} is not installed: apt-get install {program}"


def _neomutt(ground: Ground) -> list[str]:
    settings = ground.home / "neomuttrc"
    settings.write_text(f'set folder="{ground.home}"\nset spoolfile="{ground.mbox}"\n')
    return ["neomutt", "-n", "-F", str(settings), "-R", "-f", str(ground.mbox)]


def _until_drawn(command: list[str], ground: Ground) -> float:
    with Terminal(command, ground.env) as terminal:
        return terminal.until(_is_drawn)


def _is_drawn(picture: Picture) -> bool:
    """Tell whether the bottom of the screen has words; progress such as neomutt's has counters instead."""
    bottom = " ".join(picture[-2:])
    return any(word in bottom for word in ("empty", "help", "Msgs:"))
