"""Taking over what users have set up for another agent, Claude Code: finding it, and writing it as ours."""
