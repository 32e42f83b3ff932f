"""Let the jobs of a run be done by the nodes of a cluster, as a profile of Snakemake says.

Only what is built is: publishing stays with the holder of the run lock, on the machine where the run was started.
"""

import subprocess
import sys
from pathlib import Path
from typing import IO

from helpers.read.files import InputError
from helpers.run.environment import prepare_environment
from helpers.run.errors import WorkflowError
from helpers.run.evidence import describe_failure, find_evidence

# As on one machine, but for what the profile decides: where the jobs go, and how many at a time.
_SNAKEMAKE = ("--omit-from", "publish", "--nolock", "--rerun-incomplete", "--keep-going", "--quiet", "rules")


def build_on_cluster(root: Path, held: IO, profile: Path) -> None:
    """Build what is out of date in the project at ``root`` with the ``profile``, a folder with a `config.yaml`.

    ``held`` is the run lock, which Snakemake inherits: it goes on when only the process that started it is killed.
    Raises InputError for a folder that is no profile, and WorkflowError with a line for each notebook that failed.
    """
    if not (profile / "config.yaml").is_file():
        raise InputError(f"--profile: {profile} has no config.yaml; name a folder like profiles/slurm")
    command = [sys.executable, "-m", "snakemake", "--profile", str(profile.resolve()), *_SNAKEMAKE]
    former = find_evidence(root)
    finished = subprocess.run(  # noqa: S603 (our own words)
        command, cwd=root, env=prepare_environment(root), pass_fds=[held.fileno()], check=False
    )
    if finished.returncode:
        failed = [describe_failure(record) for record, at in find_evidence(root).items() if former.get(record) != at]
        ended = "The run did not come to its end; what was published before is as it was."
        raise WorkflowError("\n".join([*failed, ended, "What the jobs said is in .snakemake/slurm_logs."]))
