//! Paths as authors write them in a file: relative to that file, `/` between names.

/// The folder of the file at `path`.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` as seen from `folder`; nothing if it leads out of the tree. A leading `/` is the content folder.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_its_file_and_stays_in_the_tree() {
        for (from, path, wanted) in [
            ("runs/2026.10/sit-03.yaml", "sit-03.xml", Some("runs/2026.10/sit-03.xml")),
            ("runs/2026.10/sit-03.yaml", "./shots/../a.png", Some("runs/2026.10/a.png")),
            ("runs/a.yaml", "/logo.svg", Some("logo.svg")),
            ("runs/a.yaml", "../../secret", None),
            ("a.yaml", "b//c", Some("b/c")),
        ] {
            assert_eq!(join(folder_of(from), path).as_deref(), wanted, "{from} {path}");
        }
    }
}
