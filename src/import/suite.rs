//! Names of suites and of cases with parameters.

/// What stands between nested suites.
const SEPARATOR: &str = " › ";

/// The names of nested suites, the outermost first, as one; blank ones are left out.
pub fn joined<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(SEPARATOR))
}

/// The name of a case with its parameters: `sum [age: 17, chromium]`.
pub fn with_parameters(name: &str, parameters: &[String]) -> String {
    if parameters.is_empty() { name.to_owned() } else { format!("{name} [{}]", parameters.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_suites_have_one_name() {
        assert_eq!(joined(["Payments", " ", "Sums"]).as_deref(), Some("Payments › Sums"));
        assert_eq!(joined([""]), None);
        assert_eq!(
            with_parameters("sum", &["age: 17".to_owned(), "chromium".to_owned()]),
            "sum [age: 17, chromium]"
        );
    }
}
