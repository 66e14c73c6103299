"""Readers hold against any bytes: they never raise, and copies of a mail are one record."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from mails import a_mail, in_mbox, read_all, read_message
from store.records.message import Message, message_fields
from store.sources import Item, Skipped, Unreadable, identify_text
from store.sources.dates import parse_date, separator_date
from store.sources.html import to_text
from store.sources.loose import File, read_file
from store.sources.mbox_pieces import pieces, stretches
from store.sources.quoting import split
from store.sources.text import normalise
from store.sources.words import contacts, decode_words, parameters, received

PIECES = st.sampled_from(
    [
        *(
            b"From: ",
            b"To: ",
            b"Date: ",
            b"Subject: ",
            b"Message-ID: ",
            b"References: ",
            b"\n",
            b"\r\n",
            b"\n\n",
        ),
        *(
            b"Content-Type: multipart/mixed; boundary=x\n\n",
            b"--x\n",
            b"--x--\n",
            b"message/rfc822",
            b"text/html",
        ),
        *(
            b"Content-Type: ",
            b"Content-Transfer-Encoding: base64\n\n",
            b"=?utf-8?B?",
            b"?=",
            b"charset=",
            b"<a@b.example>",
        ),
        *(
            b"From x Tue Mar 10 09:30:00 2026\n",
            b">From ",
            b"> ",
            b"On 3 Mar 2026, Dana wrote:\n",
            b"-- \n",
            b"\0",
        ),
        *(
            b"<div>",
            b"</div>",
            b"<blockquote type=cite>",
            b"\xff\xfe",
            b"filename*0*=utf-8''",
            b";",
            b'"',
            b"(",
        ),
    ]
)
HOSTILE = st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=40).map(b"".join)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
LINES = st.lists(
    st.one_of(
        st.sampled_from(["From me", ">From you", "> quoted", "", "-- ", "Hi Robin"]),
        st.text("ab \tü>", max_size=9),
    ),
    max_size=12,
).map("\n".join)


def outcome(raw: bytes) -> dict[str, object] | str:
    """Return a record, or the reason why there is none."""
    item = read_message(raw, "test", fallback_at=0)
    return message_fields(item) if isinstance(item, Message) else item.reason


@given(HOSTILE)
def test_any_bytes_are_read_or_told(raw: bytes) -> None:
    """Reading never raises, always says the same, and its text can be written as UTF-8 without NUL."""
    assert isinstance(read_message(raw, "test", fallback_at=0), Message | Skipped | Unreadable)
    found = outcome(raw)
    assert outcome(raw) == found
    assert "\\x00" not in str(found)
    str(found).encode("utf-8")


@given(HOSTILE)
def test_headers_of_a_mail_before_any_bytes(raw: bytes) -> None:
    """The same with sound headers in front, so that bodies of every shape are met."""
    assert isinstance(outcome(a_mail(raw, content_type="multipart/mixed; boundary=x")), dict)


@given(HOSTILE)
def test_any_file_and_any_text(raw: bytes) -> None:
    """The same for files and standard input, whatever they look like."""
    file = File("x", 0, sent=False, named=True)
    items: list[Item] = [*read_file(raw, file), *read_all([identify_text(raw)])]
    assert items


@given(HOSTILE)
def test_a_mailbox_loses_nothing(raw: bytes) -> None:
    """The pieces of a mailbox lie one behind the other and cover all of it but empty lines."""
    found = [piece for stretch in stretches(BytesIO(raw)) for piece in pieces(stretch)]
    offsets = [piece.offset for piece in found]
    assert offsets == sorted(set(offsets))
    size = sum(len(piece.separator) + len(piece.raw) for piece in found)
    assert size <= len(raw)


@given(LINES, st.booleans())
def test_copies_agree(body: str, without_id: bool) -> None:
    """A mail with LF, with CRLF and from an mbox is one record; quoting by an mbox leaves the key alone."""
    mail = a_mail(body + "\n", message_id=None if without_id else "<1@x.example>")
    record = outcome(mail)
    assert outcome(mail.replace(b"\n", b"\r\n")) == record
    (stretch,) = stretches(BytesIO(in_mbox(mail)))
    (piece,) = pieces(stretch)
    assert outcome(piece.raw) == record
    quoted = read_message(mail.replace(b"\nFrom ", b"\n>From "), "test", fallback_at=0)
    assert isinstance(quoted, Message)
    assert isinstance(record, dict)
    assert quoted.k == record["k"]


@given(LINES, LINES)
def test_a_forged_id_is_another_mail(body: str, other: str) -> None:
    """Two mails with one Message-ID are the same document only if their bodies are the same."""
    first, second = outcome(a_mail(body)), outcome(a_mail(other))
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    bare = [text.replace(">", "").strip("\n") for text in (body, other)]
    if bare[0] != bare[1]:
        assert first["k"] != second["k"]


@given(TEXTS)
def test_splitting_loses_no_word(text: str) -> None:
    """The parts of a text hold all its words, and normalising twice changes nothing more."""
    plain = normalise(text)
    assert normalise(plain) == plain
    found = split(plain)
    words = " ".join((found.body, found.quoted, found.signature, found.footer)).split()
    assert sorted(words) == sorted(plain.split())


@given(st.text(max_size=300))
def test_headers_of_any_text(text: str) -> None:
    """Words in headers, addresses, parameters, dates and HTML of any text are read without raising."""
    raw = text.encode("utf-8", "surrogatepass").decode("latin-1")
    for reader in (received, decode_words, contacts, parameters, parse_date, separator_date):
        reader(raw)
    to_text(text)
