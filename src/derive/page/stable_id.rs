//! Names that outlive addresses and titles: calendars and feeds know by them that something is the same.

/// The UUID of what `parts` identify, the kind first. It is made of them alone, so that it stays when the
/// portal moves to another address, is renamed or is built elsewhere; it is of version 8, whose content is
/// free (RFC 9562, section 5.8).
pub fn uuid(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("Juhend 2026 identity of events and news");
    for part in parts {
        // The length keeps `a`, `bc` apart from `ab`, `c`.
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = u128::from_be_bytes(bytes);
    let digits = format!("{hex:032x}");
    [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits[part].to_owned()).join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Subscribers have these names in their calendars: they may never change.
    #[test]
    fn a_name_stays_for_ever() {
        assert_eq!(uuid(&["event", "release", "2026.10", "install"]), "23bdbc2b-cc90-854a-aec8-bf8b2b948543");
        assert_eq!(uuid(&[]), "8daac654-a4a2-8abe-9d83-2e464c48ff60");
    }

    #[test]
    fn a_name_has_the_form_of_a_uuid_and_depends_on_every_part() {
        let name = uuid(&["a", "bc"]);
        assert_eq!(name.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(name[14..].starts_with('8') && matches!(&name[19..20], "8" | "9" | "a" | "b"), "{name}");
        for other in [&["ab", "c"][..], &["a", "bc", ""], &["a"], &["bc", "a"]] {
            assert_ne!(uuid(other), name, "{other:?}");
        }
    }
}
