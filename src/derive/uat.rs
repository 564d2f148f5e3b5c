//! Whether a ticket may go to acceptance testing (content model, section 5).

use jiff::civil::Date;

use crate::model::data_set::{DataSet, DataStatus};
use crate::model::release::{FeatureFlag, ParameterState, UatParameters};

/// What must be known of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// The feature flag and its state.
    FeatureFlag,
    /// Business roles that testers need.
    Roles,
    /// The business description.
    BusinessDescription,
    /// The acceptance criteria.
    AcceptanceCriteria,
    /// Test data.
    TestData,
}

impl Parameter {
    /// Every parameter, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::FeatureFlag, Self::Roles, Self::BusinessDescription, Self::AcceptanceCriteria, Self::TestData];

    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::FeatureFlag => "feature_flag",
            Self::Roles => "roles",
            Self::BusinessDescription => "business_description",
            Self::AcceptanceCriteria => "acceptance_criteria",
            Self::TestData => "test_data",
        }
    }
}

/// How a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As somebody wrote it.
    Written(ParameterState),
    /// There, but not usable yet.
    NotReady,
    /// Nobody wrote anything.
    Unknown,
}

impl Standing {
    /// Whether the parameter counts: it is in order, present or not applicable.
    pub fn is_met(self) -> bool {
        matches!(self, Self::Written(ParameterState::Ok | ParameterState::NotApplicable))
    }
}

const PRESENT: Standing = Standing::Written(ParameterState::Ok);

/// Every required parameter of a ticket with its standing, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// The parameters.
    pub parameters: [(Parameter, Standing); 5],
}

impl Readiness {
    /// How many parameters count.
    pub fn met(&self) -> usize {
        self.parameters.iter().filter(|(_, standing)| standing.is_met()).count()
    }

    /// How many are required.
    pub fn required(&self) -> usize {
        self.parameters.len()
    }

    /// Whether all of them count.
    pub fn is_ready(&self) -> bool {
        self.met() == self.required()
    }

    /// Those that do not count.
    pub fn missing(&self) -> impl Iterator<Item = Parameter> {
        self.parameters.iter().filter(|(_, standing)| !standing.is_met()).map(|(parameter, _)| *parameter)
    }
}

/// How a ticket with `parameters` stands on the day `as_of`; `data` finds a test-data set by its id.
pub fn of<'a>(
    parameters: &UatParameters,
    data: impl Fn(&str) -> Option<&'a DataSet>,
    as_of: Date,
) -> Readiness {
    let written = |state: Option<ParameterState>| state.map_or(Standing::Unknown, Standing::Written);
    let sets = parameters.test_data.iter().map(|set| data(set.id()).map(|set| is_usable(set, as_of)));
    let test_data = all_usable(sets);
    let standing = |parameter| match parameter {
        Parameter::FeatureFlag => flag(parameters.feature_flag.as_ref()),
        Parameter::Roles if parameters.roles.is_empty() => Standing::Unknown,
        Parameter::Roles => PRESENT,
        Parameter::BusinessDescription => written(parameters.business_description),
        Parameter::AcceptanceCriteria => written(parameters.acceptance_criteria),
        Parameter::TestData => test_data,
    };
    Readiness { parameters: Parameter::ALL.map(|parameter| (parameter, standing(parameter))) }
}

/// A flag counts when both its name and its state are written; its state may say that there is no
/// need of one.
fn flag(flag: Option<&FeatureFlag>) -> Standing {
    let state = flag.filter(|flag| !flag.name.trim().is_empty()).and_then(|flag| flag.state.as_deref());
    match state.map(str::trim) {
        None | Some("" | "unknown") => Standing::Unknown,
        Some("not_applicable") => Standing::Written(ParameterState::NotApplicable),
        Some(_) => PRESENT,
    }
}

/// Whether a test-data set can be used on the day `as_of`.
pub fn is_usable(set: &DataSet, as_of: Date) -> bool {
    status(set, as_of) == DataStatus::Ready
}

/// How a test-data set stands on the day `as_of`: one that was ready is out of date after its last day.
pub fn status(set: &DataSet, as_of: Date) -> DataStatus {
    let is_past = set.valid_until.as_ref().is_some_and(|until| until.value < as_of);
    match set.status.value {
        DataStatus::Ready if is_past => DataStatus::Stale,
        written => written,
    }
}

/// Test data stand as the worst set does; a set that nobody described is not known.
fn all_usable(sets: impl Iterator<Item = Option<bool>>) -> Standing {
    let sets: Vec<Option<bool>> = sets.collect();
    if sets.contains(&Some(false)) {
        Standing::NotReady
    } else if sets.is_empty() || sets.contains(&None) {
        Standing::Unknown
    } else {
        PRESENT
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::diagnostic::FileId;
    use crate::parse::yaml::Yaml;
    use crate::record::decode::Decode;

    fn read<T: Decode>(text: &str) -> T {
        let node = Yaml { text, start: 0, file: FileId::of("x.yaml") }.read().expect("valid YAML");
        let mut faults = Vec::new();
        let read = T::decode(&node, &mut faults);
        assert_eq!(faults, []);
        read.expect("a record")
    }

    fn set(status: &str, until: &str) -> DataSet {
        read(&format!(
            "{{title: t, environment: e, origin: synthetic, status: {status}, valid_until: {until}}}"
        ))
    }

    #[test]
    fn data_that_was_ready_is_stale_after_its_last_day() {
        for (written, until, shown) in [
            ("ready", "2026-10-16", DataStatus::Ready),
            ("ready", "2026-10-15", DataStatus::Stale),
            ("partial", "2026-10-15", DataStatus::Partial),
            ("missing", "2026-12-31", DataStatus::Missing),
        ] {
            assert_eq!(status(&set(written, until), date(2026, 10, 16)), shown, "{written} until {until}");
        }
    }

    fn readiness(text: &str) -> Readiness {
        let (good, partial, old) =
            (set("ready", "2026-12-31"), set("partial", "2026-12-31"), set("ready", "2026-10-15"));
        let find = |id: &str| match id {
            "good" => Some(&good),
            "partial" => Some(&partial),
            "old" => Some(&old),
            _ => None,
        };
        of(&read(text), find, date(2026, 10, 16))
    }

    #[test]
    fn a_ticket_is_ready_when_every_parameter_counts() {
        let full = "{feature_flag: {name: f, state: on}, roles: [official], business_description: ok, \
                    acceptance_criteria: not_applicable, test_data: [good]}";
        let readiness = readiness(full);
        assert!(readiness.is_ready());
        assert_eq!((readiness.met(), readiness.required()), (5, 5));
    }

    #[test]
    fn what_is_not_written_is_not_ready() {
        let readiness = readiness("{note: nothing yet}");
        assert_eq!((readiness.met(), readiness.required()), (0, 5));
        assert!(readiness.parameters.iter().all(|(_, standing)| *standing == Standing::Unknown));
    }

    #[test]
    fn each_parameter_counts_by_itself() {
        use Parameter::{AcceptanceCriteria, BusinessDescription, FeatureFlag, Roles, TestData};
        for (text, wanted) in [
            ("{feature_flag: {name: f}}", (FeatureFlag, Standing::Unknown)),
            ("{feature_flag: {name: f, state: unknown}}", (FeatureFlag, Standing::Unknown)),
            ("{feature_flag: {name: f, state: off}}", (FeatureFlag, PRESENT)),
            (
                "{feature_flag: {name: none, state: not_applicable}}",
                (FeatureFlag, Standing::Written(ParameterState::NotApplicable)),
            ),
            ("{roles: []}", (Roles, Standing::Unknown)),
            (
                "{business_description: missing}",
                (BusinessDescription, Standing::Written(ParameterState::Missing)),
            ),
            (
                "{acceptance_criteria: unclear}",
                (AcceptanceCriteria, Standing::Written(ParameterState::Unclear)),
            ),
            ("{test_data: [good]}", (TestData, PRESENT)),
            ("{test_data: [good, partial]}", (TestData, Standing::NotReady)),
            ("{test_data: [old]}", (TestData, Standing::NotReady)),
            ("{test_data: [good, nowhere]}", (TestData, Standing::Unknown)),
        ] {
            assert!(readiness(text).parameters.contains(&wanted), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing: Vec<Parameter> =
            readiness("{feature_flag: {name: f, state: on}, roles: [a], business_description: ok, acceptance_criteria: unclear}")
                .missing()
                .collect();
        assert_eq!(missing, [Parameter::AcceptanceCriteria, Parameter::TestData]);
    }
}
