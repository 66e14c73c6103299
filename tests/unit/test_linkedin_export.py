"""LinkedIn's data export: messages of every layout, who wrote them, and what is no message of a person."""

import zipfile
from pathlib import Path

import pytest

from mails import messages, own, read_path, reasons
from store.records.message import Message
from store.rules.folding import copies
from store.rules.grouping import group
from store.rules.profiles import canonical_profile
from store.sources.source import Own, Unreadable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "linkedin"
TALK = "2-YTRjMTIzYjEtNjEyZA=="
OLD = "From,To,Date,Subject,Content,Direction,Folder\n"
PLAIN = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
WITH_URLS = PLAIN.replace(",TO,", ",TO,RECIPIENT PROFILE URLS,")
WITH_DRAFTS = WITH_URLS.replace("FOLDER\n", "FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n")
DANA, ROBIN = "https://www.linkedin.com/in/dana-whitfield", "https://www.linkedin.com/in/robin-vale"
PROFILE = "First Name,Last Name\nRobin,Vale\n"
INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    f'Robin Vale,Tom Birch,"3/9/26, 2:54 PM",,OUTGOING,{ROBIN},https://www.linkedin.com/in/tom\n'
    f'Dana Whitfield,Robin Vale,"3/9/26, 2:54 PM",I recruit in robotics.,INCOMING,{DANA},{ROBIN}\n'
)


def export(folder: Path, **tables: str) -> Path:
    """Write an export: `messages="…"`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    return folder


def read(folder: Path, **tables: str) -> list[Message]:
    """Return the messages of an export."""
    return messages(read_path(export(folder, **tables)))


SAYS = "2026-03-10 09:30:00 UTC,Staff Engineer,Hi Robin,INBOX"
BEGINS = f"{TALK},,Dana Whitfield,{DANA},Robin Vale"


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (PLAIN, f"{BEGINS},{SAYS}"),
        (WITH_URLS, f"{BEGINS},{ROBIN},{SAYS}"),
        (WITH_DRAFTS, f"{BEGINS},{ROBIN},{SAYS},,No,No"),
    ],
    ids=["2021", "2023", "2026"],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_the_layouts_with_conversations(tmp_path: Path, head: str, cells: str, quoted: bool) -> None:
    """Columns are known by their names, quoted or not, and the conversation is the thread."""
    text = head + cells + "\n"
    if quoted:
        text = "".join(
            ",".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in text.splitlines()
        )
    (message, *_) = read(tmp_path, messages="\ufeff" + text, Profile=PROFILE)
    assert (message.direction, message.sender.name, message.sender.profile) == ("in", "Dana Whitfield", DANA)
    assert (message.subject, message.body) == ("Staff Engineer", "Hi Robin")
    assert message.threads[1] == f"li:{TALK}"
    assert (message.at, message.at_zone, message.at_precision) == (1_773_135_000_000, True, "s")
    assert message.channel == "linkedin_inmail"


def test_the_layout_of_2018(tmp_path: Path) -> None:
    """It has no conversations: whom one writes with is the thread; times have no zone and no seconds."""
    text = (
        OLD
        + 'Robin,Dana,"11/4/18, 3:05 PM",,Thanks,OUTGOING,SENT\n'
        + 'Dana,Robin,"11/4/18, 1:05 AM",,Hi,INCOMING,INBOX\n'
    )
    sent, received = read(tmp_path, Messages=text)
    assert (sent.direction, received.direction) == ("out", "in")
    assert sent.threads[1] == received.threads[1]
    assert (received.at_zone, received.at_precision) == (False, "min")
    assert sent.at - received.at == 14 * 3_600_000


def test_a_message_of_every_layout_is_one(tmp_path: Path) -> None:
    """Exports of several years join what a row says, also where its hours are another zone's; as one each."""
    words = "I lead a search for a robotics company.{}Open to a call?"
    answer = "Thanks, is this retained or contingency?"
    old = f'Dana Whitfield,Robin Vale,"3/9/26, 9:30 PM",,{words.format("  ")},INCOMING,INBOX\n'
    old += f'Robin Vale,Dana Whitfield,"3/10/26, 8:02 AM",,"{answer}",OUTGOING,SENT\n'
    new = "".join(
        f'{TALK},,{sender},{whom},{day},,"{said}",INBOX\n'
        for sender, whom, day, said in (
            (f"Robin Vale,{ROBIN}", f"Dana Whitfield,{DANA}", "2026-03-10 16:02:10 UTC", answer),
            (f"Dana Whitfield,{DANA}", f"Robin Vale,{ROBIN}", "2026-03-10 05:30:00 UTC", words),
        )
    )
    known = {"Profile": PROFILE, "Invitations": INVITATIONS}
    found = [
        *read(tmp_path / "18", Messages=OLD + old),
        *read(tmp_path / "23", messages=WITH_URLS + new.replace("{}", "  "), **known),
        *read(tmp_path / "26", messages=WITH_URLS + new.replace("{}", "\n\n"), **known),
    ]
    by_id = dict(enumerate({message.k: message for message in found}.values()))
    for order in (list(by_id), list(by_id)[::-1]):
        (members,) = group({id: by_id[id] for id in order}, {})
        assert sorted(map(len, copies(by_id[id] for id in members))) == [1, 2, 3]


def test_few_words_tell_nothing(tmp_path: Path) -> None:
    """Thanks from namesakes in two conversations, on one day, are two."""
    rows = "".join(
        f"{TALK}{n},,Dana Whitfield,{DANA}-{n},Robin Vale,{ROBIN},2026-03-10 09:30:00 UTC,,Thanks!,INBOX\n"
        for n in range(2)
    )
    found = read(tmp_path, messages=WITH_URLS + rows, Profile=PROFILE)
    assert len(group(dict(enumerate(found)), {})) == 2


def test_who_exported_it(tmp_path: Path) -> None:
    """Invitations say it; without them it is whoever takes part in most conversations."""
    rows = "".join(
        f"{TALK}{n},,{who},{url},Robin Vale,{ROBIN},2026-03-1{n} 09:30:00 UTC,,Hi {n},INBOX\n"
        for n, (who, url) in enumerate(
            [("Dana Whitfield", DANA), ("Tom", "https://linkedin.com/in/Tom/?trk=x")]
        )
    )
    answer = f"{TALK}0,,Robin Vale,{ROBIN},Dana Whitfield,{DANA},2026-03-12 09:30:00 UTC,,Thanks,INBOX\n"
    rows += answer
    listed = rows.replace(f"{ROBIN},2", f"{ROBIN};https://www.linkedin.com/in/kim,2", 1)
    for number, (text, others) in enumerate(((rows, {"Invitations": INVITATIONS}), (rows, {}), (listed, {}))):
        items = read_path(export(tmp_path / str(number), messages=WITH_URLS + text, **others))
        directions = {message.body: message.direction for message in messages(items)}
        assert directions.items() >= {"Hi 0": "in", "Hi 1": "in", "Thanks": "out"}.items()
        assert Own(profile=ROBIN) in items


def test_it_is_said_where_nobody_knows_who_exported_it(tmp_path: Path) -> None:
    """Then everything is taken as received, and the user is told what to add."""
    row = f"{TALK},,Dana Whitfield,{DANA},Robin Vale,{ROBIN},2026-03-10 09:30:00 UTC,,Hi,INBOX\n"
    items = read_path(export(tmp_path, messages=WITH_URLS + row))
    assert "Nothing says who exported it" in reasons(items)[0]
    assert [message.direction for message in messages(items)] == ["in"]


@pytest.mark.parametrize(
    ("title", "sender", "url", "content", "folder", "draft", "reason"),
    [
        ("", "Robin", ROBIN, "Hello", "", "Yes", "draft"),
        ("Sponsored Conversation", "Jo", "", "<p>Hi</p>", "ARCHIVE", "No", "sponsored"),
        ("", "Jo", "", "<p class='spinmail'>Hi</p>", "INBOX", "No", "sponsored"),
        ("", "LinkedIn Premium", "", "Try it", "INBOX", "No", "LinkedIn's own news"),
        ("", "Ana @ LinkedIn Learning", DANA, "Try it", "INBOX", "No", "LinkedIn's own news"),
        ("", "The LinkedIn Team", DANA, "Hello", "INBOX", "No", "LinkedIn's own news"),
        ("", "LinkedIn Sales Navigator", DANA, "Hello", "INBOX", "No", "LinkedIn's own news"),
        ("", "Jo", DANA, "Buy now", "SPAM", "No", "spam"),
        ("", "Jo", DANA, "", "INBOX", "No", "no words"),
    ],
)
def test_what_is_no_message_of_a_person(
    tmp_path: Path, title: str, sender: str, url: str, content: str, folder: str, draft: str, reason: str
) -> None:
    """Drafts, advertisements and LinkedIn's own news are counted under their own names."""
    row = (
        f"{TALK},{title},{sender},{url},Robin,{ROBIN},"
        f"2026-03-10 09:30:00 UTC,,{content},{folder},,{draft},No\n"
    )
    items = read_path(export(tmp_path, messages=WITH_DRAFTS + row, Profile=PROFILE))
    assert messages(items) == []
    assert reasons(items) == [reason]


def test_an_inmail_is_told_by_how_the_talk_began(tmp_path: Path) -> None:
    """A first message with a subject from a stranger is an InMail; from somebody one knew it is not."""
    row = f"{TALK},,Dana Whitfield,{DANA},Robin,{ROBIN},2026-03-10 09:30:00 UTC,A role,Hi,INBOX\n"
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    for number, (day, channel) in enumerate(
        (("01 Jan 2026", "linkedin_msg"), ("01 Apr 2026", "linkedin_inmail"))
    ):
        (message,) = read(
            tmp_path / str(number),
            messages=WITH_URLS + row,
            Connections=f"{head}Dana,Whitfield,{DANA},,Northgate,Recruiter,{day}\n",
            Profile=PROFILE,
        )
        assert message.channel == channel


def test_whom_one_knows_by_name(tmp_path: Path) -> None:
    """Before there were addresses of profiles among the connections, the name tells whom one knew."""
    row = f"{TALK},,Dana Whitfield,{DANA},Robin,2021-03-10 09:30:00 UTC,A role,Hi,INBOX\n"
    head = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
    for number, (name, channel) in enumerate((("Dana", "linkedin_msg"), ("Tom", "linkedin_inmail"))):
        known = f"{head}{name},Whitfield,,Northgate,Recruiter,01 Jan 2021\n"
        (message,) = read(tmp_path / str(number), messages=PLAIN + row, Connections=known, Profile=PROFILE)
        assert message.channel == channel


def test_only_markup_is_taken_for_markup(tmp_path: Path) -> None:
    """Brackets that somebody typed are text; LinkedIn writes markup in paragraphs."""
    row = f"{TALK},,Dana,{DANA},Robin,{ROBIN},2026-03-10 09:30:0{{}} UTC,,{{}},INBOX\n"
    texts = ("<div> or </span>?", "<p>Hi&nbsp;Robin</p><p>A role</p>")
    text = WITH_URLS + "".join(row.format(number, each) for number, each in enumerate(texts))
    found = [message.body for message in read(tmp_path, messages=text, Profile=PROFILE)]
    assert found == ["<div> or </span>?", "Hi Robin\n\nA role"]


def test_texts_and_attachments(tmp_path: Path) -> None:
    """Joined paragraphs are parted again, and addresses of attachments, which hold tokens, are not kept."""
    long = "Hi Robin,  " + "I lead a search. " * 20 + "  Open to a call?"
    url = "https://www.linkedin.com/dms/prv/vid/v2/brief.pdf?e=1&t=secret"
    rows = (
        f"{TALK},,Dana,{DANA},Robin,{ROBIN},2026-03-10 09:30:00 UTC,,{long.replace(',', '')},INBOX,,No,No\n"
        f"{TALK},,Dana,{DANA},Robin,{ROBIN},2026-03-10 09:31:00 UTC,,,INBOX,{url},No,No\n"
    )
    items = read_path(export(tmp_path, messages=WITH_DRAFTS + rows))
    first, second = messages(items)
    assert first.body.count("\n\n") >= 2
    assert (second.body, second.attachments[0].name) == ("[attachment]", "brief.pdf")
    assert "secret" not in repr(items)


def test_invitations_with_words_are_messages(tmp_path: Path) -> None:
    """One without words says only that somebody wants to connect, and is counted."""
    items = read_path(export(tmp_path, Invitations=INVITATIONS))
    (message,) = messages(items)
    assert (message.channel, message.direction, message.body) == (
        "linkedin_invite",
        "in",
        "I recruit in robotics.",
    )
    assert reasons(items) == ["invitation without words"]


def test_a_row_that_is_torn_costs_itself_only(tmp_path: Path) -> None:
    """It is named with its line, and those around it are read."""
    row = f"{TALK},,Dana,{DANA},Robin,{ROBIN},2026-03-10 09:30:0{{}} UTC,,{{}},INBOX\n"
    bad = row.format(5, '"never closed')
    text = WITH_URLS + row.format(1, "One") + bad + row.format(2, "Two")
    items = read_path(export(tmp_path, messages=text, Profile=PROFILE))
    assert [message.body for message in messages(items)] == ["One", "Two"]
    (problem,) = [item for item in items if isinstance(item, Unreadable)]
    assert problem.place.endswith("messages.csv, line 3")


@pytest.mark.parametrize("quoted", [False, True])
def test_one_torn_row_does_not_reach_for_another(tmp_path: Path, quoted: bool) -> None:
    """Two rows with a quote too many leave those between them alone, paragraphs and all."""
    mark = '"' if quoted else ""
    cells = [TALK, "", "Dana", DANA, "Robin", ROBIN, "2026-03-10 09:30:0{}", "", "{}", "INBOX"]
    row = ",".join(f"{mark}{cell}{mark}" for cell in cells[:8]) + ",{}," + f"{mark}INBOX{mark}\n"
    texts = ['"torn', '"Two\n\nparagraphs, with a comma"', '"Three"', '"torn too', '"Five"']
    text = WITH_URLS + "".join(row.format(number, each) for number, each in enumerate(texts))
    items = read_path(export(tmp_path, messages=text, Profile=PROFILE))
    assert [each.body for each in messages(items)] == ["Two\n\nparagraphs, with a comma", "Three", "Five"]
    lines = [item.place.rpartition(" ")[2] for item in items if isinstance(item, Unreadable)]
    assert lines == ["2", "7"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_that_was_written_again(tmp_path: Path, separator: str) -> None:
    """Where a comma stands in numbers, programs for tables put something else between cells."""
    row = f"{TALK},,Dana,{DANA},Robin,{ROBIN},2026-03-10 09:30:00 UTC,,Hi,INBOX\n"
    text = "\ufeff" + (WITH_URLS + row).replace(",", separator).replace("\n", "\r\n")
    (message,) = read(tmp_path, messages=text, Profile=PROFILE)
    assert (message.sender.profile, message.body, message.threads[1]) == (DANA, "Hi", f"li:{TALK}")


def test_odd_tables_are_bounded(tmp_path: Path) -> None:
    """A row of a million columns costs itself, such a head the table; a long text and a formula are kept."""
    row = f"{TALK},,Dana,{DANA},Robin,{ROBIN},2026-03-10 09:30:00 UTC,,{{}},INBOX\n"
    long = "=cmd|' /C calc'!A0 " + "x" * 300_000
    items = read_path(
        export(tmp_path, messages=WITH_URLS + "x," * 1_000_000 + "\n" + row.format(long), Profile=PROFILE)
    )
    assert [message.body for message in messages(items)] == [long]
    assert reasons(items) == ["It has 1000001 columns, the head has 10."]
    bomb = WITH_URLS.strip() + ",x" * 1_000_000 + "\n"
    (reason,) = reasons(read_path(export(tmp_path, messages=bomb + row.format("Hi"), Profile=PROFILE)))
    assert reason.startswith("Its layout is not known.")
    assert len(reason) < 1_500


def test_a_layout_that_nobody_knows(tmp_path: Path) -> None:
    """It says which columns it saw and which it needs."""
    (reason,) = reasons(read_path(export(tmp_path, messages="Who,When,What\nDana,today,Hi\n")))
    assert "Its columns are Who, When, What" in reason
    assert "needed are Conversation Id, From, To, Date, Content" in reason
    (reason,) = reasons(read_path(export(tmp_path, messages="From,Content,Direction\nDana,Hi,INCOMING\n")))
    assert "needed are From, To, Date, Content, Direction" in reason


@pytest.mark.parametrize("name", ["Basic_LinkedInDataExport_03-12-2026.zip.zip", "a (1).zip"])
def test_an_archive_in_an_archive(tmp_path: Path, name: str) -> None:
    """Browsers and clouds pack what is packed: one zip in another is read as well."""
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("Basic/Invitations.csv", INVITATIONS)
        archive.writestr("Basic/guide_messages.csv", WITH_URLS)
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.write(inner, "export.zip")
    items = read_path(tmp_path / name)
    assert [message.body for message in messages(items)] == ["I recruit in robotics."]
    assert own(items) == [""]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/Dana-Whitfield",
        "linkedin.com/in/dana-whitfield/",
        "HTTPS://DE.LinkedIn.com/in/dana-whitfield?utm_source=share",
        "https://www.linkedin.com/comm/in/dana-whitfield?midToken=secret#x",
        "https://www.linkedin.com/in/dana%2Dwhitfield",
    ],
)
def test_profiles_have_one_form(url: str) -> None:
    """However an address was shared, it is one profile, without tokens."""
    assert canonical_profile(url) == DANA


@pytest.mark.parametrize(
    "url", ["", "https://www.linkedin.com/company/acme", "https://evil.example/in/dana", "x"]
)
def test_what_is_no_profile(url: str) -> None:
    """A company and other hosts are nobody."""
    assert canonical_profile(url) == ""


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*")) if CORPUS.is_dir() else [], ids=lambda path: path.name
)
def test_exports_of_the_corpus(path: Path) -> None:
    """Each is read; of the hostile one, the file that points outside is refused and the rest is read."""
    items = read_path(path)
    problems = [item.place for item in items if isinstance(item, Unreadable)]
    assert bool(problems) == ("hostile" in path.name)
    assert all("evil.csv" in place for place in problems)
    assert any(message.sender.name == "Dana Whitfield" for message in messages(items))
    assert {"draft", "sponsored"} & set(reasons(items)) or "2018" in path.name
