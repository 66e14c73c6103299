"""What the demo shows: invented recruiters who write to an invented Robin.

Every name, firm, number and word is made up. Times are texts relative to the moment of the demo: `2h` for
two hours before, `9d 10:12` for that clock time nine days before, `+12d 08:00` for one ahead.
"""

from store.demo_data.approach import Approach
from store.demo_data.away import AWAY
from store.demo_data.ended import ENDED
from store.demo_data.fresh import FRESH
from store.demo_data.history import history
from store.demo_data.pending import PENDING

APPROACHES: tuple[Approach, ...] = (*FRESH, *PENDING, *AWAY, *ENDED)
"""All of the present."""
PAST = history()
"""Those of the two years before, the oldest first."""
