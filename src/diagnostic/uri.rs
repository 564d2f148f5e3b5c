//! Addresses and paths as references (RFC 3986).

use percent_encoding::{AsciiSet, CONTROLS};

/// What stands in no reference as it is, beside letters of other scripts.
pub const UNSAFE: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'\\')
    .add(b'^')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What stands in no path of a reference, where it would end the path or begin an escape.
pub const NO_PATH: AsciiSet = UNSAFE.add(b'%').add(b'#').add(b'?');
