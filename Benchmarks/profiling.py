"""Where docket's instructions go: callgrind counts them, perf samples where valgrind is absent."""
import re, shutil, subprocess
from workload import Missing

TICKETS, FUNCTIONS = 20_000, 40


def profile(workload, docket, tool):
    tool = tool or next((t for t in ("valgrind", "perf") if shutil.which(t)), None)
    if tool is None or not shutil.which(tool):
        raise Missing(f"{tool or 'valgrind or perf'} is not installed (Debian: apt-get install valgrind, or linux-perf)")
    workload.tickets(TICKETS)
    text = callgrind(workload, docket) if tool == "valgrind" else perf(workload, docket)
    return demangled(text)


def callgrind(workload, docket):
    """The functions with the most instructions of their own, and instructions a ticket net of start-up."""
    binary = without_debug_information(workload, docket.arguments(50, 1, "")[0])
    few, many = (instructions(workload, [binary, *docket.arguments(50, n, "out/profile.ndjson")[1:]], n) for n in (1, TICKETS))
    listing = workload.run("callgrind_annotate", "--threshold=100", "--show-percs=yes", f"out/callgrind.{TICKETS}")
    rows = re.findall(r"^ *([\d,]+ \( *[\d.]+%\))  (.+)$", listing.partition("file:function")[2], re.M)
    head = f"{many:,} instructions for {TICKETS:,} tickets, {few:,} for one: {(many - few) // (TICKETS - 1):,} a ticket"
    return "\n".join([head] + [f"{count}  {shortened(name)}" for count, name in rows[:FUNCTIONS]])


def without_debug_information(workload, binary):
    """A copy with symbols only: valgrind before 3.20 gives up on Swift's DWARF 5."""
    workload.run("objcopy", "--strip-debug", binary, "out/profiled")
    return "out/profiled"


def instructions(workload, arguments, tickets):
    out = f"out/callgrind.{tickets}"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *arguments]
    done = subprocess.run(command, cwd=workload.folder, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"callgrind: status {done.returncode}: {done.stderr[-1000:]}")
    return int(re.search(r"^(?:totals|summary): (\d+)", (workload.folder / out).read_text(errors="replace"), re.M)[1])


def perf(workload, docket):
    """Samples of CPU time: fewer than callgrind's counts say, but of the machine itself."""
    workload.run("perf", "record", "-q", "-F", "2000", "-o", "out/perf.data", "--", *docket.arguments(50, TICKETS, "out/profile.ndjson"))
    listing = workload.run("perf", "report", "-q", "--stdio", "--no-children", "--sort", "symbol", "-i", "out/perf.data")
    return "\n".join([f"samples over {TICKETS:,} tickets"] + [line for line in listing.splitlines() if line.strip()][:FUNCTIONS])


def shortened(name):
    """`path/file:function [object]` without the path; of a nameless function the address and the object."""
    place, _, location = name.partition(" [")
    function = place[4:] if place.startswith("???:") else place.rpartition("/")[2]
    return f"{function} in {location.rstrip(']').rpartition('/')[2]}" if function.startswith("0x") else function


def demangled(text):
    if not shutil.which("swift"):
        return text
    return subprocess.run(["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True).stdout
