//! JSON of foreign tools, read leniently: a value of another type than expected is a value that is not there.

use serde_json::Value;

use super::Unreadable;

/// The value that `bytes` hold. Values nested more than 128 deep are refused (a bound of the library).
///
/// # Errors
///
/// [`Unreadable`] with the place where the text stops being JSON.
pub fn parse(bytes: &[u8]) -> Result<Value, Unreadable> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(text).map_err(|fault| unreadable(&fault))
}

/// What `fault` says, apart from its place.
fn unreadable(fault: &serde_json::Error) -> Unreadable {
    let told = fault.to_string();
    let what = told.split(" at line ").next().unwrap_or_default();
    Unreadable {
        line: (fault.line() > 0).then(|| fault.line()),
        column: (fault.column() > 0).then(|| fault.column()),
        message: format!("is not valid JSON: {what}"),
    }
}

/// The value of `key`; null if there is none.
pub fn at<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(&Value::Null)
}

/// The text of `key`, unless it is blank.
pub fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The items of `key`.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The number of `key`.
pub fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key)?.as_f64()
}

/// The whole number of `key`; of another number its whole part.
pub fn whole(value: &Value, key: &str) -> Option<i64> {
    let value = value.get(key)?;
    // The cast saturates, and what is that large is refused wherever it is used.
    #[allow(clippy::cast_possible_truncation)]
    value.as_i64().or_else(|| value.as_f64().map(|number| number as i64))
}

/// Whether `key` is true.
pub fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}

/// A plain value as text: `7`, `true`, `word`; a list or a map as JSON.
pub fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_another_type_is_not_there() {
        let value =
            parse("\u{feff}{\"a\": \" x \", \"b\": 7.5, \"c\": [1], \"d\": \"\"}".as_bytes()).expect("JSON");
        assert_eq!((text(&value, "a"), text(&value, "b"), text(&value, "d")), (Some("x"), None, None));
        assert_eq!((number(&value, "b"), whole(&value, "b"), whole(&value, "a")), (Some(7.5), Some(7), None));
        assert_eq!((list(&value, "c").len(), list(&value, "a").len()), (1, 0));
        assert_eq!(text(&Value::Null, "a"), None);
    }

    #[test]
    fn the_place_of_a_fault_is_told() {
        let fault = parse(b"{\"a\": 1,\n  2}").expect_err("half of a map");
        assert_eq!((fault.line, fault.column), (Some(2), Some(3)));
        assert_eq!(fault.message, "is not valid JSON: key must be a string");
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
    }
}
