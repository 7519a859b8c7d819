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
program = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager") or "alertmanager"


def start():
    """The server, and its address at a port that was free a moment before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    return f"http://{address}", subprocess.Popen(
        [program, f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/data",
         f"--web.listen-address={address}", "--cluster.listen-address=", "--log.level=error"],
        stdin=subprocess.DEVNULL, stdout=sys.stderr)


def is_ready(url):
    try:
        urllib.request.urlopen(f"{url}/-/ready", timeout=5)
        return True
    except OSError:
        return False


def end(*arguments):
    server.kill()
    os._exit(0)


tries = 5
url, server = start()
signal.signal(signal.SIGTERM, end)
while not is_ready(url) or server.poll() is not None:
    if server.poll() is not None:  # somebody else has the port now, say
        tries -= 1
        if tries == 0:
            sys.exit(1)
        url, server = start()
    time.sleep(0.02)
print(json.dumps({"url": url}), flush=True)
server.wait()
