"""The files that came with an opportunity: opened where that is harmless, saved, never anything else."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from store.attachments import Extracted, downloads, extract, folder_named, put_by, save, why_not_opened
from store.enclosures import Enclosure, enclosures, title_of
from store.errors import StoreError
from store.intake.reaching import Reached, places_of, reaching
from store.records.message import Message
from store.repository import Repository
from store.rules.counting import count_of, size_of
from store.rules.dates import describe
from store.rules.row import Row
from tui.keymap import Keymap
from tui.screens.headers import HeadersScreen
from tui.screens.list_page import ListPage, paragraph
from tui.screens.page import Drawn
from tui.text import Safe, safe
from tui.viewers import show_file, viewer
from tui.widgets.cells import Piece, cut, fill
from tui.widgets.look import Look
from tui.widgets.prompt import Prompt

_SIZE = 12


class AttachmentsScreen(ListPage):
    """Lists them, those of the newest message first."""

    PLACE = "Attachments"

    def __init__(self, repository: Repository, keymap: Keymap, row: Row, *, plain_text: bool) -> None:
        super().__init__(repository, keymap, plain_text=plain_text)
        self._row = row
        self._files: Sequence[Enclosure] = ()

    def gather(self) -> None:
        """Read what the messages carry."""
        row = self.repository.index.find(self._row.id) or self._row
        self._files = sorted(
            enclosures(self.repository.timeline(row)),
            key=lambda each: (-each.message.at, each.id, each.place),
        )

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._files)

    def key_at(self, place: int) -> object:
        """Return message and place in it."""
        return self._files[place].id, self._files[place].place

    def title_line(self) -> str:
        """Return what stands at the top."""
        return f"{count_of(self.count, 'attachment')} · {self._row.who}, {self._row.role}"

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys of this page."""
        return self.keys_of("open", "save", "headers") if self.count else []

    def nothing(self) -> Sequence[str]:
        """Say that nothing came with it."""
        return ("No file came with it.", "What a mail shows in its text, such as a logo, is not counted.")

    def draw_entry(self, place: int, look: Look, width: int) -> Sequence[Piece]:
        """Draw a file: what it is called, and how large it is."""
        attachment = self._files[place].attachment
        room = max(width - _SIZE, 1)
        return [
            (fill(cut(safe(title_of(attachment)), room - 1, look.marks.ellipsis), room), look.plain),
            (Safe(size_of(attachment.size).rjust(_SIZE - 1)), look.dim),
        ]

    def detail(self, place: int, look: Look, width: int) -> Drawn:
        """Tell what a file is, with which message it came, and where that lies."""
        each = self._files[place]
        attachment, message = each.attachment, each.message
        who = message.sender.name or message.sender.email or message.sender.phone
        drawn = paragraph(title_of(attachment), look, width, style="strong")
        kind = " · ".join(filter(None, (attachment.type, size_of(attachment.size))))
        drawn += paragraph(kind, look, width)
        drawn += paragraph(
            f"{who}, {describe(message.at, self.repository.now(), None)}", look, width, style="dim"
        )
        drawn += paragraph(message.subject, look, width, style="dim")
        if reason := why_not_opened(attachment.name, attachment.type):
            drawn += [[], *paragraph(f"Not opened: {reason}.", look, width, style="warning")]
        return [*drawn, [], *paragraph(self._where(message), look, width, style="faint")]

    def _where(self, message: Message) -> str:
        try:
            where = places_of(self.repository, message)
        except StoreError as error:
            return error.sentence
        return (
            f"Its mail lies in {where[0]}" if where else "Where its mail lies is not known on this machine."
        )

    # Keys

    def open(self) -> None:
        """Open the file under the cursor with the desktop's program for it."""
        each = self._chosen()
        if each is None:
            return
        title, attachment = title_of(each.attachment), each.attachment
        if reason := why_not_opened(attachment.name, attachment.type):
            self.say(f"Not opened: {reason}.", warning=True)
        elif not viewer():
            self.say("There is no window here to open it in: save it instead.", warning=True)
        else:
            self._fetch(each, partial(self._show, title))

    def save(self) -> None:
        """Ask for a folder, and save the file under the cursor there."""
        each = self._chosen()
        if each is None:
            return
        title = f"Save {title_of(each.attachment)} into the folder"
        prompt = Prompt(self.keymap, title, _meaning, value=str(downloads()))
        self.ask(prompt, lambda text: self._fetch(each, partial(self._keep, _folder(text))))

    def headers(self) -> None:
        """Show the headers of the mail that the file came with."""
        each = self._chosen()
        if each is not None:
            self.app.push_screen(
                HeadersScreen(self.repository, self.keymap, each.message, plain_text=self.plain_text)
            )

    def _chosen(self) -> Enclosure | None:
        return self._files[self.entries.cursor] if self.count else None

    # Beside the keys: an archive is unpacked up to the mail, a server is asked

    def _fetch(self, each: Enclosure, use: Callable[[Extracted], str]) -> None:
        """Read a file in a thread, and do something with it there that ends in a sentence."""
        try:
            read = reaching(self.repository, each.message)
        except StoreError as error:
            self._complain(error)
            return
        self.say(f"Reading {title_of(each.attachment)} …")
        self.run_worker(partial(self._in_thread, read, each.place, use), thread=True)

    def _in_thread(self, read: Callable[[], Reached], place: int, use: Callable[[Extracted], str]) -> None:
        try:
            sentence = use(extract(read().raw, place))
        except StoreError as error:
            self.app.call_from_thread(self._complain, error)
        else:
            self.app.call_from_thread(self._told, sentence)

    def _show(self, title: str, file: Extracted) -> str:
        if not show_file(put_by(self.repository.state_folder, file)):
            raise StoreError(f"No program took {title}.", "Save it instead.")
        return f"Opened {title}"

    def _keep(self, folder: Path, file: Extracted) -> str:
        return f"Saved as {save(folder, file)}"

    def _told(self, sentence: str) -> None:
        if self.is_mounted:
            self.say(sentence)

    def _complain(self, error: StoreError) -> None:
        if self.is_mounted:
            self.say(f"{error.sentence} {error.hint}".strip(), warning=True)


def _meaning(text: str) -> str:
    return f"Enter saves it in {_folder(text)}"


def _folder(text: str) -> Path:
    return folder_named(text.strip()) if text.strip() else downloads()
