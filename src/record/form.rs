//! How values are spelled that are more than text: days, durations, shares.

use super::shape::{Shape, Shaped};
use super::time::{Moment, Period, Seconds};
use jiff::civil::Date;

/// A way to spell a value.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its name in the catalogues.
    pub name: &'static str,
    /// What a text of the form matches (ECMA 262).
    pub pattern: &'static str,
    /// What YAML may take such a value for.
    pub scalars: Scalars,
    /// A value.
    pub example: &'static str,
}

/// What YAML may take a scalar for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalars {
    /// A text alone.
    Text,
    /// A text, or a number that is not negative.
    Number,
    /// Anything: what it means is for the record to say.
    Any,
}

macro_rules! day {
    () => {
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    };
}

static DAY: Form = Form {
    name: "day",
    pattern: concat!("^", day!(), "$"),
    scalars: Scalars::Text,
    example: "2026-10-12",
};

static MOMENT: Form = Form {
    name: "moment",
    pattern: concat!(
        "^",
        day!(),
        "([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])? *([Zz]|[+-][0-9]{2}(:?[0-5][0-9])?)?)?$"
    ),
    scalars: Scalars::Text,
    example: "2026-10-12T09:00",
};

static DURATION: Form = Form {
    name: "duration",
    pattern: "^([0-9]+(\\.[0-9]+)?|([0-9]*\\.?[0-9]+ *(d|h|min|ms|m|s) *)+)$",
    scalars: Scalars::Number,
    example: "1h30m",
};

static PERIOD: Form = Form {
    name: "period",
    pattern: "^[0-9]+ *(d|days?|w|weeks?|mo|months?|y|years?|wd|workdays?)$",
    scalars: Scalars::Text,
    example: "12mo",
};

macro_rules! spelled {
    ($($type:ty: $form:ident;)*) => {$(
        impl Shaped for $type {
            fn shape() -> Shape {
                Shape::Form(&$form)
            }
        }
    )*};
}

spelled! {
    Date: DAY;
    Moment: MOMENT;
    Seconds: DURATION;
    Period: PERIOD;
}
