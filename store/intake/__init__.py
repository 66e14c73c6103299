"""Taking messages in: from sources, through what is known and whether they are outreach, into the file."""
