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

static DAY: Form =
    Form { name: "day", pattern: concat!("^", day!(), "$"), scalars: Scalars::Text, example: "2026-10-12" };

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::string::string_regex;

    use super::*;
    use crate::model::portal::Threshold;
    use crate::model::run::Baseline;
    use crate::parse::yaml::Yaml;
    use crate::record::decode::Decode;

    /// The inside of a form's pattern.
    fn pattern<T: Shaped>() -> &'static str {
        let Shape::Form(form) = T::shape() else { panic!("a form was expected") };
        form.pattern.trim_start_matches('^').trim_end_matches('$')
    }

    /// Texts that the form's pattern lets pass, none of its numbers too large to be meant.
    fn written<T: Shaped>() -> impl Strategy<Value = String> {
        let is_meant =
            |text: &String| text.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() < 6);
        string_regex(pattern::<T>())
            .expect("a pattern")
            .prop_filter("too large a number", move |text| is_meant(text))
    }

    fn is_read<T: Decode>(text: &str) -> bool {
        let quoted = format!("'{}'", text.replace('\'', "''"));
        let node = Yaml { text: &quoted, start: 0, file: crate::diagnostic::FileId::of("x.yaml") }.read();
        T::decode(&node.expect("a text"), &mut Vec::new()).is_some()
    }

    /// Days that some months lack, and offsets that no zone has, are for the reader to refuse.
    fn may_be_none(text: &str) -> bool {
        let day = text.get(8..10).and_then(|day| day.parse::<u8>().ok());
        let offset =
            text.get(16..).and_then(|rest| rest.split(['+', '-']).nth(1)?.get(..2)?.parse::<u8>().ok());
        day.is_some_and(|day| day > 28) || offset.is_some_and(|hours| hours > 25)
    }

    proptest! {
        #[test]
        fn what_a_schema_lets_pass_is_read(
            day in written::<Date>(),
            moment in written::<Moment>(),
            period in written::<Period>(),
            threshold in written::<Threshold>(),
        ) {
            prop_assert!(is_read::<Date>(&day) || may_be_none(&day), "{day}");
            prop_assert!(is_read::<Moment>(&moment) || may_be_none(&moment), "{moment}");
            prop_assert!(is_read::<Period>(&period), "{period}");
            prop_assert!(is_read::<Threshold>(&threshold), "{threshold}");
        }

        #[test]
        fn so_are_durations_unless_they_are_too_long(text in written::<Seconds>()) {
            prop_assert!(is_read::<Seconds>(&text) || Seconds::read(&text).is_some(), "{text}");
        }
    }

    #[test]
    fn each_form_has_an_example_that_is_read() {
        fn example<T: Shaped>() -> &'static str {
            let Shape::Form(form) = T::shape() else { panic!("a form was expected") };
            form.example
        }
        assert!(is_read::<Date>(example::<Date>()));
        assert!(is_read::<Moment>(example::<Moment>()));
        assert!(is_read::<Seconds>(example::<Seconds>()));
        assert!(is_read::<Period>(example::<Period>()));
        assert!(is_read::<Threshold>(example::<Threshold>()));
        assert!(is_read::<Baseline>(example::<Baseline>()));
    }
}
