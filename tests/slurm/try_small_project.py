"""Run the small project on the cluster that tests/slurm/cluster.sh keeps up: started by `make test-slurm`."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from small_project import PROJECT, make_project

PROFILE = PROJECT / "profiles" / "slurm"


def run(project, **variables):
    answer = project.briefings("run", "--profile", str(PROFILE), **variables)
    print(answer.stderr, answer.stdout, f"exit code {answer.returncode}", sep="\n", flush=True)
    return answer


def main():
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        project = make_project(Path(folder))
        failed = run(project, FAIL="2-compare")
        assert failed.returncode == 1
        assert "2-compare.ipynb, cell 4 (import os): RuntimeError: bad luck" in failed.stderr
        assert project.published() == {}
        assert run(project).returncode == 0
        assert "First title" in project.page()
        assert project.briefings("run").stdout == "Nothing to do: everything is up to date.\n"
        print(project.briefings("history").stdout)


if __name__ == "__main__":
    main()
