//! Whether a ticket may go to acceptance testing (content model, section 5).

use jiff::civil::Date;

use crate::derive::environment::test_data;
use crate::model::Site;
use crate::model::data_set::DataStatus;
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

/// How a ticket with `parameters` stands on the day `as_of`.
pub fn on(site: &Site, parameters: &UatParameters, as_of: Date) -> Readiness {
    of(parameters, |id| site.data.get(id).map(|set| test_data::status(site, set, as_of)))
}

/// How a ticket with `parameters` stands; `data` tells how a test-data set does, by its id.
fn of(parameters: &UatParameters, data: impl Fn(&str) -> Option<DataStatus>) -> Readiness {
    let written = |state: Option<ParameterState>| state.map_or(Standing::Unknown, Standing::Written);
    let sets =
        parameters.test_data.iter().map(|set| data(set.id()).map(|status| status == DataStatus::Ready));
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

/// The state of a flag that says that there is no need of one.
const NOT_APPLICABLE: &str = "not_applicable";

/// Whether there is need of a flag: its state does not say that there is none.
pub fn is_needed(flag: &FeatureFlag) -> bool {
    flag.state.as_deref().map(str::trim) != Some(NOT_APPLICABLE)
}

/// A flag counts when both its name and its state are written; its state may say that there is no
/// need of one.
fn flag(flag: Option<&FeatureFlag>) -> Standing {
    let state = flag.filter(|flag| !flag.name.trim().is_empty()).and_then(|flag| flag.state.as_deref());
    match state.map(str::trim) {
        None | Some("" | "unknown") => Standing::Unknown,
        Some(NOT_APPLICABLE) => Standing::Written(ParameterState::NotApplicable),
        Some(_) => PRESENT,
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

    fn readiness(text: &str) -> Readiness {
        let status = |id: &str| match id {
            "good" => Some(DataStatus::Ready),
            "partial" => Some(DataStatus::Partial),
            "old" => Some(DataStatus::Stale),
            _ => None,
        };
        of(&read(text), status)
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
