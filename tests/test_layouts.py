"""Layouts: a site's own before the shipped ones, and what they may reach."""

from __future__ import annotations

import re

import pytest

from klartekst.load import load
from klartekst.problems import SiteError
from klartekst.render import Layouts, folders
from klartekst.render.facts import facts

from .sites import GOOD, REPOSITORY, SiteFolder, language


def layouts(site: SiteFolder) -> Layouts:
    return Layouts(folders(site.root))


def test_a_layout_of_the_site_wins_over_the_shipped_one(site: SiteFolder) -> None:
    assert folders(site.root) == (REPOSITORY / "layouts",)
    site.with_file("layouts/blocks/rights.html", "<p>own rights</p>")
    site.with_file("layouts/blocks/mine.html", "<p>own block</p>")
    site.with_edit("content/nb/cookies.md", "Se [](page:privacy#cookies).", "{{ block.mine }}")
    assert "own rights" in site.page("/personvern/")
    assert "own block" in site.page("/cookies/")
    assert {"mine", "rights", "uses"} <= set(layouts(site).blocks())


def test_a_catalogue_of_the_site_changes_single_words(site: SiteFolder) -> None:
    site.with_file("layouts/messages/nb.po", 'msgid "Your rights"\nmsgstr "Rettene <dine>"\n')
    html = site.page("/personvern/")
    assert "Rettene &lt;dine&gt;" in html
    assert "Kort fortalt" in html


@pytest.mark.parametrize("name", ["../data/site.yaml", "blocks/../../data/site.yaml", "../../x"])
def test_no_name_leads_out_of_the_layouts(name: str, site: SiteFolder) -> None:
    site.with_file("layouts/x.html", "x")
    assert layouts(site).file(name) is None
    site.with_file("layouts/blocks/rights.html", f"{{% include '{name}' %}}")
    assert site.codes() == ["template-failed"]


def test_values_are_escaped_in_every_kind_of_template(site: SiteFolder) -> None:
    for name in ("x.html", "x.xml", "x.css"):
        site.with_file(f"layouts/{name}", "{{ v }}{{ _('a {v}', v=v) }}")
        shown = layouts(site).render(name, v="<b>&\"'", language=language())
        assert shown == "&lt;b&gt;&amp;&#34;&#39;a &lt;b&gt;&amp;&#34;&#39;"


def test_a_fault_names_the_template_in_which_it_arose(site: SiteFolder) -> None:
    site.with_file("layouts/a.html", "x\n{% include 'b.html' %}").with_file(
        "layouts/b.html", "\n\n{{ no }}"
    )
    with pytest.raises(SiteError) as raised:
        layouts(site).render("a.html", language=language())
    (problem,) = raised.value.problems
    assert str(problem.place) == "layouts/b.html:3:1"


def test_facts_follow_references_and_know_what_was_not_stated() -> None:
    loaded = load(GOOD)
    found = facts(loaded.settings, loaded.register, "en")
    assert found["providers"].counter.mechanism.name == "standard contractual clauses"
    assert found["cookies"].counter.shown == "_tu_<id>"
    assert found["cookies"].tab.provider is None
    assert [purpose.name for purpose in found["data_categories"].contact.purposes] == [
        "orders", "newsletter",
    ]  # fmt: skip
    assert found["bases"].contract.key == "contract"
    assert facts(None, None, "en")["controller"] is None


def test_no_shipped_layout_turns_off_escaping() -> None:
    for path in (REPOSITORY / "layouts").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape false|Markup\(", text), path
