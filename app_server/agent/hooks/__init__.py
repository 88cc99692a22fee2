"""Hooks of users at the moments of a turn: run, shown to clients, and heeded (tools.md §10)."""
