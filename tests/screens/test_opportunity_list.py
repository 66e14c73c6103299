"""The list draws what is in sight, keeps the cursor on its opportunity, and knows what is selected."""

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.strip import Strip

from inbox_support import a_row, rows_by_id, text_of
from store.rules.row import Row
from support import NOW
from tui.widgets.opportunity_list import OpportunityList


class Counting(OpportunityList):
    """A list that counts the lines it draws."""

    drawn = 0

    def draw(self, y: int) -> Strip:
        """Draw a line and count it."""
        self.drawn += 1
        return super().draw(y)


class ListApp(App[None]):
    """A list and nothing else."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = rows_by_id(rows)
        self.list = Counting(self.rows.get)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield self.list

    def on_mount(self) -> None:
        """Show every row."""
        self.show(list(self.rows))
        self.list.focus()

    def show(self, ids: list[int]) -> None:
        """Show these rows."""
        places = {each: place for place, each in enumerate(ids)}
        self.list.show(ids, places.get, now=NOW)


def people(count: int) -> list[Row]:
    """Make as many rows as are asked for."""
    return [a_row(number, who=f"Person {number}") for number in range(1, count + 1)]


async def test_fifty_thousand_rows_cost_what_is_in_sight() -> None:
    """The first paint draws the lines of the window, and going to the end draws them once more."""
    app = ListApp(people(50_000))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.list.drawn <= 2 * 20
        app.list.drawn = 0
        app.list.act_last()
        await pilot.pause()
        assert app.list.cursor_id == 50_000
        assert app.list.drawn == 20
        assert "Person 50000" in text_of(app.list)[-1]


async def test_a_step_of_the_cursor_repaints_two_lines() -> None:
    """The line that the cursor left and the one it came to are drawn, no other."""
    app = ListApp(people(1_000))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        app.list.drawn = 0
        app.list.act_next()
        await pilot.pause()
        assert app.list.drawn == 2


async def test_the_cursor_stays_on_its_opportunity() -> None:
    """When rows come in above it, the cursor goes down with its row."""
    app = ListApp(people(5))
    async with app.run_test(size=(60, 20)) as pilot:
        app.list.move_to(2)
        app.rows[99] = a_row(99)
        app.show([99, 1, 2, 3, 4, 5])
        await pilot.pause()
        assert (app.list.cursor_id, app.list.position) == (3, 3)


async def test_the_cursor_goes_to_the_next_when_its_row_leaves() -> None:
    """After a verb took away the row and its neighbours, the next one that stays is under the cursor."""
    app = ListApp(people(6))
    async with app.run_test(size=(60, 20)):
        app.list.move_to(2)
        app.list.expect_removal({1, 3, 4})
        app.show([2, 5, 6])
        assert app.list.cursor_id == 5


async def test_the_cursor_goes_to_the_one_before_at_the_end() -> None:
    """When nothing follows what left, the cursor goes to the last that stays."""
    app = ListApp(people(3))
    async with app.run_test(size=(60, 20)):
        app.list.act_last()
        app.list.expect_removal({3})
        app.show([1, 2])
        assert app.list.cursor_id == 2


async def test_a_range_grows_and_shrinks_with_the_cursor() -> None:
    """A range reaches from where it began to the cursor; what was selected before stays."""
    app = ListApp(people(9))
    async with app.run_test(size=(60, 20)):
        app.list.toggle_selected()
        app.list.move_to(3)
        app.list.toggle_range()
        app.list.move_to(6)
        app.list.move_to(5)
        assert set(app.list.selection) == {1, 4, 5, 6}
        app.list.toggle_range()
        app.list.move_to(8)
        assert set(app.list.selection) == {1, 4, 5, 6}


async def test_the_terminal_cursor_stands_on_the_row() -> None:
    """A screen reader follows the terminal's own cursor: it is put on the line of the cursor."""
    app = ListApp(people(9))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        app.list.move_to(4)
        assert app.cursor_position == app.list.region.offset + Offset(1, 4)


async def test_a_click_moves_the_cursor_and_two_open() -> None:
    """A click goes to a line; a second one on it asks to open it."""
    opened: list[int | None] = []

    class Opening(ListApp):
        def on_opportunity_list_opened(self) -> None:
            opened.append(self.list.cursor_id)

    app = Opening(people(9))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.click(offset=(10, 3))
        assert app.list.cursor_id == 4
        await pilot.double_click(offset=(10, 3))
        assert opened == [4]


async def test_what_a_row_shows_follows_the_row() -> None:
    """A row that became another one is drawn anew, the others are taken as they were."""
    app = ListApp(people(3))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        app.rows[2] = a_row(2, who="Somebody else")
        app.show([1, 2, 3])
        await pilot.pause()
        assert "Somebody else" in text_of(app.list)[1]


async def test_an_empty_list_says_why() -> None:
    """An empty list shows its sentences, and moving in it does nothing."""
    app = ListApp([])
    async with app.run_test(size=(60, 20)) as pilot:
        app.list.show_empty(["Nothing new.", "c captures one by hand"])
        app.list.act_next()
        app.list.act_last()
        app.list.toggle_range()
        app.list.toggle_selected()
        await pilot.pause()
        assert text_of(app.list)[0] == " Nothing new."
        assert app.list.cursor_id is None


async def test_a_list_that_just_became_shorter_is_drawn_all_the_same() -> None:
    """Another thread may take rows out of the list between two lines of a paint."""
    app = ListApp(people(30))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        ids = app.list.ids
        assert isinstance(ids, list)
        del ids[5:]
        assert text_of(app.list)[10] == ""
