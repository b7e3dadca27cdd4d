"""The demo refuses where it can't serve, in a sentence that says what to do."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal import demo_server
from portal.demo_server import CannotServe


def test_a_port_that_is_taken_is_named_with_another_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServe) as refusal:
            demo_server.bind("127.0.0.1", port)
    message = f"端口 {port} 已被占用，请换一个：make run PORT={port + 1}"
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 70000, "端口 70000 不存在，请用 1 到 65535 之间的 PORT=。"),
        ("203.0.113.1", 8000, "203.0.113.1 不是本机的地址。请检查 HOST=。"),
        ("no such host", 8000, "不认识主机名 no such host。请检查 HOST=。"),
    ],
)
def test_what_can_not_be_served(host: str, port: int, message: str) -> None:
    with pytest.raises(CannotServe) as refusal:
        demo_server.bind(host, port)
    assert str(refusal.value) == message


def test_a_port_answers_only_while_it_is_served() -> None:
    server = demo_server.bind("127.0.0.1", 0)
    port = server.server_address[1]
    with pytest.raises(ConnectionRefusedError):
        demo_server.first_page_status("127.0.0.1", port)

    def application(environ: object, start_response: object) -> list[bytes]:
        start_response("204 No Content", [])  # type: ignore[operator] # WSGI's own callable
        return []

    with demo_server.answering(server, application):
        assert demo_server.first_page_status(demo_server.ANY_HOST, port) == 204
    with pytest.raises(ConnectionRefusedError):
        demo_server.first_page_status("127.0.0.1", port)


def test_a_data_folder_is_held_by_one(tmp_path: Path) -> None:
    held, again = demo_server.only_one(tmp_path), demo_server.only_one(tmp_path)
    with held, pytest.raises(CannotServe), again:
        pass
    with demo_server.only_one(tmp_path):
        pass


def test_all_interfaces_are_shown_by_addresses_that_a_browser_takes() -> None:
    assert demo_server.addresses("127.0.0.1", 8000) == ["http://127.0.0.1:8000/"]
    everywhere = demo_server.addresses(demo_server.ANY_HOST, 8000)
    assert (everywhere[0], demo_server.ANY_HOST in str(everywhere)) == (
        "http://127.0.0.1:8000/",
        False,
    )


def test_only_the_demos_settings_serve_the_demo() -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("demo")
    assert "portal.settings.demo" in str(refusal.value)
