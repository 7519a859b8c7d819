"""A receiver of apprise's `json://` address, which keeps what arrives.

Run by itself it is the companion of `docket plugin check`: `receiver.py FOLDER` serves until it is ended and appends what
arrives to a file in the folder; `receiver.py FOLDER TITLE` counts how often a title arrived."""
from __future__ import annotations

import http.server
import json
import pathlib
import sys
import threading


class Receiver:
    """Use it in a `with` statement. `answers` holds the statuses of the next answers; without one it is 200."""

    def __init__(self) -> None:
        self.arrived: list[dict] = []
        self.answers: list[int] = []
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = owner.answers.pop(0) if owner.answers else 200
                if status == 200:
                    owner.arrived.append({"path": self.path, **body})
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"json://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Receiver:
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def main(folder: pathlib.Path, title: str | None) -> None:
    log, urls = folder / "arrived.ndjson", folder / "urls"
    if title is not None:
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        print(sum(title in json.loads(line)["title"] + json.loads(line)["message"] for line in lines))
        return
    receiver = Receiver()
    urls.write_text(receiver.url + "\n", encoding="utf-8")
    with open(log, "a", encoding="utf-8") as file:
        class Log(list):
            def append(self, item: dict) -> None:
                file.write(json.dumps(item) + "\n")
                file.flush()
        receiver.arrived = Log()
        print(json.dumps({"urls": {"file": str(urls)}}), flush=True)
        receiver.server.serve_forever()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
