"""Settings: where they live, how their layers merge, what they come to for one thread, and edits to them.

Knows neither models nor providers: a provider's table is handed on as it was read.
Most records are named tuples: they take a tenth of the time to define, and every first thread waits for it.
"""
