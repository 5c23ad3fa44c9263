"""``python build.py COMMAND``: Klartekst on the site in this folder. Without one it builds."""

try:
    from klartekst.cli import main
except ModuleNotFoundError as error:
    raise SystemExit(
        f"The package “{error.name}” is not installed for this Python.\n"
        "Run “make build” once; then use .venv/bin/python build.py"
    ) from None

if __name__ == "__main__":
    main()
