//! Headers for web servers, from the definition by which the preview sends them: a part of a server's configuration for
//! nginx, the files that Netlify (and Cloudflare Pages) and IIS read, and a setting for the owner of a GitLab.

use super::super::portal::Portal;
use super::super::versions::unlisted;
use super::redirects::base_path;
use crate::delivery::policy::{
    ASKED, CONTENT_SECURITY_POLICY, DRAWING_POLICY, HASHED, HEADERS, KEPT, TRANSPORT_SECURITY, UNLISTED,
};
use crate::delivery::{TYPES, UNKNOWN};

/// A file of headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderFile {
    /// To be included in a `server` of nginx.
    Nginx,
    /// Netlify's `_headers`.
    Netlify,
    /// The `web.config` of IIS.
    Iis,
    /// A setting of GitLab, whose Pages read no file of a project.
    GitLab,
}

/// What the files are about.
struct Scope {
    /// The path below which the portal stands on its host, without a slash at its end.
    base: String,
    /// What stands before the addresses that search engines leave out.
    unlisted: Vec<String>,
}

impl HeaderFile {
    /// Every file.
    pub const ALL: [Self; 4] = [Self::Nginx, Self::Netlify, Self::Iis, Self::GitLab];

    /// Where it stands.
    pub fn address(self) -> &'static str {
        match self {
            Self::Nginx => "/headers.nginx.conf",
            Self::Netlify => "/_headers",
            Self::Iis => "/web.config",
            Self::GitLab => "/headers.gitlab.rb",
        }
    }

    /// The file for `portal`.
    pub fn text(self, portal: &Portal) -> String {
        let scope = Scope {
            base: base_path(portal.base_url.as_deref().unwrap_or_default()).to_owned(),
            unlisted: unlisted(portal).map(str::to_owned).collect(),
        };
        match self {
            Self::Nginx => nginx(&scope),
            Self::Netlify => netlify(&scope),
            Self::Iis => iis(&scope),
            Self::GitLab => gitlab(),
        }
    }
}

/// The headers of every page.
fn of_pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    std::iter::once(("content-security-policy", CONTENT_SECURITY_POLICY)).chain(HEADERS)
}

/// A pattern of nginx that matches `path` and nothing else, as it stands between quotation marks.
fn pattern(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_');
    path.chars().map(|c| if plain(c) { c.to_string() } else { format!("\\{c}") }).collect()
}

/// The media types of texts but for pages, which nginx counts among them by itself.
fn texts() -> Vec<&'static str> {
    let texts = TYPES.iter().filter_map(|(_, media_type)| media_type.strip_suffix("; charset=utf-8"));
    texts.filter(|plain| *plain != "text/html").collect()
}

fn nginx(scope: &Scope) -> String {
    let Scope { base, unlisted } = scope;
    let (hsts, promise) = TRANSPORT_SECURITY;
    let (robots, noindex) = UNLISTED;
    let mut text = format!(
        "# Headers of the portal, for nginx. In `server`:\n\
         #   include /srv/portal/headers.nginx.conf;\n\
         # A `location` with an `add_header` of its own sends these no more: put them all in `server`.\n\
         # Where the whole host is served by HTTPS for good, add:\n\
         #   add_header {hsts} \"{promise}\" always;\n\n\
         charset utf-8;\n\
         charset_types {};\n\
         default_type {UNKNOWN};\n\
         types {{\n",
        texts().join(" ")
    );
    for (endings, media_type) in TYPES {
        let plain = media_type.split(';').next().unwrap_or_default();
        text.push_str(&format!("  {plain} {};\n", endings.join(" ")));
    }
    text.push_str(&format!(
        "}}\n\n\
         set $portal_policy \"{CONTENT_SECURITY_POLICY}\";\n\
         if ($uri ~ \"\\.svg$\") {{ set $portal_policy \"{DRAWING_POLICY}\"; }}\n\
         set $portal_cache \"{ASKED}\";\n\
         if ($uri ~ \"^{}\") {{ set $portal_cache \"{KEPT}\"; }}\n\
         set $portal_robots \"\";\n",
        pattern(&format!("{base}{HASHED}"))
    ));
    for root in unlisted {
        let path = pattern(&format!("{base}{root}/"));
        text.push_str(&format!("if ($uri ~ \"^{path}\") {{ set $portal_robots \"{noindex}\"; }}\n"));
    }
    text.push_str("add_header content-security-policy $portal_policy always;\n");
    for (name, value) in HEADERS {
        text.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    text.push_str(&format!(
        "add_header cache-control $portal_cache always;\nadd_header {robots} $portal_robots always;\n"
    ));
    text
}

fn netlify(scope: &Scope) -> String {
    let Scope { base, unlisted } = scope;
    let mut text = format!("# Headers of the portal, for Netlify and Cloudflare Pages.\n{base}/*\n");
    for (name, value) in of_pages() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    // Of several rules that match, their headers are joined: what pages want is what these hosts send unasked.
    text.push_str(&format!("{base}{HASHED}*\n  cache-control: {KEPT}\n"));
    let (robots, noindex) = UNLISTED;
    for root in unlisted {
        text.push_str(&format!("{base}{root}/*\n  {robots}: {noindex}\n"));
    }
    text
}

fn gitlab() -> String {
    let lines: Vec<String> = of_pages().map(|(name, value)| format!("  \"{name}: {value}\"")).collect();
    format!(
        "# Headers for GitLab Pages. They are a setting of the whole installation, in /etc/gitlab/gitlab.rb: pages of\n\
         # a project cannot have their own, and every project gets these. Without them each page still says its\n\
         # content security policy itself.\n\
         gitlab_pages['headers'] = [\n{}\n]\n",
        lines.join(",\n")
    )
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn iis(scope: &Scope) -> String {
    let add = |(name, value): (&str, &str)| {
        let value = escaped(value);
        format!("        <remove name=\"{name}\" />\n        <add name=\"{name}\" value=\"{value}\" />\n")
    };
    let headers: String = of_pages().map(add).collect();
    let types: String = TYPES
        .iter()
        .flat_map(|(endings, media_type)| endings.iter().map(move |ending| (ending, media_type)))
        .map(|(ending, media_type)| {
            format!(
                "      <remove fileExtension=\".{ending}\" />\n      <mimeMap fileExtension=\".{ending}\" mimeType=\"{media_type}\" />\n"
            )
        })
        .collect();
    let (hsts, promise) = TRANSPORT_SECURITY;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- Headers of the portal, for IIS. Where the whole host is served by HTTPS for good, add\n     \
         <add name=\"{hsts}\" value=\"{promise}\" /> -->\n\
         <configuration>\n  <system.webServer>\n    <httpProtocol>\n      <customHeaders>\n        \
         <remove name=\"X-Powered-By\" />\n{headers}      </customHeaders>\n    </httpProtocol>\n    \
         <staticContent>\n      <clientCache cacheControlMode=\"DisableCache\" />\n{types}    \
         </staticContent>\n  </system.webServer>\n  <location path=\"{}\">\n    <system.webServer>\n      \
         <staticContent>\n        <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" \
         cacheControlCustom=\"public, immutable\" />\n      </staticContent>\n    </system.webServer>\n  </location>\n",
        HASHED.trim_matches('/')
    );
    for root in &scope.unlisted {
        text.push_str(&format!(
            "  <location path=\"{}\">\n    <system.webServer>\n      <httpProtocol>\n        <customHeaders>\n          \
             <add name=\"{}\" value=\"{}\" />\n        </customHeaders>\n      </httpProtocol>\n    \
             </system.webServer>\n  </location>\n",
            escaped(root.trim_matches('/')),
            UNLISTED.0,
            UNLISTED.1
        ));
    }
    text.push_str("</configuration>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope { base: "/portal".to_owned(), unlisted: vec!["/v/2025.1".to_owned()] }
    }

    #[test]
    fn every_file_says_every_header() {
        for file in [nginx(&scope()), netlify(&scope()), iis(&scope()), gitlab()] {
            for (name, value) in of_pages() {
                assert!(file.contains(name) && file.contains(value), "{name} in {file}");
            }
        }
    }

    #[test]
    fn assets_are_kept_and_old_versions_left_out() {
        let text = nginx(&scope());
        assert!(text.contains(
            "if ($uri ~ \"^/portal/assets/\") { set $portal_cache \"public, max-age=31536000, immutable\"; }"
        ));
        assert!(text.contains("if ($uri ~ \"^/portal/v/2025\\.1/\") { set $portal_robots \"noindex\"; }"));
        assert!(text.contains("  text/calendar ics;\n"));
        let text = netlify(&scope());
        assert!(text.ends_with(
            "/portal/assets/*\n  cache-control: public, max-age=31536000, immutable\n\
             /portal/v/2025.1/*\n  x-robots-tag: noindex\n"
        ));
        let text = iis(&scope());
        assert!(text.contains("<location path=\"v/2025.1\">") && text.contains("<location path=\"assets\">"));
        assert!(
            text.contains("<mimeMap fileExtension=\".ics\" mimeType=\"text/calendar; charset=utf-8\" />")
        );
    }
}
