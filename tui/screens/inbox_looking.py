"""What the inbox tells about the row: links, what can be copied, and who is behind it."""

from functools import partial
from typing import TYPE_CHECKING

from tui.screens.acting import Acting
from tui.screens.copying import copy

if TYPE_CHECKING:
    from tui.screens.links import Link


_LONGEST = 80
"""Characters of a message's title in a picker."""


class Looking(Acting):
    """Open a link, the files, the headers, copy, and the person card."""

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

        def take(name: str | None) -> None:
            if name is not None:
                self._copy(f"Copied the {name}", values[name])

        self.ask(Picker(self.keymap, "Copy", choices), take)

    def act_attachments(self) -> None:
        """Show the files that came with it."""
        from tui.screens.attachments import AttachmentsScreen

        row = self.one_row()
        if row is not None:
            self.app.push_screen(
                AttachmentsScreen(self.repository, self.keymap, row, plain_text=self.plain_text)
            )

    def act_headers(self) -> None:
        """Show the headers of a mail as they came; where there are several, ask of which."""
        from store.enclosures import received
        from tui.screens.headers import HeadersScreen
        from tui.widgets.dates import stamp
        from tui.widgets.picker import Choice, Picker

        row = self.one_row()
        if row is None:
            return
        found = received(self.repository.timeline(row))
        choices = [
            Choice(str(place), f"{stamp(each.message.at, self.now)}  {each.message.subject}"[:_LONGEST])
            for place, each in enumerate(found)
        ]

        def show(place: str | None) -> None:
            if place is not None:
                message = found[int(place)].message
                self.app.push_screen(
                    HeadersScreen(self.repository, self.keymap, message, plain_text=self.plain_text)
                )

        if len(choices) == 1:
            show(choices[0].value)
        else:
            self.ask(Picker(self.keymap, "Raw headers of", choices[::-1]), show)

    def act_person(self) -> None:
        """Show the card of whoever is behind the row."""
        from tui.screens.person import PersonScreen

        row = self.one_row()
        if row is None:
            return
        before = self.repository.index.version

        def back(_: None) -> None:
            if self.repository.index.version != before or self.repository.unpublished:
                self.changed()

        self.app.push_screen(
            PersonScreen(self.repository, self.keymap, row, self.reveal, plain_text=self.plain_text), back
        )

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
        copy(self.app, value, lambda way: self.say(f"{sentence} · {way}"))
