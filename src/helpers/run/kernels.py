"""Kernels that start warm: each is forked from a process that has loaded what the notebooks import.

Loading pandas, matplotlib and seaborn costs a kernel more time than its cells do. A kernel is still a process of its
own, in which nothing has run yet, and it dies with the runner that started it. Where the system cannot fork, Jupyter
starts its ordinary kernels.
"""

import atexit
import gc
import multiprocessing
import os
import signal
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from helpers.run.forks import METHOD, begin_to_load
from helpers.run.tied import die_with_parent


def warm_up(root: Path) -> type[AsyncKernelManager]:
    """Begin to load what kernels need and return the class of managers that start them, for the project at ``root``."""
    return kernel_managers(forking=begin_to_load(root))


def kernel_managers(*, forking: bool) -> type[AsyncKernelManager]:
    """Return the class of managers that start kernels."""
    return WarmKernelManager if forking else AsyncKernelManager


class WarmKernelManager(AsyncKernelManager):
    """Starts kernels by forking; everything else is Jupyter's own way."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self.provisioner = _ForkedKernel(kernel_spec=self.kernel_spec, parent=self)


class _ForkedKernel(LocalProvisioner):
    """A kernel on this machine that is forked instead of started from its command."""

    async def launch_kernel(self, cmd: list[str], **kwargs: object) -> KernelConnectionInfo:
        arguments = cmd[cmd.index("-f") :]  # behind the interpreter and the module, which are running already
        process = multiprocessing.get_context(METHOD).Process(
            target=_serve, args=(arguments, dict(kwargs["env"]), kwargs.get("cwd") or os.getcwd())
        )
        process.start()
        self.process = _Handle(process)
        self.pid = self.pgid = process.pid
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started, but no interrupt to one that is told to end anyway."""
        if signum != signal.SIGINT or not self.parent.shutting_down:
            await super().send_signal(signum)


class _Handle:
    """A forked process with the methods of ``subprocess.Popen`` that Jupyter asks for."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _serve(arguments: list[str], environment: Mapping[str, str], folder: str) -> None:
    """Be a kernel until told to end: in the fork, as if the process had just been started from its command."""
    die_with_parent()
    if not multiprocessing.parent_process().is_alive():  # the runner was killed before the line above
        os._exit(1)
    os.setsid()  # Jupyter signals the group, so that what a notebook starts ends with it
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    np.random.seed()  # forks would all draw the same numbers; Python's own generator sees to itself
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    app.start()
    # The thread that says that the kernel ends would wait ten seconds for another one, which the lines below end.
    app.control_thread.stop()
    app.control_thread.join()
    gc.freeze()  # reset would have all searched for garbage
    app.shell.reset(new_session=False)  # closes the files that the notebook left open; the fork ends without doing so
    atexit._run_exitfuncs()


@atexit.register
def _end_kernels() -> None:
    """Let an interrupted runner end at once: multiprocessing would wait for the kernels."""
    for process in multiprocessing.active_children():
        process.kill()
