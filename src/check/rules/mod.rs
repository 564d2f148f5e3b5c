//! The rules, one per file.

mod accessibility_unfounded;
mod accessibility_unreviewed;
mod address_conflict;
mod advice_unanswered;
mod affects_lacks_release;
mod alias_conflict;
mod allowance_expired;
mod bad_accent;
mod bad_base_url;
mod bad_language_tag;
mod blocked_without_reason;
mod broken_anchor;
mod broken_embed;
mod broken_link;
mod build_drift;
mod case_without_result;
mod cloning_in_test_window;
mod cloning_overlaps_install;
mod closed_without_retest;
mod data_expired;
mod date_order;
mod decision_against_gate;
mod decision_gate_unknown;
mod decision_missing;
mod decision_stale;
mod defect_lacks_detail;
mod duplicate_case;
mod duplicate_waiver;
mod ended_before_started;
mod event_on_holiday;
mod external_image;
mod follow_up_overdue;
mod former_id_conflict;
mod found_in_conflict;
mod guide_overdue;
mod history_out_of_order;
mod hotfix_not_merged_forward;
mod known_leak;
mod missing_file;
mod missing_logo;
mod narrower_link;
mod narrower_reference;
mod orphan_page;
mod outcome_against_sign_off;
mod overlapping_clonings;
mod overlapping_installs;
mod past_event_planned;
mod plan_of_other_release;
mod planned_count_differs;
mod prerequisite_cycle;
mod production_data;
mod redirect_loop;
mod redirect_to_nowhere;
mod report_late;
mod report_missing;
mod report_omits_defect;
mod report_revision_mismatch;
mod report_section_empty;
mod report_section_missing;
mod report_without_revision;
mod reported_before_observed;
mod restricted_unmarked;
mod restriction_expired;
mod restriction_term;
mod results_conflict;
mod risky_item_without_case;
mod run_in_future;
mod security_contact;
mod security_expired;
mod selector_without_case;
mod session_over_seats;
mod session_without_attendance;
mod short_notice;
mod sign_off_incomplete;
mod silent_move;
mod stale_data;
mod status_history_mismatch;
mod totals_mismatch;
mod training_older_than_guide;
mod translation_outdated;
mod uat_not_ready;
mod undated_page;
mod uneven_curve;
mod unfinished_run;
mod unidentified_result;
mod unknown_case;
mod unknown_check;
mod unknown_data_set;
mod unknown_decision;
mod unknown_defect;
mod unknown_environment;
mod unknown_gate;
mod unknown_gate_filter;
mod unknown_language;
mod unknown_owner;
mod unknown_page;
mod unknown_party;
mod unknown_plan;
mod unknown_product;
mod unknown_release;
mod unknown_role;
mod unknown_run;
mod unknown_status;
mod unknown_team;
mod unmasked_cloning;
mod untriaged_failure;
mod unusable_gate_rule;
mod unverified_data;
mod vanished_address;
mod vanished_anchor;
mod version_conflict;
mod waiver_expired;
mod waiver_unapproved;
mod waiver_unused;
mod waiver_without_expiry;

use super::Check;

pub use address_conflict::RULE as ADDRESS_CONFLICT;
pub use bad_base_url::is_address;
pub use version_conflict::is_usable as is_version_id;

/// Every rule between files. A test holds this list and the folder to each other.
pub static ALL: &[Check] = &[
    accessibility_unfounded::CHECK,
    accessibility_unreviewed::CHECK,
    address_conflict::CHECK,
    advice_unanswered::CHECK,
    affects_lacks_release::CHECK,
    alias_conflict::CHECK,
    bad_accent::CHECK,
    bad_base_url::CHECK,
    bad_language_tag::CHECK,
    allowance_expired::CHECK,
    blocked_without_reason::CHECK,
    broken_anchor::CHECK,
    broken_embed::CHECK,
    broken_link::CHECK,
    build_drift::CHECK,
    case_without_result::CHECK,
    cloning_in_test_window::CHECK,
    cloning_overlaps_install::CHECK,
    closed_without_retest::CHECK,
    data_expired::CHECK,
    date_order::CHECK,
    decision_against_gate::CHECK,
    decision_gate_unknown::CHECK,
    decision_missing::CHECK,
    decision_stale::CHECK,
    defect_lacks_detail::CHECK,
    duplicate_case::CHECK,
    duplicate_waiver::CHECK,
    ended_before_started::CHECK,
    event_on_holiday::CHECK,
    external_image::CHECK,
    follow_up_overdue::CHECK,
    former_id_conflict::CHECK,
    found_in_conflict::CHECK,
    guide_overdue::CHECK,
    history_out_of_order::CHECK,
    hotfix_not_merged_forward::CHECK,
    known_leak::CHECK,
    missing_file::CHECK,
    missing_logo::CHECK,
    narrower_link::CHECK,
    narrower_reference::CHECK,
    orphan_page::CHECK,
    outcome_against_sign_off::CHECK,
    overlapping_clonings::CHECK,
    overlapping_installs::CHECK,
    past_event_planned::CHECK,
    plan_of_other_release::CHECK,
    planned_count_differs::CHECK,
    prerequisite_cycle::CHECK,
    production_data::CHECK,
    redirect_loop::CHECK,
    redirect_to_nowhere::CHECK,
    report_late::CHECK,
    report_missing::CHECK,
    report_omits_defect::CHECK,
    report_revision_mismatch::CHECK,
    report_section_empty::CHECK,
    report_section_missing::CHECK,
    report_without_revision::CHECK,
    reported_before_observed::CHECK,
    restricted_unmarked::CHECK,
    restriction_expired::CHECK,
    restriction_term::CHECK,
    results_conflict::CHECK,
    risky_item_without_case::CHECK,
    run_in_future::CHECK,
    selector_without_case::CHECK,
    session_over_seats::CHECK,
    session_without_attendance::CHECK,
    security_contact::CHECK,
    security_expired::CHECK,
    short_notice::CHECK,
    sign_off_incomplete::CHECK,
    silent_move::CHECK,
    stale_data::CHECK,
    status_history_mismatch::CHECK,
    totals_mismatch::CHECK,
    training_older_than_guide::CHECK,
    translation_outdated::CHECK,
    uat_not_ready::CHECK,
    undated_page::CHECK,
    uneven_curve::CHECK,
    unfinished_run::CHECK,
    unidentified_result::CHECK,
    unknown_case::CHECK,
    unknown_check::CHECK,
    unknown_data_set::CHECK,
    unknown_decision::CHECK,
    unknown_defect::CHECK,
    unknown_environment::CHECK,
    unknown_gate::CHECK,
    unknown_gate_filter::CHECK,
    unknown_language::CHECK,
    unknown_owner::CHECK,
    unknown_page::CHECK,
    unknown_party::CHECK,
    unknown_plan::CHECK,
    unknown_product::CHECK,
    unknown_release::CHECK,
    unknown_role::CHECK,
    unknown_run::CHECK,
    unknown_status::CHECK,
    unknown_team::CHECK,
    unmasked_cloning::CHECK,
    untriaged_failure::CHECK,
    unusable_gate_rule::CHECK,
    unverified_data::CHECK,
    vanished_address::CHECK,
    vanished_anchor::CHECK,
    version_conflict::CHECK,
    waiver_expired::CHECK,
    waiver_unapproved::CHECK,
    waiver_unused::CHECK,
    waiver_without_expiry::CHECK,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    /// `broken-link` lives in `broken_link.rs`, and every file of the folder is in the list.
    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of rules")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name != "mod.rs")
            .map(|name| name.trim_end_matches(".rs").replace('_', "-"))
            .collect();
        files.sort();
        let mut names: Vec<&str> = ALL.iter().map(|check| check.rule.name).collect();
        names.sort_unstable();
        assert_eq!(files, names);
    }

    #[test]
    fn every_rule_explains_itself() {
        for rule in super::super::rules() {
            for text in [rule.what, rule.why] {
                assert!(text.ends_with('.') && text.len() > 20, "{}: {text}", rule.name);
            }
            assert!(!rule.example.trim().is_empty(), "{}", rule.name);
            assert!(
                rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{}",
                rule.name
            );
        }
    }

    #[test]
    fn no_two_rules_have_one_name() {
        let names: Vec<&str> = super::super::rules().map(|rule| rule.name).collect();
        let mut unique = names.clone();
        unique.dedup();
        assert_eq!(names, unique);
    }
}
