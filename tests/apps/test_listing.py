"""The list of apps, from its two sources."""

from app_server.apps.app import App, apps_of
from app_server.apps.directory import DirectoryApp, install_url
from app_server.apps.listing import merged

CAL, MAIL = App("c", "Calendar", "From its tools."), App("m", "Mail")


def test_until_the_directory_is_known_the_list_is_of_what_can_be_used() -> None:
    rows = merged(None, [MAIL, CAL], {"c": ("Plug",), "x": ("Plug",)})

    assert [(row.app.id, row.accessible, row.plugins) for row in rows] == [
        ("c", True, ("Plug",)),
        ("m", True, ()),
    ]


def test_then_it_is_of_what_the_directory_or_a_plugin_names_with_what_tools_tell() -> None:
    directory = [
        DirectoryApp("z", "Alpha", {}),
        DirectoryApp("c", "Calendar of all", {"logoUrl": "https://logo.example"}),
    ]

    rows = merged(directory, [CAL, MAIL], {"m": ("One", "Two"), "x": ("One",)})

    assert [(row.app.id, row.app.name, row.accessible, row.plugins) for row in rows] == [
        ("c", "Calendar of all", True, ()),
        ("m", "Mail", True, ("One", "Two")),
        ("z", "Alpha", False, ()),
        ("x", "x", False, ()),
    ]
    assert rows[0].app.facts == {"description": "From its tools.", "logoUrl": "https://logo.example"}


def test_tools_tell_of_their_app_together() -> None:
    apps = apps_of(
        [
            {"name": "a", "_meta": {"connector_id": "c", "connector_name": "  "}},
            {"name": "b", "_meta": {"connector_id": "c", "connector_display_name": "Cal"}},
            {"name": "c", "_meta": {"connector_id": "c", "connectorDescription": " Text "}},
            {"name": "d", "_meta": {"connector_name": "Of no id"}},
            {"name": "e"},
        ]
    )

    assert apps == (App("c", "Cal", "Text"),)


def test_an_app_is_installed_at_an_address_of_its_own() -> None:
    assert install_url("u1", "Ünï  Köd!x") == "https://chatgpt.com/apps/n---k-d-x/u1"
    assert install_url("u2", "!!") == "https://chatgpt.com/apps/app/u2"
