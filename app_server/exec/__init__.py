"""The engine under everything that runs a command: pipes and terminals, limits, ends, environments.

It knows neither tools nor the wire, and decides nothing: what may run, and in which sandbox, is said above.
"""
