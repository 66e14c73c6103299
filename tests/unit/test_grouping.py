# ruff: noqa: E501 - a table reads better with a case a line
"""Which messages read as one opportunity: a table of threads made by hand."""

from dataclasses import dataclass, field

import pytest

from store.clock import DAY
from store.ids import document_id, opportunity_key
from store.records.message import Contact, Lifted, Message
from store.rules import grouping
from store.rules.grouping import Link, group

DANA = Contact(name="Dana Whitfield", email="dana@northgate.example")
PRIYA = Contact(name="Priya Nair", email="priya@nimbus.example")
NO_REPLY = Contact(name="Jobs", email="no-reply@board.example")
RELAY = Contact(name="Dana W", email="inmail-hit-reply@linkedin.com")
ME = Contact(name="Robin", email="robin@home.example")
TOM_CALLS = Contact(phone="+1 415 555 0132")


def mail(day: float, *threads: str, sender: Contact = DANA, subject: str = "", **more: object) -> Message:
    """Make a message of a day, its own Message-ID first among the thread keys."""
    return Message(
        k=f"mail:{threads[0] if threads else day}",
        at=int(day * DAY) + DAY,
        sender=sender,
        subject=subject,
        threads=threads,
        **more,  # type: ignore[arg-type]
    )


@dataclass
class Case:
    """Messages by number, what the user did with them, and the groups they must form."""

    name: str
    messages: list[Message]
    groups: list[list[int]]
    into: dict[int, int] = field(default_factory=dict)
    """Opportunity of message → opportunity of message."""
    done: dict[int, float] = field(default_factory=dict)
    """Opportunity of message → day of its newest message when it was put away."""


def opportunity(message: int) -> int:
    """Return the id of the opportunity that a message makes."""
    return document_id(opportunity_key(message))


CASES = [
    Case("one message stands alone", [mail(0, "<a>")], [[0]]),
    Case("a reply names its parent", [mail(0, "<a>"), mail(1, "<b>", "<a>")], [[0, 1]]),
    Case("two replies share a parent that was never read", [mail(0, "<b>", "<a>"), mail(1, "<c>", "<a>", sender=PRIYA)], [[0, 1]]),
    Case("References join over a gap", [mail(0, "<a>"), mail(2, "<c>", "<b>", "<a>")], [[0, 1]]),
    Case("the parent comes after its reply", [mail(1, "<b>", "<a>"), mail(0, "<a>")], [[1, 0]]),
    Case("Gmail's thread joins what no header joins", [mail(0, "<a>", "gm:1", sender=PRIYA), mail(90, "<b>", "gm:1")], [[0, 1]]),
    Case("two people in one thread are one opportunity", [mail(0, "<a>"), mail(1, "<b>", "<a>", sender=PRIYA)], [[0, 1]]),
    Case("my own answer belongs to the thread", [mail(0, "<a>"), mail(1, "<b>", "<a>", sender=ME, direction="out")], [[0, 1]]),
    Case("a thread of a year stays one", [mail(0, "<a>"), mail(365, "<b>", "<a>")], [[0, 1]]),
    Case("a new thread of the same sender within 45 days joins", [mail(0, "<a>"), mail(44, "<b>")], [[0, 1]]),
    Case("on the 45th day it still joins", [mail(0, "<a>"), mail(45, "<b>")], [[0, 1]]),
    Case("after 46 days it does not", [mail(0, "<a>"), mail(46, "<b>")], [[0], [1]]),
    Case("the 45 days count from the newest message", [mail(0, "<a>"), mail(40, "<b>", "<a>"), mail(80, "<c>")], [[0, 1, 2]]),
    Case("a chain of follow-ups stays one", [mail(0, "<a>"), mail(40, "<b>"), mail(80, "<c>")], [[0, 1, 2]]),
    Case("a thread that rested goes on and draws what follows", [mail(0, "<a>"), mail(100, "<b>", "<a>"), mail(50, "<c>"), mail(101, "<d>")], [[0, 1, 3], [2]]),
    Case("two different roles are two", [mail(0, "<a>", subject="Staff Platform Engineer at Acme"), mail(3, "<b>", subject="Head of Data, Nimbus")], [[0], [1]]),
    Case("the same role twice is one", [mail(0, "<a>", subject="Staff Platform Engineer"), mail(3, "<b>", subject="Re: Staff Platform Engineer")], [[0, 1]]),
    Case("a follow-up that names no role joins", [mail(0, "<a>", subject="Staff Platform Engineer"), mail(3, "<b>", subject="Following up")], [[0, 1]]),
    Case("roles given by hand count too", [mail(0, "<a>", role="Data Engineer"), mail(3, "<b>", role="Engineering Manager")], [[0], [1]]),
    Case("of roles given by hand in a thread the first counts", [mail(0, "<a>", role="Data Engineer"), mail(1, "<b>", "<a>", role="Head of Data"), mail(3, "<c>", role="Data Engineer")], [[0, 1, 2]]),
    Case("two companies are two", [mail(0, "<a>", lifted=Lifted(company="Fathom")), mail(3, "<b>", lifted=Lifted(company="Bluefin"))], [[0], [1]]),
    Case("a company is known by its first word", [mail(0, "<a>", company="The Fathom Group, Ltd."), mail(3, "<b>", lifted=Lifted(company="fathom, inc"))], [[0, 1]]),
    Case("what joined names its company for what follows", [mail(0, "<a>"), mail(3, "<b>", company="Fathom"), mail(5, "<c>", company="Bluefin")], [[0, 1], [2]]),
    Case("a company that is only described may be any", [mail(0, "<a>", lifted=Lifted(company="Fathom")), mail(3, "<b>", lifted=Lifted(company="undisclosed (a bank)"))], [[0, 1]]),
    Case("a follow-up that names no company joins", [mail(0, "<a>", lifted=Lifted(company="Fathom")), mail(3, "<b>")], [[0, 1]]),
    Case("with two candidates it stands alone", [mail(0, "<a>", subject="Staff Platform Engineer"), mail(1, "<b>", subject="Head of Data"), mail(3, "<c>", subject="Any thoughts?")], [[0], [1], [2]]),
    Case("another sender does not join", [mail(0, "<a>"), mail(1, "<b>", sender=PRIYA)], [[0], [1]]),
    Case("a relay's address stands for many people", [mail(0, "<a>", sender=RELAY), mail(1, "<b>", sender=RELAY)], [[0], [1]]),
    Case("an address nobody answers is no sender", [mail(0, "<a>", sender=NO_REPLY), mail(1, "<b>", sender=NO_REPLY)], [[0], [1]]),
    Case("a bare name joins nothing", [mail(0, sender=Contact(name="Dana")), mail(1, sender=Contact(name="Dana"))], [[0], [1]]),
    Case("two calls from one number are one", [mail(0, sender=TOM_CALLS), mail(2, sender=Contact(phone="+14155550132"))], [[0, 1]]),
    Case("what was added by hand joins its opportunity", [mail(0, "<a>"), mail(300, sender=PRIYA, joins=str(opportunity(0)))], [[0, 1]], done={0: 0}),
    Case("what was split off stands apart", [mail(0, "<a>"), mail(1, "<b>", "<a>", apart=True)], [[0], [1]]),
    Case("what follows a split stays with the thread", [mail(0, "<a>"), mail(1, "<b>", "<a>", apart=True), mail(2, "<c>", "<b>", "<a>")], [[0, 2], [1]]),
    Case("a merge by hand joins two senders", [mail(0, "<a>"), mail(200, "<b>", sender=PRIYA)], [[0, 1]], into={1: 0}),
    Case("two merges into each other do no harm", [mail(0, "<a>"), mail(200, "<b>", sender=PRIYA)], [[0, 1]], into={1: 0, 0: 1}),
    Case("what comes after an end is new", [mail(0, "<a>"), mail(10, "<b>")], [[0], [1]], done={0: 0}),
    Case("what came before the end stays", [mail(0, "<a>"), mail(10, "<b>")], [[0, 1]], done={0: 10}),
    Case("a reply to what is done still belongs to it", [mail(0, "<a>"), mail(10, "<b>", "<a>")], [[0, 1]], done={0: 0}),
    Case("what the user dealt with separately stays so", [mail(0, "<a>"), mail(10, "<b>")], [[0], [1]], done={1: 10}),
    Case("what undo removed belongs nowhere", [mail(0, "<a>"), mail(1, "<b>", "<a>", gone=True)], [[0]]),
    Case("a forged Message-ID is of the same opportunity", [mail(0, "<a>"), mail(0.1, "<a>", sender=PRIYA)], [[0, 1]]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_messages_form_these_groups(case: Case) -> None:
    """Each hand-made set of messages reads as exactly these opportunities, in whatever order it is given."""
    links = {
        opportunity(message): Link(
            message,
            into=opportunity(case.into[message]) if message in case.into else 0,
            ended=int(case.done.get(message, -1) * DAY) + DAY if message in case.done else 0,
        )
        for message in sorted({0, *case.into, *case.into.values(), *case.done})
    }
    numbered = list(enumerate(case.messages))
    for order in (numbered, numbered[::-1]):
        found = group(dict(order), links)
        assert sorted(found) == sorted(case.groups)


@pytest.mark.parametrize("done", [False, True])
def test_many_threads_of_one_sender_take_linear_time(done: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a sender with a thousand open or ended threads, each new one looks at few of the others."""
    asked = 0
    active, over = grouping._Component.active, grouping._Component.over

    def counted(component: grouping._Component, at: int) -> bool:
        nonlocal asked
        asked += 1
        return active(component, at)

    def counted_over(component: grouping._Component, at: int) -> bool:
        nonlocal asked
        asked += 1
        return over(component, at)

    monkeypatch.setattr(grouping._Component, "active", counted)
    monkeypatch.setattr(grouping._Component, "over", counted_over)
    roles = ("Data Engineer", "Engineering Manager", "Head of Design")
    messages = {day: mail(day / 10, f"<{day}>", subject=roles[day % 3]) for day in range(1000)}
    links = {opportunity(day): Link(day, ended=message.at) for day, message in messages.items() if done}
    assert len(group(messages, links)) == 1000
    assert asked < 10 * len(messages)
