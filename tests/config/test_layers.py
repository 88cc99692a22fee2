from pathlib import Path

import pytest
from support.machine import Machine

from app_server.config.errors import ConfigError
from app_server.config.read import layer_version
from app_server.config.trust import Decision


def test_each_layer_beats_the_ones_below_it(machine: Machine) -> None:
    project = machine.project()
    machine.write("a = 1\nb = 1\nc = 1\nd = 1\ne = 1\nf = 1\n", machine.system / "config.toml")
    machine.write("b = 2\nc = 2\nd = 2\ne = 2\nf = 2\n" + machine.decide("trusted", project))
    machine.write("c = 3\nd = 3\ne = 3\nf = 3\n", project / ".codex" / "config.toml")
    machine.write("f = 6\n", machine.system / "managed_config.toml")

    config = machine.loader("d=4", "e=4", "f=4").load(cwd=project, request_config={"e": 5, "f": 5})

    assert {key: config.raw[key] for key in "abcdef"} == {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}
    assert [layer.source.type for layer in config.stack.layers] == [
        "system",
        "user",
        "project",
        "sessionFlags",
        "legacyManagedConfigTomlFromFile",
    ]


def test_the_nearest_project_folder_wins(machine: Machine) -> None:
    project = machine.project()
    inner = project / "src" / "deep"
    machine.write(machine.decide("trusted", project))
    machine.write('model = "outer"\nreview_model = "r"\n', project / ".codex" / "config.toml")
    machine.write('model = "inner"\n', inner / ".codex" / "config.toml")

    config = machine.loader().load(cwd=inner)

    assert (config.model, config.review_model) == ("inner", "r")


def test_the_home_itself_is_no_project_layer(machine: Machine) -> None:
    home = machine.work / ".codex"
    machine.write('model = "home"\n', home / "config.toml")
    machine.home.rmdir()
    machine.home.symlink_to(home)

    config = machine.loader().load(cwd=machine.work)

    assert [layer.source.type for layer in config.stack.layers] == ["system", "user"]


def test_without_a_decision_a_project_is_listed_but_does_not_count(machine: Machine) -> None:
    project = machine.project()
    machine.write('model = "project"\n', project / ".codex" / "config.toml")

    config = machine.load(cwd=project / "src")

    (layer,) = [layer for layer in config.stack.layers if layer.source.type == "project"]
    assert config.model is None
    assert layer.values == {"model": "project"}
    assert layer.disabled_reason == (
        f"To load project-local config, hooks, and exec policies, add {project} as a trusted project "
        f"in {machine.config_file}."
    )


def test_an_untrusted_project_does_not_count_and_the_reason_names_the_entry(machine: Machine) -> None:
    project = machine.project()
    machine.write('model = "project"\n', project / ".codex" / "config.toml")

    config = machine.load(machine.decide("untrusted", project), cwd=project)

    (layer,) = [layer for layer in config.stack.layers if layer.source.type == "project"]
    assert config.model is None
    assert layer.disabled_reason == (
        f"{project} is marked as untrusted in {machine.config_file}. "
        "To load project-local config, hooks, and exec policies, mark it trusted."
    )


@pytest.mark.parametrize("level", ["trusted", "untrusted"])
def test_a_broken_project_file_matters_only_where_it_counts(machine: Machine, level: str) -> None:
    project = machine.project()
    file = machine.write("model = \n", project / ".codex" / "config.toml")
    decision = machine.decide(level, project)

    if level == "untrusted":
        assert machine.load(decision, cwd=project).model is None
        return
    with pytest.raises(ConfigError) as refused:
        machine.load(decision, cwd=project)

    assert str(refused.value).startswith(f"{file}:1:9: ")


def test_a_project_may_not_set_what_sends_requests_elsewhere(machine: Machine) -> None:
    project = machine.project()
    machine.write(
        'model = "m"\nmodel_provider = "evil"\nopenai_base_url = "http://x"\nnotify = ["x"]\nprofile = "p"\n',
        project / ".codex" / "config.toml",
    )

    config = machine.load(machine.decide("trusted", project), cwd=project)

    (layer,) = [layer for layer in config.stack.layers if layer.source.type == "project"]
    assert (config.model, config.model_provider, config.openai_base_url) == ("m", "openai", None)
    assert layer.refused_keys == ("openai_base_url", "model_provider", "notify", "profile")


@pytest.mark.parametrize(
    ("markers", "root"),
    [(None, "project"), ('["pyproject.toml"]', "project/src"), ("[]", "project/src/deep")],
)
def test_the_root_is_the_nearest_folder_with_a_marker(
    machine: Machine, markers: str | None, root: str
) -> None:
    deep = machine.project() / "src" / "deep"
    deep.mkdir(parents=True)
    (deep.parent / "pyproject.toml").touch()

    config = machine.load(f"project_root_markers = {markers}\n" if markers else "", cwd=deep)

    assert config.stack.project is not None
    assert config.stack.project.root == machine.work / root


def test_a_decision_about_the_folder_beats_one_about_its_root(machine: Machine) -> None:
    project = machine.project()
    inner = project / "src"
    inner.mkdir()
    text = machine.decide("trusted", project) + machine.decide("untrusted", inner)

    config = machine.load(text, cwd=inner)

    assert config.stack.decision == Decision("untrusted", str(inner))


def test_a_decision_may_name_the_folder_behind_a_link_or_the_link(machine: Machine) -> None:
    project = machine.project()
    link = machine.work / "link"
    link.symlink_to(project)

    by_folder = machine.load(machine.decide("trusted", project), cwd=link)
    by_link = machine.load(machine.decide("trusted", link), cwd=link)

    assert (by_folder.trust_level, by_link.trust_level) == ("trusted", "trusted")


def test_a_linked_work_tree_shares_the_decision_of_its_main_one(machine: Machine) -> None:
    main = machine.project("main")
    (main / ".git" / "worktrees" / "other").mkdir(parents=True)
    linked = machine.work / "linked"
    linked.mkdir()
    (linked / ".git").write_text(f"gitdir: {main}/.git/worktrees/other\n")

    config = machine.load(machine.decide("trusted", main), cwd=linked)

    assert config.stack.decision == Decision("trusted", str(main))


def test_relative_paths_belong_to_the_folder_that_says_them(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    project = machine.project()
    (project / ".codex").mkdir()
    (project / ".codex" / "a.md").write_text("be brief")
    machine.write('model_instructions_file = "a.md"\n', project / ".codex" / "config.toml")
    text = 'sqlite_home = "db/../db"\nlog_dir = "~/logs"\n' + machine.decide("trusted", project)
    machine.write(text)

    flags = ['sandbox_workspace_write.writable_roots=["out", "/abs"]']
    config = machine.loader(*flags).load(cwd=project)

    assert config.sqlite_home == machine.home / "db"
    assert config.raw["log_dir"] == "/home/me/logs"
    assert config.base_instructions == "be brief"
    assert config.raw["sandbox_workspace_write"] == {"writable_roots": [str(project / "out"), "/abs"]}


def test_an_old_name_counts_under_its_new_one_but_is_shown_as_written(machine: Machine) -> None:
    config = machine.load("[memories]\nno_memories_if_mcp_or_web_search = true\n")

    assert config.raw["memories"] == {"disable_on_external_context": True}
    assert config.stack.layers[1].values == {"memories": {"no_memories_if_mcp_or_web_search": True}}


def test_a_version_is_the_hash_of_the_values(machine: Machine) -> None:
    assert layer_version({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert layer_version({"model": "a"}) == (
        "sha256:31f7a0fc545a9a5dc5fb3e087d3843c4fcb1e6047567b021c866fc5141ba6a61"
    )
    assert layer_version({"b": {"d": 1, "c": "é"}, "a": [1]}) == layer_version(
        {"a": [1], "b": {"c": "é", "d": 1}}
    )


def test_no_folder_means_no_project_layers(machine: Machine) -> None:
    project = machine.project()
    machine.write('model = "p"\n', project / ".codex" / "config.toml")
    machine.write(machine.decide("trusted", project))

    loaded = machine.loader().layers(None)

    assert [layer.source.type for layer in loaded.stack.layers] == ["system", "user"]
    assert loaded.stack.project is None


def test_a_relative_folder_is_taken_from_where_the_server_was_started(machine: Machine) -> None:
    config = machine.loader().load(cwd=Path("a/../b"))

    assert config.cwd == machine.work / "b"
