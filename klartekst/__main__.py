"""``python -m klartekst`` is the command ``klartekst``."""

from klartekst.cli import main

if __name__ == "__main__":
    main()
