"""Runs Alertmanager while the plugin is checked, and answers how often an alert arrived.

usage: companion.py FOLDER       prints its settings, then runs until it is ended
       companion.py URL TITLE    prints how many alerts have that summary
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

if len(sys.argv) == 3:
    with urllib.request.urlopen(f"{sys.argv[1]}/api/v2/alerts") as answer:
        print(sum(alert["annotations"].get("summary") == sys.argv[2] for alert in json.load(answer)))
    sys.exit()

folder = sys.argv[1]
with open(f"{folder}/alertmanager.yml", "w", encoding="utf-8") as file:
    file.write("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
program = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager") or "alertmanager"
server = subprocess.Popen(
    [program, f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/data",
     f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=error"],
    stdin=subprocess.DEVNULL, stdout=sys.stderr)


def end(*arguments):
    server.kill()
    os._exit(0)


signal.signal(signal.SIGTERM, end)
url = f"http://127.0.0.1:{port}"
while True:
    try:
        urllib.request.urlopen(f"{url}/-/ready", timeout=5)
        break
    except OSError:
        if server.poll() is not None:
            sys.exit(1)
        time.sleep(0.02)
print(json.dumps({"url": url}), flush=True)
server.wait()
