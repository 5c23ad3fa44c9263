"""``python build.py COMMAND``: Klartekst on the site in this folder; without a command it builds."""

from klartekst.cli import main

if __name__ == "__main__":
    main()
