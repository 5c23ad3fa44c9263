"""Where each rule for a consent banner, and each behaviour that good banners have, is proven.

`RULES` are those that the law and the authorities' guidelines give; `BEHAVIOURS` are what peers
promise or lack. A value that begins with “–” says why one does not apply.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

RULES = {
    "B1 nothing stored, no third party before a choice": [
        "test_nothing_is_stored_or_fetched_before_a_choice",
        "test_third_parties_get_no_request_or_early_connection_before_a_yes",
    ],
    "B2 reject is a button beside accept": [
        "test_accept_reject_and_choose_are_buttons_of_one_kind_in_one_place"
    ],
    "B3 accept and reject look alike, with contrast": [
        "test_accept_and_reject_look_alike_everywhere", "test_buttons_have_enough_contrast",
    ],
    "B4 nothing ticked beforehand": [
        "test_every_optional_switch_is_off_at_first_and_necessary_is_on_and_locked"
    ],
    "B5 Esc, backdrop, scroll, time, leaving give no consent": [
        "test_esc_scrolling_clicking_beside_time_and_leaving_decide_nothing",
        "test_closing_the_second_layer_grants_nothing_and_is_no_choice",
    ],
    "B6 no more clicks to reject": [
        "test_rejecting_all_takes_no_more_clicks_or_tabs_than_accepting_all"
    ],
    "B7 readable without choosing": ["test_page_reads_and_works_without_a_choice"],
    "B8 first layer says purposes, who, how to withdraw, links": [
        "test_first_layer_says_who_what_for_who_else_and_how_to_withdraw"
    ],
    "B9 a choice per purpose": ["test_choosing_grants_exactly_what_is_ticked"],
    "B10 no switch for legitimate interest": [
        "test_there_is_one_switch_a_purpose_and_none_for_legitimate_interest"
    ],
    "B11 reopen on every page, state shown, one click to withdraw": [
        "test_the_way_back_is_on_every_page_and_takes_one_click",
        "test_control_shows_the_present_choice",
        "test_second_layer_shows_the_stored_choice_when_it_opens_again",
    ],
    "B12 withdrawal deletes and stops": [
        "test_cookies_of_the_category_are_deleted_on_every_domain_and_path",
        "test_withdrawal_loads_the_page_anew_where_something_gated_runs",
    ],
    "B13 a no lasts as long, no asking again without cause": [
        "test_a_no_is_kept_as_long_as_a_yes", "test_rejecting_runs_nothing_and_asks_no_more",
        "test_words_and_what_has_shrunk_ask_nobody_again",
        "test_what_has_grown_is_asked_again_and_nothing_else",
    ],
    "B14 record": [
        "test_each_decision_is_one_record_that_fits_the_schema",
        "test_a_record_names_what_was_shown_and_covered_and_nothing_about_the_visitor",
    ],
    "B15 the store holds only what is needed": ["test_the_cookie_holds_nothing_but_the_choice"],
    "B16 every cookie is in the table": [
        "test_second_layer_lists_every_cookie_of_the_register",
        "test_cookie_has_the_form_age_and_size_that_are_promised",
    ],
    "B17 the page's language": ["test_banner_speaks_the_language_of_the_page_or_the_first"],
    "B18 no pressing words, no offers": ["test_words_do_not_press_or_offer"],
    "B19 same buttons and order on phone and desktop": [
        "test_accept_and_reject_look_alike_everywhere"
    ],
    "B20 keyboard": [
        "test_first_layer_is_a_named_region_early_in_the_order_and_no_trap",
        "test_second_layer_takes_the_focus_keeps_it_and_gives_it_back",
        "test_what_has_the_focus_is_never_covered",
    ],
    "B21 targets of 24 pixels": ["test_every_target_is_24_pixels_or_more"],
    "B22 without JavaScript nothing optional loads": [
        "test_nothing_optional_loads_without_the_script"
    ],
    "B23 Consent Mode denied first, tags blocked": [
        "test_google_hears_denied_before_any_tag_and_each_change_once",
        "test_nothing_is_stored_or_fetched_before_a_choice",
    ],
    "B24 no optional first-party cookie over 13 months": [
        "test_no_cookie_that_the_script_sets_lives_longer_than_13_months",
        "test_the_language_switch_is_remembered_only_where_its_category_is_allowed",
    ],
}  # fmt: skip

BEHAVIOURS = {
    1: ["test_a_visitor_who_has_chosen_never_sees_the_banner"],
    2: ["test_nothing_is_stored_or_fetched_before_a_choice"],
    3: ["test_third_parties_get_no_request_or_early_connection_before_a_yes",
        "test_what_other_code_adds_later_is_gated_too"],
    4: ["test_every_optional_switch_is_off_at_first_and_necessary_is_on_and_locked"],
    5: ["test_rejecting_all_takes_no_more_clicks_or_tabs_than_accepting_all"],
    6: ["test_accept_and_reject_look_alike_everywhere"],
    7: ["test_accepting_runs_each_gated_script_once_and_in_order",
        "test_external_and_inline_scripts_run_in_the_order_of_the_page",
        "test_attributes_of_a_gated_script_are_kept",
        "test_modules_run_and_async_scripts_hold_nobody_up"],
    8: ["test_rejecting_runs_nothing_and_asks_no_more"],
    9: ["test_choosing_grants_exactly_what_is_ticked",
        "test_closing_the_second_layer_grants_nothing_and_is_no_choice"],
    10: ["test_second_layer_shows_the_stored_choice_when_it_opens_again",
         "test_closing_the_second_layer_grants_nothing_and_is_no_choice"],
    11: ["test_saving_the_same_again_runs_nothing_twice_and_changes_nothing"],
    12: ["test_a_frame_shown_once_loads_alone_and_stores_nothing",
         "test_a_frame_shown_always_grants_its_category_and_keeps_all_in_step"],
    13: ["test_another_tab_follows", "test_another_tab_follows_also_without_a_cookie_store"],
    14: ["test_the_way_back_is_on_every_page_and_takes_one_click"],
    15: ["test_cookies_of_the_category_are_deleted_on_every_domain_and_path",
         "test_prefixes_patterns_and_storage_entries_are_deleted",
         "test_nothing_is_ever_set_to_find_out_where_a_cookie_lies"],
    16: ["test_withdrawal_loads_the_page_anew_where_something_gated_runs",
         "test_without_reload_the_visitor_is_told_what_still_runs"],
    17: ["test_what_necessary_or_another_allowed_category_also_owns_survives"],
    18: ["test_what_has_grown_is_asked_again_and_nothing_else",
         "test_words_and_what_has_shrunk_ask_nobody_again"],
    19: ["test_consent_ends_at_its_age_though_it_is_read_each_day",
         # A shorter life for a no is not offered: B13 wants the two alike.
         "test_a_no_is_kept_as_long_as_a_yes"],
    20: ["test_a_broken_cookie_is_no_choice_and_no_error"],
    21: ["test_a_twin_on_the_host_does_not_bring_the_banner_back"],
    22: ["test_cookie_has_the_form_age_and_size_that_are_promised",
         "test_on_https_the_cookie_is_secure_and_shared_only_as_the_setting_says"],
    23: ["test_where_the_browser_blocks_it_the_choice_holds_for_the_page"],
    24: ["test_with_gpc_the_banner_says_so_and_an_explicit_yes_still_counts",
         "test_gpc_can_stand_for_a_no_without_asking", "test_gpc_can_be_ignored"],
    25: ["test_google_hears_denied_before_any_tag_and_each_change_once"],
    26: ["test_each_decision_is_one_record_that_fits_the_schema",
         "test_an_endpoint_that_fails_is_tried_again_and_costs_nobody_the_choice"],
    27: ["test_events_come_in_a_fixed_order_with_the_documented_details",
         "test_a_late_listener_is_told_and_can_stop"],
    28: ["test_axe_finds_nothing_on_either_layer", "test_text_of_twice_the_size_stays_readable"],
    29: ["test_first_layer_is_a_named_region_early_in_the_order_and_no_trap",
         "test_page_reads_and_works_without_a_choice"],
    30: ["test_second_layer_takes_the_focus_keeps_it_and_gives_it_back"],
    31: ["test_what_has_the_focus_is_never_covered"],
    32: ["test_small_screens_have_no_sideways_scroll_and_reach_every_control",
         "test_every_target_is_24_pixels_or_more"],
    33: ["test_nothing_moves_where_less_motion_is_wanted"],
    34: ["test_appearing_and_saving_are_announced_once_in_the_right_language"],
    35: ["test_everything_works_under_a_strict_policy_with_trusted_types",
         "test_inline_scripts_run_under_trusted_types"],
    36: ["test_published_integrity_is_that_of_the_script"],
    37: ["test_nothing_optional_loads_without_the_script"],
    38: ["test_a_cached_page_asks_without_interaction_and_runs_nothing_before",
         "test_a_script_that_comes_late_still_gates_and_asks"],
    39: ["test_one_banner_wherever_and_however_often_the_tag_stands",
         "test_a_new_route_of_a_single_page_asks_once_and_gates_what_it_brings"],
    40: ["test_styles_leak_neither_in_nor_out"],
    41: ["test_banner_speaks_the_language_of_the_page_or_the_first",
         "test_the_tag_may_name_the_language",
         "test_words_of_a_language_from_right_to_left_mirror_the_layout"],
    42: ["test_print_hides_all_of_it",
         "test_a_page_that_comes_back_from_the_cache_knows_the_choice",
         "test_it_shifts_nothing_and_is_never_the_largest_paint",
         "test_everything_is_under_seven_kilobytes"],
    43: ["– Firefox and WebKit are not driven: the tests use the one browser of the machine. The "
         "script keeps to what all three have had since 2023, and tests what it may lack."],
}  # fmt: skip


def proven() -> set[str]:
    """The names of all tests of the banner."""
    trees = [ast.parse(path.read_text("utf-8")) for path in Path(__file__).parent.glob("test_*.py")]
    return {node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("kind", ["rules", "behaviours"])
def test_every_rule_and_behaviour_names_the_tests_that_prove_it(kind: str) -> None:
    named = RULES if kind == "rules" else BEHAVIOURS
    assert len(named) == {"rules": 24, "behaviours": 43}[kind]
    tests = [test for each in named.values() for test in each if not test.startswith("– ")]
    assert sorted(set(tests) - proven()) == []
    assert all(named.values())
