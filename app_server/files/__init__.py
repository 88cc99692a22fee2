"""The host's files for clients: reading, changing, watching. No sandbox, and nothing of the wire."""
