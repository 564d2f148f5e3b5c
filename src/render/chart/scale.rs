//! From numbers to heights.

/// A scale from nought to a round number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    step: usize,
    steps: usize,
}

/// How many steps a scale has at most.
const MOST_STEPS: usize = 5;

impl Scale {
    /// The scale that has room for `most`: at most five steps of 1, 2 or 5 times a power of ten.
    pub fn up_to(most: usize) -> Self {
        let most = most.max(1);
        let step = round_numbers().find(|step| most.div_ceil(*step) <= MOST_STEPS).unwrap_or(most);
        Self { step, steps: most.div_ceil(step) }
    }

    /// The number at its top.
    pub fn top(self) -> usize {
        self.step.saturating_mul(self.steps)
    }

    /// The numbers that are written beside it, nought first.
    pub fn ticks(self) -> impl Iterator<Item = usize> {
        (0..=self.steps).map(move |tick| self.step.saturating_mul(tick))
    }

    /// How high `value` stands on a scale that is `room` high; rounded to the nearest.
    pub fn height(self, value: usize, room: usize) -> usize {
        let top = self.top().max(1);
        value.min(top).saturating_mul(room).saturating_add(top / 2) / top
    }
}

/// 1, 2, 5, 10, 20, 50 and so on.
fn round_numbers() -> impl Iterator<Item = usize> {
    let powers = std::iter::successors(Some(1_usize), |power| power.checked_mul(10));
    powers.flat_map(|power| [1, 2, 5].into_iter().filter_map(move |digit| power.checked_mul(digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        for (most, ticks) in [
            (0, vec![0, 1]),
            (1, vec![0, 1]),
            (4, vec![0, 1, 2, 3, 4]),
            (6, vec![0, 2, 4, 6]),
            (352, vec![0, 100, 200, 300, 400]),
            (412, vec![0, 100, 200, 300, 400, 500]),
            (1_001, vec![0, 500, 1_000, 1_500]),
        ] {
            assert_eq!(Scale::up_to(most).ticks().collect::<Vec<_>>(), ticks, "{most}");
        }
        assert!(Scale::up_to(usize::MAX).ticks().count() <= MOST_STEPS + 1, "no number is too large");
    }

    #[test]
    fn heights_are_in_proportion() {
        let scale = Scale::up_to(352);
        let heights: Vec<usize> = [0, 100, 352, 400, 900].map(|value| scale.height(value, 200)).to_vec();
        assert_eq!(heights, [0, 50, 176, 200, 200]);
    }
}
