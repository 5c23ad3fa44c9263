"""The rules, by subject. Each is a small function that reads a `Subject` and gives what it found."""

from klartekst.check.finding import Rule
from klartekst.check.rules import cookies, known, law, notice, register, rights

RULES: tuple[Rule, ...] = (
    *notice.RULES, *rights.RULES, *register.RULES, *cookies.RULES, *known.RULES, *law.RULES,
)  # fmt: skip
"""Every rule, in the order of the handbook."""

BY_CODE = {rule.code: rule for rule in RULES}
