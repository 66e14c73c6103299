"""Mails in which LinkedIn passes on what a member wrote: who wrote, and on which of its channels.

The class, the template and the address tell, as they do not change with the language of the mail.
"""

import re

from store.records.message import Channel, Contact
from store.sources.parts import Headers
from store.sources.text import one_line
from store.sources.words import contacts, received

_SENDERS: dict[str, Channel] = {
    "inmail-hit-reply": "linkedin_inmail",
    "hit-reply-premium-inmail": "linkedin_inmail",
    "hit-reply": "linkedin_msg",
    "messaging-digest-noreply": "linkedin_msg",
    "invitations": "linkedin_invite",
}
_VIA = re.compile(r"\s+via LinkedIn$", re.IGNORECASE)
_WROTE = re.compile(
    r"(.{1,100}?) (?:sent you a (?:new )?message|just messaged you|wants to connect|vous a envoyé un message"
    r"|hat Ihnen (?:eine|gerade eine) Nachricht|acabou de (?:te )?enviar uma mensagem"
    r"|te ha enviado un mensaje)\b"
)


_TOKEN = re.compile(r"(https?://[\w.-]{0,40}linkedin\.com/[^\s?#<>]{0,500})[?#][^\s<>]*", re.IGNORECASE)


def without_tokens(text: str) -> str:
    """Return a text whose links to LinkedIn have lost their queries: these log in with one click."""
    return _TOKEN.sub(r"\1", text) if "linkedin.com/" in text else text


def is_linkedin(address: str) -> bool:
    """Whether an address is one of LinkedIn's own."""
    return address.endswith(("@linkedin.com", ".linkedin.com"))


def linkedin_channel(headers: Headers, address: str) -> Channel:
    """Return the channel of a mail from one of LinkedIn's addresses; alerts and its own news are email."""
    local = address.partition("@")[0]
    if local not in _SENDERS and local.endswith("noreply"):
        return "email"
    kind, template = headers.first("x-linkedin-class").upper(), headers.first("x-linkedin-template").lower()
    if kind == "INMAIL" or "inmail" in template:
        return "linkedin_inmail"
    if kind.startswith("INVITE") or "invit" in template:
        return "linkedin_invite"
    if kind == "MBR-TO-MBR" or "messag" in template:
        return "linkedin_msg"
    return _SENDERS.get(local, "email")


def linkedin_sender(headers: Headers, sender: Contact) -> Contact:
    """Return the member who wrote, by name only: the address is the relay's, the same for everybody."""
    answered = contacts(headers.first("reply-to"))
    for name in (_VIA.sub("", contact.name) for contact in (sender, *answered)):
        if name and not name.lower().startswith("linkedin"):
            return Contact(name=name)
    wrote = _WROTE.match(one_line(received(headers.first("subject")), 200))
    return Contact(name=wrote[1] if wrote else sender.name or "LinkedIn")
