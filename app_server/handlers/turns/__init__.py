"""The methods of turns, reviews and spoken conversations: what runs in a thread (threads-and-turns.md §4)."""
