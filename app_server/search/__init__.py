"""Finding files by a few letters: walking folders, and the scores of matches. Nothing of the wire."""
