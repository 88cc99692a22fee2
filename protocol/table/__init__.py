"""The rows of the table of methods. Data; `protocol.methods` is the door to it."""
