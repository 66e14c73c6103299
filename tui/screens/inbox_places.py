"""The places behind `g`: the reviews, the market, the seat. Each lies over the inbox and leads back to it."""

from typing import TYPE_CHECKING

from tui.screens.inbox_pulling import Pulling

if TYPE_CHECKING:
    from textual.screen import Screen


class Places(Pulling):
    """Go to a place; what was changed there shows on the way back."""

    def act_go_reviews(self) -> None:
        """Look back on the decisions that are due."""
        from tui.screens.review import ReviewScreen

        self._go(ReviewScreen(self.repository, self.keymap, plain_text=self.plain_text))

    def act_go_market(self) -> None:
        """Show what the user's own figures say."""
        from tui.screens.market import MarketScreen

        self._go(MarketScreen(self.repository, self.keymap, plain_text=self.plain_text))

    def act_go_sources(self) -> None:
        """Show what messages are read from."""
        from tui.screens.sources import SourcesScreen

        self._go(SourcesScreen(self.repository, self.keymap, self.pull_sources, plain_text=self.plain_text))

    def act_go_left_out(self) -> None:
        """Show what is no outreach."""
        from tui.screens.left_out import LeftOutScreen

        self._go(LeftOutScreen(self.repository, self.keymap, plain_text=self.plain_text))

    def act_go_referrals(self) -> None:
        """Show the referral log."""
        from tui.screens.referrals import ReferralsScreen

        self._go(ReferralsScreen(self.repository, self.keymap, self.reveal, plain_text=self.plain_text))

    def act_go_people(self) -> None:
        """Show everybody."""
        from tui.screens.people import PeopleScreen

        self._go(PeopleScreen(self.repository, self.keymap, self._card_of, plain_text=self.plain_text))

    def act_go_conflicts(self) -> None:
        """Show the values that met."""
        from tui.screens.conflicts import ConflictsScreen

        self._go(ConflictsScreen(self.repository, self.keymap, self.reveal, plain_text=self.plain_text))

    def act_go_elsewhere(self) -> None:
        """Show what other machines changed."""
        from tui.screens.elsewhere import ElsewhereScreen

        self._go(ElsewhereScreen(self.repository, self.keymap, self.reveal, plain_text=self.plain_text))

    def _card_of(self, opportunity: int) -> None:
        """Open the card of a recruiter over the list of people; whoever goes to a role leaves both."""
        from tui.screens.person import PersonScreen

        row = self.repository.index.find(opportunity)
        if row is None:
            return
        people = self.app.screen

        def go(chosen: int) -> None:
            people.dismiss(None)
            self.reveal(chosen)

        self.app.push_screen(PersonScreen(self.repository, self.keymap, row, go, plain_text=self.plain_text))

    def act_refer(self) -> None:
        """Ask who would be glad of the role under the cursor."""
        from tui.screens.refer import ReferScreen

        row = self.repository.index.find(self.declined) if self.declined is not None else self.one_row()
        self.declined = None
        if row is not None:
            self._go(ReferScreen(self.repository, self.keymap, row, plain_text=self.plain_text))

    declined: int | None
    """The opportunity that was declined just now."""

    def reveal(self, opportunity: int) -> None:
        """Put the cursor on an opportunity, in a view that has it; the screen says how."""
        raise NotImplementedError

    def act_letters(self) -> None:
        """Show the templates of the letters."""
        from tui.screens.templates import TemplatesScreen

        self._go(TemplatesScreen(self.repository, self.keymap, plain_text=self.plain_text))

    def act_seat(self) -> None:
        """Show the user's seat, core work and no-go lines."""
        from tui.screens.seat import SeatScreen

        self._go(SeatScreen(self.repository, self.keymap, plain_text=self.plain_text))

    def _go(self, place: "Screen[None]") -> None:
        before = self.repository.index.version

        def back(_: None) -> None:
            if self.repository.index.version != before or self.repository.unpublished:
                self.changed()

        self.app.push_screen(place, back)
