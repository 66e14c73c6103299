"""A mail becomes a message: whatever its charset, its structure and its mistakes."""

import base64

import pytest

from mails import PLAIN, a_mail, multipart, read_message
from store.records.message import Attachment, Contact, Message, message_fields
from store.sources import Skipped, Unreadable
from store.sources.mime import open_mail, own_addresses
from store.sources.text import MOST_CHARACTERS
from support import no_hang

MARCH_10 = 1_773_135_000_000


def read(raw: bytes, *, fallback_at: int | None = None) -> Message:
    """Read a mail that must be readable."""
    message = read_message(raw, "test", fallback_at=fallback_at)
    assert isinstance(message, Message)
    return message


def test_plain_mail() -> None:
    """Who, when, what: every field of a plain mail must arrive."""
    message = read(a_mail(cc="Kim <kim@northgate.example>, robin@other.example"))
    assert message.sender == Contact(name="Dana Whitfield", email="dana@northgate.example")
    assert [contact.email for contact in message.recipients] == [
        "robin@vale.example",
        "kim@northgate.example",
        "robin@other.example",
    ]
    assert (message.subject, message.at, message.at_zone) == ("Staff Platform Engineer", MARCH_10, True)
    assert message.body == PLAIN.strip()
    assert (message.channel, message.direction, message.threads) == (
        "email",
        "in",
        ("<m1@northgate.example>",),
    )
    assert message.k.startswith("mail:")


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("utf-8", "Grüße – aus Köln".encode()),
        ("iso-8859-1", "Grüße – aus Köln".encode("cp1252")),
        ("DEFAULT_CHARSET", "Grüße – aus Köln".encode()),
        ("x-unknown", "Grüße – aus Köln".encode("cp1252")),
        ("us-ascii", "Grüße – aus Köln".encode()),
        ("punycode", "Grüße – aus Köln".encode()),
        ("'utf-8'", "Grüße – aus Köln".encode()),
    ],
)
def test_charsets(charset: str, data: bytes) -> None:
    """The named charset counts where it is one and fits; else UTF-8, else Windows' Latin."""
    assert read(a_mail(data, content_type=f"text/plain; charset={charset}")).body == "Grüße – aus Köln"


def test_flowed_paragraphs() -> None:
    """Lines of flowed text must be joined, quotes at their depth, the signature's mark left alone."""
    body = "A paragraph \nthat goes on.\n> quoted \n> on\nend\n-- \nDana\n"
    message = read(a_mail(body, content_type="text/plain; format=flowed"))
    assert message.body == "A paragraph that goes on.\n> quoted on\nend"
    assert message.signature == "-- \nDana"


def test_encoded_words_in_headers() -> None:
    """Encoded words must be decoded: split inside a character, in quotes, with a raw comma."""
    message = read(
        a_mail(
            subject="=?utf-8?B?w5ZmZm51bmc6IEdlc2Now6Q=?=\n"
            " =?utf-8?B?ZnRzZsO8?= =?utf-8?Q?hrer=C3?= =?utf-8?Q?=BC?=",
            **{"from": None},
            From="=?utf-8?Q?Whitfield,_Dana?= <dana@northgate.example>",
            to='"=?utf-8?Q?Robin?=" <robin@vale.example>',
        )
    )
    assert message.subject == "Öffnung: Geschäftsführerü"
    assert message.sender.name == "Whitfield, Dana"
    assert message.recipients[0].name == "Robin"


def test_raw_utf8_in_headers() -> None:
    """Headers in bare UTF-8 or Latin-1 must be readable too."""
    raw = a_mail(subject="Größe")
    assert read(raw).subject == "Größe"
    assert read(raw.replace("Größe".encode(), "Größe".encode("latin-1"))).subject == "Größe"


def test_alternative_prefers_plain_text() -> None:
    """Of two forms the plain one is read, without a look at the HTML."""
    kind, body = multipart(
        "alternative", f"Content-Type: text/plain\n\n{PLAIN}", "Content-Type: text/html\n\n<p>other</p>"
    )
    assert read(a_mail(body, content_type=kind)).body == PLAIN.strip()


@pytest.mark.parametrize(
    "stub", ["", "View this email in your browser", "This email requires HTML to be read."]
)
def test_alternative_with_a_stub(stub: str) -> None:
    """A plain part that says nothing gives way to the HTML."""
    html = "<p>Hi Robin,</p><p>" + "I have a role for you. " * 12 + "</p>"
    kind, body = multipart(
        "alternative", f"Content-Type: text/plain\n\n{stub}", f"Content-Type: text/html\n\n{html}"
    )
    assert read(a_mail(body, content_type=kind)).body.startswith("Hi Robin,\n\nI have a role")


def test_short_plain_text_beside_short_html_stays() -> None:
    """A short answer is no stub when the HTML says the same."""
    kind, body = multipart(
        "alternative",
        "Content-Type: text/plain\n\nYes, Tuesday.",
        "Content-Type: text/html\n\n<p>Yes, Tuesday.</p>",
    )
    assert read(a_mail(body, content_type=kind)).body == "Yes, Tuesday."


def test_attachments_are_listed() -> None:
    """Attachments must have a clean name, a type and a size; pictures inside the HTML are none."""
    data = base64.encodebytes(b"x" * 1000).decode()
    kind, body = multipart(
        "mixed",
        f"Content-Type: text/plain\n\n{PLAIN}",
        f'Content-Type: application/pdf; name="old.pdf"\nContent-Transfer-Encoding: base64\n'
        f"Content-Disposition: attachment;\n filename*0*=utf-8''..%2F..%2FStellen;\n"
        f" filename*1*=beschreibung%C3%A4.pdf\n\n{data}",
        f"Content-Type: image/png\nContent-ID: <logo>\nContent-Transfer-Encoding: base64\n\n{data}",
        "Content-Type: application/ms-tnef; name=winmail.dat\n\nxx",
    )
    message = read(a_mail(body, content_type=kind))
    assert message.attachments == (
        Attachment(name="Stellenbeschreibungä.pdf", type="application/pdf", size=1000),
        Attachment(name="winmail.dat", type="application/ms-tnef", size=2),
    )
    assert message.body == PLAIN.strip()


def test_names_of_attachments_cannot_mislead() -> None:
    """A file name must lose its folder, its controls and its direction marks, and be bounded."""
    kind, body = multipart(
        "mixed",
        "Content-Type: x/y\nContent-Disposition: attachment;\n"
        f' filename="C:\\\\a\\\\b\u202efdp.{"é" * 99}.exe"\n\nx',
    )
    (attachment,) = read(a_mail(body, content_type=kind)).attachments
    assert attachment.name.startswith("bfdp.éé")
    assert attachment.name.endswith(".exe")
    assert len(attachment.name.encode()) <= 120


def test_forwarded_message_is_walked() -> None:
    """A mail that was attached whole is listed, and its text can be found as quoted text."""
    inner = a_mail("We pay 180-220k for this one.", subject="Head of Data").decode()
    kind, body = multipart(
        "mixed", "Content-Type: text/plain\n\nSee below.", f"Content-Type: message/rfc822\n\n{inner}"
    )
    message = read(a_mail(body, content_type=kind))
    assert message.body == "See below."
    assert "Subject: Head of Data" in message.quoted
    assert "180-220k" in message.quoted
    assert [attachment.name for attachment in message.attachments] == ["Head of Data.eml"]


def test_messages_inside_a_forwarded_message_are_walked() -> None:
    """A mail attached to a mail that was attached must be found too, however deep."""
    raw = a_mail("Innermost words", subject="Third")
    for subject in ("Second", "First", "Top"):
        inner = b"Content-Type: message/rfc822\n\n" + raw
        kind, body = multipart("mixed", f"Content-Type: text/plain\n\n{subject} words", inner)
        raw = a_mail(body, content_type=kind, subject=subject)
    quoted = read(raw).quoted
    assert [quoted.count(words) for words in ("First words", "Second words", "Innermost words")] == [1, 1, 1]


def test_parts_that_are_not_looked_at_are_told() -> None:
    """What stands behind the last part that is looked at must not be missed without a word."""
    kind, body = multipart("mixed", *[f"\npart{number}." for number in range(63)])
    assert read(a_mail(body, content_type=kind)).body.endswith("part62.")
    kind, body = multipart("mixed", *[f"\npart{number}." for number in range(100)])
    assert "part62.\n\n[Cut here: the message has more parts" in read(a_mail(body, content_type=kind)).body
    kind, body = multipart("mixed", "\ndeep")
    for _ in range(30):
        kind, body = multipart("mixed", f"Content-Type: {kind}\n\n".encode() + body)
    assert "[Cut here" in read(a_mail(body, content_type=kind)).body


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "text/enriched", "text/markdown", "text/x-new"])
@pytest.mark.parametrize("rest", ["", '\nContent-Disposition: inline; filename="message.txt"'])
def test_a_name_makes_no_file_of_a_text(kind: str, rest: str) -> None:
    """Text of any kind is read, with a name or without, unless the mail says that it is attached."""
    outer, body = multipart("mixed", f'Content-Type: {kind}; name="message.txt"{rest}\n\nThe only text')
    message = read(a_mail(body, content_type=outer))
    assert (message.body, message.attachments) == ("The only text", ())
    assert read(a_mail("The only text", content_type=f"{kind}; name=message.txt")).body == "The only text"
    attached = f"Content-Type: {kind}; name=a.txt\nContent-Disposition: attachment\n\nAttached"
    outer, body = multipart("mixed", "\nText", attached)
    message = read(a_mail(body, content_type=outer))
    assert (message.body, len(message.attachments)) == ("Text", 1)


@pytest.mark.parametrize("kind", ["text/calendar", "text/csv", "text/x-vcard"])
def test_texts_for_programs_are_files(kind: str) -> None:
    """A calendar or a table among the parts must be listed, not read out."""
    outer, body = multipart("mixed", "\nText", f"Content-Type: {kind}; name=file\n\nBEGIN")
    message = read(a_mail(body, content_type=outer))
    assert (message.body, [attachment.name for attachment in message.attachments]) == ("Text", ["file"])


def test_nesting_and_counts_are_bounded() -> None:
    """Endless nesting and thousands of parts must end in a message, soon."""
    kind, nested = multipart("mixed", "\ntext")
    for _ in range(300):
        kind, nested = multipart("mixed", f"Content-Type: {kind}\n\n".encode() + nested)
    assert isinstance(read_message(a_mail(nested, content_type=kind), "x", fallback_at=0), Message)
    kind, body = multipart("mixed", *["Content-Type: a/b; name=f\n\nx"] * 5_000)
    assert len(read(a_mail(body, content_type=kind)).attachments) <= 64
    endless = b"Content-Type: message/rfc822\nFrom: a@b.example\n\n" * 5_000
    assert isinstance(read_message(endless, "x", fallback_at=0), Message)


def test_multipart_without_its_boundary() -> None:
    """A multipart that is none must show its text; one that was cut off must show what is there."""
    assert read(a_mail("just text", content_type="multipart/mixed; boundary=x")).body == "just text"
    assert read(a_mail("--x\n\nbegun", content_type="multipart/mixed; boundary=x")).body == "begun"


@pytest.mark.parametrize("text", ["SGVsbG8gUm9iaW4", "SGVsbG8g\n!Um9iaW4=", "SGVsbG8gUm9iaW4=x"])
def test_bad_base64(text: str) -> None:
    """Base64 without padding, with strangers in it or something behind it must be read as far as it goes."""
    assert read(a_mail(text, content_transfer_encoding="base64")).body.startswith("Hello Robin")


def test_dates() -> None:
    """A date without a zone is UTC and says so; an unusable one gives way to Received, then the fallback."""
    assert read(a_mail(date="10 Mar 2026 09:30:00")).at_zone is False
    assert read(a_mail(date="Tue, 10 Mar 2026 09:30:00 -0000")).at_zone is False
    assert read(a_mail(date="Tue, 10 Mar 2026 11:30 +0200")).at == MARCH_10
    assert read(a_mail(date="Tue, 10 Mar 26 04:30:00 EST")).at == MARCH_10
    hop = "from a by b; Tue, 10 Mar 2026 09:30:00 +0000"
    assert read(a_mail(date="yesterday", received=hop)).at == MARCH_10
    assert read(a_mail(date="Tue, 10 Mar 2099 09:30:00 +0000", received=hop)).at == MARCH_10
    assert read(a_mail(date="Mon, 1 Jan 2001 09:30:00 +0000", received=hop)).at == MARCH_10
    forged = a_mail(
        date="Tue, 10 Mar 2099 09:30:00 +0000", received="by evil; Tue, 10 Mar 2099 09:30:00 +0000"
    )
    assert read(b"Received: " + hop.encode() + b"\n" + forged).at == MARCH_10
    late = a_mail(received=hop)
    assert read(b"Received: by home; Sat, 14 Mar 2026 09:30:00 +0000\n" + late).at == MARCH_10
    assert read(a_mail(date="Tue, 10 Mar 2226 09:30:00 +0000"), fallback_at=5).at == 5
    assert read(a_mail(date=None), fallback_at=7).at == 7
    assert read(a_mail(date="Tue, 99 Zzz 2026 99:99:99 +9999"), fallback_at=7).at == 7


def test_carriage_returns_take_a_moment() -> None:
    """A run of them that ends no line must cost time in proportion, not its square."""
    raw = a_mail(b"\r" * 300_000 + b"x\r\r\nend\r\n")
    with no_hang():
        assert read(raw).body.endswith("x\nend")


def test_threads() -> None:
    """A mail belongs to the threads of its own id, its parent, all ancestors and Gmail's."""
    message = read(
        a_mail(
            in_reply_to="<a@x.example>", references="<root@x.example>\n <a@x.example> junk", x_gm_thrid="123"
        )
    )
    assert message.threads == ("<m1@northgate.example>", "<a@x.example>", "<root@x.example>", "gm:123")


def test_threads_are_bounded() -> None:
    """Thousands of ids and ids without end must be kept short, the first and the last among them."""
    ids = [f"<{number}@x.example>" for number in range(4_000)]
    threads = read(a_mail(references=" ".join(ids), message_id=f"<{'x' * 5_000}@y.example>")).threads
    assert len(threads) <= 60
    assert ids[0] in threads
    assert all(len(thread) <= 250 for thread in threads)


def test_linkedin_mail_knows_its_conversation() -> None:
    """LinkedIn's mails carry no thread of their own; the link in their text names it."""
    text = "Subject\nDana\nReply\nhttps://www.linkedin.com/messaging/thread/2-abc==/\n\n"
    text += "Hi Robin,\nshall we talk?\n"
    footer = "\n----------------------------------------\n\nThis email was intended for Robin Vale\n"
    message = read(a_mail(text + footer, **{"from": None}, From="Dana <inmail-hit-reply@linkedin.com>"))
    assert "li:2-abc==" in message.threads
    assert message.body == "Hi Robin,\nshall we talk?"
    assert "This email was intended for" in message.footer


@pytest.mark.parametrize(
    ("sender", "kind", "template", "channel"),
    [
        ("inmail-hit-reply@linkedin.com", "INMAIL", "email_hire_inmail_initial_single_01", "linkedin_inmail"),
        ("hit-reply-premium-inmail@linkedin.com", None, None, "linkedin_inmail"),
        ("hit-reply@linkedin.com", "MBR-TO-MBR", None, "linkedin_msg"),
        ("hit-reply@linkedin.com", "EMAIL-DEFAULT", None, "linkedin_msg"),
        ("hit-reply@linkedin.com", "inmail", None, "linkedin_inmail"),
        ("messaging-digest-noreply@linkedin.com", None, "email_member_message_v2", "linkedin_msg"),
        ("invitations@linkedin.com", "EMAIL-DEFAULT", "email_invitation_single_01", "linkedin_invite"),
        ("inmails-noreply@linkedin.com", None, "email_inmail_credits", "email"),
        ("jobalerts-noreply@linkedin.com", "SAVEDSEARCH", "email_job_alert_digest_01", "email"),
        ("job-apps@linkedin.com", None, "email_application_confirmation_with_nba_01", "email"),
        ("dana@linkedin.com.example", "INMAIL", None, "email"),
    ],
)
def test_linkedin_mail_is_on_linkedins_channel(
    sender: str, kind: str | None, template: str | None, channel: str
) -> None:
    """What a member wrote is theirs, not the relay's; what LinkedIn itself writes stays a mail of its own."""
    message = read(
        a_mail(
            **{"from": None, "X-LinkedIn-Class": kind, "X-LinkedIn-Template": template},
            From=f"Dana Whitfield via LinkedIn <{sender}>",
        )
    )
    assert message.channel == channel
    by_name = Contact(name="Dana Whitfield")
    by_address = Contact(name="Dana Whitfield via LinkedIn", email=sender)
    assert message.sender == (by_address if channel == "email" else by_name)
    assert (message.subject, message.threads) == ("Staff Platform Engineer", ("<m1@northgate.example>",))


def test_linkedin_names_the_member_somewhere() -> None:
    """Where the sender is LinkedIn itself, the address for answers or the subject names the member."""
    headers = {"from": None, "From": "LinkedIn <hit-reply@linkedin.com>", "Subject": "Dana just messaged you"}
    assert read(a_mail(**headers)).sender == Contact(name="Dana")
    answers = "Dana Whitfield <c15c178d@reply.linkedin.com>"
    assert read(a_mail(**headers, reply_to=answers)).sender == Contact(name="Dana Whitfield")


def test_key_is_built_from_what_was_received() -> None:
    """A forged Message-ID must not replace another mail; without one, date and subject stand in."""
    key = read(a_mail()).k
    assert read(a_mail("Another text")).k != key
    assert read(a_mail(**{"from": None}, From="Eve <eve@other.example>")).k != key
    assert read(a_mail(subject="Other subject")).k == key
    assert read(a_mail(message_id=None)).k != read(a_mail(message_id=None, subject="Other")).k


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_copies_give_one_record(ends: bytes) -> None:
    """LF and CRLF copies, with and without empty lines at the end, must give equal records."""
    raw = a_mail(PLAIN + "\nFrom here on it is yours.\n", content_type="text/plain;\n charset=utf-8")
    copy = raw.replace(b"\n", ends)
    assert message_fields(read(copy)) == message_fields(read(raw))
    assert message_fields(read(copy + ends * 2)) == message_fields(read(raw))
    assert read(raw.replace(b"\nFrom here", b"\n>From here")).k == read(raw).k


def test_no_mail_and_notes_of_programs() -> None:
    """What has no headers of a mail must be told; a mail program's own note is left out."""
    assert isinstance(read_message(b"", "x", fallback_at=0), Unreadable)
    assert isinstance(read_message(b"Hello: there\nno mail", "x", fallback_at=0), Unreadable)
    note = a_mail(subject="DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA")
    assert isinstance(read_message(note, "x", fallback_at=0), Skipped)


def test_text_is_safe_to_keep() -> None:
    """NUL, lone surrogates and controls must not get into a record, wherever they stand."""
    raw = a_mail(
        "a\0b\x1b[31mc\ud83d".encode("utf-16", "surrogatepass"), content_type="text/plain; charset=utf-16"
    )
    raw = raw.replace(b"Subject: Staff", b"Subject: St\0aff\x07 =?utf-7?Q?+2D0-?=")
    fields = str(message_fields(read(raw)))
    assert "\\x00" not in fields
    assert "\\x1b" not in fields
    fields.encode("utf-8")


def test_huge_text_is_cut_with_a_sentence() -> None:
    """A text of many megabytes is cut, and says so."""
    message = read(a_mail("word " * 600_000))
    assert MOST_CHARACTERS < len(message.body) < MOST_CHARACTERS + 200
    assert message.body.endswith("Its source has the rest.]")


def test_huge_header_is_bounded() -> None:
    """A header of 100 MB must not take more than a moment, nor hide the body."""
    raw = b"From: dana@northgate.example\nX-Junk: " + b"x" * 100_000_000 + b"\nSubject: lost\n\nHi Robin"
    assert read(raw).body == "Hi Robin"


def test_what_was_received_is_not_written_by_the_user() -> None:
    """A mail that somebody filed with what they sent does not make its sender the user."""
    mine, misfiled = a_mail(), a_mail(Return_Path="<dana@northgate.example>")
    assert own_addresses(open_mail(mine).headers, sent=True) == ["dana@northgate.example"]
    assert own_addresses(open_mail(misfiled).headers, sent=True) == []


def test_own_addresses_come_from_the_users_server_only() -> None:
    """Delivered-To counts above the first Received, and not without one: else it came with the mail."""
    above = b"Delivered-To: robin@vale.example\nReceived: x\n" + a_mail()
    below = b"Received: x\nDelivered-To: eve@other.example\n" + a_mail()
    assert own_addresses(open_mail(above).headers, sent=False) == ["robin@vale.example"]
    assert own_addresses(open_mail(below).headers, sent=False) == []
    nowhere = a_mail(delivered_to="eve@other.example")
    assert own_addresses(open_mail(nowhere).headers, sent=False) == []
    assert own_addresses(open_mail(a_mail()).headers, sent=True) == ["dana@northgate.example"]


def test_headers_without_an_empty_line_before_the_body() -> None:
    """A body that follows its headers at once must not be lost."""
    assert (
        read(b"From: dana@northgate.example\nSubject: Hi\nHello there\n\nmore").body == "Hello there\n\nmore"
    )


def test_a_mail_without_an_id_is_no_version_of_the_one_it_answers() -> None:
    """A mail that names no id of its own stands in its thread as a mail of its own."""
    headers = {"Message-ID": None, "In-Reply-To": "<first@northgate.example>"}
    message = read(a_mail(**headers))
    assert message.threads == (message.k, "<first@northgate.example>")


@pytest.mark.parametrize("word", ["Date", "To", "Subject", "From", "Received", "no header"])
def test_a_line_without_a_colon_ends_the_headers(word: str) -> None:
    """Even one that is the name of a header belongs to the body, as does all below it."""
    heads = a_mail("").rstrip(b"\n")
    message = read(heads + f"\n{word}\nSalary: 100k\nLocation: Berlin\n\nCall me.\n".encode())
    assert message.body == f"{word}\nSalary: 100k\nLocation: Berlin\n\nCall me."
