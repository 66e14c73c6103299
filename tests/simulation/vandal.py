"""A vandal: what can befall a file between two openings, each kind with what the file was before."""

import json
import random
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    """A copy that stopped half-way."""
    return data[: chance.randrange(1, len(data) - 3)]


def no_bytes(data: bytes, chance: random.Random) -> bytes:
    """A disk that was full."""
    return b""


def zeros(data: bytes, chance: random.Random) -> bytes:
    """What a file system makes of a file after a power cut: all zeros, or from somewhere on."""
    kept = chance.choice([0, chance.randrange(len(data) - 3)])
    return data[:kept] + bytes(len(data) - kept)


def zeros_inside(data: bytes, chance: random.Random) -> bytes:
    """A block that went missing."""
    start = chance.randrange(len(data) - 10)
    size = chance.randrange(1, 400)
    return data[:start] + bytes(len(data[start : start + size])) + data[start + size :]


def nothing_in_it(data: bytes, chance: random.Random) -> bytes:
    """What a program writes that could not read it."""
    return chance.choice([b"{}", b"{\n}\n", b"[]", b"null"])


def no_json(data: bytes, chance: random.Random) -> bytes:
    """What a captive portal, a syncer or a cat puts there."""
    return chance.choice([b"<html>Sign in</html>", chance.randbytes(200), b"\xff\xfe" + data, data[::-1]])


def lines_gone(data: bytes, chance: random.Random) -> bytes:
    """A merge of text by hand that lost lines and commas."""
    lines = data.split(b"\n")
    gone = set(chance.sample(range(len(lines)), chance.randrange(1, len(lines) // 2)))
    return b"\n".join(line for number, line in enumerate(lines) if number not in gone)


def markers(data: bytes, chance: random.Random) -> bytes:
    """What git leaves where two sides changed the same lines."""
    lines = data.split(b"\n")
    start = chance.randrange(1, len(lines) - 3)
    stop = chance.randrange(start + 1, len(lines) - 1)
    ours = lines[start:stop]
    theirs = ours[: chance.randrange(len(ours))]
    marked = [b"<<<<<<< HEAD", *ours, b"=======", *theirs, b">>>>>>> theirs"]
    return b"\n".join([*lines[:start], *marked, *lines[stop:]])


def documents_gone(data: bytes, chance: random.Random) -> bytes:
    """A program that wrote back only some of the documents."""
    tables = json.loads(data)
    for name, table in tables.items():
        for id in list(table):
            if name != "_meta" and chance.random() < 0.5:
                del table[id]
    return json.dumps(tables).encode()


def stripped(data: bytes, chance: random.Random) -> bytes:
    """A program that dropped `_m` of some documents."""
    tables = json.loads(data)
    for table in tables.values():
        for document in table.values():
            if chance.random() < 0.7:
                document.pop("_m", None)
    return json.dumps(tables).encode()


DAMAGES: tuple[Damage, ...] = (
    cut_off, no_bytes, zeros, zeros_inside, nothing_in_it, no_json, lines_gone, markers, documents_gone,
    stripped,
)  # fmt: skip


def is_whole(data: bytes) -> bool:
    """Tell whether any program can still read the file as tables of documents."""
    try:
        tables = json.loads(data)
    except ValueError:
        return False
    return isinstance(tables, dict) and bool(tables) and all(map(_is_table, tables.values()))


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(document, dict) for document in value.values())


def is_of_others(data: bytes) -> bool:
    """Tell whether it is whole but no longer says whose it is: then it must be left alone."""
    return is_whole(data) and "1" not in json.loads(data).get("_meta", {})
