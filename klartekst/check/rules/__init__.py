"""The rules by subject. Each is a small function that reads a `Subject` and says what it finds."""

from klartekst.check.finding import Rule
from klartekst.check.rules import (
    cookies,
    facts,
    known,
    language,
    law,
    notice,
    parity,
    register,
    rights,
    translations,
    typography,
    web,
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    *notice.RULES, *rights.RULES, *register.RULES, *facts.RULES, *cookies.RULES, *known.RULES,
    *law.RULES, *language.RULES, *typography.RULES, *web.RULES, *translations.RULES,
    *parity.RULES,
)  # fmt: skip
"""Every rule, in the order of the handbook."""

BY_CODE = {rule.code: rule for rule in RULES}
