"""The tools that run commands: once, in a session, or for the user.

Whether a command may run is known to `tools.approvals` and `tools.asking`; the engine is `app_server.exec`.
"""
