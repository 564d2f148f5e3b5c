//! Whether guidance is still fresh.

use jiff::Span;
use jiff::civil::Date;

use crate::model::Site;
use crate::model::page::Front;
use crate::record::time::Period;

/// How many days before its day a review counts as due.
const DUE_WITHIN_DAYS: i32 = 30;

/// Where a page stands between two reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// Nobody wrote when it was reviewed.
    Unknown,
    /// The next review is on this day, more than 30 days away.
    Fresh(Date),
    /// The next review is on this day, at most 30 days away.
    Due(Date),
    /// The next review was on this day.
    Overdue(Date),
}

impl Review {
    /// The word that names it in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "never",
            Self::Fresh(_) => "current",
            Self::Due(_) => "due",
            Self::Overdue(_) => "overdue",
        }
    }

    /// The day of the next review.
    pub fn next(self) -> Option<Date> {
        match self {
            Self::Unknown => None,
            Self::Fresh(day) | Self::Due(day) | Self::Overdue(day) => Some(day),
        }
    }
}

/// Where the page with `front` stands on the day `as_of`. The term is the page's own, else the
/// portal's, else twelve months.
pub fn review(site: &Site, front: &Front, as_of: Date) -> Review {
    let Some(reviewed) = &front.reviewed else { return Review::Unknown };
    let term = front.review_every.or(site.portal.review_every).unwrap_or(Period::Months(12));
    standing(after(reviewed.value, term), as_of)
}

/// Where something stands on the day `as_of` whose next review is on the day `next`.
pub fn standing(next: Date, as_of: Date) -> Review {
    if next < as_of {
        Review::Overdue(next)
    } else if (next - as_of).get_days() <= DUE_WITHIN_DAYS {
        Review::Due(next)
    } else {
        Review::Fresh(next)
    }
}

fn after(day: Date, term: Period) -> Date {
    let span = match term {
        Period::Days(days) => Span::new().try_days(days),
        Period::Months(months) => Span::new().try_months(months),
        // Reviews come round in months; workdays are taken as a five-day week.
        Period::Workdays(days) => Span::new().try_days(i64::from(days) * 7 / 5),
    };
    span.and_then(|span| day.checked_add(span)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_counted_in_calendar_months() {
        let day = Date::constant(2026, 1, 31);
        assert_eq!(after(day, Period::Months(1)), Date::constant(2026, 2, 28));
        assert_eq!(after(day, Period::Months(12)), Date::constant(2027, 1, 31));
        assert_eq!(after(day, Period::Days(30)), Date::constant(2026, 3, 2));
        assert_eq!(after(day, Period::Days(u32::MAX)), Date::MAX, "the calendar ends");
        assert_eq!(after(day, Period::Months(u32::MAX)), Date::MAX, "the calendar ends");
    }
}
