"""An entry of a timeline, written for people."""

from typing import TYPE_CHECKING

from tui.output import emit, emit_block, is_terminal, paint, terminal_width

if TYPE_CHECKING:
    from store.rules.timeline import Entry

INDENT = "   "
READABLE = 76


def emit_entry(number: int, entry: "Entry", *, full: bool) -> None:
    """Write an entry behind its number, by which `split` knows it; `full` unfolds what is quoted."""
    from store.clock import now
    from store.rules.dates import describe

    when = describe(entry.at, now(), None)
    if entry.message is None and entry.note is None:
        _emit_judged(number, entry, when, full=full)
        return
    if entry.message is None:
        emit(paint(f"{number}  note  {when}", "dim"))
        emit_block((entry.note.text if entry.note else "") or "", indent=INDENT)
        return
    message = entry.message
    sender = message.sender
    who = "you" if entry.outgoing else sender.name or sender.email or sender.phone or "somebody"
    versions = f"  {len(entry.versions) + 1} versions" if entry.versions else ""
    emit(
        paint(f"{number}  {message.channel.replace('_', ' ')}  {when}  ", "dim"), who, paint(versions, "dim")
    )
    if message.duration:
        emit(INDENT, paint(f"{message.duration // 60}:{message.duration % 60:02}", "dim"))
    if message.subject:
        emit(INDENT, paint(message.subject, "strong"))
    if message.event is not None:
        from store.rules.appointments import appointment

        emit(INDENT, paint(appointment(message.event), "accent"))
    if message.body:
        emit_block(readable(message.body), indent=INDENT)
    _emit_rest(entry, full=full)
    for other in entry.others:
        from store.rules.versions import version_words

        about, *words = version_words(other)
        emit(INDENT, paint("[also as ", "dim"), about, paint("]", "dim"))
        for each in words:
            emit_block(readable(each), indent=INDENT)


def _emit_judged(number: int, entry: "Entry", when: str, *, full: bool) -> None:
    """Write a decision, with its ledger where all is asked for, a review or a referral."""
    from store.rules.ledger_words import decided, why
    from store.rules.referrals import passed_on, words
    from store.rules.review import told

    if entry.review is not None:
        emit(paint(f"{number}  looked back  {when}", "dim"))
        emit_block(told(entry.review), indent=INDENT)
        return
    if entry.referral is not None:
        what = f"{passed_on(entry.referral)} · {words(entry.state)}"
        emit(paint(f"{number}  referral  {when}  ", "dim"), what)
        emit_block(readable(entry.referral.why), indent=INDENT)
        return
    decision = entry.decision
    if decision is None:
        return
    emit(paint(f"{number}  decided  {when}  ", "dim"), paint(decided(decision), "strong"))
    if reason := why(decision):
        emit_block(readable(reason), indent=INDENT)
    if full and not decision.by_default:
        from tui.commands.common.ledger import write_ledger

        write_ledger(emit, decision, decision.answers, decision.notes, (), decision.impulse)


def readable(text: str) -> str:
    """Break lines that are longer than a terminal, or good to read; a pipe gets them whole."""
    if not is_terminal():
        return text
    from textwrap import wrap

    room = min(READABLE, terminal_width() - 4)
    return "\n".join(
        part for line in text.splitlines() for part in (wrap(line, room) if len(line) > room else [line])
    )


def _emit_rest(entry: "Entry", *, full: bool) -> None:
    """Write, or only tell of, what stands around the new part of a message."""
    from store.enclosures import about

    message = entry.message
    if message is None:
        return
    for attachment in message.attachments:
        emit(INDENT, paint(f"[attached: {about(attachment)}]", "dim"))
    rest = {"quoted": message.quoted, "signature": message.signature, "footer": message.footer}
    if full:
        for name, text in rest.items():
            if text:
                emit(INDENT, paint(f"[{name}]", "dim"))
                emit_block(text, indent=INDENT)
        return
    folded = [
        f"{len(text.splitlines())} quoted lines" if name == "quoted" else name
        for name, text in rest.items()
        if text
    ]
    if folded:
        emit(INDENT, paint(f"[+ {', '.join(folded)}]", "dim"))
