"""The host's files: what is in them, when they change, and where they are (services.md §4, §5)."""
