//! The icons of a page: of the theme's sheet of symbols those that the page uses stand in the page itself, since
//! browsers that open a file from a disk fetch no other file for a drawing.

/// What stands before the name of a symbol where it is used.
const USE: &str = "<use href=\"#i-";

/// What stands before the names of symbols that scripts may want.
const WANTED: &str = " data-symbols=\"";

/// What begins a symbol in the sheet.
const SYMBOL: &str = "<symbol id=\"i-";

/// What ends it.
const SYMBOL_END: &str = "</symbol>";

/// The symbols of a theme, in the order of its sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Symbols(Vec<Symbol>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Symbol {
    name: String,
    markup: String,
}

impl Symbols {
    /// The symbols of a sheet: what stands between `<symbol id="i-…">` and `</symbol>`.
    pub fn read(sheet: &str) -> Self {
        let symbol = |rest: &str| {
            let (name, _) = rest.split_once('"')?;
            let (body, _) = rest.split_once(SYMBOL_END)?;
            Some(Symbol { name: name.to_owned(), markup: format!("{SYMBOL}{body}{SYMBOL_END}") })
        };
        Self(sheet.split(SYMBOL).skip(1).filter_map(symbol).collect())
    }

    /// A page with the symbols that it uses at its end; a part of a page as it is.
    pub fn put_into(&self, mut html: String) -> String {
        const END: &str = "</body>";
        let Some(end) = html.rfind(END) else { return html };
        let used: Vec<&str> = used(&html).collect();
        let of_page = self.0.iter().filter(|symbol| used.contains(&symbol.name.as_str()));
        let symbols: String = of_page.map(|symbol| symbol.markup.as_str()).collect();
        if !symbols.is_empty() {
            html.insert_str(end, &format!("<div hidden><svg>{symbols}</svg></div>\n"));
        }
        html
    }
}

/// The names of the symbols that a page uses or its scripts may want, some of them more than once.
fn used(html: &str) -> impl Iterator<Item = &str> {
    let shown = html.split(USE).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
    let wanted = html.split(WANTED).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
    shown.chain(wanted.flat_map(str::split_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "<svg>\n<symbol id=\"i-a\"><path d=\"M0\"/></symbol>\n<symbol id=\"i-b\"/></symbol>\n\
                         <symbol id=\"i-ab\"></symbol></svg>";

    #[test]
    fn a_page_gets_the_symbols_it_uses_once_each_in_the_order_of_the_sheet() {
        let a = "<symbol id=\"i-a\"><path d=\"M0\"/></symbol>";
        let ab = "<symbol id=\"i-ab\"></symbol>";
        for (page, with) in [
            ("<use href=\"#i-a\"/></body>".to_owned(), a.to_owned()),
            (
                "<use href=\"#i-ab\"/><use href=\"#i-a\"/><use href=\"#i-a\"/></body>".to_owned(),
                format!("{a}{ab}"),
            ),
            ("<p data-symbols=\"ab a\"></body>".to_owned(), format!("{a}{ab}")),
        ] {
            let found = Symbols::read(SHEET).put_into(page.clone());
            let expected = page.replace("</body>", &format!("<div hidden><svg>{with}</svg></div>\n</body>"));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_uses_none_or_is_no_page_stays_as_it_is() {
        for text in ["<body></body>", "<use href=\"#i-a\"/>", "<use href=\"#i-none\"/></body>"] {
            assert_eq!(Symbols::read(SHEET).put_into(text.to_owned()), text);
        }
    }
}
