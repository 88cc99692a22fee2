"""The two versions of this server, and which is which."""

WIRE_VERSION = "0.169.0"
"""The version of the reference server whose wire we speak; what `userAgent` and `cliVersion` report."""

PACKAGE_VERSION = "0.1.0"
"""This package's own version."""
