"""Every command's name, place in the help and short help, so that listing them imports none of them."""

from typing import NamedTuple


class Entry(NamedTuple):
    """Where a command is defined and how the list of commands describes it."""

    target: str
    """`module:attribute` below `tui.commands`."""
    short: str


SECTIONS: dict[str, dict[str, Entry]] = {
    "Read": {
        "inbox": Entry("inbox:inbox", "List a view of the inbox, or what a query finds."),
        "show": Entry("show:show", "Show an opportunity with its whole timeline."),
        "attachments": Entry(
            "attachments:attachments", "List the files that came with it, save them, or open one."
        ),
        "headers": Entry("headers:headers", "Show the headers of a mail as they came, or all of it."),
        "search": Entry("search:search", "Search every message in every view."),
        "review": Entry("review:review", "List what is due for a look back, or look back on one."),
        "stats": Entry("stats:stats", "Say what your own figures say."),
        "screener": Entry("screener:screener", "List what may be outreach, from senders nobody knows yet."),
        "left-out": Entry("left_out:left_out", "List messages that were left out, the newest first."),
        "why": Entry("why:why", "Say why something counts as outreach, or does not."),
        "person": Entry("person:person", "Show the card of a recruiter, or write something on it."),
        "referrals": Entry("referrals:referrals", "List referrals, show one, or bring one a step on."),
        "people": Entry("people:people", "List the people you know, or somebody's leave."),
        "due": Entry("due:due", "List what is due today."),
        "status": Entry("status:status", "Write counts for a prompt or a status bar."),
    },
    "Capture": {
        "add": Entry("add:add", "Add a message, a person or a referral by hand."),
        "pull": Entry("pull:pull", "Read messages from sources, files and folders."),
        "import": Entry("import_:import_", "Take in a table of approaches that you kept elsewhere."),
        "sources": Entry("sources:sources", "List what messages are read from, add or remove a source."),
    },
    "Act": {
        "decide": Entry("decide:decide", "Ask what you have to lose, and seal the answer."),
        "refer": Entry("refer:refer", "Pass a role on, with two letters."),
        "letter": Entry("letter:letter", "Print a letter of a referral, copy, edit or mail it."),
        "done": Entry("done:done", "Mark as done."),
        "reopen": Entry("reopen:reopen", "Bring back to the inbox."),
        "snooze": Entry("snooze:snooze", "Hide until a date."),
        "wake": Entry("wake:wake", "End a snooze."),
        "later": Entry("later:later", "Put on the reply-later pile."),
        "aside": Entry("aside:aside", "Set aside."),
        "wait": Entry("wait:wait", "Wait for their answer until a date."),
        "answered": Entry("answered:answered", "Note that you answered elsewhere."),
        "read": Entry("read:read", "Mark as read or unread."),
        "star": Entry("star:star", "Star, or take the star away."),
        "label": Entry("label:label", "Put a label on, or take it off."),
        "note": Entry("note:note", "Add a note."),
        "edit": Entry("edit:edit", "Set role, firm, company, place, pay, phone or mandate."),
        "mute": Entry("mute:mute", "Hide an opportunity, whatever else arrives."),
        "block": Entry("block:block", "Hide everything of a sender or a firm."),
        "outreach": Entry(
            "outreach:outreach", "Say that something is outreach, or with --no that it is not."
        ),
        "join": Entry("join:join", "Merge opportunities into another one."),
        "split": Entry("split:split", "Split messages off into an opportunity of their own."),
        "trash": Entry("trash:trash", "Move to the trash, or back from it."),
        "undo": Entry("undo:undo", "Take back the newest action."),
        "redo": Entry("redo:redo", "Do again what undo took back."),
    },
    "Data file": {
        "where": Entry("where:where", "Show the paths in use."),
        "sync": Entry("sync:sync", "Absorb the conflict copies beside the data file."),
        "conflicts": Entry("conflicts:conflicts", "List fields that were set on two machines apart."),
        "export": Entry("export:export", "Write people, referrals or opportunities for other programs."),
        "merge": Entry("merge:merge", "Merge other copies of the data file."),
        "git-setup": Entry("git_setup:git_setup", "Teach git to merge the data file."),
        "restore": Entry("restore:restore", "Bring back the values of an older copy."),
        "forget": Entry("forget:forget", "Remove a person for good, everywhere."),
        "doctor": Entry("doctor:doctor", "Check the data file and its surroundings."),
    },
    "Set up": {
        "seat": Entry("seat:seat", "Show or set your seat, core work and no-go lines."),
        "letters": Entry("letters:letters", "List the templates of the letters, or edit one."),
        "demo": Entry("demo:demo", "Open the inbox on invented data."),
        "keys": Entry("keys:keys", "List the keys of the inbox and of its pages."),
        "config": Entry("config:config", "Show the configuration with its origins."),
        "completion": Entry("completion:completion", "Write a completion script for a shell."),
    },
}

HIDDEN: dict[str, Entry] = {
    "merge-driver": Entry("merge_driver:merge_driver", "Merge two sides for git."),
}
"""What other programs run, and no list names."""

COMMANDS: dict[str, Entry] = {name: entry for section in SECTIONS.values() for name, entry in section.items()}
