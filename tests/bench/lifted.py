"""What is lifted from every message at some paths, one a line, to be compared with `diff` before and after.

    python tests/bench/lifted.py ../shared/corpus tests/data > before.txt

Lines of `.jsonl` are invented mails with `from_`, `subject` and `body`; the generator's mails come last, with
the time that each of them took on stderr.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from bench.invent import mails
from mails import messages, read_message, read_path
from store.records.message import Contact, Message
from store.rules.lifting import lift
from store.rules.outreach import signals_in
from store.rules.role import role_in
from store.sources.quoting import split
from store.sources.words import contacts

_INVENTED = 1_000
_ROUNDS = 7


def main() -> None:
    """Write what is lifted from all that the arguments name."""
    for name in sys.argv[1:]:
        for message in _messages(Path(name)):
            _write(message)
    invented = [each for each in map(_read, mails(_INVENTED)) if each]
    for message in invented:
        _write(message)
    alone, judged, both = (
        min(_seconds(each, invented) for _ in range(_ROUNDS)) / len(invented) * 1e6
        for each in (lift, signals_in, _judged_and_lifted)
    )
    sys.stderr.write(f"{alone:.0f} µs a mail, {both - judged:.0f} where it is judged before ({judged:.0f})\n")


def _messages(path: Path) -> Iterator[Message]:
    for lines in sorted(path.rglob("*.jsonl")):
        yield from (_sample(msgspec.json.decode(line)) for line in lines.read_bytes().splitlines())
    yield from messages(read_path(path))


def _sample(sample: dict[str, Any]) -> Message:
    parts, sender = split(sample["body"]), sample.get("from_", "")
    return Message(
        k=sample["subject"],
        sender=contacts(sender)[0] if "@" in sender else Contact(phone=sender),
        subject=sample["subject"],
        body=parts.body,
        quoted=parts.quoted,
        signature=parts.signature,
    )


def _read(mail: bytes) -> Message | None:
    message = read_message(mail, "invented", fallback_at=0)
    return message if isinstance(message, Message) else None


def _write(message: Message) -> None:
    fields = msgspec.to_builtins(lift(message))
    title = message.subject[:60] or message.body[:60]
    sys.stdout.write(f"{message.sender.email or message.sender.phone} | {title!r} | {fields}\n")


def _judged_and_lifted(message: Message) -> None:
    signals_in(message)
    lift(message)


def _seconds(take: Callable[[Message], object], messages: list[Message]) -> float:
    role_in.cache_clear()
    gc.collect()
    start = time.process_time()
    for message in messages:
        take(message)
    return time.process_time() - start


if __name__ == "__main__":
    main()
