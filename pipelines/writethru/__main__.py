"""`python -m writethru` is the `writethru` command."""

from writethru.cli import main

main(prog_name="writethru")
