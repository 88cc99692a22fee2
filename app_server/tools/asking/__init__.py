"""Asking those who may allow it, where `tools.approvals` says that a call needs that (tools.md §6)."""
