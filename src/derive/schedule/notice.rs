//! How early those affected by a cloning are told (content model, section 4: at least five workdays).

use jiff::Span;
use jiff::civil::Date;

use crate::derive::schedule::workdays::Workdays;
use crate::model::portal::Portal;
use crate::record::time::Period;

/// The notice of a portal that sets none.
const FIVE_WORKDAYS: Period = Period::Workdays(5);

/// The notice that `portal` promises.
pub fn term(portal: &Portal) -> Period {
    portal.cloning_notice.unwrap_or(FIVE_WORKDAYS)
}

/// The last day on which telling of something that begins on `begins` gives the notice that `portal`
/// promises. Of workdays the day of telling does not count, the first day of the event does.
pub fn last_day(portal: &Portal, begins: Date) -> Date {
    let span = match term(portal) {
        Period::Workdays(count) => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            return Workdays::of(portal).before(begins, count);
        }
        Period::Days(days) => Span::new().try_days(days),
        Period::Months(months) => Span::new().try_months(months),
    };
    span.and_then(|span| begins.checked_sub(span)).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn notice_is_counted_back_from_the_beginning() {
        let last = |settings: &str, begins: Date| {
            let text = format!("title: P\nworkdays: {{holidays: [2026-08-20]}}\n{settings}\n");
            last_day(&tree(&[("portal.yaml", &text)]).portal, begins)
        };
        assert_eq!(last("", date(2026, 11, 6)), date(2026, 10, 30), "from Friday to Friday");
        assert_eq!(last("", date(2026, 8, 21)), date(2026, 8, 13), "a holiday lies between");
        assert_eq!(last("", date(2026, 11, 7)), date(2026, 10, 30), "on a Saturday nobody works");
        assert_eq!(last("cloning_notice: 2w", date(2026, 11, 6)), date(2026, 10, 23));
        assert_eq!(last("cloning_notice: 1mo", date(2026, 11, 6)), date(2026, 10, 6));
        assert_eq!(last("cloning_notice: 0 workdays", date(2026, 11, 6)), date(2026, 11, 6));
    }
}
