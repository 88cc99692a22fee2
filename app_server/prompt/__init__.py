"""History and context become the prompt that a model is sent. Builds items; sends and stores nothing.

Small values are named tuples here, because every dataclass costs start-up about half a millisecond.
"""
