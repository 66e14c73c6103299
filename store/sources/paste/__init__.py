"""What was copied from a screen: a conversation, a forwarded mail, or just words."""
