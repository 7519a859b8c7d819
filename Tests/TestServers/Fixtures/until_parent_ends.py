"""Ends this process when its standard input ends, so that no server outlives the test that started it."""
import os
import sys
import threading


def watch():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=watch, daemon=True).start()
