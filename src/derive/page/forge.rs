//! Where a page's file stands in the forge that holds the content.

use super::links::filled;
use crate::model::portal::{Forge, Repository};

/// What a forge shows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses {
    /// Where it is edited.
    pub edit: Option<String>,
    /// Where it is shown.
    pub source: Option<String>,
    /// Where its changes are listed.
    pub history: Option<String>,
}

/// The addresses of the file at `path` of the content folder, as far as the portal names them or its forge
/// is known.
pub fn addresses(repository: &Repository, path: &str) -> Addresses {
    let [edit, source, history] = repository.forge.map_or([None; 3], |forge| patterns(forge).map(Some));
    let folder = repository.folder.as_deref().unwrap_or("content").trim_matches('/');
    let whole = if matches!(folder, "" | ".") { path.to_owned() } else { format!("{folder}/{path}") };
    let values = [
        ("url", repository.url.trim_end_matches('/')),
        ("branch", repository.branch.as_deref().unwrap_or("main")),
        ("file", whole.as_str()),
        ("path", path),
    ];
    let address = |own: Option<&String>, usual: Option<&str>| {
        own.map(String::as_str).or(usual).and_then(|pattern| filled(pattern, &values))
    };
    Addresses {
        edit: address(repository.edit.as_ref(), edit),
        source: address(repository.source.as_ref(), source),
        history: address(repository.history.as_ref(), history),
    }
}

/// Where a forge edits, shows and lists the changes of a file.
fn patterns(forge: Forge) -> [&'static str; 3] {
    match forge {
        Forge::GitLab => [
            "{url}/-/edit/{branch}/{file}",
            "{url}/-/blob/{branch}/{file}",
            "{url}/-/commits/{branch}/{file}",
        ],
        Forge::GitHub => {
            ["{url}/edit/{branch}/{file}", "{url}/blob/{branch}/{file}", "{url}/commits/{branch}/{file}"]
        }
        Forge::Forgejo => [
            "{url}/_edit/{branch}/{file}",
            "{url}/src/branch/{branch}/{file}",
            "{url}/commits/branch/{branch}/{file}",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn told(keys: &str) -> [Option<String>; 3] {
        let site = tree(&[("portal.yaml", &format!("title: T\nrepository: {{{keys}}}\n"))]);
        let repository = site.portal.repository.as_ref().expect("a repository");
        let Addresses { edit, source, history } = addresses(repository, "guides/a b.md");
        [edit, source, history]
    }

    #[test]
    fn a_forge_is_known_by_its_addresses() {
        let at = |address: &str| Some(format!("https://git.example.ee/p/{address}"));
        let url = "url: https://git.example.ee/p";
        assert_eq!(told(url), [None, None, None], "nobody guesses");
        assert_eq!(
            told(&format!("{url}, forge: gitlab")),
            [
                at("-/edit/main/content/guides/a%20b.md"),
                at("-/blob/main/content/guides/a%20b.md"),
                at("-/commits/main/content/guides/a%20b.md")
            ]
        );
        assert_eq!(
            told(&format!(
                "{url}/, forge: github, branch: release/1, folder: docs, edit: '{{url}}/x/{{path}}'"
            )),
            [
                at("x/guides/a%20b.md"),
                at("blob/release/1/docs/guides/a%20b.md"),
                at("commits/release/1/docs/guides/a%20b.md")
            ]
        );
        assert_eq!(
            told(&format!("{url}, history: '{{url}}/log/{{file}}'"))[2],
            at("log/content/guides/a%20b.md")
        );
        assert_eq!(
            told(&format!("{url}, forge: forgejo, folder: ."))[1],
            at("src/branch/main/guides/a%20b.md")
        );
    }
}
