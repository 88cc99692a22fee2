"""What is set, and what may be chosen from: configuration, models, providers, modes, machines."""
