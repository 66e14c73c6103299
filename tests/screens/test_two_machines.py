"""An open inbox while the synced file changes under it, and the pages of what met and what came."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from inbox_support import NARROW, WIDE, inbox, screen_of, shown
from store import conflicts, verbs
from store.quick_add import QuickAdd, add
from store.repository import Repository
from store.transaction import Transaction
from tui.screens.inbox import InboxScreen
from tui.widgets.form import Form

Elsewhere = Callable[..., None]


@pytest.fixture
def elsewhere(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """Work on another machine, on a copy of the file as it was when this was asked for."""
    for who in ("Dana Whitfield", "Priya Nair", "Tom Birch"):
        add(repository, QuickAdd(channel="call", sender=who, role=f"Role of {who}", new=True))
    repository.publish()
    copy = Path(shutil.copy(repository.path, tmp_path / "copy.json"))

    def work(*changes: Callable[[Transaction], object]) -> None:
        with monkeypatch.context() as patch:
            patch.setenv("RINGBACK_STATE", str(tmp_path / "elsewhere"))
            patch.setattr("store.repository.host", lambda: "thinkpad")
            with Repository.open(copy) as other:
                for change in changes:
                    other.transact("Change", change)
        shutil.copy(copy, tmp_path / "arrives.json")
        (tmp_path / "arrives.json").replace(repository.path)

    return work


def of(repository: Repository, who: str) -> int:
    """Return somebody's opportunity."""
    return next(row.id for row in repository.index.rows.values() if row.who == who)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds, at most five seconds."""
    for _ in range(100):
        if holds():
            return
        await pilot.pause(0.05)
    pytest.fail(shown(pilot.app))


async def test_what_came_is_said_and_listed(repository: Repository, elsewhere: Elsewhere) -> None:
    """The replaced file is merged, one line says what changed and where, and a page lists it."""
    app = inbox(repository)
    tom = of(repository, "Tom Birch")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        elsewhere(lambda t: verbs.done(t, [tom]))
        await until(pilot, lambda: "Changed on thinkpad: Tom Birch" in shown(app))
        assert "view: Done" in shown(app)
        assert "1 New 2" in shown(app)
        await pilot.press("g", "e")
        await pilot.pause()
        assert "Changed elsewhere   1" in shown(app)
        assert "written on thinkpad" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        row = screen_of(app).row
        assert row is not None
        assert row.who == "Tom Birch"


async def test_cursor_selection_and_form_stay(repository: Repository, elsewhere: Elsewhere) -> None:
    """While a file arrives, the cursor keeps its row, the selection its rows, an open form its words."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("x", "j", "j")
        here = screen_of(app).list.cursor_id
        selected = list(screen_of(app).list.selected)
        others = [id for id in repository.index.rows if id not in (here, *selected)]
        await pilot.press("c", "p", *"Sofia")
        await pilot.pause()
        elsewhere(lambda t: verbs.done(t, others))
        await until(pilot, lambda: repository.index.rows[others[0]].place == "done")
        await pilot.pause(0.6)
        form = app.screen
        assert isinstance(form, Form)
        assert "Sofia" in form.values().values()
        await pilot.press("escape")
        await pilot.pause()
        assert screen_of(app).list.cursor_id == here
        assert list(screen_of(app).list.selected) == selected


async def test_what_met_is_said_briefly_where_there_is_little_room(
    repository: Repository, elsewhere: Elsewhere
) -> None:
    """At 80 columns the views stay beside what is due and what met."""
    dana = of(repository, "Dana Whitfield")
    repository.transact("Edit", lambda t: verbs.edit(t, [dana], pay="$180k"))
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        elsewhere(lambda t: verbs.edit(t, [dana], pay="$200k"))
        await until(pilot, lambda: "1 met" in shown(app))
        assert "1 edit met" not in shown(app)
        first = shown(app).splitlines()[0]
        assert "New" in first
        assert "All" in first


async def test_both_values_stand_side_by_side_with_a_key_each(
    repository: Repository, elsewhere: Elsewhere
) -> None:
    """The bar counts what met; the page shows both with machine and time; a number chooses, z undoes."""
    dana = of(repository, "Dana Whitfield")
    repository.transact("Edit", lambda t: verbs.edit(t, [dana], pay="$180k"))
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        elsewhere(lambda t: verbs.edit(t, [dana], pay="$200k"))
        await until(pilot, lambda: "1 edit met" in shown(app))
        await pilot.press("g", "x")
        await pilot.pause()
        text = shown(app)
        assert "Edits that met   1" in text
        assert all(words in text for words in ("$180k", "$200k", "thinkpad", "this machine"))
        values = [side.value for side in conflicts.met(repository)[0].sides]
        await pilot.press(str(values.index("$180k") + 1))
        await pilot.pause()
        assert "No edits met." in shown(app)
        assert shown(app).splitlines()[-1].startswith(" pay: $180k · z undoes")
        assert repository.index.rows[dana].pay == "$180k"
        await pilot.press("z")
        await pilot.pause()
        assert len(conflicts.met(repository)[0].sides) == 2
        await pilot.press("9")
        await pilot.pause()
        assert "There are 2 values." in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)
        assert app.screen.list.cursor_id == dana


@pytest.mark.parametrize("keys", [("g", "x"), ("g", "e")])
@pytest.mark.parametrize("size", [(20, 5), NARROW, WIDE])
async def test_an_empty_page_says_what_fills_it(
    repository: Repository, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    """Without a second machine both pages explain themselves, and no key breaks them."""
    app = inbox(repository)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys, "j", "k", "enter", "1", "G")
        await pilot.pause()
        if size != (20, 5):
            assert "edits met" in shown(app) or "from elsewhere" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)
