"""Skills: where they are, what they say of themselves, which are on. Knows no prompt and no thread."""
