"""Whether a message belongs to what is kept: by its thread, or by when its sender was heard of."""

from hypothesis import given
from hypothesis import strategies as st

from store.clock import DAY
from store.rules.belonging import Kin, kinship_of
from store.rules.grouping import RUN_DAYS
from support import a_contact, a_message, ago, calls_of

RUN = RUN_DAYS * DAY
_TIMES = st.integers(-3 * RUN, 9 * RUN)


def kin_of(*times: int) -> Kin:
    """Return what messages of one recruiter at these times make known."""
    kin = Kin()
    for at in times:
        kin.add(kinship_of(a_message(at=at)), is_outreach=True)
    return kin


@given(st.lists(_TIMES, max_size=8), _TIMES, st.sampled_from([0, RUN, RUN + 1, -RUN, -RUN - 1]))
def test_who_wrote_within_45_days_is_known(times: list[int], at: int, apart: int) -> None:
    """On either side of it, to the millisecond."""
    kin = kin_of(*times)
    for asked in (at, *(time + apart for time in times[:1])):
        near = any(abs(asked - time) <= RUN for time in times)
        assert kin.claims(kinship_of(a_message("Lunch?", at=asked))) == near
    assert not kin.claims(kinship_of(a_message("Lunch?", at=at, sender="Priya Nair")))


def test_a_call_belongs_whenever_it_was() -> None:
    """A number that wrote about a role is known for good; one that only wrote is not."""
    line = a_contact("Tom Okafor", phone="+14155550132")
    kin = Kin()
    rung = kinship_of(a_message(at=ago(days=900), channel="call_missed", sender=line))
    kin.add(kinship_of(a_message(channel="sms", sender=line)), is_outreach=False)
    assert not kin.claims(rung)
    kin.add(kinship_of(a_message(channel="sms", sender=line)), is_outreach=True)
    assert kin.claims(rung)


def test_a_question_costs_the_same_however_much_somebody_wrote() -> None:
    """A flood of pitches from one sender, and mails of theirs that lie far from it, are no quadratic work."""
    asked = kinship_of(a_message("Lunch?", at=ago(days=4_000)))
    few, many = (kin_of(*(ago(minutes=number) for number in range(count))) for count in (10, 2_000))
    assert calls_of(lambda: many.claims(asked)) == calls_of(lambda: few.claims(asked))
