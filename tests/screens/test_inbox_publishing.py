"""What the inbox does with the synced file: it publishes behind the keys, and says when it cannot."""

import json
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from inbox_support import NARROW, WIDE, fill, inbox, screen_of, shown, text_of
from store import network
from store.errors import NotPublishedError
from store.repository import Repository
from support import a_message, ago
from tui.screens.people import PeopleScreen
from tui.widgets.picker import Picker


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for something that a thread does."""
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.02)
    pytest.fail("it never came true")


async def test_a_change_is_published_while_the_inbox_stays_open(repository: Repository) -> None:
    """Soon after a key, the file that is synced holds what the key did."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: not repository.unpublished)
        tables = json.loads(repository.path.read_text())
        assert [each["place"]["view"] for each in tables["opportunities"].values()] == ["done"]


async def test_what_cannot_be_published_is_said_until_it_is(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bar says that the file is behind; the change itself is kept."""
    fill(repository, a_message())

    def full() -> None:
        raise NotPublishedError("The disk is full.", "Make room.")

    with monkeypatch.context() as broken:
        broken.setattr(repository, "publish", full)
        app = inbox(repository)
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("e")
            await until(pilot, lambda: "not yet in the synced file" in text_of(screen_of(app).bar)[0])
            assert repository.index.counts()["done"] == 1
            broken.undo()
            screen_of(app).publisher.wake()
            await until(pilot, lambda: "not yet" not in text_of(screen_of(app).bar)[0])


async def test_nothing_unexpected_ends_the_publishing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong is told, and tried again with the next change."""
    fill(repository, a_message())

    def broken(**_: bool) -> None:
        raise RuntimeError("no one foresaw this")

    with monkeypatch.context() as patched:
        patched.setattr(repository, "publish", broken)
        app = inbox(repository)
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("e")
            await until(pilot, lambda: screen_of(app).problem is not None)
            assert "no one foresaw this" in str(screen_of(app).problem)
            patched.undo()
            screen_of(app).publisher.wake()
            await until(pilot, lambda: not repository.unpublished)


async def test_nothing_unexpected_ends_the_looking_around(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others wrote may be anything: a failure is said once, and the inbox goes on."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:

        def broken() -> None:
            raise RuntimeError("no one foresaw this")

        monkeypatch.setattr(repository, "refresh", broken)
        screen_of(app).look_around()
        await pilot.pause()
        assert "no one foresaw this" in shown(app)
        screen_of(app).footer.hush()
        screen_of(app).look_around()
        assert not screen_of(app).footer.sentence


async def test_a_file_that_another_program_put_there_is_merged(repository: Repository) -> None:
    """A synced copy that replaces the file under the open inbox appears in it."""
    fill(repository, a_message())
    repository.publish()
    older = repository.path.read_bytes()
    fill(repository, a_message("Infrastructure lead", sender="Marcus Lee", at=ago(2)))
    repository.publish()
    newer = repository.path.read_bytes()
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        repository.path.write_bytes(older)
        await until(pilot, lambda: repository.path.read_bytes() == newer)
        await pilot.pause()
        assert "Marcus Lee" in shown(app)


async def test_a_missing_file_is_asked_about(repository: Repository) -> None:
    """A file that went away under the open inbox is written anew only when the user says so."""
    fill(repository, a_message())
    repository.publish()
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        repository.path.unlink()
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.pause()
        assert "The data file is gone" in shown(app)
        assert "changes wait on this machine\n" in shown(app)
        assert "from everything this machine knows" in shown(app)
        assert not repository.path.exists()
        await pilot.press("down", "enter")
        await until(pilot, repository.path.exists)
        await until(pilot, lambda: screen_of(app).problem is None)


async def test_what_a_page_changes_is_published_while_it_is_open(repository: Repository) -> None:
    """A change made on a page over the inbox is on the disk and in the file without leaving the page."""
    fill(repository, a_message())
    repository.transact("Add", lambda t: network.add_person(t, "Sam Lee"))
    repository.publish()
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p", "s")
        await until(pilot, lambda: b'"last_touch"' in repository.path.read_bytes())
        assert isinstance(app.screen, PeopleScreen)
