"""What a telephone keeps: texts, calls and voicemail, as backups and exports write them."""
