"""Capturing what came by another way than mail: a form, prefilled from what was pasted."""

from typing import TYPE_CHECKING

from textual import events

from store.rules.dates import parse_at
from tui.screens.acting import Acting

if TYPE_CHECKING:
    from store.quick_add import QuickChannel
    from tui.widgets.form import Field

_NAMES: "dict[QuickChannel, str]" = {
    "email": "an e-mail",
    "linkedin": "a LinkedIn message",
    "call": "a phone call",
    "voicemail": "a voicemail",
    "text": "a text message",
}


class Captures(Acting):
    """`c` and a letter opens the form of a channel; a paste into the list opens it with the text."""

    def act_capture_email(self) -> None:
        """Capture an e-mail."""
        self.capture("email")

    def act_capture_linkedin(self) -> None:
        """Capture a LinkedIn message."""
        self.capture("linkedin")

    def act_capture_call(self) -> None:
        """Capture a phone call."""
        self.capture("call")

    def act_capture_voicemail(self) -> None:
        """Capture a voicemail."""
        self.capture("voicemail")

    def act_capture_text(self) -> None:
        """Capture a text message."""
        self.capture("text")

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text as a message to keep, never as keys."""
        event.stop()
        if event.text.strip() and not self._take_in(event.text):
            self.capture("email" if "@" in event.text else "linkedin", body=event.text)

    def _take_in(self, text: str) -> bool:
        """Take in what a pasted text is by itself: a page of LinkedIn, a forwarded mail, a mail, a chat."""
        from store.intake.pulling import Request, pull
        from store.sources.paste.source import understood

        data = text.encode("utf-8", "replace")
        kind = understood(data)
        if not kind:
            return False
        before = set(self.repository.index.rows)
        report = pull(self.repository, Request(stdin=data))
        if not report.read:
            return False
        new = [each for each in self.repository.index.rows if each not in before]
        self.changed()
        if new:
            self.reveal(new[0])
        what = f"{kind[0].upper()}{kind[1:]}"
        if report.added:
            count = "1 message" if report.added == 1 else f"{report.added} messages"
            self.say(f"{what}: {count} added · {self.keymap.spelled('undo')} undoes")
        else:
            self.say(f"{what}: nothing in it is new")
        return True

    def reveal(self, opportunity: int) -> None:
        """Put the cursor on an opportunity; the screen says how."""
        raise NotImplementedError

    def capture(self, channel: "QuickChannel", *, body: str = "") -> None:
        """Ask what came on a channel, and add it; words left in the form before give way to a pasted text."""
        from store.quick_add import QuickAdd, add
        from tui.screens.kept_words import KeptWords
        from tui.widgets.form import Form

        def keep(values: dict[str, str]) -> None:
            when = values.pop("when").strip()
            at = parse_at(when, self.now, None) if when else None
            added = add(self.repository, QuickAdd(channel=channel, at=at, **values))  # type: ignore[arg-type]
            self.captured(added.row.id, added.sentence)

        keeper = KeptWords(self.repository, f"capture-{channel}")
        title = f"Capture {_NAMES[channel]}; who it is from or a text is enough"
        self.ask(Form(self.keymap, title, _fields(channel, body), keep, keeper=keeper, restore=not body))

    def captured(self, opportunity: int, sentence: str) -> None:
        """Show what was captured; the screen says how."""
        raise NotImplementedError


def _fields(channel: "QuickChannel", body: str) -> "list[Field]":
    """Return the fields that matter on a channel, the ones in sight first."""
    from tui.widgets.form import Field

    subject = [Field("subject", "Subject")] if channel == "email" else []
    return [
        Field("sender", "From", hint="a name, an address or a number"),
        Field("firm", "Firm", hint="the recruiter's"),
        Field("role", "Role"),
        Field("company", "Company", hint="the employer"),
        *subject,
        Field("phone", "Phone"),
        Field("pay", "Pay", hint="as they said it"),
        Field("when", "When", hint="now; or yesterday 17:40, mon 9am"),
        Field("body", "Text", value=body, tall=True),
    ]
