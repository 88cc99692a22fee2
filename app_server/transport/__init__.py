"""Bytes to messages and back, nothing else: stdio."""
