"""What a message says about the role, lifted from its text: guesses, each of which the user may correct.

They follow from what was received alone, so that two machines lift the same. A guess that is not sure is
left empty: a wrong one costs more than none. Every lifter first asks for a word that it cannot do without:
most texts lack most of them, and thousands of mails are read in a second.
"""

from store.records.message import Lifted, Message
from store.rules.lifting.company import company_in, firm_in, hiring_itself, names_in_subject
from store.rules.lifting.mandate import mandate_in
from store.rules.lifting.pay import pay_in
from store.rules.lifting.phone import phone_in
from store.rules.lifting.place import mode_in, place_in
from store.rules.lifting.role import role_of
from store.rules.lifting.said import said_in
from store.rules.lifting.text import Text

__all__ = ["lift"]


def lift(message: Message) -> Lifted:
    """Return what a message says of role, companies, place, pay, phone and mandate."""
    text = Text.of(message)
    said = said_in(text.words)
    firm, company, mandate = _parties(text, said)
    return Lifted(
        role=role_of(text),
        company=company,
        firm=firm,
        location=place_in(text),
        mode=mode_in(said),
        pay=pay_in(text),
        phone=phone_in(text),
        mandate=mandate,
    )


def _parties(text: Text, said: set[str]) -> tuple[str, str, str]:
    """Return the firm of the sender, the company that hires, and the mandate between them.

    Who hires for the own company has no firm beside it.
    """
    firm, mandate = firm_in(text), mandate_in(text, said)
    named = names_in_subject(text)
    if not mandate and (own := hiring_itself(text, named)):
        return "", own, "in-house"
    if mandate == "in-house":
        firm = ""
    return firm, company_in(text, named, firm, mandate), mandate
