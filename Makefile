# Each target sets up what it needs. Needed on the machine: Python 3.11 or newer with venv, make, git.

PYTHON ?= python3
RUN := .venv/bin
LAB := .venv-lab/bin

.DEFAULT_GOAL := briefings
.PHONY: briefings test test-pages test-slurm lab bench docs lock

briefings: .venv/installed  ## render what is out of date and publish it
	$(RUN)/briefings run

test: .venv-lab/installed  ## every check: style, import order, behaviour; three files at a time, each in one process
	$(LAB)/ruff check .
	$(LAB)/ruff format --check .
	$(LAB)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

test-pages: .venv-lab/installed  ## what `make test` does with one page of each subject, with every page
	$(LAB)/python -m pytest tests/browser -m every_page

test-slurm: .venv-cluster/installed  ## a run on a Slurm cluster of two nodes on this machine; needs root and Debian
	tests/slurm/cluster.sh $(abspath .venv-cluster/bin/python) tests/slurm/try_small_project.py

lab: .venv-lab/installed  ## JupyterLab on the notebooks
	$(LAB)/jupyter lab notebooks

bench: .venv/installed .venv-bench/installed  ## accuracy and speed beside other libraries, into benchmarks/README.md
	$(RUN)/python benchmarks/extraction.py
	$(RUN)/python benchmarks/run.py

docs: .venv/installed  ## docs/figures.md from the published tables
	$(RUN)/python docs/figures.py

lock: .venv-lab/installed  ## pin again what pyproject.toml asks for; environment.yml is then held against it by a test
	$(LAB)/uv pip compile $(COMPILE) --extra build pyproject.toml -o requirements.lock
	$(LAB)/uv pip compile $(COMPILE) --extra build --extra lab --extra test -c requirements.lock \
		pyproject.toml -o requirements-lab.lock
	$(LAB)/uv pip compile $(COMPILE) --extra build --extra cluster -c requirements.lock pyproject.toml -o requirements-cluster.lock
	$(LAB)/uv pip compile $(COMPILE) benchmarks/requirements.in -o benchmarks/requirements.lock

COMPILE := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

.venv/installed: requirements.lock
.venv-lab/installed: requirements-lab.lock
.venv-cluster/installed: requirements-cluster.lock

# The stamp is written last, so that an interrupted set-up starts again.
%/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is older than 3.11; name a newer one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv --clear $*
	@awk '/^uv==/ {pinned = 1} pinned {print} pinned && !/\\$$/ {exit}' $(filter %.lock,$^) > $*/uv.lock
	$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $*/uv.lock
	$*/bin/uv pip install --quiet --compile-bytecode --python $*/bin/python --require-hashes --requirement $(filter %.lock,$^)
	$*/bin/uv pip install --quiet --python $*/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

# The libraries that others read numbers with stay out of the project's own environments.
.venv-bench/installed: benchmarks/requirements.lock .venv/installed
	$(RUN)/uv venv --quiet --clear --python $(RUN)/python .venv-bench
	$(RUN)/uv pip install --quiet --python .venv-bench/bin/python --require-hashes --requirement $<
	@touch $@
