"""`ringback pull` of LinkedIn's data export: as a zip, a folder or single tables, and again."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from mails import a_mail

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "linkedin"
TALK = "2-YTRjMTIzYjEtNjEyZA=="
DANA, ROBIN = "https://www.linkedin.com/in/dana-whitfield", "https://www.linkedin.com/in/robin-vale"
PITCH = "Hi Robin,\n\nI lead a search for a Staff Platform Engineer. Base is $230k. Open to a call?"
TABLES = {
    "messages.csv": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER\n"
        f"{TALK},,Dana Whitfield,{DANA},Robin Vale,{ROBIN},2026-11-16 09:30:00 UTC,"
        f'Staff role,"{PITCH}",INBOX\n'
        f"{TALK},,Robin Vale,{ROBIN},Dana Whitfield,{DANA},2026-11-16 10:30:00 UTC,"
        ",Thanks. Who is it?,INBOX\n"
        "broken\n"
    ),
    "Connections.csv": (
        "Notes:\n\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Mei,Tanabe,https://www.linkedin.com/in/mei,,Acme,Engineer,11 Mar 2026\n"
    ),
    "Invitations.csv": (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        f'Robin Vale,Mei Tanabe,"3/9/26, 2:54 PM",,OUTGOING,{ROBIN},https://www.linkedin.com/in/mei\n'
    ),
    "Email Addresses.csv": (
        "Email Address,Confirmed,Primary,Updated On\nRobin@vale.example,Yes,Yes,x\nold@vale.example,No,No,x\n"
    ),
    "PhoneNumbers.csv": "Extension,Number,Type\n,(415) 555-0147,Mobile\n",
    "Jobs/Job Applications.csv": "Application Date,Company Name\n1/2/26,Acme\n",
    "guide_messages.csv": "CONVERSATION ID,FROM,TO,DATE,CONTENT\n2-x,You,Guide,2026-11-16 09:30:00 UTC,Hi\n",
}
LAYOUTS = ["zip", "zip.zip", "zip in zip", "folder", "one down"]


def written(folder: Path, layout: str) -> Path:
    """Write the export as browsers, clouds and people keep it, and return what to pull."""
    tables = {f"Basic/{name}" if layout == "one down" else name: text for name, text in TABLES.items()}
    if layout in ("folder", "one down"):
        for name, text in tables.items():
            path = folder / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return folder / "export"
    made = folder / f"Basic_LinkedInDataExport_03-12-2026.{layout.split(maxsplit=1)[0]}"
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    if layout != "zip in zip":
        return made
    outer = folder / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(made, made.name)
    return outer


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_export_and_again(run: Any, frozen: Any, tmp_path: Path, layout: str) -> None:
    """Messages and people are taken in once; the torn row is named with its table and line both times."""
    path = str(written(tmp_path, layout))
    report = run("pull", "--json", path).json["report"]
    assert (report["read"], report["added"], report["people"]) == (2, 2, {"read": 1, "added": 1})
    assert report["skipped_reasons"].get("invitation without words") == 1
    (failure,) = report["failures"]
    assert failure["place"].endswith("messages.csv, line 6")
    again = run("pull", "--json", path).json["report"]
    assert (again["added"], again["known"], again["people"]) == (0, 2, {"read": 1, "added": 0})
    (item,) = run("inbox", "--json", "all").json["items"]
    assert (item["who"], item["channel"]) == ("Dana Whitfield", "linkedin")
    assert run("people", "mei tanabe", "--json").json["person"]["employer"] == "Acme"


@pytest.mark.parametrize("name", ["messages.csv", "Connections.csv", "Invitations.csv"])
def test_a_single_table(run: Any, frozen: Any, tmp_path: Path, name: str) -> None:
    """Each table that stands for itself can be named; it tells what it holds."""
    path = tmp_path / name
    path.write_bytes(TABLES[name].encode())
    ran = run("pull", str(path))
    told = {
        "messages.csv": "2 read, 2 new, 2 not read",
        "Connections.csv": "1 person, 1 new",
        "Invitations.csv": "0 read, 0 new, 1 skipped",
    }
    assert ran.out.startswith(f"{path}  {told[name]}\n")
    assert ("Nothing says who exported it" in ran.err) == (name == "messages.csv")


def test_a_notification_is_in_the_same_talk(run: Any, frozen: Any, tmp_path: Path) -> None:
    """The mail that told of the message and the row of the export make one row of the inbox."""
    thread = f"https://www.linkedin.com/comm/messaging/thread/{TALK.replace('=', '%3D')}/?otpToken=s3cret"
    mail = tmp_path / "inmail.eml"
    footer = f"{'-' * 40}\n© 2026 LinkedIn Corporation\n"
    text = f"Staff role\n\nDana Whitfield\nReply\n{thread}\n\n{PITCH}\n\n{footer}"
    mail.write_bytes(
        a_mail(
            text,
            From="Dana Whitfield <inmail-hit-reply@linkedin.com>",
            Subject="Staff role",
            Date="Mon, 16 Nov 2026 09:30:07 +0000",
        )
    )
    run("pull", str(mail))
    run("pull", str(written(tmp_path, "zip")))
    (item,) = run("inbox", "--json", "all").json["items"]
    assert len(item["messages"]) == 3
    shown = run("show", item["id"]).out
    assert "\n1  linkedin inmail  Mon 16 Nov 10:30  Dana Whitfield  2 versions\n" in shown
    assert "\n2  linkedin inmail  Mon 16 Nov 11:30  you\n" in shown
    assert "s3cret" not in shown


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*")) if CORPUS.is_dir() else [], ids=lambda path: path.name
)
def test_exports_of_the_corpus(run: Any, frozen: Any, path: Path) -> None:
    """A second pull adds nothing; of the hostile one the bad name is told, and its messages are read."""
    first = run("pull", "--json", "--all", str(path)).json["report"]
    assert first["added"] > 0
    assert ["evil.csv" in failure["place"] for failure in first["failures"]] in ([], [True])
    again = run("pull", "--json", "--all", str(path)).json["report"]
    assert (again["added"], again["people"]["added"]) == (0, 0)
    assert again["known"] == first["read"]
