"""What users add: plugins, their marketplaces, skills, hooks, apps, another agent's settings."""
