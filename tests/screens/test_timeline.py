"""The reader: what stands in the head, how messages are laid out, and that only what is seen is wrapped."""

from collections.abc import Sequence

from textual.app import App, ComposeResult

from inbox_support import a_row, text_of
from store.records.message import Attachment, Message
from store.records.note import Note
from store.rules.row import Row
from store.rules.timeline import Entry
from support import NOW, a_contact, ago
from tui.widgets.reading import standing
from tui.widgets.timeline import Timeline

DANA = a_contact("Dana Whitfield", phone="+1 415 555 0132")


class TimelineApp(App[None]):
    """A reader and nothing else."""

    def __init__(self, row: Row, entries: Sequence[Entry], words: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.row = row
        self.words = words
        self.fetched = 0
        self.entries = entries
        self.reader = Timeline(self.fetch)

    def fetch(self, _: Row) -> Sequence[Entry]:
        """Count how often the messages are asked for."""
        self.fetched += 1
        return self.entries

    def compose(self) -> ComposeResult:
        """Lay out the reader."""
        yield self.reader

    def on_mount(self) -> None:
        """Show the row."""
        self.reader.show(self.row, now=NOW, words=self.words)
        self.reader.focus()


def said(at: int, **fields: object) -> Entry:
    """Make the entry of a message from Dana."""
    fields.setdefault("sender", DANA)
    outgoing = bool(fields.pop("outgoing", False))
    versions = fields.pop("versions", ())
    message = Message(at=at, **fields)  # type: ignore[arg-type]
    return Entry(at=at, kind="message", id=at, message=message, outgoing=outgoing, versions=versions)  # type: ignore[arg-type]


async def test_a_whole_opportunity() -> None:
    """Head, mail with its folded rest, call, voicemail, note and what the user did, in their places."""
    row = a_row(
        who="Dana Whitfield",
        role="Staff Platform Engineer",
        firm="Northgate",
        company="Acme Robotics",
        mandate="retained",
        phone="+1 415 555 0132",
        labels=("remote",),
        attempts=3,
        at=ago(days=3),
    )
    entries = [
        said(
            ago(days=7),
            subject="A role",
            body="Hi Robin,\n\n\n\nshall we talk?",
            quoted="> a\n> b",
            signature="Dana",
        ),
        said(ago(days=4), channel="call_missed", body=""),
        said(ago(days=3), channel="voicemail", duration=41, body="Call me."),
        Entry(at=ago(days=2), kind="note", id=9, note=Note(text="Ask about pay")),
    ]
    app = TimelineApp(row, entries)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert [line for line in text_of(app.reader) if line] == [
            "Staff Platform Engineer · Acme Robotics",
            "Dana Whitfield, Northgate · retained · 3 of 4 facts",
            "+1 415 555 0132 · +remote",
            "3 approaches in 7 days, none answered: you owe a reply",
            "mail   Mon  9 Nov 10:00   Dana Whitfield",
            "       A role",
            "       Hi Robin,",
            "       shall we talk?",
            "       + 2 quoted lines, signature",
            "call   Thu 12 Nov 10:00   missed   +1 415 555 0132",
            "vm     Fri 13 Nov 10:00   0:41   +1 415 555 0132",
            "       “Call me.”",
            "note   Sat 14 Nov 10:00",
            "       Ask about pay",
            "you    nothing yet",
        ]


async def test_text_is_at_most_76_columns_wide() -> None:
    """However wide the window, and however long a word."""
    entries = [said(ago(days=1), body="word " * 100 + "x" * 300 + " 山田太郎" * 40)]
    app = TimelineApp(a_row(), entries)
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.pause()
        lines = [line for line in text_of(app.reader)[5:] if line.startswith("       ")]
        assert max(map(len, lines)) <= 76
        assert len(lines) > 8


async def test_a_long_message_is_wrapped_as_far_as_it_is_seen() -> None:
    """A message of a million lines shows its first page at once; the wheel and the keys go on from there."""
    app = TimelineApp(a_row(), [said(ago(days=1), body="a line\n" * 1_000_000)])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert len(app.reader._lines) < 100
        assert text_of(app.reader)[-1] == "↓ more"
        app.reader.act_half_page_down()
        app.reader.act_page_down()
        app.reader.act_next()
        await pilot.pause()
        assert text_of(app.reader)[0] == "       a line"
        assert len(app.reader._lines) < 200
        app.reader.act_first()
        await pilot.pause()
        assert text_of(app.reader)[0] == "Staff Engineer"


async def test_scrolling_stops_at_both_ends() -> None:
    """The end stays at the bottom of the window, the head at its top."""
    app = TimelineApp(a_row(), [said(ago(days=1), body="\n".join(f"line {number}" for number in range(50)))])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.reader.act_last()
        app.reader.act_page_down()
        await pilot.pause()
        assert text_of(app.reader)[-1] == "you    nothing yet"
        app.reader.act_page_up()
        app.reader.act_page_up()
        app.reader.act_page_up()
        app.reader.act_previous()
        await pilot.pause()
        assert text_of(app.reader)[0] == "Staff Engineer"


async def test_the_same_row_again_is_not_laid_out_again() -> None:
    """Showing what is shown already costs nothing; another version of the row keeps the place."""
    app = TimelineApp(a_row(), [said(ago(days=1), body="line\n" * 80)])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.reader.show(app.row, now=NOW)
        await pilot.pause()
        assert app.fetched == 1
        app.reader.scroll_lines(10)
        await pilot.pause()
        before = text_of(app.reader)
        app.reader.show(a_row(starred=True), now=NOW)
        await pilot.pause()
        assert text_of(app.reader) == before


async def test_what_came_in_several_copies_or_with_attachments_says_so() -> None:
    """Copies of a message are counted, attachments are named."""
    entries = [said(ago(days=1), versions=(5, 6), attachments=(Attachment(name="brief\x1b[1m.pdf"),))]
    app = TimelineApp(a_row(), entries)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        text = "\n".join(text_of(app.reader))
        assert "3 versions" in text
        assert "attached: brief" in text
        assert "\x1b" not in text


async def test_an_answer_given_elsewhere_stands_in_its_place() -> None:
    """An answer that is no message is an entry of its own, between what came before and after it."""
    row = a_row(answered_at=ago(days=2), attempts=1)
    app = TimelineApp(row, [said(ago(days=3)), said(ago(days=1))])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        marks = [line[:5].strip() for line in text_of(app.reader)[4:] if line and line[0] != " "]
        assert marks == ["mail", "you", "mail", "you"]
        assert text_of(app.reader)[-1] != "you    nothing yet"


def test_who_owes_whom_in_words() -> None:
    """The sentence follows attempts, answers and the silent limit."""
    assert standing(a_row(), [], NOW) == ("One approach, yesterday, not answered:", "you owe a reply")
    assert standing(a_row(at=ago(0)), [], NOW)[0] == "One approach, today, not answered:"
    assert standing(a_row(at=ago(20)), [], NOW)[1] == "counted as silent"
    assert standing(a_row(at=ago(20)), [], NOW, 30)[1] == "you owe a reply"
    assert standing(a_row(answered_at=NOW), [], NOW) == ("You answered today:", "they owe a reply")
    again = a_row(attempts=2, answered_at=ago(5), first_at=ago(9))
    entries = [said(ago(9)), said(ago(3)), said(ago(1))]
    assert standing(again, entries, NOW)[0] == "2 approaches in 3 days, none since your answer:"


async def test_matches_are_gone_to_and_marked() -> None:
    """n and N go from match to match, and stay where there is no other."""
    body = "\n".join("needle" if number in (30, 60) else "hay" for number in range(90))
    app = TimelineApp(a_row(), [said(ago(days=1), body=body)], words=("needle",))
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        for step, expected in ((1, True), (1, True), (1, False), (-1, True), (-1, False)):
            assert app.reader.next_match(step) is expected
            await pilot.pause()
            assert "       needle" in text_of(app.reader)


async def test_a_click_unfolds_one_quotation() -> None:
    """The line that stands for a quotation opens it, and closes it again."""
    app = TimelineApp(a_row(), [said(ago(days=1), body="Hi", quoted="> old words")])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        line = next(y for y, text in enumerate(text_of(app.reader)) if "quoted" in text)
        await pilot.click(offset=(10, line))
        await pilot.pause()
        assert "       > old words" in text_of(app.reader)
        await pilot.click(offset=(10, line))
        await pilot.pause()
        assert "       > old words" not in text_of(app.reader)


async def test_every_version_of_a_message_can_be_read() -> None:
    """What came under a Message-ID that was there already is told of, and unfolds with its sender."""
    forged = Message(at=ago(days=1), sender=a_contact("Eve Adler"), body="Pay here.")
    entry = Entry(
        at=ago(days=1),
        kind="message",
        id=7,
        message=Message(at=ago(days=1), sender=DANA, body="The real one."),
        versions=(8,),
        others=(forged,),
    )
    app = TimelineApp(a_row(), [entry])
    async with app.run_test(size=(70, 30)) as pilot:
        await pilot.pause()
        shown = "\n".join(text_of(app.reader))
        assert "1 other version" in shown
        assert "Pay here." not in shown
        app.reader.toggle_folds()
        await pilot.pause()
        shown = "\n".join(text_of(app.reader))
        assert "The real one." in shown
        assert "from Eve Adler" in shown
        assert "Pay here." in shown
