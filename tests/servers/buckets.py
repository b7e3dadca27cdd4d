"""A server that speaks S3 over TLS on the loopback: moto's, which asks for permission as a store
does. It keeps everything in memory."""

import threading
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.servers.certificates import Certificate


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """A line for each request says nothing here."""


class Buckets:
    """Listens on a free port; has two buckets of which nobody may read without a signature."""

    def __init__(self, certificate: Certificate) -> None:
        self._dispatch = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1",
            0,
            self._noted,
            threaded=True,
            request_handler=_Silent,
            ssl_context=certificate.for_server(),
        )
        self.headers: list[set[str]] = []
        self.address = f"https://127.0.0.1:{self._server.server_port}"
        self.public, self.private = (f"{kind}-{uuid4().hex[:8]}" for kind in ("media", "private"))
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        client = self.client(str(certificate.authority))
        for bucket in (self.public, self.private):
            client.create_bucket(Bucket=bucket)

    def client(self, authority: str) -> Any:
        """A client that may do everything."""
        return boto3.client(
            "s3",
            endpoint_url=self.address,
            aws_access_key_id="trial",
            aws_secret_access_key="trial",
            region_name="us-east-1",
            verify=authority,
        )

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _noted(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Remembers the names of the headers that came."""
        self.headers.append({name for name in environ if name.startswith("HTTP_")})
        answer: Iterable[bytes] = self._dispatch(environ, start_response)
        return answer
