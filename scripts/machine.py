"""What the machine must have before anything runs: Debian packages, Python, a virtual environment.

Standard library only: this runs with the system's own python3 on a fresh machine.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# For tests and pictures: without a window, and without asking its maker for anything.
CHROMIUM_SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Probe = Callable[[], bool]


def find_chromium() -> str | None:
    """The browser that tests drive: the one named by CHROMIUM, or the first on the path."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's newest programs; Debian keeps them off the path."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name)
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def _has_venv() -> bool:
    """Debian splits venv off: the module is there, what it needs is in python3-venv."""
    command = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _has_chinese_font() -> bool:
    listing = shutil.which("fc-list") and subprocess.run(
        ["fc-list", ":lang=zh-cn"], capture_output=True, check=False
    )
    return bool(listing and listing.stdout.strip())


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


TO_RUN: dict[str, Probe] = {
    "python3-venv": _has_venv,
    "ffmpeg": lambda: shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None,
    "libpango-1.0-0": lambda: _has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: _has_library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: _has_library("libharfbuzz-subset.so.0"),
    "fontconfig": lambda: shutil.which("fc-list") is not None,
    "fonts-noto-cjk": _has_chinese_font,
}
TO_TEST: dict[str, Probe] = TO_RUN | {
    "postgresql": lambda: find_postgres() is not None,
    "redis-server": lambda: shutil.which("redis-server") is not None,
    "chromium": lambda: find_chromium() is not None,
}


def require_python() -> None:
    """Ends with a sentence where this Python is too old."""
    found = sys.version.split()[0]
    if sys.version_info < (3, 11):  # noqa: UP036 - the machine's python3 decides, not pyproject's
        sys.exit(f"需要 Python 3.11 或更新版本，现在是 {found}（可用 PYTHON= 指定）。")


def require_packages(wanted: dict[str, Probe]) -> None:
    """Install by apt what is missing; where that isn't allowed, name it and end."""
    missing = [package for package, is_there in wanted.items() if not is_there()]
    if not missing:
        return
    apt = _apt()
    if apt is None:
        sys.exit(f"缺少软件包，请先安装：sudo apt-get install {' '.join(missing)}")
    print(f"安装软件包：{' '.join(missing)}", flush=True)
    quiet = {"stdout": subprocess.DEVNULL}
    subprocess.run([*apt, "update", "-q"], check=False, **quiet)
    install = [*apt, "install", "-q", "-y", "--no-install-recommends", *missing]
    done = subprocess.run(install, check=False, **quiet)
    still = [package for package in missing if not wanted[package]()]
    if done.returncode or still:
        sys.exit(f"apt-get 没有装好：{' '.join(still or missing)}。请手工安装后再试。")


def _apt() -> list[str] | None:
    """apt-get as root, or by a sudo that asks no password; None where neither is there."""
    if not shutil.which("apt-get"):
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return command
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", *command] if allowed.returncode == 0 else None


def require_environment(requirements: str) -> None:
    """Make .venv hold what requirements/<name>.txt pins; a stamp lets the next run skip it.

    ``dev`` holds all of ``base``, so an environment made for tests also runs the platform.
    """
    names = [requirements] if requirements == "dev" else [requirements, "dev"]
    wanted = {name: _digest(name) for name in names}
    stamp = VENV / "pinned"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() in wanted.values():
        return
    if not (PYTHON.exists() and _works()):
        print("建立 Python 环境 .venv", flush=True)
        venv.create(VENV, clear=True, with_pip=True)
    print(f"安装 requirements/{requirements}.txt（首次需要一两分钟）", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    source = str(ROOT / "requirements" / f"{requirements}.txt")
    done = subprocess.run([*pip, "--require-hashes", "-r", source], check=False)
    if done.returncode:
        sys.exit("Python 软件包没有装好，原因见上。请检查网络或 pip 的镜像设置后再试。")
    stamp.write_text(wanted[requirements])


def _works() -> bool:
    """False for an environment whose Python was upgraded or removed under it."""
    command = [str(PYTHON), "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _digest(name: str) -> str:
    content = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()
