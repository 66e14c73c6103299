"""What syncers leave beside the data file, and how git is taught to merge it."""
