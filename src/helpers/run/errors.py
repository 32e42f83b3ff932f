"""What can stop a run, each with the exit code that the command ends with; messages are for people."""

from helpers.read.files import InputError


class RunError(RuntimeError):
    """The run did not come to its end; what was published is as it was."""

    exit_code = 1


class NotebookError(RunError):
    """A notebook did not run to its end; the message is one line."""


class PublishError(RunError):
    """What was built is not fit to be published; one line for each problem."""


class WorkflowError(RunError):
    """Snakemake gave up; the steps have said why."""


class AlreadyRunningError(RunError):
    """Another run of the same project is at work."""

    exit_code = 3


class StaleError(RunError):
    """No run has ended well for longer than was asked for."""


def exit_code_of(error: BaseException) -> int:
    """Return the code that the command ends with when ``error`` is raised.

    >>> [exit_code_of(error) for error in (AlreadyRunningError(), InputError("a.csv: no code"), ZeroDivisionError())]
    [3, 2, 1]
    """
    match error:
        case RunError():
            return error.exit_code
        case InputError():
            return 2
        case KeyboardInterrupt():
            return 130
    return 1
