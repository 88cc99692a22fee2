"""What a thread may do without asking, what it asks, and what follows from the answer (tools.md §6).

`decision` is the pure table; `commands`, `patches` and `permissions` put the questions.
"""
