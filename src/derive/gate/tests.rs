//! Worked examples: a small release, what its gate asks, what came of it.

use jiff::civil::{Date, date};

use super::{Gate, GateResult, on};
use crate::derive::basis::Basis;
use crate::derive::run::results::Results;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::parse::sample::{tree, tree_for};

/// The day of most examples.
const DAY: Date = date(2026, 10, 16);

/// Four planned cases, one run: three executed, of which one failed; one high case passed, one was not run.
const RUN: &str = "release: r\nenvironment: e\nlevel: acceptance\nseries: s\nstarted: 2026-10-12\nplan: p\ndata: [d]\n\
    results: [{case: A-1, status: passed}, {case: A-2, status: passed, suite: Letters}, {case: A-3, status: failed}]\n";
const CASES: &str = "cases: [{id: A-1, priority: high, tags: [smoke]}, {id: A-2, priority: low}, \
    {id: A-3, priority: low}, {id: A-4, priority: high}]";
const PLAN: &str = "release: r\ncases: {include: [A-1..A-4]}";
const ENVIRONMENT: &str =
    "kind: acceptance\nreadiness: [{check: c, result: pass, at: 2026-10-16, valid_for: 24h}]\n";
const DATA: &str = "title: D\nenvironment: e\norigin: synthetic\nstatus: ready\n";
const RELEASE: &str = "product: a\ncontents: [{ticket: T-1, risk: high, cases: [A-1, A-3]}]\n\
    environments: [{env: e, use: acceptance}, {env: t, use: target}]\nschedule: {report_due: 2026-10-16T12:00}\ngate: g\n";

/// The tree with a gate of `rules`, and `more` files; one of the same path takes the place of the example's.
fn files(rules: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let portal = format!("title: P\nroles: {{lead: {{}}}}\nproducts: {{a: {{}}}}\ngates: {{g: [{rules}]}}\n");
    let mut files: Vec<(String, String)> = [
        ("portal.yaml", portal.as_str()),
        ("releases/r.yaml", RELEASE),
        ("runs/r/1.yaml", RUN),
        ("cases/c.yaml", CASES),
        ("plans/p.yaml", PLAN),
        ("environments/e.yaml", ENVIRONMENT),
        ("data/d.yaml", DATA),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into();
    for (path, text) in more {
        files.retain(|(known, _)| known != path);
        files.push(((*path).to_owned(), (*text).to_owned()));
    }
    files
}

fn site(rules: &str, more: &[(&str, &str)]) -> Site {
    let files = files(rules, more);
    tree(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// What `look` sees of the gate on `day`.
fn judged<T>(site: &Site, day: Date, look: impl Fn(&Gate<'_>) -> T) -> T {
    let basis = Basis { site, results: &Results::of(site), as_of: DAY.max(day) };
    look(&on(basis, site.releases.get("r").expect("the release"), day))
}

fn result(gate: &Gate<'_>) -> GateResult {
    gate.result()
}

/// The result of the only rule, what was found, and why: `fail 3/4 [NoData]`.
fn rule(rule: &str, more: &[(&str, &str)]) -> String {
    rule_on(DAY, rule, more)
}

fn rule_on(day: Date, rule: &str, more: &[(&str, &str)]) -> String {
    judged(&site(&format!("{{metric: {rule}}}"), more), day, said)
}

fn said(gate: &Gate<'_>) -> String {
    use super::Value;
    let result = gate.rules.first().expect("a rule");
    let found = match result.value {
        Value::Nothing => "-".to_owned(),
        Value::Share { part, whole } => format!("{part}/{whole}"),
        Value::Count { count, of, deferred: 0 } => format!("{count}/{of}"),
        Value::Count { count, of, deferred } => format!("{count}/{of}+{deferred}"),
        Value::Ready { ready, of } => format!("{ready}/{of}"),
        Value::Issue(timing) => timing.issued.map_or("none".to_owned(), |issued| issued.to_string()),
    };
    let reasons: Vec<String> = result
        .reasons
        .iter()
        .map(|reason| format!("{reason:?}").split(['(', ' ']).next().unwrap_or_default().to_owned())
        .collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(" {}", reasons.join(" ")) };
    format!("{} {found}{reasons}", result.verdict.word())
}

#[test]
fn shares_are_of_the_cases_that_the_rule_means() {
    for (text, wanted) in [
        ("executed_share, at_least: 75%", "pass 3/4"),
        ("executed_share, at_least: 75.1%", "fail 3/4"),
        ("pass_rate, at_least: 66.6%", "pass 2/3"),
        ("pass_rate, at_least: 66.7%", "fail 2/3"),
        ("executed_share, of: {priority: high}, at_least: 100%", "fail 1/2"),
        ("pass_rate, of: {priority: high}, at_least: 100%", "pass 1/1"),
        ("pass_rate, of: {priority: [high, low]}, at_least: 66%", "pass 2/3"),
        // A-4 tests no ticket, so that its risk is written nowhere; so is that of A-2.
        ("pass_rate, of: {priority: high, risk: high}, at_least: 100%", "unknown 1/1 Unsorted"),
        ("pass_rate, of: {risk: high}, at_least: 100%", "fail 1/2 Unsorted"),
        ("pass_rate, of: {risk: high}, at_least: 50%", "unknown 1/2 Unsorted"),
        // Only A-2 has a suite, and the run no type.
        ("pass_rate, of: {suite: Letters}, at_least: 100%", "unknown 1/1 Unsorted"),
        ("pass_rate, of: {type: functional}, at_least: 0%", "unknown - Unsorted"),
        ("pass_rate, of: {tag: smoke}, at_least: 100%", "pass 1/1"),
        // A case that no run has belongs to no level yet, so nobody can be sure.
        ("pass_rate, of: {level: acceptance}, at_least: 60%", "unknown 2/3 Unsorted"),
        // Nothing to count is not enough.
        ("pass_rate, of: {tag: smkoe}, at_least: 100%", "unknown - NoData"),
        ("untriaged_failures, of: {tag: smkoe}, at_most: 0", "unknown - NoData"),
        ("pass_rate, of: {priority: hihg}, at_least: 100%", "unknown - BadPart"),
        ("pass_rate, of: {prority: high}, at_least: 100%", "unknown - BadPart"),
        ("pass_rate, at_least: 1", "unknown - BadLimit"),
        ("pass_rate", "unknown - BadLimit"),
    ] {
        assert_eq!(rule(text, &[]), wanted, "{text}");
    }
}

#[test]
fn without_results_nothing_is_known() {
    let empty = [("runs/r/1.yaml", "release: r\nenvironment: e\nstarted: 2026-10-12\nplan: p\n")];
    assert_eq!(rule("executed_share, at_least: 0%", &empty), "pass 0/4");
    for text in ["pass_rate, at_least: 0%", "untriaged_failures, at_most: 9", "regressions, at_most: 9"] {
        assert_eq!(rule(text, &empty), "unknown - NoData", "{text}");
    }
}

#[test]
fn planned_cases_that_no_run_names_count_against_the_share() {
    let run = "release: r\nenvironment: e\nstarted: 2026-10-12\nplanned: 10\nresults: [{case: A-1, status: passed}]\n";
    let more = [("runs/r/1.yaml", run), ("plans/p.yaml", "cases: {include: [A-1]}")];
    assert_eq!(rule("executed_share, at_least: 50%", &more), "fail 1/10");
    assert_eq!(rule("pass_rate, of: {priority: high}, at_least: 100%", &more), "unknown 1/1 Unsorted");
}

#[test]
fn a_file_that_cannot_be_read_takes_the_certainty_away() {
    let broken = [("runs/r/2.yaml", "release: [")];
    assert_eq!(rule("executed_share, at_least: 75%", &broken), "unknown 3/4 Unread");
    assert_eq!(rule("executed_share, at_least: 98%", &broken), "fail 3/4 Unread");
    assert_eq!(rule("open_defects, at_most: 0", &[("defects/D-1.yaml", "title: [")]), "unknown 0/0 Unread");
}

#[test]
fn a_failure_is_triaged_by_a_reason_or_a_defect() {
    let run = |end: &str| RUN.replace("A-3, status: failed", &format!("A-3, status: failed{end}"));
    let found = |end: &str| rule("untriaged_failures, at_most: 0", &[("runs/r/1.yaml", &run(end))]);
    assert_eq!(found(""), "fail 1/1");
    assert_eq!(found(", triage: test"), "pass 0/1");
    assert_eq!(found(", defects: [D-1]"), "pass 0/1");
}

#[test]
fn a_regression_needs_a_baseline() {
    assert_eq!(rule("regressions, at_most: 0", &[]), "unknown - NoBaseline");
    let before = |status: &str| {
        format!(
            "release: old\nenvironment: e\nseries: s\nstarted: 2026-09-12\nresults: [{{case: A-3, status: {status}}}]\n"
        )
    };
    let found = |status: &str| rule("regressions, at_most: 0", &[("runs/old/1.yaml", &before(status))]);
    assert_eq!(found("passed"), "fail 1/3");
    assert_eq!(found("failed"), "pass 0/3");
    assert_eq!(found("blocked"), "pass 0/3", "what never passed cannot regress");
}

fn defect(severity: &str, status: &str) -> String {
    format!("title: A\nseverity: {severity}\nstatus: {status}\nreported: 2026-10-12\naffects: [r]\n")
}

#[test]
fn deferred_defects_are_counted_apart() {
    let grave = "open_defects, of: {severity: [critical, major]}, at_most: 0";
    for (severity, status, wanted) in [
        ("major", "open", "fail 1/1"),
        ("critical", "retest", "fail 1/1"),
        ("major", "deferred", "pass 0/1+1"),
        ("major", "closed", "pass 0/1"),
        ("major", "duplicate", "pass 0/1"),
        ("minor", "open", "pass 0/0"),
        // It was closed only after the day.
        ("major", "closed\nhistory: [{at: 2026-10-17, to: closed}]", "fail 1/1"),
    ] {
        let text = defect(severity, status);
        assert_eq!(rule(grave, &[("defects/D-1.yaml", &text)]), wanted, "{severity} {status}");
    }
    let other = defect("major", "open").replace("[r]", "[other]");
    assert_eq!(rule(grave, &[("defects/D-1.yaml", &other)]), "pass 0/0");
    let slip = "open_defects, of: {severity: [critcal]}, at_most: 0";
    assert_eq!(rule(slip, &[]), "unknown - BadPart", "a slip must not leave nothing to count");
}

#[test]
fn a_defect_seen_in_a_run_that_says_not_what_it_affects_is_not_left_out() {
    let grave = "open_defects, of: {severity: [critical, major]}, at_most: 0";
    let loose =
        |severity: &str, status: &str, found: &str| defect(severity, status).replace("affects: [r]", found);
    let seen = "found_in: {run: r/1}";
    for (text, wanted) in [
        (loose("major", "open", seen), "unknown 0/0 Unsorted"),
        (loose("minor", "open", seen), "pass 0/0"),
        (loose("major", "closed", seen), "pass 0/0"),
        (loose("major", "deferred", seen), "pass 0/0"),
        (loose("major", "open", "found_in: {run: old/1}"), "pass 0/0"),
        (loose("major", "open", "found_in: {run: r/1}\naffects: [other]"), "pass 0/0"),
    ] {
        assert_eq!(rule(grave, &[("defects/D-1.yaml", &text)]), wanted, "{text}");
    }
    let run = RUN.replace("A-3, status: failed", "A-3, status: failed, defects: [D-1]");
    let more = [("defects/D-1.yaml", loose("major", "open", "")), ("runs/r/1.yaml", run)];
    let more: Vec<(&str, &str)> = more.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(rule(grave, &more), "unknown 0/0 Unsorted", "a result names it");
}

#[test]
fn an_environment_is_ready_with_limits_and_not_when_stale() {
    let of = |check: &str| {
        let text = format!("kind: acceptance\nreadiness: [{check}]\n");
        rule("environment_ready, of: {use: acceptance}", &[("environments/e.yaml", &text)])
    };
    assert_eq!(of("{check: c, result: pass, at: 2026-10-16}"), "pass 1/1");
    assert_eq!(of("{check: c, result: limited, at: 2026-10-16}"), "pass 1/1 Limited");
    assert_eq!(of("{check: c, result: fail, at: 2026-10-16}"), "fail 0/1");
    assert_eq!(of("{check: c, result: pass, at: 2026-10-12, valid_for: 24h}"), "unknown 0/1 Stale");
    assert_eq!(rule("environment_ready, of: {use: training}", &[]), "unknown - NoData");
    assert_eq!(rule("environment_ready", &[]), "pass 1/1", "where it is installed does not count");
}

#[test]
fn data_is_that_of_runs_and_of_acceptance() {
    let data = |status: &str| DATA.replace("ready", status);
    assert_eq!(rule("test_data_ready", &[]), "pass 1/1");
    assert_eq!(rule("test_data_ready", &[("data/d.yaml", &data("partial"))]), "fail 0/1");
    let prepared = |day: &str| format!("{DATA}prepared: {day}\n");
    assert_eq!(rule("test_data_ready", &[("data/d.yaml", &prepared("2026-10-16"))]), "pass 1/1");
    let later = prepared("2026-10-17");
    assert_eq!(
        rule("test_data_ready", &[("data/d.yaml", &later)]),
        "unknown 0/1 NotKept",
        "prepared after the day"
    );
    let release = format!("{RELEASE}uat: {{T-1: {{test_data: [d, x]}}}}\n");
    assert_eq!(rule("test_data_ready", &[("releases/r.yaml", &release)]), "unknown 1/2 Unread");
    assert_eq!(rule("test_data_ready, at_least: 50%", &[("releases/r.yaml", &release)]), "pass 1/2");
}

#[test]
fn a_report_counts_as_missing_on_the_day_it_is_due() {
    let report = |issued: &str| format!("---\ntype: completion\nrelease: r\n{issued}---\ntext\n");
    let found = |day, issued: &str| rule_on(day, "report_issued", &[("reports/r.md", &report(issued))]);
    assert_eq!(found(DAY, ""), "fail none");
    assert_eq!(found(date(2026, 10, 15), ""), "unknown none NotYetDue");
    assert_eq!(found(DAY, "issued: 2026-10-16T11:00\n"), "pass 2026-10-16T11:00");
    assert_eq!(found(DAY, "issued: 2026-10-17\n"), "fail none", "issued after the day");
    assert_eq!(rule("report_issued", &[]), "fail none", "nobody began one");
}

#[test]
fn a_waiver_covers_what_it_names_while_it_is_live() {
    let found = |waiver: &str, waivable: &str| {
        let release = format!("{RELEASE}waivers: [{{id: W1, rule: open_defects, {waiver}}}]\n");
        let (first, second) = (defect("major", "open"), defect("critical", "open"));
        let more = [
            ("releases/r.yaml", release.as_str()),
            ("defects/D-1.yaml", &first),
            ("defects/D-2.yaml", &second),
        ];
        rule(&format!("open_defects, at_most: 0{waivable}"), &more)
    };
    let both = "defects: [D-1, D-2], approved_by: lead, expires: 2026-10-16";
    let yes = ", waivable: true";
    assert_eq!(found(both, yes), "waived 2/2");
    assert_eq!(found(both, ""), "fail 2/2", "the rule may not be waived");
    assert_eq!(found(&both.replace("D-1, D-2", "D-1"), yes), "fail 2/2", "D-2 stays");
    assert_eq!(found(&both.replace("10-16", "10-15"), yes), "fail 2/2", "expired");
    assert_eq!(found("defects: [D-1, D-2], approved_by: lead", yes), "fail 2/2", "without an end");
    assert_eq!(found("defects: [D-1, D-2], expires: 2026-10-16", yes), "fail 2/2", "nobody approved it");
    assert_eq!(found(&both.replace("lead", "stranger"), yes), "fail 2/2", "no role of the portal");
    assert_eq!(found("approved_by: lead, expires: 2026-10-16", yes), "fail 2/2", "it lists nothing");
}

#[test]
fn a_waiver_does_not_cover_what_nobody_knows_of() {
    let found = |more: &[(&str, &str)]| {
        let waiver =
            "waivers: [{id: W1, rule: open_defects, defects: [D-1], approved_by: lead, expires: 2026-11-01}]";
        let release = format!("{RELEASE}{waiver}\n");
        let first = format!("{}team: uat\n", defect("major", "open"));
        let files =
            [&[("releases/r.yaml", release.as_str()), ("defects/D-1.yaml", first.as_str())], more].concat();
        rule("open_defects, of: {team: uat}, at_most: 0, waivable: true", &files)
    };
    assert_eq!(found(&[]), "waived 1/1");
    assert_eq!(
        found(&[("defects/D-2.yaml", &defect("major", "open"))]),
        "unknown 1/1 Unsorted",
        "of which team?"
    );
    assert_eq!(found(&[("defects/D-2.yaml", "title: [")]), "unknown 1/1 Unread");
}

#[test]
fn failures_known_by_their_number_alone_are_covered_by_no_list_of_defects() {
    let run = RUN.replace("A-3, status: failed", "A-3, status: failed, defects: [D-1]");
    let sums = "release: r\nenvironment: e\nseries: z\nstarted: 2026-10-13\ntotals: {planned: 5, passed: 4, failed: 1}\n";
    let waiver =
        "waivers: [{id: W1, rule: pass_rate, defects: [D-1], approved_by: lead, expires: 2026-11-01}]";
    let release = format!("{RELEASE}{waiver}\n");
    let named = [("releases/r.yaml", release.as_str()), ("runs/r/1.yaml", run.as_str())];
    let share = "pass_rate, at_least: 100%, waivable: true";
    assert_eq!(rule(share, &named), "waived 2/3");
    assert_eq!(rule(share, &[&named[..], &[("runs/r/2.yaml", sums)]].concat()), "fail 6/8");
}

#[test]
fn a_waiver_of_an_environment_that_is_not_ready_does_not_cover_one_of_which_nothing_is_known() {
    let failing = "kind: acceptance\nreadiness: [{check: c, result: fail, at: 2026-10-16}]\n";
    let waiver = "waivers: [{id: W1, rule: environment_ready, approved_by: lead, expires: 2026-11-01}]";
    let found = |environments: &str| {
        let release = format!("{RELEASE}{waiver}\n").replace("{env: e, use: acceptance}", environments);
        rule(
            "environment_ready, waivable: true",
            &[("releases/r.yaml", &release), ("environments/e.yaml", failing)],
        )
    };
    assert_eq!(found("{env: e}"), "waived 0/1");
    assert_eq!(found("{env: e}, {env: nowhere}"), "unknown 0/2 Stale");
}

#[test]
fn a_waiver_of_a_share_covers_all_or_the_cases_of_its_defects() {
    let run = RUN.replace("A-3, status: failed", "A-3, status: failed, defects: [D-1]");
    let found = |defects: &str| {
        let release = format!(
            "{RELEASE}waivers: [{{id: W1, rule: pass_rate, {defects}approved_by: lead, expires: 2026-11-01}}]\n"
        );
        let more = [("releases/r.yaml", release.as_str()), ("runs/r/1.yaml", &run)];
        rule("pass_rate, at_least: 100%, waivable: true", &more)
    };
    assert_eq!(found(""), "waived 2/3");
    assert_eq!(found("defects: [D-1], "), "waived 2/3");
    assert_eq!(found("defects: [D-2], "), "fail 2/3");
}

#[test]
fn the_worst_blocking_rule_decides_and_warnings_never() {
    let (pass, fail) = ("{metric: executed_share, at_least: 1%}", "{metric: executed_share, at_least: 99%}");
    let unknown = "{metric: pass_rate, of: {tag: none}, at_least: 1%}";
    let warning = "{metric: executed_share, at_least: 99%, level: warning}";
    let waived = "{metric: executed_share, at_least: 99%, waivable: true}";
    let release = format!(
        "{RELEASE}waivers: [{{id: W1, rule: executed_share, approved_by: lead, expires: 2026-11-01}}]\n"
    );
    for (rules, wanted) in [
        (vec![pass], GateResult::Pass),
        (vec![pass, warning], GateResult::Pass),
        (vec![pass, waived], GateResult::PassWithWaivers),
        (vec![pass, waived, unknown], GateResult::Unknown),
        (vec![pass, waived, unknown, fail], GateResult::Fail),
        // Warnings alone decide nothing.
        (vec![warning], GateResult::Unknown),
        (vec![], GateResult::Unknown),
    ] {
        let site = site(&rules.join(", "), &[("releases/r.yaml", &release)]);
        assert_eq!(judged(&site, DAY, result), wanted, "{rules:?}");
    }
    let ungated = site(pass, &[("releases/r.yaml", &RELEASE.replace("gate: g", "gate: other"))]);
    assert_eq!(judged(&ungated, DAY, result), GateResult::Unknown);
}

#[test]
fn of_a_past_day_only_what_has_a_history_is_told() {
    let day = date(2026, 10, 13);
    let later = "release: r\nenvironment: e\nseries: s\nstarted: 2026-10-14\nresults: [{case: A-3, status: passed}]\n";
    assert_eq!(rule_on(day, "pass_rate, at_least: 100%", &[("runs/r/2.yaml", later)]), "fail 2/3");
    assert_eq!(rule("pass_rate, at_least: 100%", &[("runs/r/2.yaml", later)]), "pass 3/3");
    let missing = DATA.replace("ready", "missing");
    assert_eq!(rule_on(day, "test_data_ready", &[("data/d.yaml", &missing)]), "unknown 0/1 NotKept");
    let failing = "kind: acceptance\nreadiness: [{check: c, result: fail, at: 2026-10-12, valid_for: 48h}]\n";
    assert_eq!(rule_on(day, "environment_ready", &[("environments/e.yaml", failing)]), "unknown 0/1 NotKept");
}

#[test]
fn what_the_audience_may_not_see_is_not_taken_for_nothing() {
    let rules = "{metric: open_defects, at_most: 0}";
    let portal = |folder: &str| {
        format!(
            "title: P\naudiences: {{default: public, folders: {{{folder}}}}}\nproducts: {{a: {{}}}}\ngates: {{g: [{rules}]}}\n"
        )
    };
    let found = |folder: &str| {
        let files =
            files("", &[("portal.yaml", &portal(folder)), ("defects/D-1.yaml", &defect("major", "open"))]);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        judged(&tree_for(Audience::Public, &files), DAY, said)
    };
    assert_eq!(found(""), "fail 1/1");
    assert_eq!(found("defects: internal"), "unknown - Withheld");
}

#[test]
fn records_that_the_audience_may_not_see_leave_open_what_depends_on_them() {
    let found = |audience, text: &str, path: &str, hidden: &str| {
        let hidden = format!("audience: restricted\n{hidden}");
        let portal = format!(
            "title: P\naudiences: {{default: public}}\nroles: {{lead: {{}}}}\nproducts: {{a: {{}}}}\n\
            gates: {{g: [{{metric: {text}}}]}}\n"
        );
        let files = files("", &[("portal.yaml", &portal), (path, &hidden)]);
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        judged(&tree_for(audience, &files), DAY, said)
    };
    let grave = "open_defects, of: {severity: critical}, at_most: 0";
    let defect = |severity: &str| defect(severity, "open");
    for severity in ["critical", "minor"] {
        let seen = found(Audience::Public, grave, "defects/D-1.yaml", &defect(severity));
        assert_eq!(seen, "unknown 0/0 PartlyWithheld", "it tells no more of a critical one than of another");
    }
    assert_eq!(found(Audience::Restricted, grave, "defects/D-1.yaml", &defect("critical")), "fail 1/1");
    let other = "release: other\nenvironment: e\nstarted: 2026-10-13\n";
    for (rule, wanted) in [
        // A run may turn what was found either way.
        ("pass_rate, at_least: 100%", "unknown 2/3 PartlyWithheld"),
        ("executed_share, at_least: 1%", "unknown 3/4 PartlyWithheld"),
        ("untriaged_failures, at_most: 0", "unknown 1/1 PartlyWithheld"),
        ("regressions, at_most: 0", "unknown - NoBaseline"),
        ("test_data_ready", "unknown 1/1 PartlyWithheld"),
        ("environment_ready, of: {use: acceptance}", "pass 1/1"),
        (grave, "pass 0/0"),
        ("report_issued", "fail none"),
    ] {
        assert_eq!(found(Audience::Public, rule, "runs/other/1.yaml", other), wanted, "{rule}");
    }
    let ready = "environment_ready, of: {use: acceptance}";
    let seen = found(Audience::Public, ready, "environments/e.yaml", ENVIRONMENT);
    assert_eq!(seen, "unknown 0/1 PartlyWithheld");
    assert_eq!(found(Audience::Public, "test_data_ready", "data/d.yaml", DATA), "unknown 0/1 PartlyWithheld");
    let report =
        "---\naudience: restricted\ntype: completion\nrelease: r\nissued: 2026-10-16T11:00\n---\ntext\n";
    let portal = "title: P\naudiences: {default: public}\nroles: {lead: {}}\nproducts: {a: {}}\ngates: {g: [{metric: report_issued}]}\n";
    let files = files("", &[("portal.yaml", portal), ("reports/r.md", report)]);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(judged(&tree_for(Audience::Public, &files), DAY, said), "unknown none PartlyWithheld");
    assert_eq!(judged(&tree_for(Audience::Restricted, &files), DAY, said), "pass 2026-10-16T11:00");
}

#[test]
fn results_of_other_builds_are_told_and_decide_nothing_alone() {
    let found = |release: &str, first: &str, second: &str, rule: &str| {
        let release = format!("{RELEASE}{release}\n");
        let first = format!("{RUN}{first}\n");
        let second = format!(
            "release: r\nenvironment: e\nseries: s\nstarted: 2026-10-13\n{second}\nresults: [{{case: A-3, status: passed}}]\n"
        );
        self::rule(
            rule,
            &[("releases/r.yaml", &release), ("runs/r/1.yaml", &first), ("runs/r/2.yaml", &second)],
        )
    };
    let all = "pass_rate, at_least: 100%";
    for (release, first, second, wanted) in [
        ("build: b2", "build: b2", "build: b2", "pass 3/3"),
        ("build: b2", "build: b1", "build: b2", "pass 3/3 OtherBuilds"),
        // A run that names none is of the release's build.
        ("build: b2", "build: b1", "", "pass 3/3 OtherBuilds"),
        ("build: b2", "", "", "pass 3/3"),
        ("build: b2", "build: b1", "build: b1", "unknown 3/3 OtherBuilds"),
        // What the release is, nobody says.
        ("", "build: b1", "build: b1", "pass 3/3"),
    ] {
        assert_eq!(found(release, first, second, all), wanted, "{release}; {first}; {second}");
    }
    // Cases that no run has are of no build; a part is told of by its own numbers.
    let share = "executed_share, at_least: 99%";
    assert_eq!(found("build: b2", "build: b1", "build: b2", share), "fail 3/4 OtherBuilds");
    assert_eq!(found("build: b2", "build: b1", "build: b1", share), "unknown 3/4 OtherBuilds");
    let suite = "pass_rate, of: {priority: low}, at_least: 100%";
    assert_eq!(found("build: b2", "build: b2", "build: b1", suite), "pass 2/2 OtherBuilds");
    let high = "pass_rate, of: {priority: high}, at_least: 100%";
    assert_eq!(found("build: b2", "build: b2", "build: b1", high), "pass 1/1");
    assert_eq!(found("build: b2", "build: b1", "build: b2", high), "pass 1/1 OtherBuilds");
    let sums = "build: b1\ntotals: {planned: 5, passed: 5}";
    let sums = format!("release: r\nenvironment: e\nseries: z\nstarted: 2026-10-13\n{sums}\n");
    let release = format!("{RELEASE}build: b2\n");
    let more = [("releases/r.yaml", release.as_str()), ("runs/r/2.yaml", sums.as_str())];
    let of = judged(&site(&format!("{{metric: {share}}}"), &more), DAY, |gate| {
        format!("{:?}", gate.rules.first().expect("a rule").reasons)
    });
    assert_eq!(of, "[OtherBuilds { other: 5, of: 8, build: \"b2\" }]");
}

#[test]
fn a_build_that_came_after_the_day_is_not_held_against_it() {
    let release = format!("{RELEASE}build: b2\n");
    let first = format!("{RUN}build: b1\n");
    let second = "release: r\nenvironment: e\nseries: s\nstarted: 2026-10-14\nbuild: b2\nresults: [{case: A-3, status: passed}]\n";
    let more = [("releases/r.yaml", release.as_str()), ("runs/r/1.yaml", &first), ("runs/r/2.yaml", second)];
    let all = "pass_rate, at_least: 60%";
    assert_eq!(rule_on(date(2026, 10, 13), all, &more), "pass 2/3");
    assert_eq!(rule_on(date(2026, 10, 14), all, &more), "pass 3/3 OtherBuilds");
}
