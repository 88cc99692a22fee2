"""Threads and turns, without any knowledge of JSON-RPC."""
