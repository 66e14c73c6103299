"""The pages of sources and of what was left out: what leaves the list, what is judged by, what is wrong."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from inbox_support import NARROW, WIDE, inbox, shown
from intake_support import box, left, news, pitch, take, with_folder
from store.intake import screening
from store.intake.memory import Memory
from store.intake.overview import overviews
from store.intake.reads import Reading
from store.repository import Repository
from tui.app import RingbackApp
from tui.puller import Puller
from tui.widgets.key_footer import KeyFooter


def said(app: RingbackApp) -> str:
    """Return what the bottom line of the page, or a note above it, says."""
    notes = [str(note.message) for note in app._notifications]
    return "\n".join([app.screen.query_one(KeyFooter).sentence, *notes])


@pytest.fixture
def listed(repository: Repository, tmp_path: Path) -> Repository:
    """Have a folder, a file that was read by hand, and an account that left the configuration."""
    take(repository, box(tmp_path, pitch(1)))
    with Memory.of(repository) as memory:
        memory.reads.keep(Reading(source="old", kind="imap", at=repository.now() - 1))
    with_folder(repository, tmp_path / "drop")
    (tmp_path / "drop").mkdir()
    return repository


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_is_not_configured_leaves_the_list(listed: Repository, size: tuple[int, int]) -> None:
    """`#` takes off the list what was read by hand, and what the configuration has no longer."""
    app = inbox(listed)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "s", "#")
        await pilot.pause()
        assert "drop is a source of the configuration." in said(app)
        for left in (2, 1):
            await pilot.press("G", "#")
            await pilot.pause()
            assert "is off the list; what was read from it stays." in said(app)
            assert f"Sources   {left}" in shown(app)
    assert [each.name for each in overviews(listed)] == ["drop"]


async def test_what_leaves_the_configuration_is_read_no_more(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the inbox is open neither F5 nor the page takes it for a source, or its name for a path."""
    pulled: list[object] = []

    def pull(puller: Puller, names: Sequence[str]) -> bool:
        pulled.append(list(names))
        return True

    monkeypatch.setattr(Puller, "pull", pull)
    config = repository.paths.config
    config.write_text(f'[sources.drop]\nkind = "folder"\npath = "{tmp_path}"\n')
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f5")
        assert pulled == [["drop"]]
        config.write_text("")
        await pilot.press("f5")
        await pilot.pause()
        assert "ringback sources says how to set up what F5 reads." in said(app)
        await pilot.press("g", "s")
        await pilot.pause()
        assert "No source is set up." in shown(app)
    assert pulled == [["drop"]]


async def test_only_what_is_configured_is_read(listed: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says of the others why not."""
    pulled: list[object] = []

    def pull(puller: Puller, names: object) -> bool:
        pulled.append(names)
        return True

    monkeypatch.setattr(Puller, "pull", pull)
    app = inbox(listed)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "s", "a")
        await pilot.pause()
        assert pulled == [["drop"]]
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "It was read by hand" in said(app)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "imap · no longer in the configuration" in shown(app)
        assert "It is no longer in the configuration." in said(app)
        assert pulled == [["drop"]]


async def test_a_folder_that_cannot_be_opened(repository: Repository) -> None:
    """The inbox looks into it, the page tells it, and nothing ends."""
    path = Path("/", "x" * 300)
    with_folder(repository, path)
    app = inbox(repository, sources=repository.settings.sources)
    async with app.run_test(size=WIDE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("g", "s")
        await pilot.pause()
        assert "cannot be opened: File name too long." in " ".join(shown(app).replace("│", " ").split())


async def test_a_source_that_is_no_table(repository: Repository) -> None:
    """The inbox opens, and the page says what is wrong."""
    repository.settings = repository.settings.__class__(sources={"x": 1})
    app = inbox(repository, sources={"x": 1})
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "s")
        await pilot.pause()
        assert "sources.x is no table." in shown(app)


async def test_what_was_left_out_cannot_be_read(repository: Repository) -> None:
    """The page says why."""
    repository.state_folder.intake.unlink(missing_ok=True)
    repository.state_folder.intake.mkdir()
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "o")
        await pilot.pause()
        assert "What was left out cannot be read." in shown(app)
        await pilot.press("/", *"Dana", "enter", "+")
        await pilot.pause()
        assert "What was left out cannot be read." in shown(app)


async def test_what_the_user_said_is_told(repository: Repository, tmp_path: Path) -> None:
    """Of a mail from a sender that was refused, the list and the reasons say that."""
    take(repository, box(tmp_path, pitch(1)))
    screening.say(repository, list(repository.index.rows), outreach=False)
    take(repository, box(tmp_path, pitch(1, message_id="<later@northgate.example>")))
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "o")
        await pilot.pause()
        assert "said by you" in shown(app)
        assert "You said that what comes from" in shown(app)


async def test_what_was_taken_in_meanwhile(repository: Repository, tmp_path: Path) -> None:
    """There is nothing to take back, so no key for that is named."""
    take(repository, box(tmp_path, news(1)))
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "o")
        await pilot.pause()
        screening.say(repository, (), outreach=True, left=left(repository)[:1])
        await pilot.press("+")
        await pilot.pause()
        assert "it was there already" in shown(app)
        assert "undoes" not in shown(app)


async def test_z_on_the_sources_takes_nothing_back(listed: Repository) -> None:
    """What was done there is no change of the file, and the last change is not looked for there."""
    app = inbox(listed)
    async with app.run_test(size=NARROW) as pilot:
        before = len(listed.index.rows)
        await pilot.press("g", "s", "G", "#", "z")
        await pilot.pause()
        assert "Nothing here is undone" in said(app)
        assert len(listed.index.rows) == before == 1
        await pilot.press("G")
        await pilot.pause()
        assert "read it" not in shown(app)


async def test_from_place_to_place(listed: Repository) -> None:
    """`g` leads on from a page that is a list; each place lies over the inbox, and Esc leads back to that."""
    app = inbox(listed)
    async with app.run_test(size=NARROW) as pilot:
        for keys, title in (("s", "Sources"), ("o", "Left out"), ("p", "People"), ("s", "Sources")):
            await pilot.press("g", keys)
            await pilot.pause()
            assert shown(app).lstrip().startswith(title)
            assert len(app.screen_stack) == 2
        await pilot.press("g", "f")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert "Screener" in shown(app)
        await pilot.press("g", "s", "escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
