"""Whether an opportunity is outreach: what the user said comes first, then the signs of its messages."""

from collections.abc import Sequence

from store.records.message import Message
from store.records.opportunity import Opportunity
from store.rules.correcting import Corrections, corrected
from store.rules.outreach import outcome
from store.rules.row import Judged

_SAID: dict[str, Judged] = {"yes": "outreach", "no": "other"}


def judged(
    opportunity: Opportunity, inbound: Sequence[Message], corrections: Corrections, *, decided: bool
) -> Judged:
    """Judge an opportunity by its inbound messages.

    Whatever the user dealt with is outreach, as is what was made by hand or is of a source that finds no
    signs: nobody asks about it again.
    """
    if opportunity.outreach in _SAID:
        return _SAID[opportunity.outreach]
    if decided or opportunity.place is not None or opportunity.answered or opportunity.into:
        return "outreach"
    said = corrected(inbound[-1].sender, corrections)
    if said is not None:
        return "outreach" if said else "other"
    if any(not message.signals or outcome(message) == "outreach" for message in inbound):
        return "outreach"
    return "review"
