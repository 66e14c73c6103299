"""Every kind of referral, every state, every move: what is allowed, what times out, what is owed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clock import DAY
from store.errors import StoreError, UsageError
from store.records.referral import KINDS, Kind, Referral, Step
from store.rules import referrals
from store.rules.referrals import FIRST, MOVES, TIME_OUTS, check_move, check_nudge, is_ending, standing
from support import NOW

ENDINGS: dict[str, set[str]] = {
    "given": {"no", "hired", "not_hired", "declined_by_friend", "stopped"},
    "received": {"my_no", "hired", "not_hired"},
    "asked": {"made", "declined"},
    "source": {"answered", "passed"},
}
CHAINS: dict[str, tuple[str, ...]] = {
    "given": ("idea", "asked_friend", "yes", "sent", "in_touch", "interviewing", "hired", "closed"),
    "received": ("offered", "my_yes", "made", "contacted", "interviewing", "hired", "closed"),
    "asked": ("asked", "promised", "made", "closed"),
    "source": ("asked", "answered", "closed"),
}
DAYS: dict[tuple[str, str], tuple[int, str]] = {
    ("given", "asked_friend"): (7, "no_answer"),
    ("given", "sent"): (30, "no_response"),
    ("given", "in_touch"): (30, "no_response"),
    ("given", "interviewing"): (30, "no_response"),
    ("received", "made"): (30, "quiet"),
    ("received", "contacted"): (30, "quiet"),
    ("received", "interviewing"): (30, "quiet"),
    ("asked", "asked"): (14, "no_answer"),
    ("asked", "promised"): (14, "no_answer"),
}
EVERY = [(kind, state) for kind in KINDS for state in MOVES[kind]]


def moves_of(kind: Kind, state: str, days: float = 0) -> tuple[str, ...]:
    """Return what may follow a state that was reached so many days ago."""
    found = standing(Referral(kind=kind), [Step(at=NOW, what=state)], NOW + round(days * DAY))
    return found.moves


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_goes_its_whole_way(kind: Kind) -> None:
    """The chain of each kind is allowed step by step, from its first state to closed."""
    chain = CHAINS[kind]
    assert FIRST[kind] == chain[0]
    for state, following in pairwise(chain):
        assert following in moves_of(kind, state)
    assert moves_of(kind, "closed") == ()


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_only_what_the_table_names_is_allowed(kind: Kind, state: str) -> None:
    """Of all states exactly those that may follow are taken; every other is refused with those that may."""
    referral = Referral(kind=kind)
    now_stands = standing(referral, [Step(at=NOW, what=state)], NOW)
    assert now_stands.state == now_stands.stored == state
    for target in MOVES[kind]:
        if target in MOVES[kind][state]:
            check_move(referral, now_stands, target)
        else:
            with pytest.raises(StoreError) as refused:
                check_move(referral, now_stands, target)
            assert refused.value.hint == f"Allowed now: {', '.join(MOVES[kind][state]) or 'nothing more'}."


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_that_is_no_state_is_a_usage_error(kind: Kind) -> None:
    """A word that no state has is refused with all the states there are."""
    with pytest.raises(UsageError) as refused:
        check_move(Referral(kind=kind), standing(Referral(kind=kind), [], NOW), "vanished")
    assert refused.value.hint == f"States are {', '.join(MOVES[kind])}."


@given(st.sampled_from(KINDS), st.lists(st.integers(0, 99), max_size=12), st.integers(0, 400))
def test_no_way_leads_out_of_the_states(kind: Kind, choices: list[int], days: int) -> None:
    """Whatever allowed moves are made, and however late it is, the state is a known one."""
    steps = [Step(at=NOW, what=FIRST[kind])]
    for number, choice in enumerate(choices, 1):
        now = steps[-1].at + days * DAY
        found = standing(Referral(kind=kind), steps, now)
        assert {found.state, found.stored, *found.moves} <= MOVES[kind].keys()
        if not found.moves:
            assert found.stored == "closed"
            return
        steps.append(Step(k=str(number), at=now + 1, what=found.moves[choice % len(found.moves)]))


def test_the_time_outs_are_those_of_the_table() -> None:
    """7 days for the friend's answer, 30 after that, 14 for what was asked for; nothing else times out."""
    assert dict(TIME_OUTS) == DAYS


@pytest.mark.parametrize(("kind", "state"), DAYS)
def test_a_time_out_is_read_off_the_date(kind: Kind, state: str) -> None:
    """To the millisecond it is not yet one, a millisecond later it is; nothing ran in between."""
    days, late = DAYS[kind, state]
    referral, steps = Referral(kind=kind), [Step(at=NOW, what=state)]
    at = NOW + days * DAY
    assert standing(referral, steps, at).state == state
    found = standing(referral, steps, at + 1)
    assert (found.state, found.stored, found.since) == (late, state, NOW)
    assert found.next_check == at


@pytest.mark.parametrize(("kind", "state"), DAYS)
def test_a_time_out_blocks_no_move(kind: Kind, state: str) -> None:
    """What was allowed before it is allowed after it, and closing besides."""
    assert moves_of(kind, state, days=400) == (*moves_of(kind, state), "closed")


def test_a_clock_that_was_ahead_times_nothing_out() -> None:
    """A step from the future stands as it is."""
    steps = [Step(at=NOW + 400 * DAY, what="sent")]
    assert standing(Referral(), steps, NOW).state == "sent"


def test_a_nudge_and_a_note_are_no_sign() -> None:
    """What the user does alone leaves the time-out where it is."""
    steps = [Step(at=NOW, what="sent")]
    steps += [Step(at=NOW + 20 * DAY, what=what, side="friend") for what in ("nudged", "noted", "thanked")]
    assert standing(Referral(), steps, NOW + 31 * DAY).state == "no_response"


def test_the_users_day_goes_before_the_time_out() -> None:
    """The next check is the user's date; a closed one has none."""
    referral = Referral(next_check=NOW + DAY)
    assert standing(referral, [Step(at=NOW, what="sent")], NOW).next_check == NOW + DAY
    assert standing(referral, [Step(at=NOW, what="closed")], NOW).next_check == 0
    assert standing(Referral(), [Step(at=NOW, what="idea")], NOW).next_check == 0


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_every_ending_proposes_thanks(kind: Kind, state: str) -> None:
    """Thanks are owed after each ending until they were said, and after nothing else."""
    assert is_ending(kind, state) is (state in ENDINGS[kind])
    steps = [Step(at=NOW - DAY, what="thanked"), Step(at=NOW, what=state)]
    assert standing(Referral(kind=kind), steps, NOW).owes_thanks is (state in ENDINGS[kind])
    steps.append(Step(at=NOW + 1, what="thanked"))
    assert not standing(Referral(kind=kind), steps, NOW + 2).owes_thanks


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_every_change_of_a_received_one_owes_a_word(kind: Kind, state: str) -> None:
    """Its maker is owed a word after each change until they were told, and nobody else is."""
    steps = [Step(at=NOW - DAY, what="told"), Step(at=NOW, what=state)]
    owed = kind == "received" and state not in ("offered", "closed")
    assert standing(Referral(kind=kind), steps, NOW).owes_word is owed
    steps.append(Step(at=NOW + 1, what="told"))
    assert not standing(Referral(kind=kind), steps, NOW + 2).owes_word


def test_one_nudge_a_side() -> None:
    """A side is nudged once; the other one has its own; over a closed one nobody is."""
    nudged = [Step(at=NOW, what="sent"), Step(at=NOW + 1, what="nudged", side="friend")]
    found = standing(Referral(), nudged, NOW + 2)
    with pytest.raises(StoreError, match="friend was nudged once"):
        check_nudge(found, "friend")
    check_nudge(found, "recruiter")
    with pytest.raises(StoreError, match="closed"):
        check_nudge(standing(Referral(), [Step(at=NOW, what="closed")], NOW), "recruiter")


def test_steps_in_any_order_say_the_same() -> None:
    """Two machines may write steps in any order; their dates decide, and unknown ones count for nothing."""
    steps = [
        Step(at=NOW, what="asked_friend"),
        Step(at=NOW + 1, what="yes"),
        Step(at=NOW + 2, what="abducted"),
        Step(at=NOW + 3, what="sent"),
    ]
    expected = standing(Referral(), steps, NOW + 4)
    assert expected.state == "sent"
    assert standing(Referral(), steps[::-1], NOW + 4) == expected


def test_without_a_step_it_stands_at_its_first_state() -> None:
    """A referral whose steps have not arrived yet stands where its kind begins, since it was written."""
    for kind in KINDS:
        found = standing(Referral(kind=kind, at=NOW), [], NOW)
        assert (found.state, found.since) == (FIRST[kind], NOW)


@pytest.mark.parametrize(
    ("ago", "words"), [(0, "this month"), (30, "a month ago"), (270, "9 months ago"), (None, "never")]
)
def test_the_balance_is_a_sentence(ago: int | None, words: str) -> None:
    """Who sent whom how many and when the last word was, without points and without a sex."""
    last = 0 if ago is None else NOW - ago * DAY
    sentence = referrals.balance("Maria", sent_you=2, you_sent=0, last=last, now=NOW)
    assert sentence == f"Maria: sent you 2, you sent them 0, last word {words}"


def test_no_state_is_a_dead_end() -> None:
    """From every state of every kind, closed can be reached."""
    for kind in KINDS:
        reached = {"closed"}
        while more := {each for each, moves in MOVES[kind].items() if reached & set(moves)} - reached:
            reached |= more
        assert reached == MOVES[kind].keys()
