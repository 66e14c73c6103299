"""The documentation says what is: generated pages are fresh, commands exist, links lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from tui.actions import markdown_table
from tui.commands.table import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
KEYS = ROOT / "docs" / "keys.md"
KEYS_HEAD = """\
# Keys

A key acts on the selection if there is one, else on the row under the cursor; in the list and in the reader
alike. Two keys with a space between are pressed one after the other. `?` shows what can be done here.

This page is written by `make docs` from the registry that the program itself uses. `ringback keys` prints it
with your own keymap.

"""


def test_the_key_table_is_fresh(request: pytest.FixtureRequest) -> None:
    """docs/keys.md says what the registry says; `make docs` writes it."""
    page = KEYS_HEAD + markdown_table().replace("### ", "## ")
    if request.config.getoption("--write"):
        KEYS.write_text(page, encoding="utf-8")
    assert KEYS.read_text(encoding="utf-8") == page, "make docs writes docs/keys.md again"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_docs_exist(page: Path) -> None:
    """Whatever follows `ringback` in code is a command of ours, or an option."""
    text = page.read_text(encoding="utf-8")
    code = [*re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE), *re.findall(r"`[^`\n]+`", text)]
    named = {
        word
        for each in code
        for word in re.findall(r"(?:^|`|\$ |\| )ringback ([a-z]+)\b", each, re.MULTILINE)
    }
    assert named <= COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    """A relative link or picture names a file of the repository."""
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_each_dependency_has_its_reason() -> None:
    """docs/dependencies.md speaks of every direct dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for name in names if re.split(r"[<>=]", name)[0] not in page] == []
