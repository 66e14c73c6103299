"""Mail on an IMAP server, read only: nothing there is ever changed, no flag, no folder."""
