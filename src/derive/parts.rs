//! Long tables in parts, so that no page grows with the portal.

use std::ops::Range;

/// How many rows of a table stand on one page. A row with a state and links takes about 430 bytes,
/// and a page has to stay under 250 KB with long titles and what stands around the table.
pub const ROWS: usize = 400;

/// How many parts a table with `rows` rows has; at least one.
pub fn count(rows: usize) -> usize {
    rows.div_ceil(ROWS).max(1)
}

/// The rows that stand in part `number`, counted from 1, of a table with `rows` rows.
pub fn range(rows: usize, number: usize) -> Range<usize> {
    let from = number.saturating_sub(1).saturating_mul(ROWS).min(rows);
    from..from.saturating_add(ROWS).min(rows)
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
        for rows in [0, 1, ROWS, ROWS + 1, 10 * ROWS - 1] {
            let shown: usize = (1..=count(rows)).map(|number| range(rows, number).len()).sum();
            assert_eq!(shown, rows);
        }
        assert_eq!(range(ROWS + 1, 2), ROWS..ROWS + 1);
        assert_eq!(range(ROWS, 7), ROWS..ROWS);
    }

    #[test]
    fn a_reader_is_offered_the_ends_and_the_neighbours() {
        let shown = |number, last| -> String {
            offered(number, last).iter().map(|part| part.map_or("… ".to_owned(), |part| format!("{part} "))).collect()
        };
        assert_eq!(shown(1, 1), "1 ");
        assert_eq!(shown(1, 3), "1 2 3 ");
        assert_eq!(shown(5, 9), "1 2 3 4 5 6 7 8 9 ");
        assert_eq!(shown(10, 20), "1 … 8 9 10 11 12 … 20 ");
    }
}
