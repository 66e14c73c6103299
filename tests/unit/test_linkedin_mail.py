"""LinkedIn's notification mails: what the member wrote, who they are, and what can log somebody in."""

import pytest

from mails import a_mail, messages, multipart, read_message
from store.records.message import Message
from store.sources.finding import find_text
from store.sources.linkedin.mail import without_tokens
from support import no_hang

TALK = "2-YTRjMTIzYjEtNjEyZA=="
THREAD = (
    "https://www.linkedin.com/comm/messaging/thread/2-YTRjMTIzYjEtNjEyZA%3D%3D/?midToken=AQ&otpToken=s3cret"
)
PERSON = "https://www.linkedin.com/comm/in/Dana-Whitfield?midToken=AQ&otpToken=s3cret"
DANA = "https://www.linkedin.com/in/dana-whitfield"
RULE = "-" * 40
FOOTER = (
    f"\n{RULE}\n\nThis email was intended for Robin Vale (Platform engineer)\n© 2026 LinkedIn Corporation\n"
)
DIGEST = "Dana Whitfield via LinkedIn <messaging-digest-noreply@linkedin.com>"
MEMBER = "Dana Whitfield <hit-reply@linkedin.com>"


def read(body: str | bytes, **headers: str | None) -> Message:
    """Read a mail that LinkedIn sent, unless its `From` says otherwise."""
    message = read_message(a_mail(body, **{"From": MEMBER, **headers}), "test", fallback_at=None)
    assert isinstance(message, Message)
    return message


def everything(message: Message) -> str:
    """Return all text that is kept of a message."""
    return "\n".join((message.body, message.quoted, message.signature, message.footer))


@pytest.mark.parametrize(
    "text",
    [
        f"Dana Whitfield just messaged you\n\nDana Whitfield\n\nView message: {THREAD}\n",
        f"You have 1 new message\n\nDana Whitfield\nView message:{THREAD}\nUnsubscribe: {PERSON}\n",
        f"Dana Whitfield te ha enviado un mensaje\n\n{THREAD}\n",
    ],
)
def test_a_notice_without_the_words(text: str) -> None:
    """The body says that there is a message on LinkedIn and links to it; the rest is in the footer."""
    message = read(text + FOOTER, From=DIGEST, Subject="Dana Whitfield just messaged you")
    link = "https://www.linkedin.com/messaging/thread/2-YTRjMTIzYjEtNjEyZA%3D%3D/"
    assert message.body == f"An unread message on LinkedIn: {link}"
    assert text.split("\n", maxsplit=1)[0] in message.footer
    assert (message.channel, message.sender.name) == ("linkedin_msg", "Dana Whitfield")
    assert f"li:{TALK}" in message.threads
    assert "stub" in message.signals


@pytest.mark.parametrize(
    "words",
    ["Are you open to a call?", "Dana Whitfield sent you a message: call me?", f"See {THREAD} please, Robin"],
)
def test_a_notice_with_words_keeps_them(words: str) -> None:
    """Whatever may be the member's own stays in the body."""
    text = f"Dana Whitfield just messaged you\n\n{words}\n\nView message: {THREAD}\n"
    message = read(text + FOOTER, From=DIGEST, Subject="Dana Whitfield just messaged you")
    assert words.split("http", maxsplit=1)[0].strip() in message.body


@pytest.mark.parametrize(
    ("subject", "footer"),
    [
        ("Dana Whitfield just messaged you", "This email was intended for Robin Vale"),
        ("Dana Whitfield acabou de enviar uma mensagem a você", "Este e-mail foi enviado para Robin Vale"),
        ("Dana Whitfield vient de vous envoyer un message", "Cet e-mail est destiné à Robin Vale"),
        ("Dana Whitfield hat Ihnen gerade eine Nachricht gesendet", "Diese E-Mail ist für Robin Vale"),
        ("Dana Whitfield te ha enviado un mensaje", "Este correo electrónico está destinado a Robin Vale"),
        ("Dana Whitfield ti ha inviato un messaggio", "Questa email è destinata a Robin Vale"),
    ],
)
def test_languages(subject: str, footer: str) -> None:
    """In each language, the subject names the member and the footer is none of their words."""
    text = (
        f"{subject}\n{subject}\n\n  Dana Whitfield\n  Reply\n  {THREAD}\n\nHi Robin,\n\nEste puesto, now?\n\n"
    )
    message = read(
        f"{text}{footer}\n\n© 2026 LinkedIn Ireland Unlimited Company\n",
        From="LinkedIn <messaging-digest-noreply@linkedin.com>",
        Subject=subject,
    )
    assert message.sender.name == "Dana Whitfield"
    assert message.body == "Hi Robin,\n\nEste puesto, now?"
    assert footer in message.footer


def test_html_alone() -> None:
    """A mail whose plain part was lost has the same body, thread and member."""
    html = (
        f'<p><a href="{PERSON}">Dana Whitfield</a></p><a href="{THREAD}">Reply</a><p>Hi Robin, a role.</p>'
        "<p>This email was intended for Robin Vale</p><p>© 2026 LinkedIn Corporation</p>"
    )
    message = read(html, content_type="text/html; charset=utf-8")
    assert message.body == "Hi Robin, a role."
    assert f"li:{TALK}" in message.threads
    assert message.sender.profile == DANA
    assert "s3cret" not in everything(message)


@pytest.mark.parametrize(
    ("beside", "profile"),
    [
        (f"Dana Whitfield {PERSON}", DANA),
        (f"Dana Whitfield\nPrincipal Recruiter, Northgate\nView profile: {PERSON}", DANA),
        (f"Tom Birch {PERSON}", ""),
        ("Dana Whitfield https://www.linkedin.com/in/somebody-else", ""),
        (f"Dana Whitfield {PERSON.replace('Dana-Whitfield', 'ACoAAB1x2y3z')}", ""),
    ],
    ids=["name", "headline", "another", "typed", "number"],
)
@pytest.mark.parametrize("where", ["plain", "html"])
def test_the_profile_of_the_member(beside: str, profile: str, where: str) -> None:
    """LinkedIn's own link beside the name is theirs; one that somebody typed, or a number, tells nobody."""
    plain = f"{beside}\n\nHi Robin, I'd like to join your network.\n{FOOTER}"
    body: str | bytes = plain
    kind = "text/plain; charset=utf-8"
    if where == "html":
        html = "<p>" + beside.replace("\n", "<br>") + "</p>"
        kind, body = multipart(
            "alternative",
            f"Content-Type: text/plain; charset=utf-8\n\nHi Robin, I'd like to join your network.\n{FOOTER}",
            f"Content-Type: text/html; charset=utf-8\n\n{html}",
        )
    message = read(body, content_type=kind, From="Dana Whitfield <invitations@linkedin.com>")
    assert (message.channel, message.sender.profile) == ("linkedin_invite", profile)


def test_nobody_is_beside_a_link() -> None:
    """Where nothing names the member, the word LinkedIn in a link is no name."""
    text = f"LinkedIn\nView: {PERSON}\n\n{THREAD}\n\nHi Robin\n{FOOTER}"
    assert read(text, From="LinkedIn <hit-reply@linkedin.com>").sender.profile == ""


def test_one_who_passes_a_mail_on_keeps_their_words() -> None:
    """What stands above a mail of LinkedIn is the sender's own; the links in what is quoted log nobody in."""
    text = (
        "FYI, is this real?\n\n---------- Forwarded message ---------\nFrom: Dana <hit-reply@linkedin.com>\n"
        f"Date: Tue, 10 Mar 2026\nSubject: Role\n\nDana Whitfield\n{THREAD}\n\nHi Robin, a role.\n{FOOTER}"
    )
    message = read(text, From="Kim Osei <kim@orchard.example>")
    assert (message.channel, message.body) == ("email", "FYI, is this real?")
    assert "Hi Robin, a role." in message.quoted
    assert "messaging/thread/" in message.quoted
    assert "s3cret" not in everything(message)


@pytest.mark.parametrize(
    "above",
    [
        "Dana wrote:",
        "---------- Forwarded message ---------\nFrom: Dana <d@a.example>\nDate: 10 Mar 2026\nSubject: A\n",
    ],
    ids=["words", "forwarded"],
)
def test_what_is_pasted_logs_nobody_in(above: str) -> None:
    """A mail may come in by hand, too."""
    source = find_text(f"{above}\n{THREAD}\n".encode())
    (message,) = messages(source.read(lambda done: None))
    assert "messaging/thread/" in everything(message)
    assert "s3cret" not in everything(message)


@pytest.mark.parametrize(
    ("link", "relayed", "kept"),
    [
        (THREAD, False, THREAD.partition("?")[0]),
        ("https://www.linkedin.com/jobs/search/?currentJobId=42", False, True),
        (
            "https://www.linkedin.com/jobs/search/?currentJobId=42",
            True,
            "https://www.linkedin.com/jobs/search/",
        ),
        ("https://linkedin.com?midToken=AQ", False, "https://linkedin.com"),
        ("https://www.linkedin.com/in/dana#midSig=1", False, DANA.replace("dana-whitfield", "dana")),
        ("https://acme.example/?otpToken=1", True, True),
    ],
)
def test_links_lose_what_logs_in(link: str, relayed: bool, kept: str | bool) -> None:
    """All that LinkedIn sends do; in others, a link keeps the query that it needs to lead anywhere."""
    shown = link if kept is True else kept
    assert without_tokens(f"See <{link}> or {link}", relayed=relayed) == f"See <{shown}> or {shown}"


@pytest.mark.parametrize(
    "hostile",
    [
        "https://linkedin.com/" * 50_000,
        f"Dana Whitfield {PERSON} " * 10_000,
        "LinkedIn Corporation\n" + "Este e-mail " * 80_000,
        "LinkedIn Corporation linkedin.com/\n" + "a\n" * 400_000,
    ],
    ids=["links", "profiles", "footers", "lines"],
)
def test_hostile_texts_take_no_time(hostile: str) -> None:
    """A megabyte made to be searched for long is not."""
    with no_hang():
        assert read(hostile).channel == "linkedin_msg"
