"""`briefings`, and `python -m helpers` for where that is not on the path.

A step that belongs to a run is only asked for, before anything is loaded; all else is done here.
"""

import sys
from pathlib import Path

from helpers.run.errors import RunError
from helpers.run.files import find_root
from helpers.run.service import ask, is_offered


def main() -> None:
    """Run the command."""
    words = sys.argv[1:]
    if is_offered() and words[:1] in (["render"], ["publish"]):
        try:
            sys.exit(0 if ask(find_root(Path()), *words) else 1)
        except RunError as error:
            sys.exit(str(error))
    from helpers import cli

    cli.main()


if __name__ == "__main__":
    main()
