"""Asking a model: Responses over HTTP and websocket, providers, login, catalogue, the offline provider."""
