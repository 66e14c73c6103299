"""Mails in which LinkedIn passes on what a member wrote: who wrote, and on which of its channels.

The class, the template and the address tell, as they do not change with the language of the mail.
"""

import re

from msgspec.structs import replace

from store.records.message import Channel, Contact
from store.rules.profiles import canonical_profile
from store.sources.parts import Headers
from store.sources.quoting import Split
from store.sources.text import one_line
from store.sources.words import contacts, received

_SENDERS: dict[str, Channel] = {
    "inmail-hit-reply": "linkedin_inmail",
    "hit-reply-premium-inmail": "linkedin_inmail",
    "hit-reply": "linkedin_msg",
    "messaging-digest-noreply": "linkedin_msg",
    "invitations": "linkedin_invite",
}
RELAY = "LinkedIn"
"""Who wrote, where nothing names the member."""
_VIA = re.compile(r"\s+via LinkedIn$", re.IGNORECASE)
_WROTE = re.compile(
    r"(.{1,100}?) (?:sent you a (?:new )?message|just messaged you|wants to connect|(?:mentioned|tagged) you"
    r"|(?:vous a|vient de vous) (?:envoyé|envoyer) un (?:nouveau )?message|souhaite se connecter"
    r"|hat (?:Ihnen|dir) (?:gerade )?eine (?:neue )?Nachricht|möchte sich (?:mit Ihnen )?vernetzen"
    r"|(?:acabou de (?:te |lhe )?enviar|enviou|te enviou|lhe enviou) uma (?:nova )?mensagem"
    r"|(?:te|le) (?:ha enviado|acaba de enviar) un (?:nuevo )?mensaje|quiere conectar"
    r"|ti ha (?:appena )?inviato un (?:nuovo )?messaggio)\b"
)
_LINK = re.compile(
    r"(https?://[\w.-]{0,40}linkedin\.com(?:/[^\s?#<>]{0,1000})?)([?#][^\s<>]*)", re.IGNORECASE
)
_LOGS_IN = re.compile(r"(?:otp|mid)token=|midsig=", re.IGNORECASE)
_THREAD = re.compile(r"https://www\.linkedin\.com/(?:comm/)?messaging/thread/([\w=%+-]{4,200})")
_COUNTED = re.compile(r"you have (?:a|an|one|\d{1,3}) (?:new|unread) messages?\b.{0,60}", re.IGNORECASE)
_LABELS = ("reply", "view message", "view profile", "accept", "decline")
_LONGEST_LABEL = 30
_MOST_NOTICE = 1_500
_PERSON = re.compile(r"https://(?:[\w-]{1,20}\.)?linkedin\.com/comm/in/[^\s/?#<>]{1,200}", re.IGNORECASE)
"""As LinkedIn itself writes it in mails; members give theirs in another form."""
_ANY_LINK = re.compile(r"https?://\S{1,2000}")
_BESIDE = 3
"""Lines above the address of a profile in which the name must stand: a headline may be between."""
_SEARCHED = 50_000
_MEMBER_ID = "https://www.linkedin.com/in/acoaa"
"""How addresses begin that hold a number of the account and not the name of the profile."""


def without_tokens(text: str, *, relayed: bool) -> str:
    """Return a text whose links to LinkedIn cannot log anybody in: these have lost their queries.

    In mails that LinkedIn relays all of them do; in others a link may need its query to lead anywhere.
    """
    if "linkedin.com" not in text:
        return text

    def kept(link: re.Match[str]) -> str:
        logs_in = relayed or "/comm/" in link[1] or _LOGS_IN.search(link[2])
        return link[1] if logs_in else link[0]

    return _LINK.sub(kept, text)


def without_notice(parts: Split, subject: str, name: str) -> Split:
    """Return the parts of a mail such that its body tells plainly where the member's words are not in it.

    Only what is certain to be no word of theirs goes: into the footer, as all that LinkedIn adds.
    """
    link = _THREAD.search(parts.body, 0, _MOST_NOTICE)
    if link is None or len(parts.body) > _MOST_NOTICE:
        return parts
    lines = [" ".join(line.split()) for line in parts.body.split("\n")]
    if not all(_is_notice(line, subject, name) for line in lines if line):
        return parts
    body = f"An unread message on LinkedIn: https://www.linkedin.com/messaging/thread/{link[1]}/"
    return replace(parts, body=body, footer=f"{parts.body}\n\n{parts.footer}".strip())


def _is_notice(line: str, subject: str, name: str) -> bool:
    said, linked, rest = line.partition("https://www.linkedin.com/")
    if linked:
        return len(said.rstrip(" <:")) <= _LONGEST_LABEL and " " not in rest.strip()
    plain = line.casefold()
    if plain in (subject.casefold(), name.casefold(), *_LABELS) or _COUNTED.fullmatch(line):
        return True
    wrote = _WROTE.match(line)
    return wrote is not None and len(line) - wrote.end() <= _LONGEST_LABEL and ":" not in line


def profile_beside(text: str, name: str) -> str:
    """Return the profile whose address stands beside a member's name, an empty text where none does."""
    if not name or name == RELAY or "/comm/in/" not in text:
        return ""
    lines = text[:_SEARCHED].split("\n")
    for place, line in enumerate(lines):
        found = _PERSON.search(line)
        beside = _ANY_LINK.sub("", "\n".join(lines[max(place - _BESIDE, 0) : place + 1])) if found else ""
        if found and name.casefold() in beside.casefold():
            profile = canonical_profile(found[0])
            if not profile.startswith(_MEMBER_ID):
                return profile
    return ""


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
    return Contact(name=wrote[1] if wrote else sender.name or RELAY)
