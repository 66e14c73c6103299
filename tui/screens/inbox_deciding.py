"""Deciding on the opportunity under the cursor."""

from functools import partial

from store import deciding
from store.records.decision import Decision
from store.rules.row import Row
from tui.screens.acting import Acting


class Deciding(Acting):
    """`d` opens the form over the inbox; a sealed entry moves the opportunity on.

    After a no the very next key may be `f`: it passes on what was declined, wherever the cursor went.
    """

    declined: int | None = None
    """The opportunity that was declined just now."""

    async def fire(self, action: str) -> bool:
        """Do an action; after any other than referring, what was declined is no longer meant."""
        if action != "refer":
            self.declined = None
        return await super().fire(action)

    def act_decide(self) -> None:
        """Ask what there is to lose."""
        self._decide(express=False)

    def act_decide_express(self) -> None:
        """Ask the same in four questions."""
        self._decide(express=True)

    def _decide(self, *, express: bool) -> None:
        from tui.screens.decide import DecideScreen

        row = self.one_row()
        if row is None:
            return
        action = "decide-express" if express else "decide"

        def seal(decision: Decision) -> None:
            self.commit(action, partial(deciding.decide, decision=decision), [row.id])
            self._offer_to_pass_on(row, decision)

        self.app.push_screen(
            DecideScreen(self.repository, self.keymap, row, seal, express=express, plain_text=self.plain_text)
        )

    def _offer_to_pass_on(self, row: Row, decision: Decision) -> None:
        """Ask who would be glad of what was declined, unless nobody should be sent there or nobody fits."""
        from store import passing_on

        if decision.verdict not in passing_on.DECLINING or not passing_on.may_be_offered(
            self.repository, row
        ):
            return
        self.declined = row.id
        refer, undo = self.keymap.spelled("refer"), self.keymap.spelled("undo")
        self.say(f"Sealed · who would be glad of this? {refer} tells · {undo} undoes")
