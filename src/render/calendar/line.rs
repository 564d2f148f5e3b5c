//! Lines of a calendar file (RFC 5545, section 3.1): folded, ended and escaped as it wants them.

/// How many octets a line may have, its end not counted.
const WIDTH: usize = 75;

/// A property: `name:value`, folded between characters, never within one.
pub fn property(name: &str, value: &str) -> String {
    let mut folded = String::new();
    let mut width = 0;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if width + letter.len_utf8() > WIDTH {
            folded.push_str("\r\n ");
            // The space at the beginning of a further line counts.
            width = 1;
        }
        folded.push(letter);
        width += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

/// A property that holds words.
pub fn text(name: &str, words: &str) -> String {
    property(name, &escape(words))
}

/// Words as a value (RFC 5545, section 3.3.11). What a file cannot hold is left out.
pub fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(letter),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_escaped() {
        for (words, wanted) in [
            ("Install: 2026.10", "Install: 2026.10"),
            ("a, b; c\\d", "a\\, b\\; c\\\\d"),
            ("one\ntwo\r\nthree", "one\\ntwo\\nthree"),
            ("bell\u{7} and\ttab", "bell and\ttab"),
        ] {
            assert_eq!(escape(words), wanted);
        }
    }

    #[test]
    fn a_long_line_is_folded_after_75_octets() {
        let line = property("X", &"a".repeat(160));
        let widths: Vec<usize> = line.split("\r\n").map(str::len).collect();
        assert_eq!(widths, [75, 75, 14, 0]);
        // Õ has two octets: with `X:` and 36 of them the line has 74, and another would be too much.
        let line = property("X", &"Õ".repeat(40));
        assert_eq!(line, format!("X:{}\r\n {}\r\n", "Õ".repeat(36), "Õ".repeat(4)));
        assert_eq!(property("X", &"a".repeat(73)), format!("X:{}\r\n", "a".repeat(73)));
    }

    proptest! {
        #[test]
        fn unfolding_gives_the_line_back(words in "[ -~äöüõ€😀\n]{0,300}") {
            let line = text("SUMMARY", &words);
            prop_assert!(line.split("\r\n").all(|part| part.len() <= WIDTH));
            prop_assert_eq!(line.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", escape(&words)));
        }
    }
}
