"""The one place where a failure becomes a sentence and an exit code."""

from collections.abc import Callable

from store.errors import StoreError
from tui import output

INTERRUPTED = 130


def end(run: Callable[[], object]) -> int:
    """Run something to its end, tell what stopped it, and return the process's exit code.

    What it returns is the code, if that is a number.
    """
    try:
        result = run()
        code = result if isinstance(result, int) else 0
    except StoreError as error:
        output.tell(error.sentence)
        if error.hint:
            output.tell(error.hint)
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        output.tell(f"{error.filename or 'The system'}: {error.strerror or error}.")
        code = 1
    return output.finish() or code
