"""The verbs of the inbox that need a few words: until when, which label, what to note, what to correct."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store import alike, verbs
from store.errors import StoreError
from store.records.message import Message
from store.rules.dates import describe, parse_at, parse_when
from store.rules.row import Row
from store.transaction import Transaction
from tui.screens.acting import Acting

if TYPE_CHECKING:
    from tui.widgets.picker import Choice

_TOMORROW = "tomorrow"
_A_WEEK = "1w"
_MERGE_CHOICES = 2000
"""How many opportunities the merge picker offers: the newest, and those of the same sender before them."""


class Prompts(Acting):
    """Snooze, wait, answered, label, note, edit, merge and block."""

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

    def act_merge(self) -> None:
        """Join it to another opportunity."""
        from tui.widgets.picker import Picker

        ids = self.targets()
        choices = self._merge_choices(ids)

        def merge(target: str | None) -> None:
            if target is None:
                return
            if target.startswith(_NOT_THE_SAME):
                self.change(
                    "unlike", partial(alike.refuse_all, other=int(target.removeprefix(_NOT_THE_SAME))), ids
                )
            else:
                self.change("merge", partial(verbs.join, target=int(target)), ids)

        if ids:
            title = f"Merge {self.named(ids)} into"
            self.ask(Picker(self.keymap, title, choices), merge)

    def act_unlike(self) -> None:
        """Remember that it is not one with what is likeliest; what comes next is suggested then."""
        row = self.one_row()
        if row is None:
            return
        likely = alike.alike(self.repository, row)
        if likely:
            self.change("unlike", partial(alike.refuse_all, other=likely[0].row.id), [row.id])
        else:
            self.say("Nothing is suggested that it may be one with.")

    def act_split(self) -> None:
        """Choose the message that shall be an opportunity of its own, or undo a merge by hand."""
        from tui.widgets.picker import Picker

        row = self.one_row()
        if row is None:
            return
        choices = self._split_choices(row)

        def split(chosen: str | None) -> None:
            if chosen is not None:
                messages = [int(id) for id in chosen.split()]
                self.change("split", partial(verbs.split, messages=messages), [row.id])

        if len(choices) < 2:
            self.say("There is one message only: nothing to split.")
        else:
            self.ask(Picker(self.keymap, f"Split off {self.named([row.id])}", choices), split)

    def _split_choices(self, row: Row) -> "list[Choice]":
        """Return the messages, newest first, each with its versions; first of all, to undo a merge."""
        from tui.widgets.dates import stamp
        from tui.widgets.picker import Choice

        entries = [entry for entry in self.repository.timeline(row) if entry.message is not None]
        choices = [
            Choice(
                " ".join(map(str, (entry.id, *entry.versions))),
                f"{stamp(entry.at, self.now)}  {_first_words(entry.message)}",
            )
            for entry in reversed(entries)
            if entry.message is not None
        ]
        if self.repository.opportunity(row.id).into:
            choices.insert(0, Choice("", "everything that was merged by hand"))
        return choices

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

    def _merge_choices(self, ids: Sequence[int]) -> "list[Choice]":
        from tui.widgets.picker import Choice

        index = self.repository.index
        rows = [index.rows[each] for each in index.view("all")[:_MERGE_CHOICES] if each not in ids]
        names = {index.rows[each].who for each in ids}
        rows.sort(key=lambda row: row.who not in names)
        likely = alike.alike(self.repository, index.rows[ids[0]]) if len(ids) == 1 else []
        first = [
            Choice(str(each.row.id), f"{each.row.who}, {each.row.role}", ", ".join(each.reasons))
            for each in likely
        ]
        refusals = [
            Choice(
                f"{_NOT_THE_SAME}{each.row.id}",
                f"Not one with {each.row.who}, {each.row.role}",
                "kept in mind",
            )
            for each in likely
        ]
        shown = {each.row.id for each in likely}
        others = [row for row in rows if row.id not in shown]
        return [
            *first,
            *refusals,
            *(Choice(str(row.id), f"{row.who}, {row.role}", row.firm or row.company) for row in others),
        ]


_NOT_THE_SAME = "not:"
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


def _first_words(message: Message) -> str:
    """Return what tells a message from the others: its subject, its words, or its channel."""
    words = message.subject or " ".join(message.body.split()) or message.channel.replace("_", " ")
    return words[:60]
