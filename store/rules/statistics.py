"""What the user's own figures say (design 4): each with its n, none said louder than its n allows."""

from store.rules.figures import Section
from store.rules.sample import Sample
from store.rules.statistics_answers import answering
from store.rules.statistics_decisions import deciding, reasons, right
from store.rules.statistics_inbound import inbound, mandates, pay_stated, rates, talks


def sections(sample: Sample) -> tuple[Section, ...]:
    """Return every statistic, in the order of the page."""
    return (
        Section("Answering", tuple(answering(sample))),
        Section("Deciding", tuple(deciding(sample))),
        Section("Reasons", (reasons(sample),)),
        Section("Was it right?", tuple(right(sample))),
        Section("Recruiters and talks", (mandates(sample), talks(sample))),
        Section("Inbound", (inbound(sample), pay_stated(sample), rates(sample))),
    )
