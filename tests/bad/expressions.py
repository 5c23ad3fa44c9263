"""Texts whose expressions are misspelt, broken, or reach for what is not theirs."""

from __future__ import annotations

from . import Bad, edit
from .texts import PAGE, _ending

_UNSAFE = [
    "{{ ⟦unsafe-expression⟧controller.__class__ }}",
    "{{ ⟦unsafe-expression⟧controller.__class__.__mro__ }}",
    "{{ ⟦unsafe-expression⟧controller['__class__'] }}",
    "{{ ⟦unsafe-expression⟧controller._values }}",
    "{{ ⟦unsafe-expression⟧cycler.__init__.__globals__ }}",
    "⟦unsafe-expression⟧{{ ''.__class__.__mro__ }}",
    "⟦unsafe-expression⟧{{ ().__class__ }}",
    "⟦unsafe-expression⟧{{ controller['na' ~ 'me'] }}",
    "⟦unsafe-expression⟧{{ controller.name.format(1) }}",
    "⟦unsafe-expression⟧{{ '{0.__class__}'.format(controller) }}",
    "⟦unsafe-expression⟧{{ controller.name.upper() }}",
    "⟦unsafe-expression⟧{{ range(10**9) }}",
    "⟦unsafe-expression⟧{{ 'x' * 10**9 }}",
    "⟦unsafe-expression⟧{{ 9**9**9 }}",
    "⟦unsafe-expression⟧{{ 'x'.ljust(999999999) }}",
    "⟦unsafe-expression⟧{{ '%999999999d' % 1 }}",
    "⟦unsafe-expression⟧{{ lipsum() }}",
    "⟦unsafe-expression⟧{{ 1e999 }}",
    "⟦unsafe-expression⟧{{ [1, 2] }}",
    "⟦unsafe-expression⟧{{ {'a': 1} }}",
    "⟦unsafe-expression⟧{{ address.my-page }}",
    "⟦unsafe-expression⟧{% include 'page.html' %}",
    "⟦unsafe-expression⟧{% import 'page.html' as x %}",
    "⟦unsafe-expression⟧{% from 'page.html' import x %}",
    "⟦unsafe-expression⟧{% extends 'page.html' %}",
    "⟦unsafe-expression⟧{% set x = 1 %}",
    "⟦unsafe-expression⟧{% macro x() %}⟦unsafe-expression⟧{% endmacro %}",
    "⟦unsafe-expression⟧{% raw %}x⟦unsafe-expression⟧{% endraw %}",
    "⟦unsafe-expression⟧{% autoescape false %}⟦unsafe-expression⟧{% endautoescape %}",
    "⟦unsafe-expression⟧{% for x in range(10**9) %}{% endfor %}",
    "{% for x in rights %}⟦unsafe-expression⟧{{ x['__cl' ~ 'ass__'] }}{% endfor %}",
    "{% if ⟦unsafe-expression⟧controller.__class__ %}{% endif %}",
]

_UNKNOWN = [
    "{{ ⟦unknown-name⟧nope }}",
    "{{ ⟦unknown-name⟧self }} {{ ⟦unknown-name⟧range }} {{ ⟦unknown-name⟧loop.index }}",
    "{{ ⟦unknown-name⟧controler.email }}\n\ntekst {{ ⟦unknown-name⟧controller.emial }} og "
    "{{ ⟦unknown-name⟧bases.contrct.name }}",
    "{{ controller.name if ⟦unknown-name⟧controller.fone else ⟦unknown-name⟧nope }}",
    "{{ ⟦unknown-name⟧controller.name.first }}",
    "{{ ⟦unknown-name⟧data_categories.contact.examples[7] }}",
    "{{ ⟦unknown-name⟧bases }} {{ ⟦unknown-name⟧bases.contract }} {{ ⟦unknown-name⟧block }}",
    "{{ ⟦unknown-name⟧block.right }}",
    "{{ ⟦unknown-name⟧controller\n.emial }}",
    "{{ controller.name|⟦unknown-name⟧uper }}",
    "{{ '<b>'|⟦unknown-name⟧safe }} {{ controller|⟦unknown-name⟧attr('name') }}",
    "{{ '%s'|⟦unknown-name⟧format(1) }}",
    "{% if controller is ⟦unknown-name⟧mapping %}{% endif %}",
    "{% if ⟦unknown-name⟧controler.phone %}{% elif ⟦unknown-name⟧nope %}{% endif %}",
    "{% for x in ⟦unknown-name⟧rigths %}{{ x.name }}{% endfor %}",
]

_SYNTAX = [
    "⟦template-syntax⟧{{ controller.name",
    "⟦template-syntax⟧{{ controller.name }",
    "{{ controller.name }} ⟦template-syntax⟧{{ controller.name",
    "⟦template-syntax⟧{{ }}",
    "⟦template-syntax⟧{{ controller. }}",
    "⟦template-syntax⟧{{ controller name }}",
    "⟦template-syntax⟧{{ 'name }}",
    "⟦template-syntax⟧{% if controller.phone",
    "⟦template-syntax⟧{% if controller.phone %}x",
    "⟦template-syntax⟧{% for x in rights %}{% if x %}x{% endif %}",
    "x ⟦template-syntax⟧{% endif %}",
    "⟦template-syntax⟧{% if %}{% endif %}",
    "⟦template-syntax⟧{% if true %}⟦template-syntax⟧{% endfor %}",
    "⟦template-syntax⟧{% else %}",
    "⟦template-syntax⟧{!-- a comment",
    f"{{{{ {'(' * 100}⟦endless-text⟧({'(' * 3000}1{')' * 3000} }}}}",
    f"⟦template-syntax⟧{{{{ {'not ' * 600} true }}}}",
    f"⟦template-syntax⟧{{{{ controller{'.a' * 3000} }}}}",
    f"⟦template-syntax⟧{{{{ {'9' * 5000} }}}}",
]

_FAILED = [
    "⟦expression-failed⟧{{ data_categories.contact.purposes }}",
    "⟦expression-failed⟧{{ true }}",
    "⟦expression-failed⟧{{ controller.phone is none }}",
    "⟦expression-failed⟧{{ providers.ourselves.mechanism.name }}",
    "⟦expression-failed⟧{{ data_categories.contact.retention.period|upper }}",
    "⟦expression-failed⟧{{ ''|first }}",
    "⟦expression-failed⟧{{ 42|length }}",
    "{% for right in rights %}\n\n⟦expression-failed⟧{{ right.nope }}\n\n{% endfor %}",
    "{% for x in rights %}{% if true %}\n⟦expression-failed⟧{{ x }}\n{% endif %}{% endfor %}",
    "⟦bad-character⟧{{ '\\ud800' }}",
    "⟦bad-character⟧{{ '\\ue0000\\ue001' }}",
    "x ⟦block-in-sentence⟧{{ block.rights }}",
    "- ⟦block-in-sentence⟧{{ block.rights }}",
    "| a |\n|---|\n| ⟦block-in-sentence⟧{{ block.rights }} |",
    "⟦block-in-sentence⟧{{ block.rights }}\n⟦block-in-sentence⟧{{ block.uses }}",
    "{% if true %}\n\nx ⟦block-in-sentence⟧{{ block.rights }}\n\n{% endif %}",
]

CASES: list[Bad] = [
    *(_ending(text.replace("⟦", "").replace("⟧", " ")[:60], text)
      for text in (*_UNSAFE, *_UNKNOWN, *_SYNTAX, *_FAILED)),
    edit("loops within loops", PAGE, "Se [](page:privacy#cookies).",
         "{% for a in rights %}" * 25 + "x" + "{% endfor %}" * 25,
         also=(f"{PAGE}:6:1 expression-failed",)),
]  # fmt: skip
