"""What differs between operating systems, behind functions that are the same everywhere.

`system` is what every part may ask and imports next to nothing; child processes have modules of their own,
and nothing POSIX-only is imported at the top of any.
"""

from app_server.platform.system import (
    allow_mode,
    architecture,
    duplicate_high,
    is_macos,
    is_windows,
    lock_file,
    login_shell,
    os_release,
    parent_process,
    reader_has_left,
    replace_private_file,
    system_config_folder,
    system_timezone,
    tell_stderr,
)

__all__ = [
    "allow_mode",
    "architecture",
    "duplicate_high",
    "is_macos",
    "is_windows",
    "lock_file",
    "login_shell",
    "os_release",
    "parent_process",
    "reader_has_left",
    "replace_private_file",
    "system_config_folder",
    "system_timezone",
    "tell_stderr",
]
