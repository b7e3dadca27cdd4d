"""nginx with the configuration of deploy/nginx, moved to a free port and a folder of its own."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from services import free_port

from tests.benchmarks.server import running
from tests.servers.certificates import Certificate

DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
_FRAME = """
{user}
worker_processes auto;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


@contextlib.contextmanager
def nginx(
    folder: Path,
    upstream: int,
    content: Path | None = None,
    certificate: Certificate | None = None,
) -> Iterator[int | None]:
    """Gives the port, or None without nginx. ``content`` is the static file /same-bytes; with a
    certificate it speaks TLS and HTTP/2, as it is deployed."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        yield None
        return
    own, port = folder / "nginx", free_port()
    own.mkdir()
    for name in ("portal-proxy.conf", "portal-locations.conf"):
        (own / name).write_text(_moved((DEPLOY / name).read_text("utf-8"), own))
    user = "user root;" if os.geteuid() == 0 else ""
    main = own / "nginx.conf"
    server = _secured(_server(own, port, upstream), certificate)
    if content is not None:
        static = f"location = /same-bytes {{ alias {content}; default_type text/html; }}"
        server = re.sub(r"\}\s*$", f"    {static}\n}}\n", server)
    main.write_text(_FRAME.format(user=user, folder=own, server=server))
    command = [program, "-c", str(main), "-p", str(own), "-e", str(own / "error.log")]
    with running(command, own / "output.log", {}, port):
        yield port


def _server(own: Path, port: int, upstream: int) -> str:
    """portal.conf without its redirect, on its port and before the application."""
    text = _moved((DEPLOY / "portal.conf").read_text("utf-8"), own)
    text = re.sub(r"server \{\s*listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    return re.sub(r"server unix:[^;]*;", f"server 127.0.0.1:{upstream};", text)


def _secured(server: str, certificate: Certificate | None) -> str:
    """With the certificate given; without one, in plain words."""
    if certificate is None:
        server = re.sub(r"\n\s*ssl_[^\n]*", "", server)
        return re.sub(r"(listen [\d.:]+)[^;]*;", r"\1;", server)
    server = server.replace("/etc/nginx/tls/portal.pem", str(certificate.authority))
    return server.replace("/etc/nginx/tls/portal.key", str(certificate.key))


def _moved(text: str, own: Path) -> str:
    """The same with its folders below our own."""
    text = text.replace("/var/lib/portal/static", os.environ["STATIC_ROOT"])
    return text.replace("/etc/nginx/portal", f"{own}/portal").replace("/var/cache/nginx", f"{own}")
