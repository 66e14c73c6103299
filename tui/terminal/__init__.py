"""What arrives from the terminal, before Textual sees it."""
