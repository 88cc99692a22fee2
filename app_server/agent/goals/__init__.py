"""What a thread works towards over many turns, which it begins by itself (threads-and-turns.md §3.12)."""
