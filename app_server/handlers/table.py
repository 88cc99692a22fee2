"""Which handler answers which method. A method of the protocol that is not here is answered as unknown."""

from typing import Final

HANDLERS: Final[dict[str, tuple[str, str]]] = {
    "thread/start": ("threads", "start"),
    "thread/resume": ("threads", "resume"),
    "thread/fork": ("threads", "fork"),
    "thread/read": ("thread_reads", "read"),
    "thread/list": ("thread_reads", "list_page"),
    "thread/loaded/list": ("thread_reads", "loaded_list"),
    "thread/unsubscribe": ("thread_changes", "unsubscribe"),
    "thread/archive": ("thread_changes", "archive"),
    "thread/unarchive": ("thread_changes", "unarchive"),
    "thread/name/set": ("thread_changes", "set_name"),
    "turn/start": ("turns", "start"),
    "turn/steer": ("turns", "steer"),
    "turn/interrupt": ("turns", "interrupt"),
    "account/read": ("accounts", "read"),
    "model/list": ("models", "list_page"),
    "modelProvider/capabilities/read": ("models", "capabilities"),
    "config/read": ("configs", "read"),
    "configRequirements/read": ("configs", "requirements"),
    "skills/list": ("skills", "list_all"),
    "skills/config/write": ("skills", "write_config"),
    "skills/extraRoots/set": ("skills", "set_extra_roots"),
    "fs/readFile": ("files", "read_file"),
    "fs/writeFile": ("files", "write_file"),
    "fs/createDirectory": ("files", "create_directory"),
    "fs/getMetadata": ("files", "get_metadata"),
    "fs/readDirectory": ("files", "read_directory"),
    "fs/remove": ("files", "remove"),
    "fs/copy": ("files", "copy"),
    "fs/watch": ("file_watches", "watch"),
    "fs/unwatch": ("file_watches", "unwatch"),
    "debug/buildPromptInput": ("debug", "build_prompt_input"),
    "mock/experimentalMethod": ("debug", "echo"),
}
"""Method → area (a module here) and the name of the handler in it; areas are loaded when first asked."""
