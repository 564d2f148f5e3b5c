//! "Did you mean": the nearest of the known names.

/// The known name nearest to `name`, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = name.chars().count();
    known
        .into_iter()
        // Most names differ in length alone by more than a slip; only the others are compared letter by letter.
        .filter(|candidate| {
            let other = candidate.chars().count();
            other.abs_diff(length) <= allowance(other)
        })
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= allowance(candidate.chars().count()))
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)))
        .map(|(_, candidate)| candidate)
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
    use super::*;

    #[test]
    fn a_slip_finds_its_name() {
        let known = ["status", "schedule", "title"];
        assert_eq!(nearest("statsu", known), Some("status"));
        assert_eq!(nearest("Title", known), Some("title"));
        assert_eq!(nearest("owner", known), None);
    }
}
