"""The bars above and below: what they show, and what they leave out first where there is no room."""

import pytest
from textual.app import App, ComposeResult

from inbox_support import text_of
from tui.text import Safe
from tui.widgets.key_footer import KeyFooter
from tui.widgets.view_bar import ViewBar

COUNTS = {"new": 12, "later": 3, "waiting": 5, "snoozed": 8, "aside": 0, "done": 214, "all": 243, "trash": 2}
ITEMS = [
    (Safe(key), Safe(title)) for key, title in (("e", "done"), ("h", "snooze"), ("w", "wait"), ("?", "help"))
]


class BarApp(App[None]):
    """Both bars."""

    def __init__(self) -> None:
        super().__init__()
        self.bar, self.footer = ViewBar(), KeyFooter()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield self.bar
        yield self.footer

    def on_view_bar_chosen(self, event: ViewBar.Chosen) -> None:
        """Note what was clicked."""
        self.chosen.append(event.view)


@pytest.mark.parametrize(
    ("width", "view", "expected"),
    [
        (
            120,
            "new",
            " Ringback  1 New 12  2 Later 3  3 Waiting 5  4 Snoozed 8  5 Aside 0  6 Done 214  7 All 243",
        ),
        (90, "new", " Ringback  New 12  Later 3  Waiting 5  Snoozed 8  Aside 0  Done 214  All 243"),
        (80, "new", " Ringback  New 12  Later 3  Waiting 5  Snoozed 8  Done 214  All 243"),
        (79, "new", " Ringback  New 12  Later 3  Waiting 5  Snoozed 8  Done 214  All 243"),
        (74, "new", " Ringback  New 12  Later 3  Waiting 5  Snoozed 8  Done 214  All 243"),
        (73, "new", "  New 12  Later 3  Waiting 5  Snoozed 8  Done 214  All 243"),
        (80, "aside", "  New 12  Later 3  Waiting 5  Snoozed 8  Aside 0  Done 214  All 243"),
        (60, "new", "  New 12  Later 3  Waiting 5  Snoozed 8  Done 214"),
        (60, "all", "  New 12  Later 3  Waiting 5  Snoozed 8  All 243"),
        (60, "aside", "  New 12  Later 3  Waiting 5  Snoozed 8  Aside 0"),
        (30, "new", "  New 12  Later 3"),
        (15, "new", "  New 12"),
        (
            120,
            "trash",
            (
                " Ringback  1 New 12  2 Later 3  3 Waiting 5  4 Snoozed 8  5 Aside 0  6 Done 214  7 All 243"
                "  Trash 2"
            ),
        ),
    ],
)
async def test_what_does_not_fit_is_left_out_in_order(width: int, view: str, expected: str) -> None:
    """Digits go first, then empty views, the name, other views; what is open and what is due stay."""
    app = BarApp()
    async with app.run_test(size=(width, 5)) as pilot:
        app.bar.show(view, COUNTS, right=Safe("2 due"))
        await pilot.pause()
        (line,) = text_of(app.bar)
        assert line.endswith("2 due")
        assert line.removesuffix("2 due").rstrip() == expected


async def test_a_warning_takes_the_place_of_what_is_due() -> None:
    """What must not be missed stands at the right."""
    app = BarApp()
    async with app.run_test(size=(120, 5)) as pilot:
        app.bar.show("new", COUNTS, right=Safe("2 due"), warning=Safe("not yet in the synced file"))
        await pilot.pause()
        assert text_of(app.bar)[0].endswith("not yet in the synced file")


async def test_a_view_can_be_clicked() -> None:
    """A click on a view's name or count chooses it; one on the name of the program does nothing."""
    app = BarApp()
    async with app.run_test(size=(120, 5)) as pilot:
        app.bar.show("new", COUNTS, right=Safe(""))
        await pilot.pause()
        await pilot.click(offset=(3, 0))
        await pilot.click(offset=(text_of(app.bar)[0].index("Waiting") + 2, 0))
        assert app.chosen == ["waiting"]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (80, " e done   h snooze   w wait   ? help"),
        (32, " e done   h snooze   ? help"),
        (20, " e done   ? help"),
        (9, " ? help"),
    ],
)
async def test_no_key_is_cut_and_the_last_stays(width: int, expected: str) -> None:
    """Keys that do not fit are left out whole; help is always there."""
    app = BarApp()
    async with app.run_test(size=(width, 5)) as pilot:
        app.footer.show(ITEMS)
        await pilot.pause()
        assert text_of(app.footer) == [expected]


async def test_a_sentence_stands_until_the_next_key() -> None:
    """What was done takes the place of the keys until it is hushed."""
    app = BarApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.footer.show(ITEMS, Safe("3 selected"))
        app.footer.say(Safe("Done · z undoes"))
        await pilot.pause()
        assert text_of(app.footer) == [" Done · z undoes"]
        app.footer.hush()
        await pilot.pause()
        assert text_of(app.footer)[0].startswith(" 3 selected   e done")
