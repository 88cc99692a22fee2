"""Agents that work for other agents: threads of their own, in a tree whose root a user speaks to."""
