"""The offline provider: a small Responses API on loopback that needs no account, no key and no network.

It answers with a persona of its own, plays scripts, and records a real provider's answers to play later. It
knows HTTP and SSE, and nothing of the server that asks it.
"""
