"""An HTTP server that answers as it is told and writes down what it gets.

usage: http_receiver.py LOG ANSWERS [CERTIFICATE KEY]

LOG gets one JSON line a request. ANSWERS is a JSON list: the first request gets the first answer and so on, the last answer
stands for all that follow. An answer has `status`, `headers`, `body`, `delay` (seconds before it), `close` (no answer at all),
`endless` (a body that does not end).
"""
import json
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import until_parent_ends  # noqa: F401

log_path, answers = sys.argv[1], json.loads(sys.argv[2])
lock = threading.Lock()
served = 0
connections = 0


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one packet, without the wait of Nagle's algorithm for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self):
        global connections
        with lock:
            connections += 1
            self.connection_number = connections
        super().setup()

    def answer(self):
        global served
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            answer = answers[min(served, len(answers) - 1)]
            served += 1
            with open(log_path, "a", encoding="utf-8") as log:
                log.write(json.dumps({
                    "method": self.command, "path": self.path, "connection": self.connection_number,
                    "headers": {name.lower(): value for name, value in self.headers.items()},
                    "body": body.decode("utf-8"),
                }) + "\n")
        time.sleep(answer.get("delay", 0))
        if answer.get("close"):
            self.close_connection = True
            return
        content = answer.get("body", "ok").encode("utf-8")
        self.send_response(answer.get("status", 200))
        for name, value in answer.get("headers", {}).items():
            self.send_header(name, value)
        if not answer.get("endless"):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        while answer.get("endless"):
            self.wfile.write(b"x" * 65536)

    do_GET = do_POST = answer

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # Connections that wait to be accepted: as many as a test makes at once, for the client tries again
    # a second later where there is no room.
    request_queue_size = 128

    def handle_error(self, *arguments):
        pass  # A client that gives up is what some tests are about.


server = Server(("127.0.0.1", 0), Receiver)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
