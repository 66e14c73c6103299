"""The one JSON file: its form, its journal, its stamps and its merge."""
