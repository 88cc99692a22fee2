"""The wire as types: no I/O, no server. Importable on its own by a client."""
