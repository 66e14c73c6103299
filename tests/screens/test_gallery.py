"""The pictures in screenshots/ show what the program draws today; `make screenshots` draws them again."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
import time_machine
from msgspec.structs import replace
from textual.pilot import Pilot

from mails import a_mail, in_mbox
from store import settings, verbs
from store.clock import DAY, HOUR
from store.demo import create
from store.intake.pulling import Request, pull
from store.joining import merge_files
from store.repository import Repository
from support import NOW
from tui.app import RingbackApp

SAMPLES = Path(__file__).parents[1] / "data" / "outreach.jsonl"
FOLDER = Path(__file__).parents[2] / "screenshots"
WIDE, NARROW = (120, 36), (80, 24)


class Picture(NamedTuple):
    """A screen worth showing: its size, the keys that lead to it, and words that say that it is there."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    shows: str
    theme: str = "ringback-dark"
    data: Literal["invented", "repository", "two_machines", "pulled"] = "invented"
    """The fixture that it is drawn from."""


GALLERY = (
    Picture("inbox-wide", WIDE, (), "Dana Whitfield"),
    Picture("inbox-narrow", NARROW, (), "Dana Whitfield"),
    Picture("inbox-light", WIDE, (), "Dana Whitfield", theme="ringback-light"),
    Picture("reader", NARROW, ("enter",), "next"),
    Picture("search", WIDE, ("slash", *"platform"), "platform"),
    Picture("decide", WIDE, ("d", "a", "n", *"two of three hang on Ruth", "enter", *"21222"), "unchanged"),
    Picture(
        "decide-ledger", WIDE, ("d", "a", "n", *"two of three hang on Ruth", "enter", *"212226gs2"), "Firm"
    ),
    Picture("decide-narrow", NARROW, ("d", "b"), "On what date"),
    Picture("review", WIDE, ("g", "v", *"fw21", "enter", "enter", *"os0s3", "enter"), "Then"),
    Picture("market", (100, 44), ("g", "m"), "reason audit"),
    Picture("person", WIDE, ("i",), "Your checks"),
    Picture("refer", WIDE, ("f",), "same function"),
    Picture("letters", WIDE, ("f", "1", "f"), "To Dana"),
    Picture("letters-narrow", NARROW, ("f", "1", "f"), "To "),
    Picture("referrals", WIDE, ("g", "r"), "Referrals"),
    Picture("people", WIDE, ("g", "p", *"jjjjjj"), "sent you"),
    Picture("people-narrow", NARROW, ("g", "p"), "bench"),
    Picture("conflicts", WIDE, ("g", "x"), "thinkpad", data="two_machines"),
    Picture("elsewhere", WIDE, ("g", "e"), "written on", data="two_machines"),
    Picture("screener", WIDE, ("g", "f"), "Screener", data="pulled"),
    Picture("why", NARROW, ("W",), "They write", data="pulled"),
    Picture("left-out", WIDE, ("g", "o"), "mailing list", data="pulled"),
    Picture("sources", WIDE, ("g", "s"), "Sources", data="pulled"),
    Picture("seat", NARROW, ("ctrl+p", *"your seat", "enter"), "Halvorsen"),
    Picture("empty", NARROW, (), "Nothing", data="repository"),
    Picture("help", WIDE, ("question_mark",), "Put it on the reply-later pile"),
)


@pytest.fixture
def invented(home: Path, frozen: time_machine.Traveller) -> Iterator[Repository]:
    """Open the data of `ringback demo`, made at the frozen moment."""
    file = home / "demo.json"
    create(file, NOW)
    with Repository.open(file) as opened:
        yield opened


@pytest.fixture
def pulled(invented: Repository, home: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Read a folder that the configuration names, with invented mail of every kind in it."""
    monkeypatch.chdir(home)
    folder = home / "Recruiters"
    folder.mkdir()
    now = datetime.fromtimestamp(NOW / 1000, UTC)
    mails = [
        a_mail(
            f"{sample['body']}\n",
            From=sample["from_"],
            Subject=sample["subject"],
            Date=f"{now - timedelta(hours=5 * number):%a, %d %b %Y %H:%M:%S} +0000",
            message_id=f"<{number}@mail.example>",
            **({"List_Id": "<list.example>"} if sample.get("envelope", {}).get("listed") else {}),
        )
        for number, sample in enumerate(map(json.loads, SAMPLES.read_text().splitlines()))
        if sample["channel"] == "email"
    ]
    mails.append(
        a_mail(
            "We are hiring for a position.\n",
            Subject="Hi",
            From="Una Hall <una@unsure.example>",
            Date=f"{now - timedelta(hours=2):%a, %d %b %Y %H:%M:%S} +0000",
        )
    )
    (folder / "november.mbox").write_bytes(in_mbox(*mails))
    (folder / "export.zip").write_bytes(b"PK\x03\x04 cut off")
    table = {"drop": {"kind": "folder", "path": "Recruiters"}}
    account = {"work": {"kind": "imap", "host": "imap.vale.example", "user": "robin@vale.example"}}
    invented.settings = replace(invented.settings, sources={**table, **account})
    pull(invented, Request(names=["drop"]))
    return invented


@pytest.fixture
def two_machines(
    invented: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: time_machine.Traveller
) -> Repository:
    """Let another machine have worked on a copy of the invented data, and merge it."""
    copy = Path(shutil.copy(invented.path, tmp_path / "copy.json"))
    new = list(invented.index.view("new"))
    frozen.move_to((NOW - 3 * HOUR) / 1000)
    with monkeypatch.context() as there:
        there.setenv("RINGBACK_STATE", str(tmp_path / "there"))
        there.setattr("store.repository.host", lambda: "thinkpad")
        with Repository.open(copy) as other:
            other.transact("Edit", lambda t: verbs.edit(t, new[:1], pay="$230-260k and equity"))
            other.transact("Snooze", lambda t: verbs.snooze(t, new[1:2], NOW + 3 * DAY, "Thu 19 Nov 10:00"))
            other.transact("Done", lambda t: verbs.done(t, new[2:3]))
            other.transact("Later", lambda t: verbs.later(t, new[3:4]))
    frozen.move_to((NOW - HOUR) / 1000)
    invented.transact("Edit", lambda t: verbs.edit(t, new[:1], pay="$245k"))
    invented.transact("Aside", lambda t: verbs.aside(t, new[1:2]))
    frozen.move_to(NOW / 1000)
    merge_files(invented, [copy])
    return invented


@pytest.mark.parametrize("picture", GALLERY, ids=lambda picture: picture.name)
async def test_the_gallery_is_fresh(picture: Picture, request: pytest.FixtureRequest) -> None:
    """Each picture is what the screen looks like, to the byte."""
    repository = request.getfixturevalue(picture.data)
    drawn = await draw(picture, repository)
    file = FOLDER / f"{picture.name}.svg"
    if request.config.getoption("--write"):
        file.write_text(drawn, encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    if drawn != kept:
        pytest.fail(f"{file.name} is stale: make screenshots\n{difference(kept, drawn)}")


def test_the_gallery_holds_nothing_else() -> None:
    """A picture that no test draws would grow old unseen; none fetches anything when it is looked at."""
    assert {path.name for path in FOLDER.iterdir()} == {f"{picture.name}.svg" for picture in GALLERY}
    drawn = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg"))
    assert re.findall(r"url\([^#]|href|@import|<script|<image", drawn) == []


async def draw(picture: Picture, repository: Repository) -> str:
    """Lead the inbox to the screen and return it as SVG."""
    chosen = replace(settings.Settings(), theme=picture.theme)
    app = RingbackApp(repository, chosen, plain_text=False, view="new")
    async with app.run_test(size=picture.size) as pilot:
        await pilot.press(*picture.keys)
        return await settled(pilot, picture.shows)


async def settled(pilot: Pilot[None], shows: str) -> str:
    """Wait until the words are there and the screen has stopped changing."""
    before = ""
    for _ in range(400):
        await pilot.pause(0.05)
        drawn = stable(pilot.app.export_screenshot(title="ringback", simplify=True))
        if drawn == before and shows in "\n".join(texts(drawn)):
            return drawn
        before = drawn
    pytest.fail(f"{shows!r} was never shown:\n" + "\n".join(texts(before)))


def stable(svg: str) -> str:
    """Take out what differs from run to run, and the fonts that would be fetched."""
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "ringback", svg)


def texts(svg: str) -> list[str]:
    """Return the texts of a picture, piece by piece."""
    return [piece.replace("&#160;", " ") for piece in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def difference(kept: str, drawn: str) -> str:
    """Say which texts went and came; colours and places have no words."""
    gone, come = set(texts(kept)) - set(texts(drawn)), set(texts(drawn)) - set(texts(kept))
    return f"gone: {sorted(gone)[:8]}\ncame: {sorted(come)[:8]}"
