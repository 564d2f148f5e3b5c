//! What may be wrong in a Markdown text.

use crate::diagnostic::{Level, Rule};

/// `[text][label]` without a definition of the label.
pub static UNDEFINED_REFERENCE: Rule = Rule {
    name: "undefined-reference",
    level: Level::Error,
    what: "A link or image names a reference that the page does not define.",
    why: "Readers see the brackets instead of a link. Brackets that are meant as text belong in a code span.",
    example: "See [the plan][plan].\n",
};

/// A link that would run a program or open a local file.
pub static UNSAFE_LINK: Rule = Rule {
    name: "unsafe-link",
    level: Level::Error,
    what: "A link or image has an address that runs code or opens a local file.",
    why: "Such an address acts in the reader's name or shows other things to every reader. The link is switched off.",
    example: "[Start](javascript:start())\n",
};

/// Raw HTML that did not get through.
pub static HTML_REMOVED: Rule = Rule {
    name: "html-removed",
    level: Level::Warn,
    what: "Raw HTML has an element or attribute that is not published.",
    why: "Only elements that cannot harm readers are let through, so a part of the text is missing from the page. \
          `markdown: {html: trusted}` in portal.yaml publishes raw HTML as it is.",
    example: "<iframe src=\"https://example.ee/\"></iframe>\n",
};

/// An image that says nothing to those who do not see it.
pub static MISSING_ALT: Rule = Rule {
    name: "missing-alt",
    level: Level::Warn,
    what: "An image has no text between its brackets.",
    why: "Readers who do not see the image are told nothing about it (WCAG 2.2, 1.1.1).",
    example: "![](shots/list.png)\n",
};

/// A fence that does not do what it seems to do.
pub static BROKEN_FENCE: Rule = Rule {
    name: "broken-fence",
    level: Level::Error,
    what: "A block for some readers does not end, stands inside another one or in a list, or names no audience.",
    why: "Nobody can tell what was to be kept from whom, so the whole page is kept from all but the restricted audience.",
    example: ":::intenal\nThe address of the server.\n:::\n",
};

/// A fence of another tool.
pub static UNKNOWN_FENCE: Rule = Rule {
    name: "unknown-fence",
    level: Level::Error,
    what: "A line of three colons names a block that this program does not know.",
    why: "Readers would see the colons. Notes are written as `> [!NOTE]`, blocks for some readers as `:::internal`.",
    example: ":::note\nAsk the test lead.\n:::\n",
};

/// A diagram that readers see as text.
pub static DIAGRAM_NOT_DRAWN: Rule = Rule {
    name: "diagram-not-drawn",
    level: Level::Warn,
    what: "A `mermaid` block cannot be drawn.",
    why: "Readers see its text instead of a drawing.",
    example: "```mermaid\nflowchart LR\n  A[Open --> B\n```\n",
};

/// All rules of this room.
pub static ALL: &[&Rule] = &[
    &UNDEFINED_REFERENCE,
    &UNSAFE_LINK,
    &HTML_REMOVED,
    &MISSING_ALT,
    &BROKEN_FENCE,
    &UNKNOWN_FENCE,
    &DIAGRAM_NOT_DRAWN,
];
