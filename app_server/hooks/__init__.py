"""Hooks: what users want to be run at certain moments, which of it may run, and running it."""
