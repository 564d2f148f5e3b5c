//! A message as a file of a mail program: RFC 5322 with MIME (RFC 2045 to 2047), the plain text and the HTML as
//! alternatives. `X-Unsent` opens it as a draft, so a person reads it before it goes.

use jiff::Zoned;

use super::super::base64::base64;
use super::html::html;
use super::text::text;
use super::{Message, on_one_line};

/// What stands on the outside of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The time of what it tells, in the portal's zone.
    pub date: Zoned,
    /// The mailbox that sends it; where there is none, the mail program puts its own.
    pub from: Option<Mailbox>,
    /// The mailboxes that get it.
    pub to: Vec<Mailbox>,
}

/// An address as mail has it, `testing@example.ee`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox(String);

impl Mailbox {
    /// Reads an address; nothing if it is none, or has a name or anything else beside it.
    pub fn read(address: &str) -> Option<Self> {
        let is_plain = |text: &str| {
            !text.is_empty()
                && text.chars().all(|c| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
                && !text.starts_with('.')
                && !text.ends_with('.')
        };
        let (local, domain) = address.split_once('@')?;
        (is_plain(local) && is_plain(domain) && !domain.contains("..") && domain.contains('.'))
            .then(|| Self(address.to_owned()))
    }
}

/// The longest line that quoted-printable and encoded words allow (RFC 2045, 6.7; RFC 2047, 2).
const LONGEST: usize = 76;

/// The file's bytes, as text with line ends of mail.
pub fn eml(message: &Message, envelope: &Envelope) -> String {
    let plain = quoted_printable(&text(message));
    let rich = quoted_printable(&html(message));
    // `=_` cannot stand in what is quoted-printable, hence never in a part.
    let digest = blake3::hash(format!("{plain}\n{rich}").as_bytes()).to_hex();
    let boundary = format!("=_juhend_{}", digest.get(..32).unwrap_or_default());
    let mut out = String::new();
    let mut header = |name: &str, value: &str| out.push_str(&format!("{name}: {value}\r\n"));
    header("Date", &envelope.date.strftime("%a, %d %b %Y %H:%M:%S %z").to_string());
    if let Some(from) = &envelope.from {
        header("From", &from.0);
    }
    if !envelope.to.is_empty() {
        let to: Vec<&str> = envelope.to.iter().map(|mailbox| mailbox.0.as_str()).collect();
        header("To", &to.join(",\r\n "));
    }
    header("Subject", &unstructured(&message.subject, "Subject: ".len()));
    header("X-Unsent", "1");
    header("MIME-Version", "1.0");
    header("Content-Language", &message.language);
    header("Content-Type", &format!("multipart/alternative;\r\n boundary=\"{boundary}\""));
    out.push_str("\r\n");
    for (kind, body) in [("plain", plain), ("html", rich)] {
        out.push_str(&format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n"
        ));
    }
    out.push_str(&format!("--{boundary}--\r\n"));
    out
}

/// How long the marks around an encoded word are.
const AROUND: usize = "=?utf-8?B??=".len();

/// The value of a header of free words: as it is where it is short ASCII, else as encoded words of base 64,
/// none of which splits a letter. `used` bytes stand before it on its line.
fn unstructured(words: &str, used: usize) -> String {
    let words = on_one_line(words);
    let is_plain = words.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ');
    if is_plain && !words.contains("=?") && used + words.len() <= LONGEST {
        return words;
    }
    let mut encoded: Vec<String> = Vec::new();
    let mut chunk = String::new();
    let mut room = LONGEST - used.min(LONGEST / 2);
    for letter in words.chars() {
        if AROUND + (chunk.len() + letter.len_utf8()).div_ceil(3) * 4 > room.min(75) {
            encoded.push(encoded_word(&chunk));
            chunk.clear();
            room = LONGEST - 1;
        }
        chunk.push(letter);
    }
    encoded.push(encoded_word(&chunk));
    encoded.join("\r\n ")
}

fn encoded_word(words: &str) -> String {
    format!("=?utf-8?B?{}?=", base64(words.as_bytes()))
}

/// `text` as quoted-printable (RFC 2045, 6.7), its lines ending as mail wants.
fn quoted_printable(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(quoted_line).collect();
    lines.join("\r\n")
}

fn quoted_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut used = 0;
    for (at, byte) in line.bytes().enumerate() {
        let is_last = at + 1 == line.len();
        let is_plain = match byte {
            b' ' | b'\t' => !is_last,
            // A line that begins with a dot or `From` is changed by some servers on its way.
            b'.' => used > 0,
            b'F' => used > 0 || !line.starts_with("From "),
            b'=' => false,
            byte => byte.is_ascii_graphic(),
        };
        let piece = if is_plain { char::from(byte).to_string() } else { format!("={byte:02X}") };
        // The soft line break takes a place of its own.
        if used + piece.len() > LONGEST - 1 {
            out.push_str("=\r\n");
            used = 0;
        }
        used += piece.len();
        out.push_str(&piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::super::sample::message;
    use super::*;

    fn envelope(to: &[&str]) -> Envelope {
        let zone = TimeZone::get("Europe/Tallinn").expect("bundled zone");
        Envelope {
            date: date(2026, 10, 16).at(8, 0, 0, 0).to_zoned(zone).expect("a time"),
            from: None,
            to: to.iter().filter_map(|address| Mailbox::read(address)).collect(),
        }
    }

    #[test]
    fn a_draft_has_both_forms_and_no_recipient_of_its_own() {
        let mail = eml(&message(), &envelope(&[]));
        let head = mail.split("\r\n\r\n").next().unwrap_or_default();
        assert_eq!(
            head.lines().take(5).collect::<Vec<_>>(),
            [
                "Date: Fri, 16 Oct 2026 08:00:00 +0300",
                "Subject: =?utf-8?B?TsOkZGFsYcO8bGV2YWFkZQ==?=",
                "X-Unsent: 1",
                "MIME-Version: 1.0",
                "Content-Language: et",
            ]
        );
        assert_eq!(mail.matches("Content-Type: text/").count(), 2);
        assert!(mail.contains("=C3=9Cle t=C3=A4htaja\r\n"), "{mail}");
        assert_eq!(
            mail.replace("\r\n", "").matches(['\r', '\n']).count(),
            0,
            "every line ends as mail wants"
        );
        assert_eq!(mail, eml(&message(), &envelope(&[])));
        let sent = eml(&message(), &envelope(&["uat@example.ee", "sit@example.ee"]));
        assert!(sent.contains("\r\nTo: uat@example.ee,\r\n sit@example.ee\r\n"), "{sent}");
    }

    #[test]
    fn an_address_cannot_smuggle_a_header() {
        for (address, is_one) in [
            ("uat@example.ee", true),
            ("uat+week@test.example.ee", true),
            ("uat@example.ee\r\nBcc: all@example.ee", false),
            ("UAT <uat@example.ee>", false),
            ("a@b@example.ee", false),
            ("a@b", false),
            ("@example.ee", false),
            ("", false),
        ] {
            assert_eq!(Mailbox::read(address).is_some(), is_one, "{address}");
        }
    }

    #[test]
    fn base_64_is_as_its_standard_says() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn words_are_quoted_where_mail_needs_it() {
        for (line, wanted) in [
            ("a = b", "a =3D b"),
            ("ends with a blank ", "ends with a blank=20"),
            (".hidden", "=2Ehidden"),
            ("From here", "=46rom here"),
            ("õ", "=C3=B5"),
        ] {
            assert_eq!(quoted_line(line), wanted);
        }
    }

    /// What a mail program makes of quoted-printable.
    fn read(quoted: &str) -> Option<String> {
        let joined = quoted.replace("=\r\n", "").replace("\r\n", "\n");
        let mut bytes = Vec::new();
        let mut rest = joined.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            if *first == b'=' {
                let code = std::str::from_utf8(after.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(code, 16).ok()?);
                rest = after.get(2..)?;
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        String::from_utf8(bytes).ok()
    }

    proptest! {
        #[test]
        fn what_is_quoted_reads_as_it_was_written(text in "[ -~õäöüšž€=.\t]{0,200}(\n[ -~õäöü=.]{0,120}){0,3}") {
            let quoted = quoted_printable(&text);
            prop_assert!(quoted.lines().all(|line| line.len() <= LONGEST && line.is_ascii()));
            prop_assert_eq!(read(&quoted), Some(text.lines().collect::<Vec<_>>().join("\n")));
        }

        #[test]
        fn a_subject_is_never_too_long(subject in "\\PC{0,200}") {
            let value = unstructured(&subject, "Subject: ".len());
            let lines = format!("Subject: {value}");
            prop_assert!(lines.lines().all(|line| line.len() <= LONGEST && line.is_ascii()), "{}", lines);
        }
    }
}
