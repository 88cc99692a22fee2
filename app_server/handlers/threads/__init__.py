"""The methods of threads: start, come back, read, change, put away (threads-and-turns.md §3)."""
