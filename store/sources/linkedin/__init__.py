"""What LinkedIn gives: its data export, in the layout of any year, and its notification mails."""
