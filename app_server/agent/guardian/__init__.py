"""The automatic reviewer: an agent of its own that allows or refuses in place of the user (`auto_review`)."""
