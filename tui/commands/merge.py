"""`ringback merge`: merge other copies of the data file."""

from typing import TYPE_CHECKING, Any

import click

from store.rules.counting import count_of
from tui.commands.common.conflicting import CONFLICTS, code_for_conflicts, resolve
from tui.commands.common.opening import opened
from tui.output import emit, emit_items, tell

if TYPE_CHECKING:
    from store.joining import Merged


@click.command()
@click.argument("others", nargs=-1, metavar="[OTHER]...", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
@click.option("--output", type=click.Path(), metavar="FILE", help="Write the merge into a new file instead.")
@click.option("--adopt", is_flag=True, help="Make another database, begun apart, one with this one.")
@click.option("--resolve", "resolving", is_flag=True, help="Ask, of values that met, which one stands.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def merge(others: tuple[str, ...], *, resolving: bool, as_json: bool, **given: Any) -> None:
    """Merge other copies of the data file.

    Nothing is lost: where two copies changed the same thing, both values are kept, and the command ends with
    4 until somebody has chosen. The copies stay as they are.
    """
    from pathlib import Path

    from store import joining

    if not (others or given["adopt"] or resolving):
        raise click.UsageError("Name a copy to merge, or say --resolve or --adopt.")
    only_looks = given["dry_run"] or given["output"]
    if only_looks and (resolving or not others):
        raise click.UsageError(
            "--dry-run and --output change nothing here, so they take copies and no --resolve."
        )
    met = 0
    paths, adopt = list(map(Path, others)), given["adopt"]
    with opened(adopt=adopt and not others) as repository:
        if given["output"]:
            merged, met = joining.merge_into(repository, paths, Path(given["output"]), adopt=adopt)
        else:
            merged = joining.merge_files(repository, paths, dry_run=given["dry_run"], adopt=adopt)
        if as_json:
            emit_items(_shape(each, dry_run=given["dry_run"]) for each in merged)
        else:
            for each in merged:
                emit(_sentence(each, dry_run=given["dry_run"]))
                if each.damage:
                    tell(f"{each.path} is damaged: {each.damage}. Only what can be read of it counts.")
        if resolving:
            resolve(repository)
        code = (CONFLICTS if met else 0) if only_looks else code_for_conflicts(repository)
    if met:
        tell(f"In {given['output']} values met in {count_of(met, 'document')}: open it to choose.")
    click.get_current_context().exit(code)


def _sentence(merged: "Merged", *, dry_run: bool) -> str:
    if not merged.documents:
        return f"{merged.path} holds nothing new."
    tables = ", ".join(f"{count} in {table}" for table, count in merged.by_table.items())
    would = "would be merged" if dry_run else "merged"
    return f"{merged.path}: {count_of(merged.documents, 'document')} {would} ({tables})."


def _shape(merged: "Merged", *, dry_run: bool) -> dict[str, Any]:
    return {
        "path": str(merged.path),
        "dry_run": dry_run,
        "documents": merged.documents,
        "tables": dict(merged.by_table),
        "damage": merged.damage or None,
    }
