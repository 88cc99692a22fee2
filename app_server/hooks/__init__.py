"""Hooks: what users want to be run at certain moments, and which of it may run. Running is not built yet."""
