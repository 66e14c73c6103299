"""The verbs of the inbox that need a few words: until when, which label, what to note, what to correct."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from store import verbs
from store.errors import StoreError
from store.rules.dates import describe, parse_at, parse_when
from store.rules.row import Row
from store.transaction import Transaction
from tui.screens.acting import Acting

_TOMORROW = "tomorrow"
_A_WEEK = "1w"


class Prompts(Acting):
    """Snooze, wait, answered, label, note, edit and block."""

    def act_snooze(self) -> None:
        """Hide it until a day."""
        ids = self.targets()

        def snooze(text: str | None) -> None:
            if text is not None:
                until = self._ahead(text or _TOMORROW)
                when = describe(until, self.now, None)
                self.change("snooze", partial(verbs.snooze, until=until, when=when), ids)

        self._ask_when(f"Snooze {self.named(ids)} until", _TOMORROW, ids, snooze)

    def act_wait(self) -> None:
        """Wait for their answer, and be reminded."""
        ids = self.targets()

        def wait(text: str | None) -> None:
            if text is not None:
                nudge = self._ahead(text or _A_WEEK)
                when = describe(nudge, self.now, None)
                self.change("wait", partial(verbs.wait, nudge=nudge, when=when), ids)

        self._ask_when(f"Waiting for {self.named(ids)}: nudge me by", _A_WEEK, ids, wait)

    def act_answered(self) -> None:
        """Note that an answer was given elsewhere."""
        from tui.widgets.prompt import Prompt

        ids = self.targets()

        def meaning(text: str) -> str:
            return f"answered {describe(self._past(text), self.now, None)}"

        def answer(text: str | None) -> None:
            if text is not None:
                self.change("answered", partial(verbs.answered, at=self._past(text)), ids)

        if ids:
            title = f"You answered {self.named(ids)} elsewhere"
            self.ask(Prompt(self.keymap, title, meaning, placeholder="now"), answer)

    def act_label(self) -> None:
        """Put a label on, or take it off where every one meant has it."""
        from tui.widgets.picker import Choice, Picker

        ids = self.targets()
        rows = [self.repository.index.rows[each] for each in ids]
        counts = Counter(name for row in self.repository.index.rows.values() for name in row.labels)
        worn = {name for name in counts if all(name in row.labels for row in rows)}
        choices = [
            Choice(name, f"Take off {name}" if name in worn else name, f"on {count}")
            for name, count in counts.most_common()
        ]

        def label(name: str | None) -> None:
            if name is not None:
                self.change("label", partial(verbs.label, name=name, on=name not in worn), ids)

        if ids:
            title = f"Label {self.named(ids)}"
            self.ask(Picker(self.keymap, title, choices, own="New label {}"), label)

    def act_block(self) -> None:
        """Block the sender or the whole agency, or no longer."""
        from tui.widgets.picker import Choice, Picker

        ids = self.targets()
        rows = [self.repository.index.rows[each] for each in ids]
        if not rows:
            return
        on = not all(row.blocked for row in rows)
        word = "Block" if on else "Unblock"
        domain = rows[0].email.rpartition("@")[2]
        choices = [Choice("sender", f"{word} {rows[0].who}", rows[0].email or rows[0].phone)]
        if domain:
            choices.append(Choice("firm", f"{word} everybody at {domain}", rows[0].firm))

        def block(scope: str | None) -> None:
            if scope is not None:
                self.change("block", partial(verbs.block, scope=scope, on=on), ids)

        about = "What a blocked sender wrote and will write is kept, and shown only by is:blocked."
        self.ask(Picker(self.keymap, f"{word} {self.named(ids)}", choices, about=about), block)

    def act_empty_trash(self) -> None:
        """Remove for good what is in the trash, after a word that is no key."""
        from store import forgetting
        from tui.widgets.prompt import Prompt, must_be

        if not forgetting.in_the_trash(self.repository):
            self.say("The trash is empty.")
            return

        def empty(text: str | None) -> None:
            if text is None:
                return
            try:
                self.say(self.repository.purge("Empty", forgetting.empty_trash))
            except StoreError as error:
                self.say(f"{error.sentence} {error.hint}")
            self.changed()

        title = "Nothing brings back what goes from the trash. Type empty to go on"
        self.ask(Prompt(self.keymap, title, must_be("empty", "The trash is emptied for good")), empty)

    def act_note(self) -> None:
        """Write a note into its timeline."""
        from tui.screens.kept_words import KeptWords
        from tui.widgets.form import Field, Form

        ids = self.targets()

        def keep(values: dict[str, str]) -> None:
            self.commit("note", partial(verbs.note, text=values["note"]), ids)

        if ids:
            keeper = KeptWords(self.repository, f"note-{ids[0]}")
            fields = [Field("note", "Note", tall=True)]
            self.ask(Form(self.keymap, f"Note on {self.named(ids)}", fields, keep, keeper=keeper))

    def act_edit(self) -> None:
        """Correct what is known of it."""
        from tui.screens.kept_words import KeptWords
        from tui.widgets.form import Field, Form

        row = self.one_row()
        if row is None:
            return
        shown = _editable(row)

        def edit(transaction: Transaction, ids: Sequence[int], values: dict[str, str]) -> str:
            return verbs.edit(transaction, ids, **values)

        def keep(values: dict[str, str]) -> None:
            changed = {name: text for name, text in values.items() if text.strip() != shown[name]}
            if changed:
                self.commit("edit", partial(edit, values=changed), [row.id])

        fields = [
            Field(
                name,
                name.capitalize() + (" ?" if name in row.guessed else ""),
                value,
                _HINTS.get(name, ""),
            )
            for name, value in shown.items()
        ]
        keeper = KeptWords(self.repository, f"edit-{row.id}")
        title = f"{row.who}, {row.role}" + (" · ? marks a guess" if row.guessed else "")
        self.ask(Form(self.keymap, title, fields, keep, keeper=keeper))

    def _ask_when(
        self, title: str, default: str, ids: Sequence[int], answer: Callable[[str | None], None]
    ) -> None:
        from tui.widgets.prompt import Prompt

        def meaning(text: str) -> str:
            return describe(self._ahead(text or default), self.now, None)

        if ids:
            self.ask(Prompt(self.keymap, title, meaning, placeholder=default), answer)

    def _ahead(self, text: str) -> int:
        return parse_when(text, self.now, None, hour=self.settings.snooze_hour)

    def _past(self, text: str) -> int:
        return parse_at(text, self.now, None) if text.strip() else self.now


_HINTS = {
    "mandate": "retained, exclusive, contingent or in-house",
    "pay": "as they said it",
    "company": "the employer",
    "firm": "the recruiter's",
    "mode": "remote, hybrid or on-site",
}


def _editable(row: Row) -> dict[str, str]:
    """Return what the edit form begins with."""
    return {
        "role": row.role if row.role_known else "",
        "firm": row.firm,
        "company": row.company,
        "pay": row.pay,
        "phone": row.phone,
        "mandate": row.mandate,
        "location": row.location,
        "mode": row.mode,
    }
