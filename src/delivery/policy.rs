//! The headers that keep a page from doing more than a page should.
//!
//! The preview sends what production should send: whatever a page may not do there fails here first.

/// What a page may load and do, as far as it can say so itself.
macro_rules! page_policy {
    () => {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; \
         require-trusted-types-for 'script'"
    };
}

/// The policy that a page says of itself, for servers that send no headers. Which pages may frame it only a header can
/// say.
pub const PAGE_POLICY: &str = page_policy!();

/// The content security policy of pages.
pub const CONTENT_SECURITY_POLICY: &str = concat!(page_policy!(), "; frame-ancestors 'none'");

/// The policy of drawings that are opened by themselves: their styles work, their scripts do not.
pub const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The headers of every answer but for the content security policy, names in lower case.
pub const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// What makes browsers come by HTTPS alone from then on. Whether a host may promise that only its owner knows, so that
/// nothing sends it unasked.
pub const TRANSPORT_SECURITY: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// The folder of files whose names hold the hash of their bytes.
pub const HASHED: &str = "/assets/";

/// How such files are kept: for a year, unasked, since another file would have another name.
pub const KEPT: &str = "public, max-age=31536000, immutable";

/// How all others are kept: each time the server is asked whether they changed.
pub const ASKED: &str = "no-cache";

/// How the file at `path`, as the manifest names it, is kept.
pub fn cache_control(path: &str) -> &'static str {
    let hashed = HASHED.trim_start_matches('/');
    if path.starts_with(hashed) { KEPT } else { ASKED }
}

/// What keeps files out of search engines, of those that cannot say so themselves too.
pub const UNLISTED: (&str, &str) = ("x-robots-tag", "noindex");

/// The content security policy of an answer of this media type.
pub fn policy_of(content_type: &str) -> &'static str {
    if content_type.starts_with("image/svg+xml") { DRAWING_POLICY } else { CONTENT_SECURITY_POLICY }
}
