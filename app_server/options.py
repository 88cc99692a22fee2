"""What the command line asks for, and the two ways in which it fails."""


class UsageError(Exception):
    """The command line cannot be understood. The text is what stderr says; the process exits with 2."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"error: {problem}\n\nFor more information, try '--help'.")


class CommandFailure(Exception):  # noqa: N818 - it is what happened to the command
    """The command is understood and cannot be done. The process exits with 1."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"Error: {problem}")


class Options:
    """What the command line asks for."""

    __slots__ = (
        "analytics_default_enabled",
        "command",
        "disable",
        "enable",
        "listen",
        "local_provider",
        "oss",
        "overrides",
        "rest",
        "session_source",
        "strict_config",
    )

    def __init__(self) -> None:
        self.command = "app-server"
        """`app-server`, `help`, `version`, or a sub-command that `rest` belongs to."""
        self.rest: tuple[str, ...] = ()
        self.listen = "stdio://"
        self.overrides: tuple[str, ...] = ()
        """Each a `key=value` with a key; the value is not looked at yet."""
        self.enable: tuple[str, ...] = ()
        self.disable: tuple[str, ...] = ()
        self.oss = False
        self.local_provider = "ollama"
        self.strict_config = False
        self.analytics_default_enabled = False
        self.session_source = "vscode"
