"""config.toml layers → one effective Config."""
