"""Threads on disk: rollout files, their index, reading them back."""
