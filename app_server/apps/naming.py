"""How a model calls an app's tools: a namespace for each app, and in it names without the app's own."""

from app_server.apps.app import App, slug_of


def namespace_of(server: str, app: App) -> str:
    """`mcp__SERVER__APP`; an app without a name has the server's own namespace."""
    return f"mcp__{server}__{'' if app.name is None else slug_of(app.name, '_')}"


def short_name(tool: str, app: App) -> str:
    """`_list` for the tool `calendar_list` of the app Calendar: what its namespace says is left out."""
    name = slug_of(tool, "_")
    for said in (app.name, app.id):
        rest = name.removeprefix(slug_of(said, "_")) if said else name
        if rest and rest != name:
            return rest
    return name
