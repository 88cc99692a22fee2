"""Asking a model: Responses over HTTP and websocket, providers, login, the catalogue, the offline provider."""
