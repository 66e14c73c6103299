"""The user's seat: where they work now, the work at their core, and the lines not to be crossed."""

from collections.abc import Callable, Iterator
from functools import partial

from textual.app import App

from store import seat
from store.errors import StoreError, UsageError
from store.records.seat import SEAT_FIELDS, ItemKind
from store.repository import Repository
from tui.keymap import Keymap
from tui.screens.kept_words import KeptWords
from tui.screens.page import Drawn, PageScreen
from tui.text import Safe, safe
from tui.widgets.cells import Piece, fill
from tui.widgets.form import Field, Form
from tui.widgets.look import Look
from tui.widgets.prompt import Prompt
from tui.widgets.wrapping import wrapped

_LISTS: tuple[tuple[ItemKind, str, str, str], ...] = (
    (
        "core",
        "c",
        "Core work",
        "Work you are good at and like doing: question 5 asks how much of it there is.",
    ),
    ("no-go", "n", "No-go lines", "Words that settle it: where a message says them, the ledger says no."),
    ("pillar", "p", "What makes it good", "The things that hold you: question 2 asks what they hang on."),
    ("promise", "P", "Promised to you", "By whom, for when, and where it is written."),
)
_TITLE = 12
_HINTS = {
    "employer": "who pays you",
    "title": "what stands on your card",
    "boss": "whom you report to",
    "since": "a year will do",
}


class SeatScreen(PageScreen):
    """Shows and changes what the decision form asks the user's side for."""

    PLACE = "Your seat"

    def __init__(self, repository: Repository, keymap: Keymap, *, plain_text: bool) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._cursor = 0

    def title_line(self) -> str:
        """Return what stands at the top."""
        return "Your seat"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        adds = ("add_core", "add_no_go", "add_pillar", "add_promise", "add_reason")
        return self.keys_of("edit_seat", *adds, "drop")

    def lines(self, look: Look, width: int) -> Drawn:
        """Return the seat, and each list with its lines."""
        present = seat.seat(self.repository.documents)
        drawn: Drawn = []
        for name in SEAT_FIELDS:
            value = getattr(present, name) or ""
            shown: Piece = (safe(value), look.plain) if value else (Safe(_HINTS[name]), look.faint)
            drawn.append([(fill(Safe(name), _TITLE), look.dim), shown])
        chosen = self._chosen
        for kind, key, title, about in _LISTS:
            drawn += [[], [(Safe(title), look.strong), (Safe(f"   {key} adds"), look.faint)]]
            items = seat.items(self.repository.documents, kind)
            for id, item in items:
                mark = look.marks.bar if id == chosen else Safe(" ")
                drawn += [
                    [(mark, look.accent), (Safe(" "), look.plain), (line, look.plain)]
                    for line in wrapped(item.text or "", width - 2)
                ]
            if not items:
                drawn += [[(line, look.faint)] for line in wrapped(about, width)]
        drawn += [[], [(Safe("Reasons of your own"), look.strong), (Safe("   r adds"), look.faint)]]
        drawn += list(self._reasons(look, width))
        return drawn

    def _reasons(self, look: Look, width: int) -> Iterator[list[Piece]]:
        reasons = seat.own_reasons(self.repository.documents)
        for each in reasons:
            yield [(Safe(f"  {each.key.upper()}  "), look.accent), (safe(each.name), look.plain)]
            yield from (
                [(Safe("     "), look.dim), (line, look.dim)] for line in wrapped(each.question, width - 5)
            )
        if not reasons:
            about = "Beside A to F, with the question that you want to be asked."
            yield from ([(line, look.faint)] for line in wrapped(about, width))

    @property
    def _items(self) -> list[int]:
        documents = self.repository.documents
        return [id for kind, *_ in _LISTS for id, _ in seat.items(documents, kind)]

    @property
    def _chosen(self) -> int | None:
        items = self._items
        return items[min(self._cursor, len(items) - 1)] if items else None

    # Keys

    def down(self) -> None:
        """Choose the next line."""
        self._cursor = min(self._cursor + 1, max(len(self._items) - 1, 0))
        self.show_again()
        self.act_next()

    def up(self) -> None:
        """Choose the line before."""
        self._cursor = max(self._cursor - 1, 0)
        self.show_again()
        self.act_previous()

    def edit_seat(self) -> None:
        """Ask for employer, title, boss and since when."""
        present = seat.seat(self.repository.documents)
        fields = [
            Field(name, name.capitalize(), value=getattr(present, name) or "", hint=_HINTS[name])
            for name in SEAT_FIELDS
        ]

        def keep(values: dict[str, str]) -> None:
            self.repository.transact("Your seat", lambda t: seat.set_seat(t, **values), durable=False)

        keeper = KeptWords(self.repository, "seat")
        form = Form(self.keymap, "Your present seat; it stays in your own file", fields, keep, keeper=keeper)
        self.ask(form, lambda _: self.show_again())

    def add_core(self) -> None:
        """Ask for work at the core."""
        self._ask_for("core")

    def add_no_go(self) -> None:
        """Ask for a line not to be crossed."""
        self._ask_for("no-go")

    def add_pillar(self) -> None:
        """Ask for what makes the seat good."""
        self._ask_for("pillar")

    def add_promise(self) -> None:
        """Ask for what was promised to the user."""
        self._ask_for("promise")

    def _ask_for(self, kind: ItemKind) -> None:
        title, about = next(each[2:] for each in _LISTS if each[0] == kind)
        prompt = Prompt(self.keymap, title, partial(_meaning, about))
        self.ask(prompt, lambda text: self._add(kind, text))

    def _add(self, kind: ItemKind, text: str) -> None:
        self.change("Your seat", lambda t: seat.add_item(t, kind, text))

    def add_reason(self) -> None:
        """Ask for a reason of the user's own."""
        ask_for_reason(
            self.app, self.repository, self.keymap, lambda _: self.show_again(), plain_text=self.plain_text
        )

    def drop(self) -> None:
        """Take the chosen line out."""
        chosen = self._chosen
        if chosen is None:
            self.say("There is no line to take out.")
        else:
            self.change("Your seat", lambda t: seat.drop_item(t, chosen))


def _meaning(about: str, text: str) -> str:
    if text and not text.strip():
        raise UsageError("There are no words in it.", "Write a few words.")
    return about


def ask_for_reason(
    app: App[None],
    repository: Repository,
    keymap: Keymap,
    done: Callable[[object], None],
    *,
    plain_text: bool,
) -> None:
    """Ask for a reason of the user's own and the question to put to it; `done` is called at the end."""

    def keep(values: dict[str, str]) -> None:
        if not values["name"].strip() or not values["question"].strip():
            raise StoreError("A reason needs a name and a question.", "Fill in both.")
        repository.transact("Reason", lambda t: seat.add_reason(t, **values), durable=False)

    fields = [
        Field("name", "Name", hint="a few words: my visa"),
        Field("question", "Question", hint="what would test it: until which date does it bind me?"),
    ]
    keeper = KeptWords(repository, "reason")
    app.push_screen(
        Form(keymap, "A reason of your own", fields, keep, keeper=keeper, plain_text=plain_text), done
    )
