"""What can stop a run, each with the exit code that the command ends with; messages are for people."""


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
