//! Former addresses for web servers: a map for nginx, and the rules that Netlify and GitLab Pages read.
//!
//! A server answers with a true redirect, which search engines and programs follow; the pages at former
//! addresses are for hosts that know neither file.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::portal::Portal;

/// A file of redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectFile {
    /// To be included in a `map` of nginx.
    Nginx,
    /// Netlify's `_redirects`, which GitLab Pages reads too.
    Netlify,
}

impl RedirectFile {
    /// Every file.
    pub const ALL: [Self; 2] = [Self::Nginx, Self::Netlify];

    /// Where it stands.
    pub fn address(self) -> &'static str {
        match self {
            Self::Nginx => "/redirects.nginx.map",
            Self::Netlify => "/_redirects",
        }
    }

    /// The file for `portal`. It is there also without any redirect, so that a server may name it.
    pub fn text(self, portal: &Portal) -> String {
        let base = base_path(portal.base_url.as_deref().unwrap_or_default());
        let pairs = portal.redirects.list.iter().map(|redirect| {
            let to = redirect.address(&portal.routes);
            let to = if to.starts_with('/') { encoded(&format!("{base}{to}")) } else { to };
            (format!("{base}{}", redirect.from), to)
        });
        let pairs: Vec<(String, String)> = pairs.collect();
        match self {
            Self::Nginx => nginx(&pairs),
            Self::Netlify => netlify(&pairs),
        }
    }
}

/// The path of the address at which a portal is served, without a slash at its end.
pub fn base_path(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |start| &rest[start..]).trim_end_matches('/')
}

/// An address as it is sent.
fn encoded(address: &str) -> String {
    const KEPT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'+');
    utf8_percent_encode(address, KEPT).to_string()
}

/// Lines of a `map` from `$uri`, which is decoded, to an address, which is encoded.
fn nginx(pairs: &[(String, String)]) -> String {
    let mut text = "# Former addresses, for nginx. In `http`:\n\
                    #   map_hash_bucket_size 512;\n\
                    #   map $uri $moved { include /srv/portal/redirects.nginx.map; }\n\
                    # and in `server`:\n\
                    #   if ($moved) { return 301 $moved; }\n"
        .to_owned();
    for (from, to) in pairs {
        let to = to.replace('$', "%24").replace('"', "%22").replace('\\', "%5C");
        // With and without the slash, as readers type it.
        let without = from.trim_end_matches('/');
        text.push_str(&format!("\"{without}\" \"{to}\";\n"));
        if without != from {
            text.push_str(&format!("\"{from}\" \"{to}\";\n"));
        }
    }
    text
}

/// What GitLab Pages reads of `_redirects` where its owner set nothing else: rules and bytes.
const GITLAB_RULES: usize = 1000;
const GITLAB_BYTES: usize = 64 * 1024;

fn netlify(pairs: &[(String, String)]) -> String {
    let mut rules = Vec::new();
    for (from, to) in pairs {
        let sent = encoded(from);
        // Hosts differ in whether they compare what was sent or what it means.
        if sent != *from && !from.contains([' ', '*', ':']) {
            rules.push(format!("{from} {to} 301\n"));
        }
        rules.push(format!("{sent} {to} 301\n"));
    }
    let head = "# Former addresses, for Netlify and GitLab Pages.\n";
    let rows = rules.concat();
    let is_over = rules.len() > GITLAB_RULES || head.len() + rows.len() > GITLAB_BYTES;
    let note = if is_over {
        format!(
            "# {} rules: GitLab Pages reads {GITLAB_RULES}, and no more than {} KB.\n",
            rules.len(),
            GITLAB_BYTES / 1024
        )
    } else {
        String::new()
    };
    format!("{head}{note}{rows}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    }

    fn rules(text: &str) -> Vec<&str> {
        text.lines().filter(|line| !line.starts_with('#')).collect()
    }

    #[test]
    fn the_portal_may_stand_below_its_host() {
        for (base, wanted) in [
            ("https://a.ee", ""),
            ("https://a.ee/", ""),
            ("https://a.ee/portal", "/portal"),
            ("https://a.ee/x/y/", "/x/y"),
            ("", ""),
        ] {
            assert_eq!(base_path(base), wanted, "{base}");
        }
    }

    #[test]
    fn nginx_compares_decoded_and_sends_encoded_addresses() {
        let text = nginx(&pairs(&[("/p/õ b/", "/p/%C3%B5/"), ("/p/a.html", "https://e.ee/?a=$uri\"")]));
        assert_eq!(
            rules(&text),
            [
                "\"/p/õ b\" \"/p/%C3%B5/\";",
                "\"/p/õ b/\" \"/p/%C3%B5/\";",
                "\"/p/a.html\" \"https://e.ee/?a=%24uri%22\";",
            ]
        );
    }

    #[test]
    fn no_rule_for_netlify_has_a_wildcard_by_mistake() {
        let text = netlify(&pairs(&[("/a/:b/*/", "/c/"), ("/õ/", "/d/")]));
        assert_eq!(rules(&text), ["/a/%3Ab/%2A/ /c/ 301", "/õ/ /d/ 301", "/%C3%B5/ /d/ 301"]);
    }

    #[test]
    fn more_rules_than_gitlab_reads_are_told() {
        let many: Vec<(String, String)> = (0..1001).map(|n| (format!("/{n}/"), "/".to_owned())).collect();
        assert!(netlify(&many).contains("# 1001 rules: GitLab Pages reads 1000, and no more than 64 KB."));
        assert!(!netlify(&many[..1000]).contains("1000 rules"));
    }
}
