"""The ledger in words: what stands beside each line's points, the recommendation, the flip, the firmness."""

from collections.abc import Sequence

from store.records.decision import Answers, Decision, Flip, Verdict
from store.records.seat import OwnReason
from store.rules.ledger import ANSWER_OF, Reckoning, unknown
from store.rules.questions import BY_NAME, VERDICT_NAMES, brief, meaning, reason_name

_TITLES = {
    "pull": "pull",
    "step": "step",
    "silence": "silence costs",
    "recruiter": "recruiter",
    "year": "a year on",
    "call": "call costs",
}
_ANSWERS = {
    "pull": "the work were {} in your core",
    "step": "the role were {}",
    "silence": "silence cost {}",
    "seat": "the chance of an unchanged seat were {}",
    "trust": "the recruiter were {}",
    "sting": "{} would sting more",
    "call": "the call cost {}",
}
IMPULSES = {"no": "decline", "later": "put it off", "call": "take it up"}
"""The first verb used, in words."""


def line_title(line: str, answers: Answers) -> str:
    """Return the words before a line's points: `silence costs`, `reason A partly`, `seat 60 %`."""
    if line == "reason":
        letter = answers.reasons[0].upper() if answers.reasons else ""
        held = {1: "holds", 2: "partly", 3: "falls"}.get(answers.survives or 0, "")
        return " ".join(filter(None, ("reason", letter if letter != "0" else "none", held)))
    if line == "seat":
        return f"seat {answers.seat}0 %" if answers.seat else "seat"
    if line == "recruiter" and answers.trust in ("g", "p"):
        return f"recruiter {meaning('trust', answers.trust)}"
    return _TITLES[line]


def line_words(
    line: str, answers: Answers, notes: dict[str, str] | None = None, own: Sequence[OwnReason] = ()
) -> str:
    """Return the words after a line's points: the user's note where there is one, else the answer."""
    answer = ANSWER_OF.get(line, line)
    note = (notes or {}).get(answer) or ((notes or {}).get("reasons") if line == "reason" else "")
    if note:
        return f"“{note}”"
    if line in unknown(answers):
        return "unknown, counts nothing"
    if line == "reason":
        return reason_name(answers.reasons[0], own) if answers.reasons else ""
    if line == "seat":
        return "unchanged in a year"
    if line == "year":
        return f"{meaning('sting', answers.sting)} would sting more" if answers.sting != "=" else "neither"
    if line == "recruiter":
        return ""
    return brief(meaning(answer, getattr(answers, answer)))


def recommended_words(verdict: Verdict) -> str:
    """Return a recommendation in words."""
    return VERDICT_NAMES[verdict]


def recommendation(reckoning: Reckoning | Decision) -> str:
    """Return the recommendation in words: `recommended: take the call (+7)`."""
    total = f"{reckoning.total:+d}" if reckoning.total else "0"
    if reckoning.recommended is None:
        return f"{total} points; four answers are not enough to recommend anything"
    return f"recommended: {VERDICT_NAMES[reckoning.recommended]} ({total})"


def decided(decision: Decision) -> str:
    """Say what an entry decided: `ask first (+4)`; of one by default, what it was."""
    if decision.verdict is None:
        return "silent: decided by default"
    total = f"{decision.total:+d}" if decision.total else "0"
    return f"{VERDICT_NAMES[decision.verdict]} ({total})"


def why(decision: Decision, own: Sequence[OwnReason] = ()) -> str:
    """Say what stood in the way, against what was recommended, and because of what."""
    if decision.verdict is None:
        return ""
    recommended = decision.recommended
    overrides = recommended not in (None, decision.verdict)
    parts = [
        f"in the way: {meaning('reasons', decision.answers.reasons, own)}"
        if decision.answers.reasons
        else "",
        f"against {VERDICT_NAMES[recommended]}" if overrides and recommended else "",
        f"because {decision.because}" if decision.because else "",
    ]
    return "; ".join(filter(None, parts))


def flip_sentence(flip: Flip | None) -> str:
    """Return what would change the recommendation, and to what."""
    if flip is None:
        return "no single answer changes it"
    question = BY_NAME[flip.answer]
    if flip.answer == "survives":
        condition = (
            f"the reason {'held' if flip.after == 1 else 'held partly' if flip.after == 2 else 'fell'}"
        )
    else:
        condition = _ANSWERS[flip.answer].format(brief(meaning(question.name, flip.after)))
    recommended = VERDICT_NAMES[flip.recommended]
    return f"nearest flip: if {condition} ({flip.after} instead of {flip.before}) → {recommended}"


def firmness(reckoning: Reckoning | Decision) -> str:
    """Say whether the recommendation hangs on a single step."""
    if reckoning.recommended is None:
        return ""
    return "firm: no single step changes it" if reckoning.firm else "toss-up: a single step changes it"


def impulse_sentence(impulse: str) -> str:
    """Say what the first verb used on the opportunity stood for."""
    return f"your first impulse: {IMPULSES.get(impulse, impulse)}" if impulse else ""
