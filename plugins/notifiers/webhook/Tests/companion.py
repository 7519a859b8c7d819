"""Receives posts while the plugin is checked: counts the titles that arrive, and answers how often one did.

usage: companion.py            prints its settings, then serves until it is ended
       companion.py URL TITLE  prints how often TITLE arrived
"""
import json
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

arrived = []


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, content):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        arrived.append(body["title"])
        self.answer(b"{}")

    def do_GET(self):
        self.answer(json.dumps(arrived).encode())

    def log_message(self, *arguments):
        pass


if len(sys.argv) == 3:
    with urllib.request.urlopen(sys.argv[1]) as answer:
        print(json.load(answer).count(sys.argv[2]))
else:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_address[1]}/hook"}), flush=True)
    server.serve_forever()
