"""`ringback edit`: a verb."""

import click

from tui.commands.common.targets import act, targets

MANDATES = ("retained", "exclusive", "contingent", "in-house")
MODES = ("remote", "hybrid", "on-site")


@click.command()
@targets
@click.option("--role", metavar="TEXT", help="What the job is.")
@click.option("--firm", metavar="TEXT", help="The recruiter's firm.")
@click.option("--company", metavar="TEXT", help="Who is hiring.")
@click.option("--location", metavar="TEXT", help="Where the work is.")
@click.option(
    "--mode", type=click.Choice(["", *MODES]), metavar="KIND", help="One of " + ", ".join(MODES) + "."
)
@click.option("--pay", metavar="TEXT", help="Pay, as they put it.")
@click.option("--phone", metavar="TEXT", help="The number to ring.")
@click.option(
    "--mandate",
    type=click.Choice(["", *MANDATES]),
    metavar="KIND",
    help="How the recruiter is paid: " + ", ".join(MANDATES) + ".",
)
def edit(ids: tuple[str, ...], query: str | None, **fields: str | None) -> None:
    """Set role, firm, company, place, pay, phone or mandate.

    What you set covers what the messages say; an empty text shows the messages' own again.
    """
    from store import verbs

    given = {name: value for name, value in fields.items() if value is not None}
    if not given:
        raise click.UsageError("Name at least one thing to set, such as --role.")
    act("Edit", ids, query, lambda transaction, chosen: verbs.edit(transaction, chosen, **given))
