"""`ringback pull` of a real mail server, as somebody sets it up and uses it."""

from support import needs

pytestmark = needs("dovecot")
