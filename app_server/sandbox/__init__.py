"""Confining a command: from what a policy allows to the command line that allows no more (tools.md §7).

Where no sandbox is to be had, a confined command is refused. It is never run without.
"""
