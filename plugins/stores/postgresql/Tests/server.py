#!/usr/bin/env python3
"""A PostgreSQL server of its own, in a temporary folder, for tests and benchmarks.

Prints one line of JSON when it takes connections, and stops on SIGTERM or at the end of stdin with --until-eof: so it also
ends with a test that crashes. On stdin it takes the lines `stop`, `start` and `standby`, which starts a second server that
follows this one, and answers each with a line.

--tickets COUNT makes Docket's tables by the plugin itself, and fills them.
--password FILE writes the role's password there.
--no-tls leaves TLS out.

Over the Unix socket everybody is let in, over 127.0.0.1 by password; the role and its password are `docket`.
"""
import glob
import json
import os
import pwd
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

USER = "docket"


def binaries():
    """The folder of the newest server here."""
    folders = glob.glob("/usr/lib/postgresql/*/bin") + [os.path.dirname(p) for p in [shutil.which("initdb")] if p]
    folders = [f for f in folders if os.path.exists(os.path.join(f, "initdb"))]
    if not folders:
        sys.exit("no PostgreSQL server is installed: apt-get install postgresql")
    return max(folders, key=lambda f: [int(n) for n in re.findall(r"\d+", f)])


def account():
    """Whom to run as: the server refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, tls):
        self.bin = binaries()
        self.account = account()
        self.folder = tempfile.mkdtemp(prefix="docket-postgresql-")
        self.data = os.path.join(self.folder, "data")
        self.tls = tls
        self.process = None
        self.follower = None
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self.port = None

    def run(self, *words, **options):
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.identity(), **options)

    def identity(self):
        if not self.account:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def make(self):
        with open(f"{self.folder}/password", "w") as file:
            file.write(USER)
        self.run(
            f"{self.bin}/initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8",
            "--pwfile", "password", "--no-sync")
        if self.tls:
            self.make_certificates()
        with open(f"{self.data}/postgresql.conf", "a") as file:
            file.write(
                f"listen_addresses = '127.0.0.1'\nunix_socket_directories = '{self.folder}'\n"
                "fsync = off\nfull_page_writes = off\nmax_connections = 1000\nmax_prepared_transactions = 4\n"
                "shared_buffers = '256MB'\nlog_min_messages = fatal\n")
            if self.tls:
                file.write(
                    f"ssl = on\nssl_cert_file = '{self.folder}/server.crt'\nssl_key_file = '{self.folder}/server.key'\n")
        with open(f"{self.data}/pg_hba.conf", "w") as file:
            file.write("local all all trust\nlocal replication all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")

    def make_certificates(self):
        def openssl(*words):
            self.run("openssl", *words, stderr=subprocess.DEVNULL)

        for name in ("authority", "stranger"):
            openssl(
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout",
                f"{name}.key", "-out", f"{name}.crt")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
        with open(f"{self.folder}/names", "w") as file:
            file.write("subjectAltName = DNS:localhost\n")
        openssl(
            "x509", "-req", "-in", "server.csr", "-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial",
            "-days", "2", "-extfile", "names", "-out", "server.crt")
        os.chmod(f"{self.folder}/server.key", 0o600)
        os.chmod(self.folder, 0o755)

    def start(self):
        """At the port of the last time; the first time at any, and at another one where that was taken meanwhile."""
        for _ in range(5):
            port = self.port or free_port()
            if self.start_at(port):
                self.port = port
                return
        sys.exit("the server ended while it started")

    def start_at(self, port):
        """Whether it takes connections; not where it ends at once."""
        self.process = subprocess.Popen(
            [f"{self.bin}/postgres", "-D", self.data, "-p", str(port)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(f"{self.folder}/log", "a"), cwd=self.folder, start_new_session=True, **self.identity())
        for _ in range(2400):
            if self.process.poll() is not None:
                return False
            if subprocess.run(
                    [f"{self.bin}/pg_isready", "-q", "-h", self.folder, "-p", str(port), "-U", USER]).returncode == 0:
                return True
            time.sleep(0.05)
        sys.exit("the server does not start")

    def standby(self):
        """A server that follows this one."""
        self.follower = Server(tls=False)
        other = self.follower
        other.run(
            f"{self.bin}/pg_basebackup", "-D", other.data, "-R", "-c", "fast", "-h", self.folder, "-p", str(self.port),
            "-U", USER, "--no-sync")
        with open(f"{other.data}/postgresql.conf", "a") as file:
            file.write(f"unix_socket_directories = '{other.folder}'\nssl = off\n")
        other.start()

    def stop(self, signals=(signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)):
        """Ends sessions and shuts down; where that takes too long, at once."""
        if self.process and self.process.poll() is None:
            for sign in signals:
                self.process.send_signal(sign)
                try:
                    self.process.wait(10)
                    break
                except subprocess.TimeoutExpired:
                    pass
        self.process = None

    def remove(self):
        if self.follower:
            self.follower.remove()
        # Nobody needs the data any more.
        self.stop((signal.SIGQUIT, signal.SIGKILL))
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self):
        return {"host": self.folder, "port": self.port, "database": "postgres", "user": USER, "bin": self.bin}

    def fill(self, count):
        """Makes Docket's tables by the plugin, and tickets by SQL."""
        plugin = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bin", "docket-postgresql")
        config = {k: v for k, v in self.settings().items() if k != "bin"} | {"create": True}
        request = {"jsonrpc": "2.0", "id": "1", "method": "initialize", "params": {"protocol": 1, "config": config}}
        with subprocess.Popen([plugin], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            print(json.dumps(request), file=process.stdin, flush=True)
            answer = process.stdout.readline()
            process.stdin.close()
        if '"result"' not in answer:
            sys.exit("the plugin makes no tables: " + answer)
        sql = (
            "INSERT INTO docket.tickets (id, json) SELECT 'T-' || i, json_build_object('id', 'T-' || i) "
            f"FROM generate_series(1, {count}) AS i")
        self.run(f"{self.bin}/psql", "-q", "-h", self.folder, "-p", str(self.port), "-U", USER, "-c", sql, "postgres")


def serve(server, until_eof):
    lines = b""
    while True:
        ready = select.select([0] if until_eof else [], [], [], 60)[0]
        if not ready:
            continue
        chunk = os.read(0, 4096)
        if not chunk:
            return
        lines += chunk
        while b"\n" in lines:
            line, lines = lines.split(b"\n", 1)
            {b"stop": server.stop, b"start": server.start, b"standby": server.standby}[line]()
            print(json.dumps((server.follower or server).settings()), flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    words = sys.argv[1:]
    server = Server(tls="--no-tls" not in words)
    try:
        server.make()
        server.start()
        if "--tickets" in words:
            server.fill(int(words[words.index("--tickets") + 1]))
        if "--password" in words:
            with open(words[words.index("--password") + 1], "w") as file:
                file.write(USER)
        print(json.dumps(server.settings()), flush=True)
        serve(server, "--until-eof" in words)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        server.remove()


if __name__ == "__main__":
    main()
