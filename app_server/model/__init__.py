"""Asking a model: Responses over HTTP, providers, auth, the catalogue, the offline provider."""
