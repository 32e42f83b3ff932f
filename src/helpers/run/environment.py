"""Where libraries keep their own files during a run, so that neither HOME nor a terminal is needed.

Matplotlib, IPython, Jupyter and Snakemake write caches into the home folder unless told otherwise, and read settings
there, which would make one person's pages differ from another's.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def prepare_environment(root: Path, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for the processes of a run in the project at ``root``, having made the folder it names.

    The interpreter that runs this comes first on PATH, so that `briefings` and `python` are its own; kernels other than
    its own are not found. String hashing is fixed because a set of names may reach an output unsorted by mistake.
    """
    kept = {name: value for name, value in inherited.items() if name not in _PERSONAL}
    home = root.resolve() / ".build" / "home"
    home.mkdir(parents=True, exist_ok=True)
    return kept | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), inherited.get("PATH", os.defpath)]),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter" / "config"),
        "JUPYTER_DATA_DIR": str(home / "jupyter" / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "jupyter" / "runtime"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }


_PERSONAL = ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "MATPLOTLIBRC", "SNAKEMAKE_PROFILE", "PYTHONSTARTUP")
