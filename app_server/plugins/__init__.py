"""Plugins and their marketplaces: what is offered, what is installed and what that brings; installing it."""
