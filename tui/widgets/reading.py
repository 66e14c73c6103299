"""One opportunity as the lines of the reader: a head, then what happened, oldest first."""

from collections.abc import Collection, Iterator, Sequence

import msgspec
from rich.style import Style

from store.clock import DAY
from store.enclosures import about
from store.records.message import COARSE_CHANNELS, Message
from store.rules.appointments import appointment
from store.rules.ledger_words import decided, why
from store.rules.referrals import passed_on, words
from store.rules.review import told
from store.rules.row import Row
from store.rules.timeline import Entry
from store.rules.versions import version_words
from store.rules.views import SILENT_DAYS, is_silent, owes
from tui.text import Safe, safe
from tui.widgets.cells import Piece, cut, highlighted, width_of
from tui.widgets.dates import WIDTH, stamp
from tui.widgets.look import Look
from tui.widgets.row_line import CHANNELS
from tui.widgets.wrapping import wrapped

MEASURE = 76
"""The widest a line of a message gets."""
_INDENT = 7


class Line(msgspec.Struct, frozen=True):
    """A line of the reader."""

    pieces: list[Piece]
    entry: int | None = None
    """The entry that this line folds and unfolds."""
    matches: bool = False


class Page(msgspec.Struct, frozen=True):
    """What the reader shows and how."""

    row: Row
    entries: Sequence[Entry]
    width: int
    now: int
    look: Look
    words: Sequence[str] = ()
    unfolded: Collection[int] = ()
    silent_days: int = SILENT_DAYS
    perhaps: str = ""
    """What it may be one with, in a sentence."""

    def text(self, text: Safe, style: Style, *, indent: int = 0, entry: int | None = None) -> Line:
        """Return a line of one text with the matches in it marked."""
        pieces = highlighted(text, style, self.words, self.look.match)
        margin: list[Piece] = [(Safe(" " * indent), style)] if indent else []
        return Line(margin + pieces, entry, matches=any(piece[1] != style for piece in pieces))


def lines(page: Page) -> Iterator[Line]:
    """Yield the lines of a page one by one, so that a long message costs what is looked at."""
    yield from _head(page)
    answered_by_hand = page.row.answered_at and not any(
        entry.outgoing and page.row.answered_at in entry.times for entry in page.entries
    )
    pending = answered_by_hand
    for entry in page.entries:
        if pending and entry.at > page.row.answered_at:
            yield from _answered(page)
            pending = False
        yield Line([])
        yield from _entry(page, entry)
    if pending:
        yield from _answered(page)
    if owes(page.row) == "you" and page.row.decided_at < page.row.inbound_at:
        yield Line([])
        nothing = "nothing since" if page.row.answered_at else "nothing yet"
        yield Line([_mark(page, "you"), (Safe(nothing), page.look.faint)])


def _head(page: Page) -> Iterator[Line]:
    row, look = page.row, page.look
    company = f" {look.marks.dot} {safe(row.company)}" if row.company else ""
    role = safe(row.role)
    if width_of(role + company) <= page.width:
        title = page.text(role, look.strong)
        yield Line([*title.pieces, (Safe(company), look.plain)], matches=title.matches)
    else:
        yield from (page.text(line, look.strong) for line in wrapped(role, page.width))
        yield from (page.text(line, look.plain) for line in wrapped(row.company, page.width))
    who = safe(row.who) + (f", {safe(row.firm)}" if row.firm else "")
    for style, parts in (
        (look.dim, [who, safe(row.mandate), f"{facts(row)} of 4 facts"]),
        (look.dim, [safe(row.pay), safe(row.location), safe(row.mode)]),
        (look.dim, [safe(row.phone or row.email), *(f"+{safe(name)}" for name in row.labels)]),
    ):
        text = f" {look.marks.dot} ".join(part for part in parts if part)
        for line in wrapped(text, page.width):
            yield page.text(line, style)
    if row.guessed:
        guesses = f"{', '.join(row.guessed)}: {'guesses' if len(row.guessed) > 1 else 'a guess'}"
        yield from (Line([(line, look.faint)]) for line in wrapped(guesses, page.width))
    sentence, owed = standing(row, page.entries, page.now, page.silent_days)
    if len(sentence) + len(owed) + 1 <= page.width:
        yield Line([(Safe(sentence + " "), look.dim), (Safe(owed), look.accent)])
    else:
        yield from (Line([(line, look.dim)]) for line in wrapped(sentence, page.width))
        if owed:
            yield Line([(Safe(owed), look.accent)])
    yield from (page.text(line, look.accent) for line in wrapped(page.perhaps, page.width) if line)


def facts(row: Row) -> int:
    """Count which of the four facts are known: the employer, the role, the pay, the mandate."""
    return sum((bool(row.company), row.role_known, bool(row.pay), bool(row.mandate)))


def standing(row: Row, entries: Sequence[Entry], now: int, silent_days: int = SILENT_DAYS) -> tuple[str, str]:
    """Say in a sentence how often they wrote, since when, and who owes whom; what is owed stands apart."""
    if owes(row) == "them":
        return f"You answered {_ago(row.answered_at, now)}:", "they owe a reply"
    count = row.attempts
    since = [entry.at for entry in entries if entry.kind == "message" and entry.at > row.answered_at]
    first = min(since, default=row.first_at)
    silent = is_silent(row, now, silent_days)
    if count <= 1:
        sentence = f"One approach, {_ago(row.inbound_at, now)}, not answered"
    else:
        unanswered = "none answered" if not row.answered_at else "none since your answer"
        sentence = f"{count} approaches in {_days(now - first)}, {unanswered}"
    return (f"{sentence}:", "counted as silent") if silent else (f"{sentence}:", "you owe a reply")


def _days(span: int) -> str:
    days = max(-(-span // DAY), 1)
    return "a day" if days == 1 else f"{days} days"


def _ago(at: int, now: int) -> str:
    days = (now - at) // DAY
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


def _mark(page: Page, text: str) -> Piece:
    return Safe(text.ljust(_INDENT)), page.look.dim


def _answered(page: Page) -> Iterator[Line]:
    yield Line([])
    date = stamp(page.row.answered_at, page.now)
    yield Line([_mark(page, "you"), (date, page.look.faint), (Safe("   answered"), page.look.plain)])


def _entry(page: Page, entry: Entry) -> Iterator[Line]:
    if entry.note is not None:
        yield Line([_mark(page, "note"), (stamp(entry.at, page.now), page.look.faint)])
        yield from _body(page, entry.note.text or "", page.look.plain)
    elif entry.message is not None:
        yield from _message(page, entry, entry.message)
    elif entry.decision is not None:
        style = page.look.faint if entry.decision.by_default else page.look.strong
        yield from _judged(page, entry, decided(entry.decision), style, why(entry.decision))
    elif entry.review is not None:
        yield from _judged(page, entry, "looked back", page.look.plain, told(entry.review))
    elif entry.referral is not None:
        below = "\n".join(filter(None, (words(entry.state), entry.referral.why)))
        yield from _judged(page, entry, passed_on(entry.referral), page.look.plain, below)


def _judged(page: Page, entry: Entry, what: str, style: Style, below: str) -> Iterator[Line]:
    """A decision, a review or a referral: when, what, and why under it."""
    when = [_mark(page, "you"), (stamp(entry.at, page.now), page.look.faint)]
    if width_of(safe(what)) <= page.width - _INDENT - WIDTH - 3:
        yield Line([*when, (Safe("   "), page.look.faint), (safe(what), style)])
    else:
        yield Line(when)
        yield from _body(page, what, style)
    yield from _body(page, below, page.look.dim)


def _message(page: Page, entry: Entry, message: Message) -> Iterator[Line]:
    look = page.look
    coarse = COARSE_CHANNELS[message.channel]
    channel = CHANNELS.get(coarse, Safe(""))
    date = stamp(entry.at, page.now, message.at_precision)
    mark = _mark(page, "you" if entry.outgoing else channel)
    room = max(page.width - _INDENT - WIDTH - 3, 0)
    what = cut(_what(message, coarse, outgoing=entry.outgoing), room, look.marks.ellipsis)
    versions = f"   {len(entry.versions) + 1} versions" if entry.versions else ""
    title = page.text(what, look.plain)
    yield Line(
        [mark, (date, look.faint), (Safe("   "), look.faint), *title.pieces, (Safe(versions), look.faint)],
        matches=title.matches,
    )
    if coarse == "email" and message.subject:
        yield from _body(page, message.subject, look.dim)
    if message.event is not None:
        yield from _body(page, appointment(message.event), look.accent)
    spoken = coarse == "voicemail" and message.body
    yield from _body(page, f"“{message.body.strip()}”" if spoken else message.body, look.plain)
    for attachment in message.attachments:
        yield from _body(page, f"attached: {about(attachment)}", look.faint)
    yield from _folded(page, entry, message)


def _what(message: Message, coarse: str, *, outgoing: bool) -> Safe:
    """Say who wrote, or for calls how it went and from which number."""
    if outgoing:
        return Safe(coarse)
    sender = message.sender
    if coarse not in ("call", "voicemail"):
        return safe(sender.name or sender.email or sender.phone)
    missed = "missed" if message.channel == "call_missed" or not message.duration else ""
    length = f"{message.duration // 60}:{message.duration % 60:02}" if message.duration else ""
    kind = length if coarse == "voicemail" else missed or length
    return safe("   ".join(part for part in (kind, sender.phone or sender.name) if part))


def _folded(page: Page, entry: Entry, message: Message) -> Iterator[Line]:
    """What is quoted, the signature, the footer and other versions: one dim line, or all of it."""
    look = page.look
    quoted = message.quoted.strip("\n")
    count = quoted.count("\n") + 1 if quoted else 0
    names = [
        f"{count} quoted line{'s' if count > 1 else ''}" if count else "",
        "signature" if message.signature.strip() else "",
        "footer" if message.footer.strip() else "",
        f"{len(entry.others)} other version{'s' if len(entry.others) > 1 else ''}" if entry.others else "",
    ]
    summary = ", ".join(name for name in names if name)
    if not summary:
        return
    unfolded = entry.id in page.unfolded
    sign = "-" if unfolded else "+"
    yield Line([(Safe(" " * _INDENT), look.faint), (Safe(f"{sign} {summary}"), look.faint)], entry=entry.id)
    if unfolded:
        for part in (message.quoted, message.signature, message.footer):
            yield from _body(page, part, look.faint)
        for other in entry.others:
            yield from _version(page, other)


def _version(page: Page, other: Message) -> Iterator[Line]:
    """Another message that is the same one: a copy, or the notice of it."""
    about, *words = version_words(other)
    yield Line([])
    yield from _body(page, f"also as {about}", page.look.dim)
    for part in words:
        yield from _body(page, part, page.look.faint)


def _body(page: Page, text: str, style: Style) -> Iterator[Line]:
    width = min(page.width, MEASURE) - _INDENT
    for line in wrapped(text, width):
        yield page.text(line, style, indent=_INDENT)
