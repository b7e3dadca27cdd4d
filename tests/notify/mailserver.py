"""A mail server of forty lines that takes, refuses, hangs or drops, as it is told to."""

import email
import socketserver
import threading
from email import policy


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of the loopback; keeps what it took in ``mails``."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Conversation)
        self.mails, self.manner, self.replies, self.connections = [], "take", {}, 0
        self.release, self.taking = threading.Event(), threading.Lock()
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


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        server = self.server
        server.connections += 1
        if server.manner == "hang":
            server.release.wait(30)
            return
        if server.manner == "drop":
            return
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            command = line.split(":")[0].split()[0].upper()
            if command == "QUIT":
                return self.say("221 bye")
            if command == "DATA" and "DATA" not in server.replies:
                self.say("354 go on")
                if not self.take():
                    return
                continue
            unknown = "550 unknown" if "refused@" in line else "250 ok"
            self.say(server.replies.get(command, unknown))

    def take(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        with self.server.taking:
            mail = email.message_from_bytes(b"".join(lines), policy=policy.default)
            self.server.mails.append(mail)
        if self.server.manner == "forget":
            # It has taken the mail, and dies before it can say so.
            return False
        self.say("250 taken")
        return True

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
