"""Is it outreach? Signs with weights that anybody can add up, and what the user said, which comes first."""

from store.rules.outreach.judge import Judgement, Knowledge, Outcome, Reason, judge, outcome, reasons, score
from store.rules.outreach.learner import Learner, learn
from store.rules.outreach.signals import Envelope, signals_in
from store.rules.outreach.signs import GIVEN, SIGNS, Sign

__all__ = [
    "GIVEN",
    "SIGNS",
    "Envelope",
    "Judgement",
    "Knowledge",
    "Learner",
    "Outcome",
    "Reason",
    "Sign",
    "judge",
    "learn",
    "outcome",
    "reasons",
    "score",
    "signals_in",
]
