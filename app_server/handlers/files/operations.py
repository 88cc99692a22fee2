"""`fs/*` but for watching: the host's files, outside of any sandbox (services.md §4)."""

import base64
import binascii
import os
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import anyio.to_thread
import orjson
from pydantic import PrivateAttr

from app_server.files import operations
from app_server.files.operations import RequestError
from app_server.handlers.base import Call
from protocol.files import (
    FsCopyParams,
    FsCopyResponse,
    FsCreateDirectoryParams,
    FsCreateDirectoryResponse,
    FsGetMetadataParams,
    FsGetMetadataResponse,
    FsReadDirectoryEntry,
    FsReadDirectoryParams,
    FsReadDirectoryResponse,
    FsReadFileParams,
    FsReadFileResponse,
    FsRemoveParams,
    FsRemoveResponse,
    FsWriteFileParams,
    FsWriteFileResponse,
)
from protocol.jsonrpc import RpcError, internal_error, invalid_request
from protocol.wire import JsonObject

Result = TypeVar("Result")


class FileHandlers:
    """Each call runs in a worker thread, beside all others."""

    async def read_file(self, _call: Call, params: FsReadFileParams) -> FsReadFileResponse:
        return await _off_the_loop(partial(_content, params.path))

    async def write_file(self, _call: Call, params: FsWriteFileParams) -> FsWriteFileResponse:
        await _off_the_loop(partial(_write, params.path, params.data_base64))
        return FsWriteFileResponse()

    async def create_directory(
        self, _call: Call, params: FsCreateDirectoryParams
    ) -> FsCreateDirectoryResponse:
        recursive = params.recursive is not False
        await _off_the_loop(partial(operations.create_directory, params.path, recursive=recursive))
        return FsCreateDirectoryResponse()

    async def get_metadata(self, _call: Call, params: FsGetMetadataParams) -> FsGetMetadataResponse:
        facts = await _off_the_loop(partial(operations.facts, params.path))
        return FsGetMetadataResponse(
            is_directory=facts.is_directory,
            is_file=facts.is_file,
            is_symlink=facts.is_symlink,
            created_at_ms=facts.created_ms,
            modified_at_ms=facts.modified_ms,
        )

    async def read_directory(self, _call: Call, params: FsReadDirectoryParams) -> FsReadDirectoryResponse:
        entries = await _off_the_loop(partial(operations.read_directory, params.path))
        return FsReadDirectoryResponse(
            entries=[
                FsReadDirectoryEntry(file_name=one.name, is_directory=one.is_directory, is_file=one.is_file)
                for one in entries
            ]
        )

    async def remove(self, _call: Call, params: FsRemoveParams) -> FsRemoveResponse:
        recursive, force = params.recursive is not False, params.force is not False
        await _off_the_loop(partial(operations.remove, params.path, recursive=recursive, force=force))
        return FsRemoveResponse()

    async def copy(self, _call: Call, params: FsCopyParams) -> FsCopyResponse:
        source, destination = params.source_path, params.destination_path
        await _off_the_loop(partial(operations.copy, source, destination, recursive=params.recursive))
        return FsCopyResponse()


class _Content(FsReadFileResponse):
    """An answer that is encoded already, so that a large file does not hold up the event loop."""

    _encoded: bytes = PrivateAttr(b"{}")

    @classmethod
    def of(cls, data: bytes) -> "_Content":
        content = cls(data_base64="")
        content._encoded = b'{"dataBase64":"%b"}' % base64.b64encode(data)
        return content

    def to_bytes(self) -> bytes:
        return self._encoded

    def to_wire(self) -> JsonObject:
        return orjson.loads(self._encoded)


def _content(path: str) -> FsReadFileResponse:
    return _Content.of(operations.read_file(path))


def _write(path: str, data_base64: str) -> None:
    try:
        data = base64.b64decode(data_base64, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RequestError(
            f"fs/writeFile requires valid base64 dataBase64: {base64_fault(data_base64)}"
        ) from error
    operations.write_file(path, data)


_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


def base64_fault(text: str) -> str:
    """What is wrong with a text that is no base64, in the words that clients know."""
    body = text.rstrip("=")
    for place, character in enumerate(body):
        if character not in _ALPHABET:
            return f"Invalid symbol {character.encode()[0]}, offset {place}."
    if len(body) % 4 == 1:
        return f"Invalid input length: {len(body)}"
    return "Invalid padding"


async def _off_the_loop(work: Callable[[], Result]) -> Result:
    """Do it in a worker thread. Raises RpcError in the system's own words."""
    try:
        return await anyio.to_thread.run_sync(work)
    except RequestError as error:
        raise invalid_request(str(error)) from error
    except OSError as error:
        raise refused_by_the_system(error) from error
    except ValueError as error:  # a path with a NUL character
        raise invalid_request(str(error)) from error


def refused_by_the_system(error: OSError) -> RpcError:
    """-32603 with the bare words and the number of the system."""
    if error.errno is None:
        return internal_error(str(error))
    return internal_error(f"{os.strerror(error.errno)} (os error {error.errno})")
