"""`python -m helpers` is the `briefings` command, for where that is not on the path."""

from helpers.cli import main

main()
