"""The Responses API over a websocket: the thread's one connection, and the answers that come over it."""
