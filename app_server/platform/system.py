# ruff: noqa: PTH105, PTH108, PTH118, PTH123
# (The first answer waits for some of this, and importing pathlib would cost milliseconds.)
"""Facts and calls of the operating system, one small function each.

Imports next to nothing, because the first answer needs some of it.
"""

import os
import sys

is_windows = sys.platform == "win32"
is_macos = sys.platform == "darwin"

_LINUX_NAMES = {
    "alpine": "Alpine Linux",
    "amzn": "Amazon Linux AMI",
    "arch": "Arch Linux",
    "centos": "CentOS",
    "debian": "Debian",
    "fedora": "Fedora",
    "linuxmint": "Linux Mint",
    "nixos": "NixOS",
    "opensuse-leap": "openSUSE",
    "opensuse-tumbleweed": "openSUSE",
    "pop": "Pop!_OS",
    "rhel": "Red Hat Enterprise Linux",
    "rocky": "Rocky Linux",
    "ubuntu": "Ubuntu",
}


def os_release() -> tuple[str, str]:
    """The operating system's name and version, such as `Debian` and `12.0.0`."""
    if sys.platform == "win32":
        version = sys.getwindowsversion()
        return "Windows", f"{version.major}.{version.minor}.{version.build}"
    if sys.platform == "darwin":
        import platform

        return "Mac OS", _three_part(platform.mac_ver()[0])
    facts = _os_release_file()
    return _LINUX_NAMES.get(facts.get("ID", ""), "Linux"), _three_part(facts.get("VERSION_ID", ""))


def architecture() -> str:
    """The machine's instruction set, such as `x86_64`."""
    if sys.platform == "win32":
        return os.environ.get("PROCESSOR_ARCHITECTURE", "unknown").lower().replace("amd64", "x86_64")
    return os.uname().machine


def _os_release_file() -> dict[str, str]:
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                pairs = (line.strip().partition("=") for line in file)
                return {name: value.strip("\"'") for name, _, value in pairs}
        except OSError:
            continue
    return {}


def _three_part(version: str) -> str:
    parts = version.split(".")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return version or "Unknown"
    return ".".join(str(int(part)) for part in [*parts, "0", "0"][:3])


def duplicate_high(fd: int) -> int:
    """A second, high-numbered descriptor of the same stream, which children do not inherit."""
    if sys.platform == "win32":
        return os.dup(fd)
    import fcntl

    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 64)


def tell_stderr(text: str) -> None:
    """Write a short line to stderr, unless nobody reads it and writing would wait."""
    import select

    if sys.platform != "win32":
        poll = select.poll()
        poll.register(2, select.POLLOUT)
        if not poll.poll(0):
            return
    try:
        os.write(2, text.encode("utf-8", "replace") + b"\n")
    except OSError:
        return


def parent_process() -> int:
    """The id of the process that is our parent now; it changes when the one that started us has died."""
    return os.getppid()


def reader_has_left(fd: int) -> bool:
    """Whether the reader of this pipe or socket has closed its end; False where that cannot be told."""
    import select

    if sys.platform == "win32":
        return False
    poll = select.poll()
    poll.register(fd, 0)
    return any(event & (select.POLLERR | select.POLLHUP | select.POLLNVAL) for _, event in poll.poll(0))


def system_config_folder() -> str:
    """Where an administrator puts config.toml, managed_config.toml and requirements.toml for everyone."""
    if sys.platform == "win32":
        return os.path.join(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), "OpenAI", "Codex")
    return "/etc/codex"


def replace_private_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Put the bytes in place of the file in one step, readable by its owner alone. Raises OSError."""
    target = os.fspath(path)
    temporary = f"{target}.{os.getpid()}.{os.urandom(4).hex()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    fd = os.open(temporary, flags, 0o600)
    try:
        with open(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def login_shell() -> str | None:
    """The path of the user's shell in the account database; None where there is none."""
    if sys.platform == "win32":
        return None
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_shell or None
    except KeyError:
        return None


def system_timezone() -> str | None:
    """The IANA name of the system's time zone, whatever the variable TZ says; None if it cannot be told."""
    if sys.platform == "win32":
        import tzlocal  # only this system has no name in a file

        return tzlocal.get_localzone_name()
    try:
        _, found, name = os.path.realpath("/etc/localtime").partition("/zoneinfo/")
        if found:
            return name.removeprefix("posix/").removeprefix("right/")
        with open("/etc/timezone", encoding="ascii", errors="ignore") as file:
            return file.readline().strip() or None
    except OSError:
        return None


def lock_file(fd: int) -> None:
    """Wait for the exclusive advisory lock of an open file; it goes with the descriptor. Raises OSError."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(fd, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX)


def allow_mode(fd: int, mode: int) -> None:
    """Give an open file these permission bits where it has others; nothing on systems without them."""
    if sys.platform != "win32" and os.fstat(fd).st_mode & 0o7777 != mode:
        os.fchmod(fd, mode)
