"""Arguments of an app's tool that are files: uploaded before the call (tools.md §9.3)."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from app_server.apps.files import UploadError, file_parameters
from app_server.tools.context import McpTool
from protocol.wire import JsonObject, JsonValue

Upload = Callable[[Path], Awaitable[JsonObject]]
"""From an absolute path to what the tool is given. Raises UploadError."""


async def with_files(tool: McpTool, arguments: JsonValue, cwd: str, upload: Upload) -> JsonValue:
    """The arguments with what was uploaded in place of paths. Raises UploadError."""
    if tool.app is None or not isinstance(arguments, dict):
        return arguments
    given = dict(arguments)
    for name in file_parameters(tool.meta):
        match given.get(name):
            case str(path):
                given[name] = await _uploaded(name, path, cwd, upload)
            case [*paths] if paths and all(isinstance(path, str) for path in paths):
                given[name] = [await _uploaded(name, str(path), cwd, upload) for path in paths]
            case _:
                pass
    return given


async def _uploaded(name: str, path: str, cwd: str, upload: Upload) -> JsonObject:
    try:
        return await upload(Path(cwd, path))
    except UploadError as error:
        raise UploadError(f"failed to upload `{path}` for `{name}`: {error}") from error
