"""Patches: the language, how it fits the files, and how the files are changed (tools.md §4).

`apply_patch` is the tool around it.
"""
