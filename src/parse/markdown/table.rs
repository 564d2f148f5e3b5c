//! Tables.

use pulldown_cmark::{Alignment, Event, TagEnd};

use super::escape;
use super::writer::{Text, Writer};

/// The table at hand.
#[derive(Debug, Default)]
pub struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl Writer<'_> {
    /// Opens a table in a region that scrolls.
    pub(super) fn open_table(&mut self, text: &Text<'_>, at: usize, alignments: &[Alignment]) {
        self.table = Table { alignments: alignments.to_vec(), column: 0, head: true };
        self.tables += 1;
        let name = escape::attribute(&self.settings.labels.table(self.tables));
        let closer = if has_body(text, at) { "</tbody>\n</table></div>\n" } else { "</table></div>\n" };
        self.open_block(
            &format!(
                "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table>\n"
            ),
            closer,
        );
    }

    /// Opens the row of headings.
    pub(super) fn open_table_head(&mut self, text: &Text<'_>, at: usize) {
        self.table.head = true;
        self.table.column = 0;
        let last = matches!(
            text.nodes.get(text.nodes[at].end + 1).map(|node| &node.event),
            Some(Event::End(TagEnd::Table)) | None
        );
        let closer = if last { "</tr>\n</thead>\n" } else { "</tr>\n</thead>\n<tbody>\n" };
        self.open("<thead>\n<tr>\n", closer);
    }

    /// Opens a row.
    pub(super) fn open_table_row(&mut self) {
        self.table.head = false;
        self.table.column = 0;
        self.open("<tr>\n", "</tr>\n");
    }

    /// Opens the next cell of the row.
    pub(super) fn open_table_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.table.column += 1;
        if self.table.head {
            self.open(&format!("<th scope=\"col\"{class}>"), "</th>\n");
        } else {
            self.open(&format!("<td{class}>"), "</td>\n");
        }
    }
}

/// Whether the table at `at` has more than its row of headings.
fn has_body(text: &Text<'_>, at: usize) -> bool {
    let head = text.nodes.get(at + 1).map_or(at, |node| node.end);
    head + 1 < text.nodes[at].end
}
