"""What Ringback keeps and what follows from it; no user interface in here."""
