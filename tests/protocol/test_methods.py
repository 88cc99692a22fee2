"""The table of methods is complete, cheap to import, and agrees with the types."""

import subprocess
import sys

import pytest

from protocol.account import AuthRecoveryCompleted, AuthRecoveryStarted
from protocol.attestation import AttestationGenerateParams
from protocol.export.catalogue import catalogue, same_as, variants
from protocol.export.layout import closure, method_types
from protocol.methods import CLIENT_REQUESTS, SERVER_NOTIFICATIONS, SERVER_REQUESTS, notification_of
from protocol.thread_changes import ThreadClosedNotification
from protocol.wire import WireModel

OF_PYDANTIC = ("annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection")
BASES_OF_VARIANTS = {"HookFacts", "ElicitationQuestion"}


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_every_row_leads_to_types_that_exist() -> None:
    for row in CLIENT_REQUESTS.values():
        assert (row.params_type() is None) == (row.params is None)
        assert row.result_type() is not None
    for row in SERVER_REQUESTS.values():
        assert row.params_type() is not None
        assert issubclass(row.result_type(), WireModel)
    for row in SERVER_NOTIFICATIONS.values():
        assert issubclass(row.params_type(), WireModel)


def test_every_notification_is_found_by_the_class_of_its_params() -> None:
    for row in SERVER_NOTIFICATIONS.values():
        event = object.__new__(row.params_type())
        assert notification_of(event) is row


def test_two_notifications_of_one_shape_are_told_apart() -> None:
    said = {"thread_id": "t", "turn_id": "u", "provider": "p", "message": "m"}

    assert notification_of(AuthRecoveryStarted(**said)).name == "modelProvider/authRecoveryStarted"
    assert notification_of(AuthRecoveryCompleted(**said)).name == "modelProvider/authRecoveryCompleted"


def test_what_is_no_notification_is_refused() -> None:
    assert notification_of(ThreadClosedNotification(thread_id="t")).name == "thread/closed"
    with pytest.raises(KeyError):
        notification_of(AttestationGenerateParams())


def test_every_type_is_reached_from_the_table() -> None:
    hidden = [row for row in CLIENT_REQUESTS.values() if row.hidden]
    names = [ref.partition(":")[2] for row in hidden for ref in (row.params, row.result) if ref]
    reached = set(closure([*method_types(experimental=True), *names], experimental=True))
    for name, definition in catalogue().items():
        if definition.in_place or name in variants() or name in BASES_OF_VARIANTS:
            continue
        assert same_as(definition).name in reached, f"nothing uses {name}"


def test_requests_are_ordered_by_fields_that_their_params_have() -> None:
    for row in CLIENT_REQUESTS.values():
        params = row.params_type()
        if row.ordering and row.ordering.by:
            assert params is not None
            assert set(row.ordering.by) <= params.model_fields.keys(), row.name


def test_the_table_opens_with_the_handshake_and_names_each_method_once() -> None:
    assert next(iter(CLIENT_REQUESTS)) == "initialize"
    assert len(CLIENT_REQUESTS) == 134
    assert len(SERVER_REQUESTS) == 10
    assert len(SERVER_NOTIFICATIONS) == 71


def test_importing_the_table_loads_no_type_and_no_validator() -> None:
    loaded = loaded_by("import protocol.methods")

    assert not {name for name in loaded if name.startswith("pydantic")}
    assert {name for name in loaded if name.startswith("protocol")} == {
        "protocol",
        "protocol.methods",
        "protocol.table",
        "protocol.table.client_requests",
        "protocol.table.notifications",
        "protocol.table.row",
        "protocol.table.server_requests",
    }


def test_all_types_can_be_used_where_only_pydantic_is_installed() -> None:
    areas = sorted({row.params_type().__module__ for row in SERVER_NOTIFICATIONS.values()})

    loaded = loaded_by(f"import protocol.methods, protocol.decode, protocol.mismatch, {', '.join(areas)}")

    foreign = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names - {"__main__"}
    assert {name for name in foreign if not name.startswith("_")} == {"protocol", *OF_PYDANTIC}
