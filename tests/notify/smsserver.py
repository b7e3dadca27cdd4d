"""An SMS gateway that checks signatures and drops doubles; or is slow, rude or mad, as told."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote


class SmsServer(ThreadingHTTPServer):
    """``taken`` holds what went out, by id; ``requests`` all that were well signed."""

    daemon_threads = True

    def __init__(self, secret, port=0):
        super().__init__(("127.0.0.1", port), _Answer)
        self.secret, self.manner, self.code, self.status = secret, "take", "OK", 200
        self.taken, self.requests, self.heads, self.nonces = {}, [], [], set()
        self.release, self.taking = threading.Event(), threading.Lock()
        self.outwaited = False
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def port(self):
        return self.server_address[1]

    def stop(self):
        self.release.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def verdict(self, fields):
        """What a gateway says to the fields, by the protocol in docs/decisions/sms.md."""
        signed = dict(fields)
        given = signed.pop("sign", "")
        text = "&".join(
            f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in sorted(signed.items())
        )
        right = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(given, right) or signed["nonce"] in self.nonces:
            return "SIGN"
        if abs(time.time() - int(signed["timestamp"])) > 300:
            return "CLOCK"
        with self.taking:
            self.nonces.add(signed["nonce"])
            self.requests.append(signed)
            if self.code == "OK":
                twice = signed["id"] in self.taken
                self.taken.setdefault(signed["id"], signed)
                return "DUPLICATE" if twice else "OK"
        return self.code


def quote_all(text):
    return quote(text, safe="")


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        server.heads.append((self.path, self.headers["Content-Type"]))
        code = server.verdict(dict(parse_qsl(body, strict_parsing=True)))
        if server.manner == "slow":
            server.outwaited = not server.release.wait(30)
        elif server.manner == "drip":
            self.drip()
        elif server.manner == "redirect":
            self.say(307, b"", Location=f"http://127.0.0.1:{server.port}/other")
        elif server.manner == "nonsense":
            self.say(server.status, b"<html>OK</html>")
        elif server.manner == "take":
            self.say(server.status, json.dumps({"code": code}).encode())
        # "drop": it has taken the message, and hangs up before it says so.

    def drip(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not self.server.release.wait(0.1):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def say(self, status, body, **headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Silence."""
