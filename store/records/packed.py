"""A message as bytes: how it travels between processes, and is kept where nothing is merged."""

import zlib

import msgspec

from store.records.message import Message

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Message)
_SHORT = 4_096
"""Bytes up to which packing them closer takes longer than writing them."""


def pack(message: Message) -> bytes:
    """Return a message as JSON, deflated where it is long."""
    data = _ENCODER.encode(message)
    return data if len(data) <= _SHORT else zlib.compress(data, 1)


def unpack(data: bytes) -> Message:
    """Return the message of such bytes."""
    return _DECODER.decode(data if data.startswith(b"{") else zlib.decompress(data))
