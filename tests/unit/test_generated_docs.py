"""The documentation says what is: generated pages are fresh, commands exist, links lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from store import settings
from store.demo import create
from store.rules.outreach import SIGNS
from support import NOW
from tui.actions import ACTIONS, markdown_table
from tui.commands.table import COMMANDS
from tui.keymap import keymap
from tui.places import EVERY

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
KEYS = ROOT / "docs" / "keys.md"
KEYS_HEAD = """\
# Keys

A key acts on the selection if there is one, else on the row under the cursor; in the list and in the reader
alike. Two keys with a space between are pressed one after the other. `?` shows what can be done here.

The last tables are the keys of the pages over the inbox: the log, the people and so on. There they come
first, and no keymap moves them.

This page is written by `make docs` from the registry that the program itself uses. `ringback keys` prints it
with your own keymap.

"""


def test_the_key_table_is_fresh(request: pytest.FixtureRequest) -> None:
    """docs/keys.md says what the registry says; `make docs` writes it."""
    page = KEYS_HEAD + markdown_table((*ACTIONS, *EVERY)).replace("### ", "## ")
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
        for word in re.findall(r"(?:^|`|\$ |\| )ringback ([a-z][a-z-]*)", each, re.MULTILINE)
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


def example(page: str, language: str) -> str:
    """Return the first example in that language from a page of the docs."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.search(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_example_configuration_works(tmp_path: Path) -> None:
    """The example is taken as it stands, and the page speaks of every setting."""
    file = tmp_path / "config.toml"
    file.write_text(example("configuration.md", "toml"), encoding="utf-8")
    chosen = settings.load(settings.Paths(tmp_path, file, tmp_path, {}))
    assert keymap(chosen.keymap_preset, chosen.keymap).sequences["d d"] == "done"
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [name for name, _, _ in chosen.items() if f"{name}" not in page] == []


def test_the_example_for_other_programs_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stock TinyDB reads the file as the page says."""
    create(tmp_path / "ringback.json", NOW)
    monkeypatch.chdir(tmp_path)
    exec(example("file-format.md", "python"), {})
    assert "555 0147" in capsys.readouterr().out


OUTREACH = ROOT / "docs" / "outreach.md"


def test_the_table_of_signs_is_fresh(request: pytest.FixtureRequest) -> None:
    """docs/outreach.md has every sign with its weight; `make docs` writes it."""
    rows = [f"| `{name}` | {sign.weight:+d} | {sign.sentence} |" for name, sign in SIGNS.items()]
    table = "\n".join(["| sign | weight | |", "|---|---|---|", *rows])
    page = OUTREACH.read_text(encoding="utf-8")
    fresh = re.sub(r"^\| sign .*?(?=^$)", table + "\n", page, count=1, flags=re.DOTALL | re.MULTILINE)
    if request.config.getoption("--write"):
        OUTREACH.write_text(fresh, encoding="utf-8")
    assert OUTREACH.read_text(encoding="utf-8") == fresh, "make docs writes docs/outreach.md again"
