"""What bench.py measures with: an instant upstream, a server process on a leash, the rows, and the table."""
