"""The scratch folder: a copy of the shared benchmark, its data, the rulebooks, and the peers that could be installed."""
import os, shutil, subprocess, sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
ROUTING_ROWS = (50, 300, 3000, 10000)
NATIVE = {"lap": (["gcc", "-O2"], []), "ref_hand": (["g++", "-std=c++20", "-O3", "-march=x86-64-v3"], ["-lsimdjson"]),
          "ref_simdjson": (["g++", "-std=c++20", "-O3", "-march=x86-64-v3"], ["-lsimdjson"])}


class Missing(Exception):
    """Something that the benchmark cannot do without; the text says what and where from."""


class Workload:
    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.python = self.folder / "venv/bin/python"

    def run(self, *command, **options):
        """Runs a command in the folder and returns its standard output; `Missing` with its error text if it fails."""
        done = subprocess.run([str(c) for c in command], cwd=self.folder, text=True, capture_output=True, **options)
        if done.returncode:
            raise Missing(f"{' '.join(map(str, command))}\n{done.stderr.strip()[-2000:]}")
        return done.stdout

    # ------------------------------------------------------------ the shared benchmark and its data
    def copy_shared(self):
        shared = Path(os.environ.get("DOCKET_BENCH", PACKAGE.parent / "shared/bench")).resolve()
        if not (shared / "gen.py").is_file():
            raise Missing(f"the shared benchmark (gen.py, compare.py, peers) is not at {shared}; name its folder in DOCKET_BENCH")
        for source in (p for p in shared.rglob("*") if p.is_file()):
            target = self.folder / source.relative_to(shared)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)                          # not the mode: the source may be read-only
        for name in ("data", "out", "build", "rulebooks"):
            (self.folder / name).mkdir(exist_ok=True)

    def tickets(self, count):
        path = self.folder / f"data/t{count}.ndjson"
        if not path.exists():
            print(f"generating {count:,} tickets", flush=True)
            self.run(sys.executable, "gen.py", count, f"{path}.part")
            os.rename(f"{path}.part", path)
        return path

    def rules(self):
        for rows in ROUTING_ROWS:
            neutral = self.folder / f"data/rules_{rows}.json"
            self.run(sys.executable, "gen.py", "--rules", rows, neutral)
            shutil.rmtree(self.folder / f"rulebooks/{rows}", ignore_errors=True)
            self.run(sys.executable, HERE / "adapter.py", neutral, self.folder / f"rulebooks/{rows}")

    # ------------------------------------------------------------ programs
    def install_python(self):
        if not self.python.exists():
            self.run(sys.executable, "-m", "venv", "venv")
        if not self.has_module("orjson"):                            # compare.py and the reference need it
            self.run(self.python, "-m", "pip", "install", "-q", "orjson")

    def has_module(self, name):
        return subprocess.run([self.python, "-c", f"import {name}"], cwd=self.folder, capture_output=True).returncode == 0

    def install_module(self, module, package):
        """Whether the module can be imported, after an attempt to install its package."""
        if self.has_module(module):
            return True
        try:
            self.run(self.python, "-m", "pip", "install", "-q", package)
        except Missing:
            return False
        return self.has_module(module)

    def build(self, name):
        """Whether the native program is there, after an attempt to compile it."""
        flags, libraries = NATIVE[name]
        program, source = self.folder / "build" / name, next((self.folder / "peers/native").glob(f"{name}.c*"))
        if program.exists():
            return True
        try:
            self.run(*flags, "-o", program, source, *libraries)
        except (Missing, FileNotFoundError) as error:
            print(f"not built: {name}: {str(error).splitlines()[-1]} (Debian: apt-get install g++ libsimdjson-dev)")
            return False
        return True

    def export_for_peers(self):
        """The tables in the forms that some peers read instead."""
        self.run(self.python, "peers/common.py", "data/rules_50.json", "data/worktime.json")
        for rows in ROUTING_ROWS:
            text = self.run(self.python, "peers/cel_gen.py", f"data/rules_{rows}.json")
            (self.folder / f"data/cel_{rows}.json").write_text(text, encoding="utf-8")

    def prepare(self, counts):
        self.copy_shared()
        self.rules()
        for count in counts:
            self.tickets(count)
        self.install_python()
        if not self.build("lap"):
            raise Missing("build/lap, which takes the CPU seconds, needs a C compiler")
        self.export_for_peers()
