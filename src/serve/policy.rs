//! The headers that keep a page from doing more than a page should.
//!
//! The preview sends what production should send: whatever a page may not do there fails here first.

/// The content security policy of pages.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; \
    form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// The policy of drawings that are opened by themselves: their styles work, their scripts do not.
pub const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The headers of every answer but for the content security policy, names in lower case.
pub const HEADERS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// The content security policy of an answer of this media type.
pub fn policy_of(content_type: &str) -> &'static str {
    if content_type.starts_with("image/svg+xml") { DRAWING_POLICY } else { CONTENT_SECURITY_POLICY }
}
