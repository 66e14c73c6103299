"""Looking again at what was left out, once the user takes a word back for which it was, here or elsewhere."""

import json
from collections.abc import Iterator

from store.intake.memory import Memory
from store.intake.taking import Taker
from store.repository import Repository
from store.rules.outreach import Knowledge, judge
from store.sources.appraising import prepare

_REFUSED = "refused"
"""The checkpoint that holds what the user had refused at the last pull."""


def reconsider(repository: Repository, memory: Memory, knowledge: Knowledge, taker: Taker) -> int:
    """Take in what was left out for a word that does not hold any more; return how many.

    A server does not send it again. What was in the file and was taken out by undo stays out.
    """
    before = set(json.loads(memory.checkpoints.of(_REFUSED).get(_REFUSED, "[]")))
    now = set(_refused(repository))
    count = _take_in(repository, memory, knowledge, taker) if before - now else 0
    if before != now:
        # Last, as a pull that ends on the way looks again the next time.
        repository.sync()
        memory.checkpoints.keep(_REFUSED, json.dumps(sorted(now)))
        memory.commit()
    return count


def _refused(repository: Repository) -> Iterator[str]:
    """Yield whom, and which opportunities, the user said to be no outreach."""
    index = repository.index
    yield from (key for key, is_outreach in index.corrections.items() if not is_outreach)
    for row in index.rows.values():
        if row.judged == "other":
            yield from map(str, row.documents)


def _take_in(repository: Repository, memory: Memory, knowledge: Knowledge, taker: Taker) -> int:
    everything = list(memory.left_out.everything())
    never = [each.message for each in everything if repository.documents.raw("messages", each.id) is None]
    outcomes = [(prepare(message), judge(message, knowledge).outcome) for message in never]
    found = [each for each, outcome in outcomes if outcome != "other"]
    for each, outcome in outcomes:
        if outcome != "other":
            taker.kin.add(each.kinship, is_outreach=outcome == "outreach")
    found += [each for each, outcome in outcomes if outcome == "other" and taker.claims(each.kinship)]
    added = taker.insert(found)
    return len(added) + len(taker.take_up(added))
