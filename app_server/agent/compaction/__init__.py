"""Shortening a thread's history: when, how, and what takes its place (model-client.md §7)."""
