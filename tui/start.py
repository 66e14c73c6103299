"""Where the program begins: without a word the inbox opens, with words the command line reads them."""

import gc
import os
import sys


def command() -> tuple[str, ...]:
    """Return the words that run this copy of the program in a process of its own, from any folder.

    `-P` keeps Python from looking for modules where somebody stands: a `json.py` there would be run.
    """
    from pathlib import Path

    home = str(Path(__file__).parents[1])
    path = f"import sys; {home!r} in sys.path or sys.path.insert(0, {home!r})"
    return sys.executable, "-P", "-c", f"{path}; from tui.start import main; main()"


def main() -> None:
    """Run this process and exit with the documented code."""
    # A command ends before garbage is worth collecting, and looking for it while a large file is read costs
    # more than the reading. What runs for long turns it on again.
    gc.disable()
    if len(sys.argv) > 1 or "_RINGBACK_COMPLETE" in os.environ:
        from tui.cli import cli

        try:
            cli.main(prog_name="ringback")
        finally:
            # What is left goes with the process: nobody need look through it for garbage.
            gc.freeze()
        return
    from tui.ending import end

    sys.exit(end(_open_inbox))


def _open_inbox() -> None:
    from tui.commands.common.screen import open_inbox

    open_inbox(None)
