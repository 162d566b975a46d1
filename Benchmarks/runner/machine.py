"""What figures were measured on."""

import os
import platform
import subprocess
from pathlib import Path


def describe(directory):
    """Processor, memory, kernel, file system, device and how syncing is done, as pairs of words."""
    mount = _mount(directory)
    return {
        "processor": f"{_first('/proc/cpuinfo', 'model name')}, {os.cpu_count()} in use",
        "memory": f"{_kib('/proc/meminfo', 'MemTotal') // 1048576} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "file system": f"{mount['type']} ({mount['options']})",
        "device": _device(mount["source"]),
        "sync": "fdatasync of each batch into allocated, zero-filled segments",
        "compiler": _line("swift", "--version"),
        "C compiler": _line("cc", "--version"),
    }


def commit():
    """The commit of the sources, and whether they were changed since."""
    changed = "" if _line("git", "status", "--porcelain", "--untracked-files=no") == "" else ", changed"
    return _line("git", "rev-parse", "--short", "HEAD") + changed


def _line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    except FileNotFoundError:
        return "unknown"
    return done.stdout.strip().splitlines()[0] if done.stdout.strip() else ""


def _first(path, name):
    for line in Path(path).read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "unknown"


def _kib(path, name):
    return int(_first(path, name).split()[0])


def _mount(directory):
    """The mount that holds a directory: the one with the longest path."""
    place = str(Path(directory).resolve())
    best = {"path": "", "source": "unknown", "type": "unknown", "options": ""}
    for line in Path("/proc/mounts").read_text().splitlines():
        source, path, kind, options = line.split()[:4]
        if (place == path or place.startswith(path.rstrip("/") + "/")) and len(path) >= len(best["path"]):
            best = {"path": path, "source": source, "type": kind, "options": options}
    return best


def _device(source):
    name = Path(source).resolve().name
    block = Path("/sys/class/block") / name
    if not block.exists():
        return source
    parent = block.resolve().parent if (block / "partition").exists() else block.resolve()
    queue = parent / "queue"
    facts = [name]
    for label, path in [("rotational", "rotational"), ("write cache", "write_cache"), ("scheduler", "scheduler")]:
        if (queue / path).exists():
            facts.append(f"{label} {(queue / path).read_text().strip()}")
    return ", ".join(facts)
