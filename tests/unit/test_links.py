"""Links in messages: which are found, and where they really lead."""

import pytest

from store.records.message import Message
from tui.screens.links import links_in


def hosts(body: str) -> list[str]:
    """Return the hosts of the links in a text."""
    return [link.host for link in links_in([Message(body=body)])]


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("see https://acme.example/roles/17.", "acme.example"),
        ("(http://acme.example:8080/x)", "acme.example:8080"),
        ("https://bücher.example/a", "xn--bcher-kva.example"),
        ("https://аpple.example", "xn--pple-43d.example"),
        ("https://bank.example@evil.example/login", "evil.example"),
        ("mailto:dana@northgate.example", "dana@northgate.example"),
        ("call tel:+14155550132 today", "+14155550132"),
        ("HTTPS://ACME.EXAMPLE/X", "acme.example"),
    ],
)
def test_the_real_host_is_shown(text: str, host: str) -> None:
    """Look-alike letters appear as punycode, and a name before @ deceives nobody."""
    assert hosts(text) == [host]


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example\\@linkedin.example/",
        "https://linkedin.example%2eevil.example/",
        "https://linkedin.example\u200b.evil.example/",
        "https://linkedin.example\u202e.evil.example/",
        "https://fa\u00df.example/",
        "https://\u03b2\u03cc\u03bb\u03bf\u03c2.example/",
        "https://a\u200db.example/",
        "https://\u24d4vil.example/",
        "https://evil\u3002example/",
        "https://evil\ufe0fone.example/",
        "https://evil;x.example/",
        "http://0x7f.1/",
        "http://2130706433/",
    ],
)
def test_what_browsers_read_differently_is_refused(text: str) -> None:
    """Where programs disagree about the host, none is shown, and the reason why it is not opened is."""
    (link,) = links_in([Message(body=text)])
    assert link.host == ""
    assert "browsers" in link.refused or "host" in link.refused


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://bank.example@evil.example/login?a=b#c", "https://evil.example/login?a=b#c"),
        ("https://B\u00dcCHER.example:8080", "https://xn--bcher-kva.example:8080/"),
        ("https://bu\u0308cher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x"),
        ("http://192.0.2.7/x", "http://192.0.2.7/x"),
        ("mailto:dana@northgate.example?attach=/etc/passwd", "mailto:dana@northgate.example"),
    ],
)
def test_what_is_opened_is_what_was_shown(text: str, address: str) -> None:
    """The address is put together again around the host that was shown."""
    (link,) = links_in([Message(body=text)])
    assert link.address == address
    assert link.host in link.address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ssh://host.example",
        "https://",
        "http://[broken",
        "mailto:%0aBcc:x@y.example",
        "https://" + "a" * 3000 + ".example",
        "https://" + "ä" * 80 + ".example",
    ],
)
def test_nothing_else_is_a_link(text: str) -> None:
    """Other schemes and broken addresses are text and stay it."""
    assert hosts(text) == []


def test_each_once_and_the_newest_first() -> None:
    """A link in several messages is offered once; what came last stands first."""
    older = Message(body="https://one.example https://two.example")
    newer = Message(body="https://three.example", quoted="> https://one.example")
    assert [link.host for link in links_in([older, newer])] == ["three.example", "one.example", "two.example"]


def test_no_control_character_gets_into_an_address() -> None:
    """A link ends at an escape sequence."""
    (link,) = links_in([Message(body="https://acme.example/a\x1b]0;x\x07b")])
    assert link.address == "https://acme.example/a"
