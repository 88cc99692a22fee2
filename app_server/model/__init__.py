"""Asking a model: the Responses API over HTTP and websocket, providers, login, catalogue, offline provider."""
