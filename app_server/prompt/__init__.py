"""History and context become the prompt that a model is sent. Builds items; sends and stores nothing."""
