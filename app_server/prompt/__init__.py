"""History and context → exactly the input that is sent to the model."""
