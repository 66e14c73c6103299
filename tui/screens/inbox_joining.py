"""Merging what is one opportunity, saying that two are not, and splitting what is more than one."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from store import alike, verbs
from store.records.message import Message
from store.rules.row import Row
from tui.screens.acting import Acting

if TYPE_CHECKING:
    from tui.widgets.picker import Choice

_MERGE_CHOICES = 2000
"""How many opportunities the merge picker offers: the newest, and those of the same sender before them."""
_NOT_THE_SAME = "not:"


class Joining(Acting):
    """Merge, unlike and split."""

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
                others = [id for id in ids if id != int(target)]
                self.change("merge", partial(verbs.join, target=int(target)), others)

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

    def _merge_choices(self, ids: Sequence[int]) -> "list[Choice]":
        from tui.widgets.picker import Choice

        index = self.repository.index
        among = ids if len(ids) > 1 else ()  # of several, one may be what the others go into
        listed = [each for each in index.view("all")[:_MERGE_CHOICES] if each not in ids]
        rows = [index.rows[each] for each in (*among, *listed)]
        names = {index.rows[each].who for each in ids}
        rows.sort(key=lambda row: row.who not in names)
        likely = alike.alike(self.repository, index.rows[ids[0]]) if len(ids) == 1 else []
        first = [
            Choice(str(each.row.id), self._told_apart(each.row), ", ".join(each.reasons)) for each in likely
        ]
        refusals = [
            Choice(
                f"{_NOT_THE_SAME}{each.row.id}",
                f"Not one with {self._told_apart(each.row)}",
                "kept in mind",
            )
            for each in likely
        ]
        shown = {each.row.id for each in likely}
        others = [row for row in rows if row.id not in shown]
        return [
            *first,
            *refusals,
            *(Choice(str(row.id), self._told_apart(row), row.firm or row.company) for row in others),
        ]

    def _told_apart(self, row: Row) -> str:
        """Name an opportunity, with what tells it from another one of the same name and role."""
        from tui.widgets.dates import stamp

        return f"{stamp(row.at, self.now)} {row.channel}  {row.who}, {row.role}"


def _first_words(message: Message) -> str:
    """Return what tells a message from the others: its subject, its words, or its channel."""
    words = message.subject or " ".join(message.body.split()) or message.channel.replace("_", " ")
    return words[:60]
