"""Tell a person at a terminal what runs, how far it is and what is left; a log file gets a line for every step."""

import sys
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TextIO

from tqdm import tqdm

from helpers.run.plan import Step


class Progress:
    """How far a run is; told by many threads at once.

    Which steps are up to date already only shows when those of the next stage begin, so what is left is rather told
    too long than too short.
    """

    def __init__(self, steps: Mapping[str, Sequence[Step]]) -> None:
        self._left = {stage: len(steps[stage]) for stage in steps}
        self._total = sum(self._left.values())
        self._at_work: list[str] = []
        self._lock = Lock()
        self._bar = tqdm(
            total=self._total,
            disable=None,  # where there is no terminal
            unit="step",
            bar_format="{n}/{total} {bar:20} {elapsed}, about {remaining} left{postfix}",
            leave=False,
        )

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def begin(self, step: Step) -> None:
        """Tell that ``step`` is at work, and that nothing is left of the stages before."""
        with self._lock:
            for stage in self._left:
                if stage == step.stage:
                    break
                self._bar.update(self._left[stage])
                self._left[stage] = 0
            self._at_work.append(step.name)
            self._show()

    def end(self, step: Step, how: str) -> None:
        """Tell that ``step`` has ended, in a line that stays."""
        with self._lock:
            self._at_work.remove(step.name)
            self._left[step.stage] -= 1
            self._bar.update()
            self.say(f"{self._total - sum(self._left.values())} of {self._total}: {step.name} {how}")
            self._show()

    @staticmethod
    def say(line: str, file: TextIO | None = None) -> None:
        """Print a line, above what changes."""
        tqdm.write(line, file=file or sys.stdout)

    def _show(self) -> None:
        self._bar.set_postfix_str(", ".join(self._at_work))
