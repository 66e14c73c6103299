"""Deciding on the opportunity under the cursor."""

from functools import partial

from store import deciding
from store.records.decision import Decision
from tui.screens.acting import Acting


class Deciding(Acting):
    """`d` opens the form over the inbox; a sealed entry moves the opportunity on."""

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

        self.app.push_screen(
            DecideScreen(self.repository, self.keymap, row, seal, express=express, plain_text=self.plain_text)
        )
