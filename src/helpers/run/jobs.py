"""Do the steps that Snakemake asks a run for, and tell people why one could not be done."""

import sys
import traceback

from helpers.read.files import InputError
from helpers.run.errors import RunError
from helpers.run.kernels import kernel_managers
from helpers.run.plan import Plan
from helpers.run.progress import Progress
from helpers.run.stages import bring_up_to_date


def do(plan: Plan, progress: Progress, words: tuple[str, ...], *, forking: bool) -> bool:
    """Do the step of ``plan`` that ``words`` ask for and return whether it succeeded; ``progress`` is told of it.

    ``forking`` says whether kernels can be forked here.
    """
    try:
        match words:
            case ("publish",):
                from helpers.run.publish import describe, publish

                for line in describe(publish(plan.root)):
                    progress.say(line)
            case ("render", stage, *subjects):
                subject = next(iter(subjects), None)
                bring_up_to_date(plan, stage, subject, kernel_managers(forking=forking), progress)
    except (RunError, InputError) as error:
        progress.say(str(error), sys.stderr)
        return False
    except Exception:
        progress.say(traceback.format_exc(), sys.stderr)
        return False
    return True
