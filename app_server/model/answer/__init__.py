"""What a provider answers, as events: read off the wire, and given up in time (model-client.md §3)."""
