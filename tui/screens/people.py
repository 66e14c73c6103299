"""Everybody there is: recruiters and the people the user knows, with leave, wants and referrals both ways."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from store import directory, network, referring
from store.directory import Somebody
from store.errors import StoreError, UsageError
from store.records.person import Consent
from store.repository import Repository
from store.rules.counting import counted
from store.rules.dates import age, describe_day, parse_when
from store.rules.standing import standing_sentence
from tui.keymap import Keymap
from tui.referral_words import balance_of, in_a_line, person
from tui.screens import person_fields
from tui.screens.kept_words import KeptWords
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.form import Form
from tui.widgets.look import Look
from tui.widgets.prompt import Prompt, must_be

_NAME, _CIRCLE, _AGE = 22, 10, 5


class PeopleScreen(ListPage):
    """Lists people by name; `card` opens a recruiter's card."""

    PLACE = "People"
    FILTERS_BY = "a name, a firm, a want"

    def __init__(
        self, repository: Repository, keymap: Keymap, card: Callable[[int], None], *, plain_text: bool
    ) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._open_card = card
        self._bench_only = False
        self._bench: set[int] = set()
        self._every: list[Somebody] = []
        self._people: list[Somebody] = []
        self._added = 0

    def gather(self) -> None:
        """Read everybody."""
        documents, now = self.repository.documents, self.repository.now()
        self._bench = {each.id for each in network.bench(documents, now)}
        self._every = directory.everybody(self.repository)
        words = self.words.casefold().split()
        self._people = [
            each
            for each in self._every
            if all(word in each.text for word in words) and (not self._bench_only or self._is_ready(each))
        ]

    def _is_ready(self, each: Somebody) -> bool:
        return each.known is not None and each.known.id in self._bench

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._people)

    def key_at(self, place: int) -> object:
        """Return who it is: their document, else their newest opportunity."""
        each = self._people[place]
        return each.known.id if each.known is not None else each.row and each.row.id

    def title_line(self) -> str:
        """Return what stands at the top: how many, and how far the bench is."""
        shown = f"{len(self._people)} of {len(self._every)}" if self.words else f"{len(self._every)}"
        filtered = f"“{self.words}”" if self.words else ""
        bench = f"bench {len(self._bench)} of {network.BENCH}"
        return "   ".join(filter(None, ("People", filtered, shown, bench)))

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        card = ["card"] if self.count and self._chosen.row is not None else []
        keys = [*card, "edit", "leave", "spoke", "note"] if self.count else []
        bench = "all" if self._bench_only else "bench"
        return self.keys_of(*keys, "add", "only_bench", "filter", only_bench=bench)

    def nothing(self) -> Sequence[str]:
        """Say how people come in."""
        if self.words:
            return ("You know no one like that.", "Esc shows all again; c adds somebody.")
        if self._bench_only:
            about = "l on somebody writes down that you may pass them on without asking each time."
            return ("Nobody is on the bench.", about, "b shows everybody.")
        connections = "ringback pull Connections.csv reads LinkedIn's export."
        return ("Nobody is here yet.", "c adds somebody you know.", connections)

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a person: name, what they do, circle, when they were last heard of."""
        each, ellipsis = self._people[place], look.marks.ellipsis
        name = min(_NAME, width // 3)
        when = age(each.at, self.repository.now()) if each.at else ""
        rest = max(width - name - _CIRCLE - _AGE - 1, 4)
        circle = (fill(safe(each.circle), _CIRCLE), look.faint)
        if self._is_ready(each):
            circle = (fill(Safe("bench"), _CIRCLE), look.accent)
        return [
            (fill(cut(safe(each.title), name - 1, ellipsis), name), look.strong),
            (fill(cut(safe(each.about), rest, ellipsis), rest + 1), look.plain),
            circle,
            (Safe(when.rjust(_AGE - 1)), look.faint),
        ]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Tell everything about somebody: what is known, the referrals of both directions, the notes."""
        each, documents, now = self._people[place], self.repository.documents, self.repository.now()
        drawn = paragraph(each.title, look, width, style="strong")
        if each.row is not None:
            drawn += self._as_recruiter(each, look, width)
        if each.known is None:
            return drawn
        for strength, text in person(each.known, now):
            drawn += paragraph(text, look, width, style=strength) if text else []
        theirs = referring.of_person(documents, each.known.id, now)
        if theirs:
            drawn += [[], *paragraph("Referrals", look, width, style="strong")]
            sentence = balance_of(each.title, theirs, now, spoke=each.known.person.last_touch)
            drawn += paragraph(sentence, look, width)
            for logged in theirs:
                drawn += paragraph(in_a_line(logged, now), look, width, style="dim")
        for note in network.notes(documents, each.known.id):
            drawn += [[], *paragraph(describe_day(note.at, now), look, width, style="faint")]
            drawn += paragraph(note.text or "", look, width)
        return drawn

    def _as_recruiter(self, each: Somebody, look: Look, width: int) -> Drawn:
        row, now = each.row, self.repository.now()
        if row is None:
            return []
        sentence = standing_sentence([row], now, self.repository.settings.silent_days)
        role = ", ".join(filter(None, (row.role, row.company)))
        drawn = paragraph(each.about, look, width)
        drawn += paragraph(" · ".join(filter(None, (row.email, row.phone))), look, width, style="dim")
        drawn += [[], *paragraph(f"Newest: {role}", look, width), *paragraph(sentence, look, width)]
        for logged in referring.of_recruiter(self.repository.documents, row.who, [row.firm], now):
            drawn += paragraph(in_a_line(logged, now), look, width, style="dim")
        return [*drawn, []]

    # Keys

    @property
    def _chosen(self) -> Somebody:
        return self._people[min(self.entries.cursor, self.count - 1)]

    def _known_id(self) -> int | None:
        """Return the document of whoever is under the cursor; says why where there is none."""
        if not self.count:
            return None
        known = self._chosen.known
        if known is None:
            self.say("Not in your network yet: c adds them with the same address; Enter shows the card.")
            return None
        return known.id

    def card(self) -> None:
        """Open the card of a recruiter."""
        if self.count and (row := self._chosen.row) is not None:
            self._open_card(row.id)
        elif self.count:
            self.say("All of it stands here; e edits it.")

    def spoke(self) -> None:
        """Write down that they spoke today."""
        if (id := self._known_id()) is not None:
            self.change("Spoke", lambda t: network.spoke(t, id))

    def note(self) -> None:
        """Ask for a note about them."""
        if (id := self._known_id()) is not None:
            prompt = Prompt(self.keymap, f"A note about {self._chosen.title}", _words)
            self.ask(prompt, partial(self._note, id))

    def _note(self, id: int, text: str) -> None:
        self.change("Note", lambda t: network.note(t, id, text))

    def add(self) -> None:
        """Ask for somebody new; of a recruiter under the cursor the words are there already."""
        row = self._chosen.row if self.count and self._chosen.known is None else None
        given = {"name": row.who, "email": row.email, "phone": row.phone, "employer": row.firm} if row else {}
        self._form("Somebody you know", "person", given, self._add, shown=lambda: self.show_at(self._added))

    def _add(self, values: dict[str, str]) -> None:
        fields = person_fields.read(values)
        name = fields.pop("name", "")
        _, self._added = self.repository.transact(
            "Add a person", lambda t: network.add_person(t, str(name), **fields), durable=False
        )

    def edit(self) -> None:
        """Change what is known of somebody."""
        id = self._known_id()
        if id is None:
            return
        known = self._chosen.known
        given = person_fields.shown(known.person) if known is not None else {}

        def keep(values: dict[str, str]) -> None:
            changed = {name: value for name, value in values.items() if value.strip() != given[name]}
            fields = person_fields.read(changed)
            self.repository.transact("Edit", lambda t: network.set_person(t, id, **fields), durable=False)

        self._form(f"What you know of {self._chosen.title}", f"person-{id}", given, keep)

    def _form(
        self,
        title: str,
        name: str,
        given: Mapping[str, str],
        keep: Callable[[dict[str, str]], None],
        *,
        shown: Callable[[], None] | None = None,
    ) -> None:
        keeper = KeptWords(self.repository, name)
        form = Form(self.keymap, title, person_fields.fields_of(given), keep, keeper=keeper)
        self.ask(form, lambda _: (shown or self.show_again)())

    def leave(self) -> None:
        """Ask for the leave that they gave, refused or took back."""
        id = self._known_id()
        if id is None:
            return
        known = self._chosen.known
        consent = (known.person.consent if known is not None else None) or Consent()

        def keep(values: dict[str, str]) -> None:
            now, until = self.repository.now(), values["until"].strip()
            ends = parse_when(until, now, None, hour=self.repository.settings.snooze_hour) if until else 0
            given = network.consent_of({**values, "asked_on": now, "until": ends})
            self.repository.transact("Leave", lambda t: network.set_consent(t, id, given), durable=False)

        keeper = KeptWords(self.repository, f"leave-{id}")
        title, fields = f"May you pass {self._chosen.title} on?", person_fields.leave(consent)
        form = Form(self.keymap, title, fields, keep, keeper=keeper)
        self.ask(form, lambda _: self.show_again())

    def forget(self) -> None:
        """Remove somebody for good, after their name was typed."""
        from store import forgetting

        if not self.count:
            return
        name = self._chosen.title
        code = str(self._chosen.known.id) if self._chosen.known is not None else name
        try:
            found = forgetting.plan(self.repository, code)
        except StoreError as error:
            self.say(f"{error.sentence} {error.hint}", warning=True)
            return

        def go(_: str) -> None:
            sentence = self.repository.purge("Forget", lambda t: forgetting.forget(t, found), durable=False)
            forgetting.drop_drafts(self.repository, found)
            self.show_again()
            self.say(f"{sentence}, for good")

        counts = ", ".join(counted(count, table) for table, count in found.counts().items())
        title = f"Forget {name}: {counts} go for good. Type the name to go on"
        self.ask(Prompt(self.keymap, title, must_be(name, "Nothing brings them back")), go)

    def only_bench(self) -> None:
        """Show those with standing leave only, or everybody again."""
        self._bench_only = not self._bench_only
        self.show_again()


def _words(text: str) -> str:
    if not text.strip():
        raise UsageError("There are no words yet.", "Type what you want to remember.")
    return "Enter keeps it"
