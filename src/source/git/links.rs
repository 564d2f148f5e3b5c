//! Where symbolic links of a tree lead, as a file system would say.

use std::collections::BTreeMap;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Led {
    /// To files: the path of each below the link, and its own.
    To(Vec<(String, String)>),
    /// Out of the tree.
    OutOfTree,
    /// To a folder that holds the link.
    Round,
    /// To nothing.
    Nowhere,
}

/// How many links a path may lead through, as on Linux.
const MOST_LINKS: usize = 40;

/// Where `link` leads in a tree with these `files`; `links` has the target of each link. Links below a
/// folder that a link leads to are not followed again.
pub(super) fn led<T>(files: &BTreeMap<String, T>, links: &BTreeMap<String, String>, link: &str) -> Led {
    let target = match resolved(links, link) {
        Ok(target) => target,
        Err(led) => return led,
    };
    if files.contains_key(&target) {
        return Led::To(vec![(link.to_owned(), target)]);
    }
    let folder = if target.is_empty() { String::new() } else { format!("{target}/") };
    if link.starts_with(&folder) {
        return Led::Round;
    }
    let inside = files.range(folder.clone()..).map(|(path, _)| path);
    let inside: Vec<(String, String)> = inside
        .take_while(|path| path.starts_with(&folder))
        .map(|path| (format!("{link}/{}", &path[folder.len()..]), path.clone()))
        .collect();
    if inside.is_empty() { Led::Nowhere } else { Led::To(inside) }
}

/// The path that `link` comes to, name by name, through all other links.
fn resolved(links: &BTreeMap<String, String>, link: &str) -> Result<String, Led> {
    let mut done: Vec<String> = Vec::new();
    let mut ahead: Vec<String> = link.rsplit('/').map(str::to_owned).collect();
    let mut followed = 0;
    while let Some(name) = ahead.pop() {
        match name.as_str() {
            "" | "." => continue,
            ".." => {
                done.pop().ok_or(Led::OutOfTree)?;
                continue;
            }
            _ => done.push(name),
        }
        let Some(target) = links.get(&done.join("/")) else { continue };
        followed += 1;
        if target.starts_with('/') {
            return Err(Led::OutOfTree);
        }
        if followed > MOST_LINKS || target.is_empty() {
            return Err(Led::Nowhere);
        }
        done.pop();
        ahead.extend(target.rsplit('/').map(str::to_owned));
    }
    Ok(done.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_where_a_file_system_says() {
        // The files of this test hold nothing; only their paths count.
        #[allow(clippy::zero_sized_map_values)]
        let files: BTreeMap<String, ()> =
            ["shared/a.md", "shared/deep/b.md", "x.md"].map(|path| (path.to_owned(), ())).into();
        let links = [
            ("c.md", "shared/a.md"),
            ("et", "shared"),
            ("via.md", "et/deep/../a.md"),
            ("shared/up", ".."),
            ("out.md", "../secret.md"),
            ("root.md", "/etc/passwd"),
            ("lost.md", "nowhere.md"),
            ("one", "two"),
            ("two", "one"),
        ];
        let links: BTreeMap<String, String> = links.map(|(from, to)| (from.to_owned(), to.to_owned())).into();
        let to = |pairs: &[(&str, &str)]| {
            Led::To(pairs.iter().map(|(path, from)| ((*path).to_owned(), (*from).to_owned())).collect())
        };
        for (link, wanted) in [
            ("c.md", to(&[("c.md", "shared/a.md")])),
            ("et", to(&[("et/a.md", "shared/a.md"), ("et/deep/b.md", "shared/deep/b.md")])),
            ("via.md", to(&[("via.md", "shared/a.md")])),
            ("shared/up", Led::Round),
            ("out.md", Led::OutOfTree),
            ("root.md", Led::OutOfTree),
            ("lost.md", Led::Nowhere),
            ("one", Led::Nowhere),
        ] {
            assert_eq!(led(&files, &links, link), wanted, "{link}");
        }
    }
}
