"""What a thread may do without asking, and what has to be asked (tools.md §6); `decision` is the pure table.

Nobody is asked here: that is the affair of `tools.asking`.
"""
