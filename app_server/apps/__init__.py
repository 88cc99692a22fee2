"""The apps (connectors) of a ChatGPT account: their server, what config says of them, their directory."""
