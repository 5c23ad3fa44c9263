"""Proof of a decision, events and the page's own interface."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request

from .stage import (
    NAME,
    OPEN,
    OPTIONAL,
    Visitor,
    accept,
    allowed,
    control,
    files_of,
    first,
    press,
    real_site,
    second,
    settled,
    until,
    with_consent,
)

SCHEMA = json.loads(files_of(real_site())["cookies/valg.schema.json"])
LISTEN = """for (const name of ['ready', 'show', 'record', 'change', 'hide'])
  document.addEventListener(`consent:${name}`,
    ({detail}) => (window.heard ||= []).push([name, detail]))"""


def faults(value: Any, schema: dict[str, Any]) -> list[str]:
    """What breaks the part of JSON Schema that our schema uses."""
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool}
    if ("const" in schema and value != schema["const"]) or value not in schema.get("enum", [value]):
        return [f"{value!r} is not allowed"]
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [f"{value!r} is no {schema['type']}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{value!r} does not match {schema['pattern']}"]
    found = []
    if schema.get("type") == "object":
        found += [f"{key} is missing" for key in schema["required"] if key not in value]
        for key, item in value.items():
            known = schema["properties"].get(key)
            found += faults(item, known) if known else [f"{key} is too much"]
    for item in value if schema.get("type") == "array" else []:
        found += faults(item, schema["items"])
    return found


def heard(page: Page, name: str = "") -> list[Any]:
    """The events of a name, or all, in order: name and detail."""
    found: list[Any] = page.evaluate("window.heard ?? []")
    return [each for each in found if name in ("", each[0])]


def states(record: dict[str, Any]) -> dict[str, str]:
    """What a record says of each purpose."""
    return {each["purpose"]: each["event_state"] for each in record["purposes"]}


def test_each_decision_is_one_record_that_fits_the_schema(visitor: Visitor) -> None:
    visitor.context.add_init_script(LISTEN)
    page = visitor.open()
    accept(page)
    press(control(page), "Informasjonskapsler: godtatt")
    second(page).get_by_role("switch", name="Markedsføring").uncheck()
    press(second(page), "Lagre valget")
    press(control(page), "Trekk tilbake")
    records = [detail for _, detail in heard(page, "record")]
    assert [each["event_method"] for each in records] == [
        "first.accept",
        "second.save",
        "control.withdraw",
    ]
    assert [fault for each in records for fault in faults(each, SCHEMA)] == []
    assert states(records[0]) == dict.fromkeys(OPTIONAL, "ConsentGiven")
    assert states(records[1]) == {
        "functional": "ConsentGiven",
        "analytics": "ConsentGiven",
        "marketing": "ConsentWithdrawn",
    }
    assert states(records[2])["marketing"] == "ConsentRefused"
    assert states(records[2])["analytics"] == "ConsentWithdrawn"
    assert {each["record_id"] for each in records} == {page.evaluate("klartekst.get().id")}
    written = datetime.datetime.fromisoformat(records[0]["event_time"])
    assert abs((datetime.datetime.now(datetime.UTC) - written).total_seconds()) < 60


def test_a_record_names_what_was_shown_and_covered_and_nothing_about_the_visitor(
    visitor: Visitor,
) -> None:
    visitor.context.add_init_script(LISTEN)
    page = visitor.open(language="en")
    first(page).get_by_role("button", name="Reject all").click()
    ((_, record),) = heard(page, "record")
    about = json.loads(files_of(real_site())["cookies/valg.json"])
    assert record["text_hash"] == about["hash"]
    assert record["language"] == "en"
    words = about["words"]["en"]
    assert words["messages"]["reject"] == "Reject all"
    assert words["categories"]["analytics"]["cookies"][0][0] == "_ga"
    assert record["notice_version"] == "2025-06-06"
    assert record["pii_controller"] == "Its Working (Allisson Holding AS)"
    assert record["validity_duration"] == "P182D"
    stored = visitor.cookies()[NAME]["value"]
    assert all(each["covers"] and each["covers"] in stored for each in record["purposes"])
    assert "127.0.0.1" not in json.dumps(record)


def test_no_two_visitors_have_the_same_id(visitor: Visitor) -> None:
    page = visitor.open()
    ids = set()
    for _ in range(3):
        page.evaluate("klartekst.reject()")
        ids.add(page.evaluate("klartekst.get().id"))
        visitor.context.clear_cookies()
        page.reload()
    assert len(ids) == 3


def test_records_are_sent_to_the_endpoint_and_to_nowhere_without_one(visitor: Visitor) -> None:
    site = with_consent(real_site(), endpoint="/records")
    page = visitor.open(site=site, policy=OPEN)
    sent: list[Request] = []
    page.route("**/records", lambda route: (sent.append(route.request), route.fulfill(status=204)))
    accept(page)
    press(control(page), "Trekk tilbake")
    settled(page)
    bodies = [json.loads(request.post_data or "") for request in sent]
    assert [body["event_method"] for body in bodies] == ["first.accept", "control.withdraw"]
    assert [fault for body in bodies for fault in faults(body, SCHEMA)] == []
    visitor.requests.clear()
    page = visitor.open()
    press(control(page), "Informasjonskapsler: avvist")
    press(second(page), "Godta alle")
    settled(page)
    assert not [url for url in visitor.requests if "records" in url]


@pytest.mark.parametrize(
    "beacon", ["() => { throw new Error('no') }", "() => { tries++; return tries > 2 }"]
)
def test_an_endpoint_that_fails_is_tried_again_and_costs_nobody_the_choice(
    beacon: str, visitor: Visitor
) -> None:
    visitor.context.add_init_script(f"window.tries = 0; navigator.sendBeacon = {beacon}")
    page = visitor.open(site=with_consent(real_site(), endpoint="/records"))
    page.clock.install()
    accept(page)
    first(page).wait_for(state="detached")
    assert all(allowed(page).values())
    assert NAME in visitor.cookies()
    page.clock.run_for(200_000)
    if "tries" in beacon:
        assert page.evaluate("tries") == 3


def test_events_come_in_a_fixed_order_with_the_documented_details(visitor: Visitor) -> None:
    visitor.context.add_init_script(LISTEN)
    page = visitor.open()
    press(first(page), "Velg selv")
    page.keyboard.press("Escape")
    accept(page)
    order = [name for name, _ in heard(page)]
    assert order == ["ready", "show", "show", "hide", "record", "change", "hide"]
    details = [detail for name, detail in heard(page) if name in ("show", "hide")]
    assert [each["layer"] for each in details] == ["first", "second", "second", "first"]
    ((_, ready),) = heard(page, "ready")
    assert ready == {
        "id": "",
        "time": None,
        "language": "nb",
        "complete": False,
        "gpc": False,
        "categories": {"necessary": True} | dict.fromkeys(OPTIONAL, False),
    }
    ((_, change),) = heard(page, "change")
    assert (change["granted"], change["withdrawn"]) == (list(OPTIONAL), [])
    assert change["choice"] == page.evaluate("klartekst.get()")
    page.reload()
    assert [name for name, _ in heard(page)] == ["ready"]


def test_a_late_listener_is_told_and_can_stop(visitor: Visitor) -> None:
    page = visitor.open()
    accept(page)
    page.evaluate(
        """() => { window.got = [];
        klartekst.on('ready', (choice) => got.push(choice.complete));
        const stop = klartekst.on('change', (change) => got.push(change.withdrawn));
        klartekst.withdraw('functional'); stop(); klartekst.withdraw('marketing') }"""
    )
    assert page.evaluate("got") == [True, ["functional"]]


def test_a_listener_that_throws_spoils_nothing(new_visitor: Any) -> None:
    page = new_visitor().open()
    page.evaluate("void klartekst.on('record', () => { throw new Error('theirs') })")
    accept(page)
    first(page).wait_for(state="detached")
    assert all(allowed(page).values())


def test_the_interface_is_the_one_that_is_declared(visitor: Visitor) -> None:
    page = visitor.open()
    declared = files_of(real_site())["cookies/valg.d.ts"].decode()
    body = declared.split("export interface Klartekst {")[1].split("\n}")[0]
    names = re.findall(r"^  (\w+)[(<]", body, re.MULTILINE)
    assert sorted(page.evaluate("Object.keys(klartekst)")) == sorted(names)
    page.evaluate("klartekst.set({analytics: true, necessary: false})")
    assert allowed(page) == {
        "necessary": True,
        "functional": False,
        "analytics": True,
        "marketing": False,
    }
    page.evaluate("klartekst.accept()")
    page.evaluate("klartekst.withdraw('analytics', 'marketing')")
    assert allowed(page)["functional"] and not allowed(page)["marketing"]
    page.evaluate("klartekst.reject()")
    assert not allowed(page)["functional"]
    page.evaluate("klartekst.open()")
    assert second(page).is_visible()


def test_a_choice_through_the_interface_is_recorded_as_such(visitor: Visitor) -> None:
    visitor.context.add_init_script(LISTEN)
    page = visitor.open()
    page.evaluate("klartekst.set({analytics: true}); klartekst.withdraw('analytics')")
    methods = [detail["event_method"] for _, detail in heard(page, "record")]
    assert methods == ["api.set", "api.withdraw"]
    until(page, "!klartekst.get().complete")


def test_the_schema_is_published_as_it_stands_in_the_repository() -> None:
    source = Path(__file__).parents[2] / "layouts/consent/record.schema.json"
    assert json.loads(source.read_text("utf-8")) == SCHEMA
    assert SCHEMA["required"] == list(SCHEMA["properties"])
