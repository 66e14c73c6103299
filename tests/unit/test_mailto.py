"""Letters as mailto: links, which no text can add a header or a recipient to."""

from email.utils import getaddresses
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from store.errors import StoreError
from tui.mailto import mailto


def test_a_letter_as_a_link() -> None:
    """Address, subject and body come back as they were, lines ended as mail has them."""
    link = mailto("sam@orchard.example", "Staff Engineer, Acme & Söhne", "Hi Sam,\n\n100% + more? #1\n")
    parts = urlsplit(link)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "sam@orchard.example", "")
    assert parse_qs(parts.query) == {
        "subject": ["Staff Engineer, Acme & Söhne"],
        "body": ["Hi Sam,\r\n\r\n100% + more? #1"],
    }
    assert link.isascii()
    assert "+" not in link


@pytest.mark.parametrize(
    "text", ["x\r\nBcc: eve@evil.example", "x&bcc=eve@evil.example", "x?cc=e@evil.example"]
)
def test_nothing_becomes_a_header(text: str) -> None:
    """A subject is one line, and only subject and body are in the link."""
    parts = urlsplit(mailto("sam@orchard.example", text, text))
    found = parse_qs(parts.query, strict_parsing=True)
    assert found.keys() == {"subject", "body"}
    assert "\n" not in found["subject"][0]
    assert "\r" not in found["subject"][0]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "Sam",
        "a@x.example,eve@evil.example",
        "a@x.example;eve@evil.example",
        "a@x.example\r\nBcc: eve@evil.example",
        "a@x.example?bcc=eve@evil.example",
        "Sam <a@x.example>",
        "a@x.example\u202e",
    ],
)
def test_an_address_that_is_not_plainly_one_is_left_out(address: str) -> None:
    """The mail program asks for it then."""
    assert urlsplit(mailto(address, "s", "b")).path == ""


def test_an_odd_address_is_quoted() -> None:
    """Characters that mean something in a link are coded."""
    path = urlsplit(mailto("a&b%c?d@x.example", "s", "b")).path
    assert "&" not in path
    assert getaddresses([unquote(path)]) == [("", "a&b%c?d@x.example")]


def test_controls_of_a_message_stay_out_of_the_link() -> None:
    """ESC and characters that turn the reading direction go the way of everything from outside."""
    body = parse_qs(urlsplit(mailto("", "s", "a\x1b[31m\u202eb")).query)["body"][0]
    assert "\x1b" not in body
    assert "\u202e" not in body


def test_a_long_letter_is_refused() -> None:
    """Programs cut a link of any length; a sentence says to copy it instead."""
    with pytest.raises(StoreError, match="too long"):
        mailto("sam@orchard.example", "s", "x" * 40_000)
