"""Taking messages in: those that are outreach, or belong to it, go into the file, the others are left out."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from store.clock import DAY
from store.file.document import join_path
from store.file.purge import PURGED
from store.history import PULL
from store.intake.memory import Memory
from store.intake.report import PullReport, SourceReport
from store.records.message import Message, message_fields
from store.repository import Repository
from store.rules.belonging import Kin, Kinship, kinship_of
from store.rules.outreach import Judgement, Knowledge, judge, outcome
from store.sources.appraising import Prepared, appraised, given, prepare
from store.sources.containing import contained
from store.sources.source import Acquaintance, Checkpoint, Original, Own, Skipped, Source, Unreadable
from store.transaction import Transaction

BATCH = 2000
"""Messages written at once: each batch is one journal record, all of a pull are one step to undo."""
BATCH_TEXT = 16_000_000
"""Characters of messages that end a batch sooner, so that long ones are not held by the thousand."""
_OWN = {"email": "addresses", "phone": "phones", "profile": "profiles"}
"""Where in the settings each kind of the user's own identities stands."""


class Waiting(msgspec.Struct, frozen=True, gc=False):
    """A message that is no outreach by itself."""

    prepared: Prepared
    judgement: Judgement


class LeftNow(msgspec.Struct, frozen=True, gc=False):
    """How a message was counted that this pull left out."""

    source: SourceReport
    reason: str
    kinship: Kinship | None
    """In a dry run, of which no database keeps anything."""


class Intake:
    """Gathers messages into batches, judges them, and writes each batch in one transaction."""

    def __init__(
        self,
        repository: Repository,
        memory: Memory,
        knowledge: Knowledge,
        report: PullReport,
        *,
        dry_run: bool,
        cancelled: Callable[[], bool],
    ) -> None:
        self.report = report
        self.cancelled = cancelled
        self._repository = repository
        self._memory = memory
        self._knowledge = knowledge
        self._dry_run = dry_run
        self._batch: list[Prepared] = []
        self._text = 0
        """Characters that the batch holds."""
        self._own: list[Own] = []
        self._people: list[dict[str, str]] = []
        self._originals: list[Original] = []
        self.taker = Taker(repository, memory)
        self._seen = memory.left_out.forgotten()
        """Messages of this pull, which a dry run leaves no trace of in the file; and forgotten ones."""
        self._left: dict[int, LeftNow] = {}
        """Messages that this pull left out."""

    def read(
        self, source: Source, progress: Callable[[int], None], *, everything: bool = False
    ) -> SourceReport:
        """Take in one source to its end; with `everything` nobody asks whether it is outreach."""
        counts = SourceReport(source.place)
        self.report.sources.append(counts)
        trusted = everything or getattr(source, "trusted", False)
        for item in contained(source.place, source.read(progress)):
            if isinstance(item, (Prepared, Message)):
                counts.read += 1
                self._gather(_prepared(item, trusted=trusted))
                if len(self._batch) >= BATCH or self._text >= BATCH_TEXT:
                    self._flush(counts)
            elif isinstance(item, Original):
                self._originals.append(item)
            elif isinstance(item, Own):
                self._own.append(item)
            elif isinstance(item, Unreadable):
                counts.failed += 1
                self.report.failures.append(item)
            elif isinstance(item, Skipped):
                counts.skipped += 1
                self.report.skip(item)
            elif isinstance(item, Acquaintance):
                self._people.append(item.fields)
            elif isinstance(item, Checkpoint):
                self._flush(counts)
                self._reach(item)
            if self.cancelled():
                break
        self._flush(counts)
        self._take_in_people(counts)
        return counts

    def _gather(self, prepared: Prepared) -> None:
        self._batch.append(prepared)
        self._text += prepared.characters

    def _take_in_people(self, counts: SourceReport) -> None:
        """Take in whom the user knows."""
        people, self._people = self._people, []
        if not people:
            return
        from store import network

        def write(transaction: Transaction) -> int:
            known = network.identities(transaction)
            return sum(network.take_in(transaction, fields, known) for fields in people)

        counts.people_read += len(people)
        if self._dry_run:
            documents = self._repository.documents
            known = network.identities(documents)
            counts.people_added += sum(network.is_new(each, known, documents) for each in people)
        else:
            counts.people_added += self._repository.transact(PULL, write, durable=False)

    def _reach(self, checkpoint: Checkpoint) -> None:
        """Remember how far a source was read, once all that came before is on the disk."""
        if not self._dry_run:
            self._repository.sync()
            self._memory.checkpoints.keep(checkpoint.key, checkpoint.state)
            self._memory.commit()

    def _flush(self, counts: SourceReport) -> None:
        """Judge what has gathered and write it, or only count it in a dry run."""
        originals, self._originals = self._originals, []
        if originals and not self._dry_run:
            # Of what is known too: it may have moved.
            self._memory.originals.remember(originals)
            self._memory.commit()
        own, self._own = self._own, []
        addresses = {each.email for each in own if each.email}
        self._knowledge = self._knowledge._replace(own=self._knowledge.own | addresses)
        if own and not self._dry_run:
            self._repository.transact(PULL, lambda transaction: _learn(transaction, own), durable=False)
        batch, self._batch, self._text = self._batch, [], 0
        taken: list[Prepared] = []
        unsure: list[Prepared] = []
        waiting: dict[int, Waiting] = {}
        for each in batch:
            if self._is_known(each.id):
                counts.known += 1
                continue
            self._seen.add(each.id)
            judgement = judge(each, self._knowledge)
            if judgement.outcome == "other":
                waiting[each.id] = Waiting(each, judgement)
            elif judgement.outcome == "review":
                unsure.append(each)
            else:
                self.taker.kin.add(each.kinship, is_outreach=True)
                taken.append(each)
        self._doubt(unsure, counts)
        self._take(taken + unsure, waiting, counts)
        self._leave_out(waiting, counts)

    def _doubt(self, unsure: list[Prepared], counts: SourceReport) -> None:
        """Take note of messages of which it is not sure; the rows will tell which of them join outreach."""
        for each in unsure:
            if self._dry_run:
                counts.review += not self.taker.claims(each.kinship)
            self.taker.kin.add(each.kinship, is_outreach=False)
            counts.unsure.append(each.id)

    def _is_known(self, id: int) -> bool:
        if id in self._seen:
            return True
        documents = self._repository.documents
        if documents.raw(PURGED, id) is not None:
            return True
        if documents.raw("messages", id) is None:
            return False
        document = documents.get("messages", id)
        return document is not None and not document.get("gone")

    def _take(self, taken: list[Prepared], waiting: dict[int, Waiting], counts: SourceReport) -> None:
        """Take in messages, then those that they bring along, of this batch and of all that was left out."""
        claimed = self._claimed(waiting)
        taken += claimed
        while taken:
            added = taken if self._dry_run else self.taker.insert(taken)
            counts.added += len(added)
            counts.known += len(taken) - len(added)
            taken_up = self._foreseen() if self._dry_run else [each.id for each in self.taker.take_up(added)]
            for id in taken_up:
                self._count_taken_up(id)
            # What was known before these was looked for in all that waits already.
            claimed = taken = self._claimed(waiting) if claimed or taken_up else []

    def _claimed(self, waiting: dict[int, Waiting]) -> list[Prepared]:
        """Take out of those that wait what belongs to what was taken in."""
        found = [id for id, each in waiting.items() if self.taker.claims(each.prepared.kinship)]
        return [waiting.pop(id).prepared for id in found]

    def _foreseen(self) -> list[int]:
        """Return what this pull left out and would take in again, as it belongs to what came since."""
        return [id for id, each in self._left.items() if each.kinship and self.taker.claims(each.kinship)]

    def _count_taken_up(self, id: int) -> None:
        """Count a message that had been left out: by this pull, of which nobody heard yet, or before."""
        left = self._left.pop(id, None)
        if left is None:
            self.report.taken_up += 1
            return
        left.source.left_out -= 1
        left.source.added += 1
        self._count_reason(left.reason, -1)

    def _count_reason(self, reason: str, step: int) -> None:
        reasons = self.report.left_out_reasons
        reasons[reason] = reasons.get(reason, 0) + step
        if not reasons[reason]:
            del reasons[reason]

    def _leave_out(self, waiting: dict[int, Waiting], counts: SourceReport) -> None:
        for id in self._memory.left_out.known(list(waiting)):
            del waiting[id]
            counts.known += 1
        counts.left_out += len(waiting)
        for id, each in waiting.items():
            kinship = each.prepared.kinship if self._dry_run else None
            self._left[id] = LeftNow(counts, each.judgement.against, kinship)
            self._count_reason(each.judgement.against, 1)
        if waiting and not self._dry_run:
            self._memory.left_out.keep((each.prepared, each.judgement.score) for each in waiting.values())
            self._memory.commit()


class Taker:
    """Writes messages into the file, and brings along what was left out and belongs to them."""

    def __init__(self, repository: Repository, memory: Memory) -> None:
        self.kin = Kin()
        """What is in the file, as far as it was asked about, and what was taken in: no row knows that yet."""
        self._looked_up: set[int] = set()
        self._repository = repository
        self._memory = memory
        self._late_before = repository.now() - repository.settings.silent_days * DAY

    def claims(self, kinship: Kinship) -> bool:
        """Tell whether a message belongs to what is in the file, whatever it scores; it is kin then."""
        found = self.kin.claims(kinship)
        if not found and self._repository.index.rows:
            self._look_up(kinship)
            found = self.kin.claims(kinship)
        if found:
            self.kin.add(kinship, is_outreach=False)
        return found

    def _look_up(self, kinship: Kinship) -> None:
        """Take note of what the file holds of the threads and the people of a message."""
        index = self._repository.index
        keys = set(kinship.keys) - self._looked_up
        self._looked_up |= keys
        for row in index.holding(keys) if keys else ():
            if row.judged == "other":
                continue
            for id in row.messages:
                member = index.message(id)
                if member is not None:
                    dealt_with = bool(row.documents) and member.direction == "in"
                    is_outreach = dealt_with or outcome(member) == "outreach"
                    self.kin.add(kinship_of(member), is_outreach=is_outreach)

    def insert(self, messages: Sequence[Prepared], name: str = PULL) -> list[Prepared]:
        """Insert messages in one transaction, marked as late where they are old; return the new ones."""

        def write(transaction: Transaction) -> list[Prepared]:
            return [each for each in messages if self._insert(transaction, each.message)]

        added = self._repository.transact(name, write, durable=False)
        self._memory.left_out.hide(each.id for each in messages)
        # Even what hides in memory alone begins a transaction, which another process may overtake.
        self._memory.commit()
        return added

    def _insert(self, transaction: Transaction, message: Message) -> bool:
        fields = message_fields(message)
        if message.at < self._late_before:
            fields["late"] = True
        return transaction.insert("messages", message.k, fields)[1]

    def take_up(self, added: Iterable[Prepared], name: str = PULL) -> list[Prepared]:
        """Take in what was left out before and belongs to messages that were added; return what it was."""
        taken: list[Prepared] = []
        while added:
            keys = {key for each in added for key in each.kinship.keys}
            found = [prepare(left.message) for left in self._memory.left_out.sharing(sorted(keys))]
            found = [each for each in found if self.claims(each.kinship)]
            added = self.insert(found, name) if found else []
            taken += added
        return taken


def _prepared(item: Message | Prepared, *, trusted: bool) -> Prepared:
    """Return a message that may be judged; one of a trusted source is outreach."""
    if trusted:
        return prepare(given(item.message if isinstance(item, Prepared) else item))
    return item if isinstance(item, Prepared) else prepare(appraised(item))


def _learn(transaction: Transaction, own: Sequence[Own]) -> None:
    """Remember identities that were seen to be the user's own."""
    me = transaction.ensure("settings", "settings:me")
    for each in own:
        for field, kept in _OWN.items():
            if value := getattr(each, field):
                transaction.set("settings", me, join_path(kept, value), True)
