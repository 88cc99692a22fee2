"""The tools of apps are called by names that do not repeat the app's (tools.md §8)."""

import pytest

from app_server.apps.app import App
from app_server.tools.context import McpServer, McpTool
from app_server.tools.specs.mcp import named_tools, namespace_specs

CALENDAR = App("c1", "Google Calendar", "Plans days.")


def tool(name: str, app: App = CALENDAR) -> McpTool:
    return McpTool(name, f"Does {name}.", {}, app=app)


def hosted(*tools: McpTool, withheld: tuple[McpTool, ...] = ()) -> McpServer:
    return McpServer("codex_apps", "Said by the server.", tools, withheld=withheld)


def called(*servers: McpServer) -> list[tuple[str, str]]:
    return [(one.namespace, one.name) for one in named_tools(servers)]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("google_calendar_list", "_list"),
        ("google calendar.List", "_list"),
        ("google_calendar", "google_calendar"),
        ("googlecalendar", "googlecalendar"),
        ("c1_list", "_list"),
        ("list", "list"),
    ],
)
def test_what_the_namespace_says_is_left_out(name: str, short: str) -> None:
    assert called(hosted(tool(name))) == [("mcp__codex_apps__google_calendar", short)]


def test_apps_of_one_name_are_told_apart_also_while_one_of_them_is_off() -> None:
    first, second = App("a", "Drive"), App("b", "Drive")

    both = called(hosted(tool("drive_x", first), tool("drive_y", second)))
    alone = called(hosted(tool("drive_x", first), withheld=(tool("drive_y", second),)))

    assert len({namespace for namespace, _ in both}) == 2
    assert alone == both[:1]


def test_apps_come_after_all_servers_and_tell_of_themselves() -> None:
    server = McpServer("zeta", "About zeta.", (McpTool("x", "d", {}),))
    apps = hosted(tool("list"), tool("y", App("n", "Nameless of words")), tool("z", App("o")))

    specs = namespace_specs(named_tools([apps, server]))

    assert [(spec["name"], spec["description"]) for spec in specs] == [
        ("mcp__zeta__", "About zeta."),
        ("mcp__codex_apps__", "Tools in the mcp__codex_apps__ namespace."),
        ("mcp__codex_apps__google_calendar", "Plans days."),
        ("mcp__codex_apps__nameless_of_words", "What the app Nameless of words can do."),
    ]


def test_a_long_namespace_makes_room_for_what_tells_its_tools_apart() -> None:
    ((namespace, name),) = called(hosted(tool("t" * 30, App("x", "n" * 60))))

    assert (len(namespace), len(name)) == (51, 13)
    assert name.startswith("_")
