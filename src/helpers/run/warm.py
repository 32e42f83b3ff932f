"""Imported by the process that kernels are forked from: loads what the notebooks need, so that none of them has to."""

import gc
import io
import os
from contextlib import redirect_stdout, suppress
from decimal import Decimal
from importlib import import_module

from helpers.run.tied import die_with_parent

MODULES = (
    "seaborn",
    "matplotlib.backends.backend_svg",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "encodings.utf_8_sig",
    "psutil",
    "sqlite3",
    "helpers.run.kernels",
    "helpers.__main__",  # the main module of whoever asks for a kernel; each kernel would load it again
    "helpers.read.observations",
    "helpers.reconcile.checks",
    "helpers.compare.series",
    "helpers.export.package",
    "helpers.brief.page",
)


def load() -> None:
    """Import ``MODULES``, and read what they would read when they are first used."""
    for module in MODULES:
        import_module(module)
    import_module("jupyter_client.localinterfaces").local_ips()
    import_module("helpers.read.places").official_names()
    import_module("helpers.brief.fragments").load_templates()
    wording, charts = import_module("helpers.brief.wording"), import_module("helpers.brief.charts")
    for language in ("en", *(path.name for path in wording.CATALOGUES.glob("*/"))):
        wording.load_wording(language).language_name(language)
    one = Decimal(1)
    bar = charts.draw_bars([charts.Mark("", "", "", one, one, one)], axis_label="", number=str, ax=charts.new_axes(1))
    charts.to_svg(bar, chart_id="", alt="", description_id="")


die_with_parent()
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger's advice to those who debug; each kernel has its own
# What cannot be loaded is told by the notebook that needs it, and what libraries print here belongs to none.
with suppress(Exception), redirect_stdout(io.StringIO()):
    load()
gc.collect()
gc.freeze()  # what is loaded stays shared with the kernels
