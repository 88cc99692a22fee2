"""A connection's life: handshake, routing, ordering, back-pressure, subscriptions, server requests.

Knows no method, and no transport: lines come in, bytes go out.
"""
