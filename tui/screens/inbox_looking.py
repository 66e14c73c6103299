"""What the inbox tells about the row: links, what can be copied, and who is behind it."""

from functools import partial
from typing import TYPE_CHECKING

from store.records.message import Contact
from store.rules.dates import age
from store.rules.grouping import identifies
from store.rules.row import Row
from store.rules.views import TITLES, owes, view_of
from tui.screens.acting import Acting
from tui.text import safe

if TYPE_CHECKING:
    from tui.screens.links import Link


class Looking(Acting):
    """Open a link, copy, and the person card."""

    def act_open_link(self) -> None:
        """Open a link, its real host shown first."""
        from tui.screens.links import links_in
        from tui.widgets.picker import Choice, Picker

        row = self.one_row()
        if row is None:
            return
        entries = self.repository.timeline(row)
        links = links_in(entry.message for entry in entries if entry.message is not None)
        choices = [
            Choice(
                str(number), link.host or "not opened", f"{link.refused}: {link.address}".removeprefix(": ")
            )
            for number, link in enumerate(links)
        ]
        if not choices:
            self.say("There is no link in it.")
            return

        def follow(number: str | None) -> None:
            if number is not None:
                self._open(links[int(number)])

        about = "Left is where it leads; nothing is opened before you choose."
        self.ask(Picker(self.keymap, "Open a link", choices, about=about), follow)

    def act_copy(self) -> None:
        """Copy an address, a number or the text."""
        from tui.widgets.picker import Choice, Picker

        row = self.one_row()
        if row is None:
            return
        entries = self.repository.timeline(row)
        text = "\n\n".join(entry.message.body for entry in entries if entry.message is not None)
        values = {"phone": row.phone, "e-mail": row.email, "name": row.who, "text": text.strip()}
        choices = [Choice(name, name, value) for name, value in values.items() if value]

        def copy(name: str | None) -> None:
            if name is not None:
                self._copy(f"Copied the {name}", values[name])

        self.ask(Picker(self.keymap, "Copy", choices), copy)

    def act_person(self) -> None:
        """Show who is behind the row: addresses, numbers, and every opportunity that came from them."""
        from tui.widgets.picker import Choice, Picker

        row = self.one_row()
        if row is None:
            return
        rows = [each for each in self.repository.index.rows.values() if _is_same_person(each, row)]
        rows.sort(key=lambda each: -each.at)
        choices = [
            Choice(str(each.id), ", ".join(filter(None, (each.role, each.company))), self._fate(each))
            for each in rows
        ]

        def go(opportunity: str | None) -> None:
            if opportunity is not None:
                self.reveal(int(opportunity))

        title = f"{row.who}, {row.firm}" if row.firm else row.who
        self.ask(Picker(self.keymap, title, choices, about=self._card(rows)), go)

    def reveal(self, opportunity: int) -> None:
        """Put the cursor on an opportunity, in a view that has it; the screen says how."""
        raise NotImplementedError

    def _open(self, link: "Link") -> None:
        from tui.screens.links import can_open

        if link.refused:
            self.say(f"Not opened: {link.refused}.", warning=True)
        elif not can_open():
            self._copy("No browser has a window here; copied the link", link.address)
        else:
            self.run_worker(partial(self._open_in_thread, link), thread=True)
            self.say(f"Opening {link.host}")

    def _open_in_thread(self, link: "Link") -> None:
        from tui.screens.links import open_link

        if not open_link(link):
            self.app.call_from_thread(self.say, f"No browser took {link.host}.", warning=True)

    def _copy(self, sentence: str, value: str) -> None:
        self.app.copy_to_clipboard(safe(value, newlines=True))
        self.say(f"{sentence} · by the terminal (OSC 52), if it allows that")

    def _card(self, rows: list[Row]) -> str:
        """Say what is known of a person in a few lines."""
        now = self.now
        emails = dict.fromkeys(each.email for each in rows if each.email)
        phones = dict.fromkeys(each.phone for each in rows if each.phone)
        approaches = sum(len(each.messages) for each in rows)
        newest = rows[0]
        word = "yours" if owes(newest) == "them" else "theirs"
        last = max(newest.answered_at, newest.inbound_at)
        counted = ", ".join(
            (
                f"{len(rows)} {'opportunity' if len(rows) == 1 else 'opportunities'}",
                f"{approaches} {'message' if approaches == 1 else 'messages'}",
            )
        )
        lines = [
            " · ".join([*emails, *phones]),
            f"{counted} · the last word was {word}, {age(last, now)} ago",
        ]
        return "\n".join(line for line in lines if line)

    def _fate(self, row: Row) -> str:
        view = TITLES.get(view_of(row, self.now), "Muted")
        attempts = f" · x{row.attempts}" if row.attempts > 1 else ""
        return f"{age(row.at, self.now)} · {view}{attempts}"


def _identities(row: Row) -> set[str]:
    return {identifies(Contact(email=row.email)), identifies(Contact(phone=row.phone))} - {""}


def _is_same_person(one: Row, other: Row) -> bool:
    """By an address or number that stands for one person, else by name and firm."""
    if _identities(one) & _identities(other):
        return True
    return one.who == other.who and one.firm == other.firm
