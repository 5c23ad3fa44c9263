"""Options that several commands have."""

from __future__ import annotations

import datetime

import click


class Date(click.ParamType[datetime.date]):
    """A date as ``2026-01-15``."""

    name = "date"

    def convert(
        self, value: object, parameter: click.Parameter | None, context: click.Context | None
    ) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a date; write for example 2026-01-15", parameter, context)


# The one place where the clock is read.
as_of_option = click.option(
    "--as-of",
    type=Date(),
    default=datetime.date.today,
    show_default="today",
    help="The day for which the site is made: what is in force, what is announced.",
)
