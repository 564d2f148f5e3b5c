//! "Did you mean": the nearest of the known names.

/// The known name nearest to `name`, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = name.chars().count();
    let letters = counted(&wanted);
    known
        .into_iter()
        // Most names differ by more than a slip in their length or in the letters they are made of; only the others are
        // compared letter by letter.
        .filter(|candidate| {
            let other = candidate.chars().count();
            other.abs_diff(length) <= allowance(other)
        })
        .map(|candidate| (candidate.to_lowercase(), candidate))
        .filter(|(lower, candidate)| least(&letters, lower) <= allowance(candidate.chars().count()))
        .map(|(lower, candidate)| (strsim::damerau_levenshtein(&wanted, &lower), candidate))
        .filter(|(distance, candidate)| *distance <= allowance(candidate.chars().count()))
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)))
        .map(|(_, candidate)| candidate)
}

/// How often each letter stands in a name; others than those of ASCII share a place with some of these.
fn counted(name: &str) -> [i32; 128] {
    let mut counts = [0; 128];
    name.chars().for_each(|letter| counts[letter as usize % 128] += 1);
    counts
}

/// The least distance that a name made of `letters` can have to `other`: a slip adds one letter, takes one away, or puts
/// one in the place of another, and to swap two changes no letter (bag distance: Bartolini, Ciaccia, Patella 2002).
fn least(letters: &[i32; 128], other: &str) -> usize {
    let mut left = *letters;
    other.chars().for_each(|letter| left[letter as usize % 128] -= 1);
    let (more, fewer) = left.iter().fold((0, 0), |(more, fewer), count| {
        (more + count.max(&0).unsigned_abs(), fewer + count.min(&0).unsigned_abs())
    });
    more.max(fewer) as usize
}

/// A hint that names the nearest known name, or all of them when there are few.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    const FEW: usize = 12;
    if let Some(near) = nearest(name, known.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all: Vec<String> = known.into_iter().take(FEW + 1).map(|name| format!("`{name}`")).collect();
    (1..=FEW).contains(&all.len()).then(|| format!("known here: {}", all.join(", ")))
}

/// One slip in a short name, up to three in a long one.
fn allowance(length: usize) -> usize {
    (length / 3).clamp(1, 3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slip_finds_its_name() {
        let known = ["status", "schedule", "title"];
        assert_eq!(nearest("statsu", known), Some("status"));
        assert_eq!(nearest("Title", known), Some("title"));
        assert_eq!(nearest("owner", known), None);
    }

    proptest! {
        #[test]
        fn no_name_is_passed_over_for_its_letters(a in "[a-cäõ中]{0,9}", b in "[a-cäõ中]{0,9}") {
            let distance = strsim::damerau_levenshtein(&a, &b);
            prop_assert!(least(&counted(&a), &b) <= distance);
        }
    }
}
