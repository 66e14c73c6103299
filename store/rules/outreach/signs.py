"""Every sign of outreach and of its absence: its name in the data file, its weight, and what it means."""

from typing import Final, NamedTuple


class Sign(NamedTuple):
    """One sign. Its name stands in data files: it is never given another meaning."""

    weight: int
    label: str
    """A word or two, for counts."""
    sentence: str
    """What was seen, for people."""


GIVEN: Final = "given"
"""You gave it as outreach yourself: nothing else is asked."""

SIGNS: Final[dict[str, Sign]] = {
    GIVEN: Sign(0, "given by you", "You gave it to Ringback as outreach"),
    "inmail": Sign(4, "InMail", "It is a LinkedIn InMail"),
    "profile": Sign(3, "your profile", "They say they came across your profile or your work"),
    "client": Sign(3, "a client", "They write for a client, or on a search they were given"),
    "recruiter": Sign(2, "a recruiter", "They say they recruit"),
    "hiring": Sign(2, "hiring", "It is about hiring, an opening or a position"),
    "fit": Sign(2, "a fit", "They say you would fit"),
    "open-to": Sign(2, "are you open", "They ask whether you are open to it"),
    "papers": Sign(2, "your CV", "They ask for your CV, notice period or right to work"),
    "terms": Sign(2, "terms", "It names a kind of contract"),
    "pay": Sign(2, "pay", "It states pay"),
    "agency": Sign(2, "an agency", "The sender's name or domain is that of a recruiter"),
    "call": Sign(1, "a call", "They propose a call"),
    "role": Sign(1, "a role", "It names a role"),
    "referral-fee": Sign(1, "a referral fee", "They offer a fee for a referral"),
    "introduction": Sign(1, "an introduction", "They say who they are, or who gave them your name"),
    "member": Sign(1, "LinkedIn member", "A member wrote it on LinkedIn"),
    "linkedin-news": Sign(-6, "LinkedIn's news", "LinkedIn itself sent it: alerts, digests, news"),
    "seeks-job": Sign(-6, "somebody seeking work", "The sender is looking for work"),
    "sells": Sign(-5, "a sales pitch", "The sender sells something"),
    "candidate": Sign(-8, "a candidate", "They offer somebody for you to hire"),
    "application": Sign(-4, "an application", "It is about an application of yours"),
    "list": Sign(-4, "a mailing list", "It came over a mailing list"),
    "code": Sign(-4, "a code", "It is a code, or comes from a short number"),
    "scam": Sign(-6, "a scam", "It reads like a scam: a messenger, a cheque, no experience needed"),
    "stub": Sign(-4, "only a notice", "It only says that somebody wrote"),
    "internal": Sign(-4, "inside work", "It reads like work inside a company"),
    "settled": Sign(-4, "somebody's job", "It is about a job, or a reference, that is somebody's already"),
    "elsewhere": Sign(-6, "no job", "It is about a home, an appointment, a talk or a story"),
    "ats": Sign(-3, "an application system", "An application system or job board sent it"),
    "alert": Sign(-3, "a job alert", "It lists jobs"),
    "commerce": Sign(-3, "a newsletter or receipt", "It reads like a newsletter, a receipt or an event"),
    "no-reply": Sign(-2, "nobody to answer", "Nobody reads the address that it came from"),
    "automatic": Sign(-2, "sent by a machine", "It says that a machine sent it"),
    "tagged": Sign(-2, "a tag", "Its subject begins with a tag in brackets"),
    "unsubscribe": Sign(-1, "a bulk mail", "It can be unsubscribed from"),
    "answer": Sign(-1, "an answer", "It answers another mail"),
}
"""Weights as the design has them: four and more is outreach, two and three is to be looked at."""

NOTHING: Final = "no sign of outreach"
