"""Starting child processes, in the way that each system has for it."""

import sys

from app_server.platform.children import Child, Order


async def start_child(order: Order) -> Child:
    """Start a process, in a session or group of its own. Raises OSError when it cannot be started."""
    if sys.platform == "win32":
        from app_server.platform.windows_children import start_in_job

        return await start_in_job(order)
    if sys.platform == "linux":
        from app_server.platform.linux_children import WARDENS, NoWardenError

        try:
            return await WARDENS.start(order)
        except NoWardenError:
            pass  # an interpreter that cannot be run again: groups are the next best thing
    from app_server.platform.posix_children import start_in_group

    return await start_in_group(order)


async def prepare_children() -> None:
    """Have ready what the first child would wait for. Costs nothing when it is ready, and never raises."""
    if sys.platform == "linux":
        from app_server.platform.linux_children import WARDENS

        await WARDENS.prepare()
