"""Textual's driver for Linux and macOS with our own reading of the input."""

import os
import selectors
from codecs import getincrementaldecoder
from time import monotonic
from typing import Final

from textual.drivers.linux_driver import LinuxDriver
from textual.messages import ExitApp

from tui.terminal.reader import TerminalReader

_READ_SIZE: Final = 65536
_LONGEST_WAIT: Final = 0.1


class TerminalDriver(LinuxDriver):
    """Reads the terminal through `TerminalReader`; drawing is left to Textual."""

    def _get_terminal_size(self) -> tuple[int, int]:
        """Ask the terminal itself: COLUMNS and LINES of the environment do not follow when it is resized."""
        try:
            return os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()

    def run_input_thread(self) -> None:
        """Read until the driver stops. Runs in a thread of its own."""
        reader = TerminalReader()
        # A byte that is not UTF-8 must not end the program.
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(reader.patience(monotonic(), _LONGEST_WAIT)):
                    data = os.read(self.fileno, _READ_SIZE)
                    if not data:
                        self.process_message(ExitApp())
                        break
                    for message in reader.feed(decode(data), monotonic()):
                        self.process_message(message)
                for message in reader.tick(monotonic()):
                    self.process_message(message)
