"""Plugins that are installed: what they are called and what they bring. Installing them is not built yet."""
