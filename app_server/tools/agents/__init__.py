"""The tools with which an agent works through others: what is called, and what it asks of their owner.

Whose threads they are, and how they are begun and ended, is known to `agent.subagents` alone.
"""
