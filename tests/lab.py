"""A JupyterLab that serves a folder of notebooks, and a browser tab that runs one of them: for tests and pictures."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

SECONDS = 120  # after which a server or a cell is taken for dead; on an idle machine all takes a fraction of it
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_CELLS = "window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"


@contextmanager
def serve_lab(notebooks: Path, home: Path) -> Iterator[str]:
    """Yield the address of a JupyterLab that serves ``notebooks``, with its token and ``{}`` for a notebook's name.

    What Jupyter keeps goes to ``home``.
    """
    token = secrets.token_hex()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={notebooks}", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    folders = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    server = subprocess.Popen(
        command, env=kept | folders | {"JUPYTER_TOKEN": token}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        url = _wait_until(lambda: _url(home / "runtime" / f"jpserver-{server.pid}.json"), server)
        yield f"{url}lab/tree/{{}}.ipynb?token={token}"
    finally:
        server.kill()  # its kernels end with it
        server.wait()


def run_all(tab: Page, address: str, name: str) -> list[dict]:
    """Open a notebook, choose Run All Cells, and return its cells when the kernel has come to rest."""
    tab.goto(address.format(name))
    tab.wait_for_function(
        """name => {
            const shown = window.jupyterapp?.shell.currentWidget;
            return shown?.context?.isReady && shown.context.path === name
                && shown.sessionContext.session?.kernel?.status === "idle";
        }""",
        arg=f"{name}.ipynb",
    )
    tab.evaluate("window.jupyterapp.commands.execute('runmenu:run-all')")
    tab.wait_for_function(f"{_CELLS}.filter(cell => cell.cell_type === 'code').every(cell => cell.execution_count)")
    return tab.evaluate(_CELLS)


def _url(described: Path) -> str | None:
    """Return the server's address once it says in its runtime folder that it listens."""
    try:
        url = json.loads(described.read_text(encoding="utf-8"))["url"]
        with urllib.request.urlopen(f"{url}login", timeout=5):  # noqa: S310 (our own server)
            return url
    except (OSError, ValueError):
        return None


def _wait_until(answer: Callable[[], str | None], server: subprocess.Popen) -> str:
    deadline = time.monotonic() + SECONDS
    while not (found := answer()):
        assert server.poll() is None, "JupyterLab has ended"
        assert time.monotonic() < deadline, "JupyterLab does not answer"
        time.sleep(0.1)
    return found
