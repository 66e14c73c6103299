"""What follows from records: pure functions that read no file and, but for arguments, no clock."""
