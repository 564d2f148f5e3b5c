//! Long tables in parts, so that no page grows with the portal.

use std::ops::Range;

use crate::derive::page::routes::{List, Subject};

/// How many rows of the long table that begins on the page about `subject` stand on one page. A page
/// has to stay under 250 KB with long titles and what stands around the table; a row takes from 430
/// bytes (a result) to 900 (a run with its bar and links, a defect) and 2,200 (a case in twelve runs). What stands
/// before the results of a run may take half of its page.
pub fn rows(subject: &Subject) -> usize {
    match subject {
        // A page stands there with its headings.
        Subject::Search => 60,
        Subject::Series(_) => 70,
        Subject::Run(_) => 250,
        Subject::Plan(_) | Subject::List(List::Cases) => 300,
        Subject::List(List::Runs | List::Defects) => 150,
        _ => 100,
    }
}

/// How many parts a table of `all` rows has, `rows` to a page; at least one.
pub fn count(all: usize, rows: usize) -> usize {
    all.div_ceil(rows.max(1)).max(1)
}

/// The rows that stand in part `number`, counted from 1, of a table of `all` rows, `rows` to a page.
pub fn range(all: usize, rows: usize, number: usize) -> Range<usize> {
    let from = number.saturating_sub(1).saturating_mul(rows).min(all);
    from..from.saturating_add(rows).min(all)
}

/// The parts that a reader of part `number` of `last` can go to: the first, the last and those
/// nearby. `None` stands where some are left out.
pub fn offered(number: usize, last: usize) -> Vec<Option<usize>> {
    const NEAR: usize = 2;
    let mut offered: Vec<Option<usize>> = Vec::new();
    let mut before = 0;
    for part in (1..=last).filter(|part| *part == 1 || *part == last || part.abs_diff(number) <= NEAR) {
        if part > before + 1 {
            // A gap of one part is not worth a sign that stands for it.
            offered.push((part == before + 2).then_some(part - 1));
        }
        offered.push(Some(part));
        before = part;
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_every_row_once() {
        for all in [0, 1, 10, 11, 99] {
            let shown: usize = (1..=count(all, 10)).map(|number| range(all, 10, number).len()).sum();
            assert_eq!(shown, all);
        }
        assert_eq!(range(11, 10, 2), 10..11);
        assert_eq!(range(10, 10, 7), 10..10);
    }

    #[test]
    fn a_reader_is_offered_the_ends_and_the_neighbours() {
        let shown = |number, last| -> String {
            offered(number, last)
                .iter()
                .map(|part| part.map_or("… ".to_owned(), |part| format!("{part} ")))
                .collect()
        };
        assert_eq!(shown(1, 1), "1 ");
        assert_eq!(shown(1, 3), "1 2 3 ");
        assert_eq!(shown(5, 9), "1 2 3 4 5 6 7 8 9 ");
        assert_eq!(shown(10, 20), "1 … 8 9 10 11 12 … 20 ");
    }
}
