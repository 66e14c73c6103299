"""The questions and the form in progress: each field takes its own keys, nothing given is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.records.decision import Answers
from store.records.seat import OwnReason
from store.rules.ledger import Case, reckon
from store.rules.ledger_words import firmness, flip_sentence, line_title, line_words, recommendation
from store.rules.questions import QUESTIONS, answered, keys_of, meaning, reason
from store.rules.sheet import Sheet, begin, from_words

KEYS = "a2122" + "2" + "6gs2"
"""The worked answers, field by field."""
OWN = (OwnReason(key="g", name="My visa", question="Until when does it bind you?"),)


def filled(keys: str, sheet: Sheet | None = None) -> Sheet:
    """Press keys one after the other."""
    sheet = sheet or Sheet()
    for key in keys:
        sheet = sheet.press(key)
    return sheet


@pytest.mark.parametrize("question", QUESTIONS[1:10], ids=lambda question: question.name)
def test_each_field_takes_its_own_keys_only(question: object) -> None:
    """A key of another field is refused with the keys that this one takes."""
    name = question.name  # type: ignore[attr-defined]
    for each in question.keys:  # type: ignore[attr-defined]
        assert getattr(answered(Answers(), name, each.key), name) is not None
    with pytest.raises(UsageError) as failure:
        answered(Answers(), name, "q")
    assert keys_of(question) in failure.value.hint  # type: ignore[arg-type]


def test_ten_keys_make_the_worked_answers() -> None:
    """The cursor moves on by itself, and after field 10 the ledger shows."""
    sheet = filled(KEYS)
    assert sheet.answers == Answers(
        reasons=("a",), survives=2, call=1, silence=2, pull=2, step=2, seat=6, trust="g", sting="s", regret=2
    )
    assert sheet.present is not None
    assert sheet.present.name == "verdict"
    assert sheet.shows_ledger
    assert not filled(KEYS[:9]).shows_ledger


def test_reasons_add_and_the_first_leads() -> None:
    """Back in field 1 further letters add; a `0` stands alone and takes the question's answer away."""
    sheet = filled("a2").back().back()
    sheet = filled("ce", sheet)
    assert sheet.answers.reasons == ("a", "c", "e")
    assert sheet.answers.survives == 2
    assert sheet.press("0").answers.reasons == ("0",)
    assert sheet.press("0").answers.survives is None


def test_fields_one_and_eleven_cannot_be_skipped() -> None:
    """All others may be: they are unknown then."""
    with pytest.raises(UsageError, match="cannot be skipped"):
        Sheet().skip()
    sheet = filled("a")
    for _ in range(9):
        sheet = sheet.skip()
    assert sheet.answers == Answers(reasons=("a",))
    with pytest.raises(UsageError, match="cannot be skipped"):
        sheet.skip()


def test_a_verdict_is_a_capital() -> None:
    """A stray small letter seals nothing."""
    sheet = filled(KEYS)
    with pytest.raises(UsageError, match="capital"):
        sheet.press("c")
    assert sheet.press("C").verdict == "call"


def test_express_has_four_fields() -> None:
    """Reason, call, silence, verdict; its points show after the third."""
    sheet = filled("a12", Sheet(express=True))
    assert sheet.shows_ledger
    assert sheet.reckoning(Case()).recommended is None
    assert sheet.press("N").present is None


def test_a_form_begun_anew_keeps_what_enter_passes() -> None:
    """On a new attempt the old answers stand there; Enter keeps each, a key replaces it."""
    from store.records.decision import Decision

    before = Decision(at=5, answers=filled(KEYS).answers, notes={"survives": "two hang on Ruth"})
    sheet = begin(before, express=False)
    sheet = sheet.skip().skip().press("3")
    assert sheet.answers.reasons == ("a",)
    assert (sheet.answers.survives, sheet.answers.call, sheet.answers.silence) == (2, 3, 2)
    assert sheet.notes == {"survives": "two hang on Ruth"}
    assert begin(before, express=False).press("a").answers.survives == 2
    assert begin(before, express=False).press("b").answers.survives is None


@given(st.text(alphabet="abcdef0123456789gup=csCALNV", max_size=30))
def test_a_draft_brings_back_the_very_form(keys: str) -> None:
    """Whatever was pressed, what is read from a draft is what was written."""
    sheet = Sheet()
    for key in keys:
        try:
            sheet = sheet.press(key).with_note(key)
        except UsageError:
            continue
    assert from_words(sheet.words()) == sheet


@pytest.mark.parametrize("words", [{}, {"sheet": "{"}, {"sheet": '{"at": 99}'}, {"sheet": "[]"}])
def test_a_draft_that_is_none_begins_anew(words: dict[str, str]) -> None:
    """What cannot be read is no form."""
    assert from_words(words) is None


def test_own_reasons_have_their_question() -> None:
    """A reason of one's own is asked about in its own words; one that is unknown is refused by name."""
    assert reason("G", OWN).question == "Until when does it bind you?"
    assert meaning("reasons", ("a", "g"), OWN) == "A happy here, G My visa"
    with pytest.raises(UsageError, match="no reason 'g'"):
        reason("g")


def test_the_ledger_in_words() -> None:
    """The lines of the design: notes before meanings, unknown said, the flip as a condition."""
    answers = filled(KEYS).answers
    found = reckon(answers, Case(3))
    assert line_title("reason", answers) == "reason A partly"
    assert line_words("reason", answers, {"survives": "two of three hang on Ruth"}) == (
        "“two of three hang on Ruth”"
    )
    assert line_title("seat", answers) == "seat 60 %"
    assert line_words("silence", answers) == "a view of the market"
    assert line_words("pull", Answers()) == "unknown, counts nothing"
    assert recommendation(found) == "recommended: take the call (+7)"
    assert flip_sentence(found.flip) == (
        "nearest flip: if the call cost real harm (3 instead of 1) → ask first"
    )
    assert firmness(found) == "firm: no single step changes it"
