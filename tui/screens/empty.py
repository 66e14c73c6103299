"""Why a list is empty, and the one key that fills it."""

from collections.abc import Mapping

from tui.keymap import Keymap

_WHY = {
    "new": "Nothing new.",
    "later": "Nothing waits for a reply from you.",
    "waiting": "You wait for nobody.",
    "snoozed": "Nothing is snoozed.",
    "aside": "Nothing is set aside.",
    "done": "Nothing is done yet.",
    "all": "Nothing is here yet.",
    "screener": "Nobody waits in the screener.",
    "trash": "The trash is empty.",
}
_FILLS = {
    "later": ("reply-later", "puts what you will answer here"),
    "waiting": ("wait", "puts what they must answer here, with a day to nudge"),
    "snoozed": ("snooze", "hides something until a day"),
    "aside": ("aside", "keeps something out of the way here"),
    "done": ("done", "puts what is dealt with here"),
    "screener": ("go-left-out", "shows what was left out as no outreach"),
    "trash": ("trash", "throws something away; it can be taken back from here"),
}


def why_empty(view: str, counts: Mapping[str, int], keymap: Keymap, due: str = "") -> list[str]:
    """Return the sentences for an empty view: what there is elsewhere, and what fills this one."""
    sentences = [_WHY[view]]
    if view in _FILLS:
        action, what = _FILLS[view]
        return [*sentences, f"{keymap.spelled(action)} {what}"]
    if not counts.get("all") and not counts.get("screener"):
        capture = keymap.spelled("capture-email").split(" ", maxsplit=1)[0]
        return [
            *sentences,
            "Ringback keeps what recruiters send you.",
            f"{capture} captures one by hand · ringback pull FILE reads mail",
            f"{keymap.spelled('help')} shows every key",
        ]
    elsewhere = []
    if waiting := counts.get("waiting"):
        elsewhere.append(f"{waiting} wait for an answer from them")
    if later := counts.get("later"):
        elsewhere.append(f"{later} wait for a reply from you")
    if screened := counts.get("screener"):
        elsewhere.append(f"{screened} to screen ({keymap.spelled('go-screener')})")
    if due:
        elsewhere.append(due)
    if elsewhere:
        sentences.append(" · ".join(elsewhere))
    capture = keymap.spelled("capture-email").split(" ", maxsplit=1)[0]
    return [*sentences, f"{capture} captures one by hand · {keymap.spelled('reload')} reads the file again"]


def nothing_found(text: str, keymap: Keymap) -> list[str]:
    """Return the sentences for a search without a find."""
    back = keymap.spelled("back")
    return [f"Nothing fits {text}", f"{back} shows everything again · in:all looks in the trash too"]
