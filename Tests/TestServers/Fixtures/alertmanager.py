"""Runs Alertmanager on a free port of loopback until standard input ends; prints the port when it is ready.

usage: alertmanager.py PROGRAM FOLDER [OPTION...]

FOLDER holds `alertmanager.yml`, and is where it keeps its data.
"""
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

program, folder, options = sys.argv[1], sys.argv[2], sys.argv[3:]


def start():
    """The server, and a port that was free a moment before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return port, subprocess.Popen(
        [program, f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=error"] + options,
        stdin=subprocess.DEVNULL, stdout=sys.stderr)


def is_ready(port):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=5)
        return True
    except urllib.error.HTTPError as error:
        return error.code == 401
    except OSError:
        return False


tries = 5
port, server = start()
while not is_ready(port) or server.poll() is not None:
    if server.poll() is not None:  # somebody else has the port now, say
        tries -= 1
        if tries == 0:
            sys.exit(1)
        port, server = start()
    time.sleep(0.02)
print(port, flush=True)
sys.stdin.buffer.read()
server.kill()
server.wait()
