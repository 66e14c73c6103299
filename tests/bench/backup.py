"""Makes a backup of texts of any size, as SMS Backup & Restore writes it, pictures and all."""

from collections.abc import Iterator
from pathlib import Path

_HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n"
_TEXT = (
    '<sms protocol="0" address="+1415555%04d" date="%d" type="%d" subject="null" '
    'body="Hi Robin &#55357;&#56395; number %d" read="1" status="-1" contact_name="(Unknown)" />\n'
)
_PICTURE = (
    '<mms date="%d" msg_box="1" address="+1415555%04d" m_type="132" m_id="m%d"><parts>'
    '<part seq="0" ct="image/jpeg" cl="a.jpg" text="null" data="'
)
_END = '" /></parts><addrs><addr address="+14155550100" type="137" /></addrs></mms>\n'
_BEGIN = 1_700_000_000_000
PICTURE = 3_000_000
"""Bytes of a picture, as base64 writes it."""


def chunks(size: int) -> Iterator[bytes]:
    """Yield a backup of about so many bytes, most of which are pictures."""
    yield _HEAD
    written = number = 0
    picture = b"iVBORw0KGgoAAAANSUhEUg" * (PICTURE // 22)
    while written < size:
        texts = "".join(
            _TEXT % (each % 200, _BEGIN + each * 1000, 1 + each % 2, each)
            for each in range(number, number + 100)
        ).encode()
        number += 100
        head = (_PICTURE % (_BEGIN + number * 1000 + 1, number % 200, number)).encode()
        yield texts + head
        yield picture
        yield _END.encode()
        written += len(texts) + len(head) + len(picture) + len(_END)
    yield b"</smses>\n"


def write(path: Path, size: int) -> None:
    """Write a backup."""
    with path.open("wb") as stream:
        stream.writelines(chunks(size))
