"""Spoken conversations with a provider: the call over HTTP, and the websocket beside it."""
