"""Files for the tools of apps: a model names one of this machine, and the account's backend gets it first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

import anyio
import anyio.to_thread
import orjson

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, status_line
from app_server.model.lenient_json import loads
from protocol.wire import JsonObject, JsonValue

_PARAMETERS: Final = "openai/fileParams"
_HINT: Final = "Give the absolute path of a file on this machine; it is uploaded for the app."
_LARGEST: Final = 512 * 1024 * 1024
_LONGEST_ANSWER: Final = 1 << 20
_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.25
_READY_SECONDS: Final = 30.0


class UploadError(Exception):
    """A file did not reach the backend; the text says why."""


def file_parameters(meta: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """The names of a tool's parameters that take files."""
    names = meta.get(_PARAMETERS)
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def with_paths(schema: JsonValue, names: tuple[str, ...]) -> JsonValue:
    """The schema of a tool's arguments as a model is shown it: with paths where the tool takes files."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not names or not isinstance(schema, dict) or not isinstance(properties, dict):
        return schema
    shown = {name: _path(one) if name in names else one for name, one in properties.items()}
    return {**schema, "properties": shown}


class FileUploads:
    """Brings files to the backend of an account."""

    def __init__(self, http: HttpClient, base_url: str, login: Mapping[str, bytes]) -> None:
        """`login` is what a request to the backend carries; where the bytes go, it does not."""
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._login = login

    async def upload(self, path: Path) -> JsonObject:
        """What the tool is given in place of the path. Raises UploadError."""
        content = await anyio.to_thread.run_sync(_content, path)
        name = path.name
        begun = await self._post("files", {"file_name": name, "file_size": len(content), "use_case": "codex"})
        file_id, place = begun.get("file_id"), begun.get("upload_url")
        if not isinstance(file_id, str) or not isinstance(place, str):
            raise UploadError("the account's backend names no place for the file")
        await self._send("PUT", place, {"x-ms-blob-type": b"BlockBlob"}, content)
        ready = await self._ready(file_id)
        size, shown = ready.get("file_size_bytes"), ready.get("file_name")
        return {
            "download_url": ready.get("download_url"),
            "file_id": file_id,
            "mime_type": ready.get("mime_type"),
            "file_name": shown if isinstance(shown, str) else name,
            "uri": f"sediment://{file_id}",
            "file_size_bytes": size if isinstance(size, int) else len(content),
        }

    async def _ready(self, file_id: str) -> JsonObject:
        """What the backend says of the file when it has looked at it."""
        with anyio.move_on_after(_READY_SECONDS):
            while True:
                answer = await self._post(f"files/{quote(file_id, safe='')}/uploaded", {})
                if answer.get("status") == "success" and isinstance(answer.get("download_url"), str):
                    return answer
                if answer.get("status") != "retry":
                    problem = answer.get("error_message")
                    raise UploadError(
                        f"the file `{file_id}` was not taken: {problem or 'no reason was given'}"
                    )
                await anyio.sleep(_PAUSE_SECONDS)
        raise UploadError(f"the file `{file_id}` was not ready after {_READY_SECONDS:g}s")

    async def _post(self, place: str, body: JsonObject) -> JsonObject:
        headers = {**self._login, "accept": b"*/*", "content-type": b"application/json"}
        answer = loads(await self._send("POST", f"{self._base_url}/{place}", headers, orjson.dumps(body)))
        return answer if isinstance(answer, dict) else {}

    async def _send(self, method: str, url: str, headers: Mapping[str, bytes], body: bytes) -> bytes:
        read = bytearray()
        try:
            with anyio.fail_after(_SECONDS):
                response = await self._http.send(HttpRequest(method, url, headers, body))
                try:
                    while len(read) < _LONGEST_ANSWER and (chunk := await response.read()):
                        read += chunk
                finally:
                    await response.close()
        except (HttpError, TimeoutError) as error:
            raise UploadError(f"the account's backend could not be reached: {error}") from error
        if not 200 <= response.status < 300:
            said = read.decode(errors="replace")
            raise UploadError(f"the file was refused with status {status_line(response.status)}: {said}")
        return bytes(read)


def _content(path: Path) -> bytes:
    """Blocks. Raises UploadError."""
    try:
        size = path.stat().st_size
    except OSError:
        raise UploadError(f"path `{path}` does not exist") from None
    if not path.is_file():
        raise UploadError(f"path `{path}` is not a file")
    if size > _LARGEST:
        raise UploadError(f"file `{path}` is too large: {size} bytes exceeds limit of {_LARGEST} bytes")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UploadError(f"file `{path}` cannot be read: {error.strerror}") from error


def _path(value: JsonValue) -> JsonValue:
    told = value if isinstance(value, dict) else {}
    described = f"{said} {_HINT}" if isinstance(said := told.get("description"), str) and said else _HINT
    if told.get("type") == "array":
        return {"type": "array", "items": {"type": "string"}, "description": described}
    return {"type": "string", "description": described}
