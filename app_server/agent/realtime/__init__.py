"""Spoken conversations of threads: what the voice hears and says, and the work it gives to the agent."""
