//! How languages are written, as far as colours go: one table, read by one lexer.

/// How a language is written.
#[derive(Debug)]
pub struct Language {
    /// What it is called at the beginning of a block.
    pub names: &'static [&'static str],
    /// The signs between which comments stand; a line ends those that end with `\n`.
    pub comments: &'static [(&'static str, &'static str)],
    /// The signs between which texts stand, long ones first.
    pub quotes: &'static [Quote],
    /// Its words.
    pub keywords: &'static [&'static str],
    /// Its values and types that have a word of their own.
    pub constants: &'static [&'static str],
    /// Characters that words have besides letters, digits and `_`.
    pub letters: &'static str,
    /// What else there is.
    pub traits: &'static [Trait],
}

/// Between which signs a text stands.
#[derive(Debug)]
pub struct Quote {
    /// The sign before it.
    pub open: &'static str,
    /// The sign behind it.
    pub close: &'static str,
    /// What may stand in it.
    pub content: Content,
}

/// What may stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Signs after a backslash, on one line.
    Line,
    /// Signs after a backslash, on many lines.
    Lines,
    /// Anything but the closing sign, on many lines.
    Raw,
    /// One sign, or one after a backslash: what else begins like this is no text.
    Character,
    /// Signs after a backslash, and variables after `$`, on many lines.
    Filled,
}

/// What some languages have and others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// Case does not count.
    AnyCase,
    /// A word before `(` is called.
    Calls,
    /// A word that begins with a capital is a type.
    Capitals,
    /// `$name` is a variable.
    Variables,
    /// The first word of a command is called, words with `-` before them are its options.
    Commands,
    /// A word or text before `:` is a key.
    Colons,
    /// A word before `=` at the beginning of a line is a key, and a line in `[]` a heading.
    Sections,
    /// A word after `@` is an annotation.
    Annotations,
    /// A word before `!` is called.
    Macros,
}

const fn quote(open: &'static str, close: &'static str, content: Content) -> Quote {
    Quote { open, close, content }
}

const HASH: (&str, &str) = ("#", "\n");
const SLASHES: [(&str, &str); 2] = [("//", "\n"), ("/*", "*/")];
const QUOTES: [Quote; 2] = [quote("\"", "\"", Content::Line), quote("'", "'", Content::Line)];
const CODED: &[Trait] = &[Trait::Calls, Trait::Capitals, Trait::Annotations];

/// The languages.
static LANGUAGES: [Language; 12] = [
    Language {
        names: &["bash", "sh", "shell", "zsh", "dash"],
        comments: &[HASH],
        quotes: &[
            quote("$'", "'", Content::Lines),
            quote("\"", "\"", Content::Filled),
            quote("'", "'", Content::Raw),
        ],
        keywords: &[
            "case", "do", "done", "elif", "else", "esac", "export", "fi", "for", "function", "if", "in",
            "local", "readonly", "return", "select", "then", "until", "while",
        ],
        constants: &["true", "false"],
        letters: "-./:~",
        traits: &[Trait::Variables, Trait::Commands],
    },
    Language {
        names: &["json", "jsonc", "json5"],
        comments: &SLASHES,
        quotes: &QUOTES,
        keywords: &[],
        constants: &["true", "false", "null"],
        letters: "",
        traits: &[Trait::Colons],
    },
    Language {
        names: &["python", "py"],
        comments: &[HASH],
        quotes: &[
            quote("\"\"\"", "\"\"\"", Content::Lines),
            quote("'''", "'''", Content::Lines),
            quote("\"", "\"", Content::Line),
            quote("'", "'", Content::Line),
        ],
        keywords: &[
            "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del",
            "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
            "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
            "yield",
        ],
        constants: &[
            "True", "False", "None", "self", "cls", "int", "str", "float", "bool", "list", "dict", "set",
            "tuple", "bytes", "object",
        ],
        letters: "",
        traits: CODED,
    },
    Language {
        names: &["rust", "rs"],
        comments: &SLASHES,
        quotes: &[
            quote("r##\"", "\"##", Content::Raw),
            quote("r#\"", "\"#", Content::Raw),
            quote("r\"", "\"", Content::Raw),
            quote("\"", "\"", Content::Lines),
            quote("'", "'", Content::Character),
        ],
        keywords: &[
            "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
            "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
            "return", "static", "struct", "super", "trait", "type", "unsafe", "use", "where", "while",
        ],
        constants: &[
            "true", "false", "self", "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128",
            "isize", "u8", "u16", "u32", "u64", "u128", "usize",
        ],
        letters: "",
        traits: &[Trait::Calls, Trait::Capitals, Trait::Macros],
    },
    Language {
        names: &["javascript", "js", "jsx", "mjs", "typescript", "ts", "tsx"],
        comments: &SLASHES,
        quotes: &[
            quote("\"", "\"", Content::Line),
            quote("'", "'", Content::Line),
            quote("`", "`", Content::Filled),
        ],
        keywords: &[
            "abstract",
            "as",
            "async",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "declare",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "export",
            "extends",
            "finally",
            "for",
            "from",
            "function",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "let",
            "namespace",
            "new",
            "of",
            "private",
            "protected",
            "public",
            "readonly",
            "return",
            "satisfies",
            "static",
            "switch",
            "throw",
            "try",
            "type",
            "typeof",
            "var",
            "void",
            "while",
            "with",
            "yield",
        ],
        constants: &[
            "true",
            "false",
            "null",
            "undefined",
            "this",
            "super",
            "NaN",
            "Infinity",
            "any",
            "boolean",
            "never",
            "number",
            "string",
            "unknown",
        ],
        letters: "$",
        traits: CODED,
    },
    Language {
        names: &["java", "groovy", "gradle", "jenkinsfile"],
        comments: &SLASHES,
        quotes: &[
            quote("\"\"\"", "\"\"\"", Content::Lines),
            quote("'''", "'''", Content::Lines),
            quote("\"", "\"", Content::Line),
            quote("'", "'", Content::Line),
        ],
        keywords: &[
            "abstract",
            "assert",
            "break",
            "case",
            "catch",
            "class",
            "continue",
            "def",
            "default",
            "do",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "for",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "native",
            "new",
            "package",
            "permits",
            "private",
            "protected",
            "public",
            "record",
            "return",
            "sealed",
            "static",
            "strictfp",
            "switch",
            "synchronized",
            "throw",
            "throws",
            "transient",
            "try",
            "var",
            "volatile",
            "while",
            "yield",
        ],
        constants: &[
            "true", "false", "null", "this", "super", "boolean", "byte", "char", "double", "float", "int",
            "long", "short", "void",
        ],
        letters: "$",
        traits: CODED,
    },
    Language {
        names: &["kotlin", "kt", "kts"],
        comments: &SLASHES,
        quotes: &[
            quote("\"\"\"", "\"\"\"", Content::Raw),
            quote("\"", "\"", Content::Filled),
            quote("'", "'", Content::Line),
        ],
        keywords: &[
            "abstract",
            "actual",
            "as",
            "break",
            "by",
            "catch",
            "class",
            "companion",
            "const",
            "constructor",
            "continue",
            "data",
            "do",
            "else",
            "enum",
            "expect",
            "external",
            "final",
            "finally",
            "for",
            "fun",
            "if",
            "import",
            "in",
            "infix",
            "init",
            "inline",
            "inner",
            "interface",
            "internal",
            "is",
            "lateinit",
            "object",
            "open",
            "operator",
            "out",
            "override",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "sealed",
            "suspend",
            "throw",
            "try",
            "typealias",
            "val",
            "var",
            "vararg",
            "when",
            "where",
            "while",
        ],
        constants: &["true", "false", "null", "this", "super"],
        letters: "",
        traits: CODED,
    },
    Language {
        names: &["csharp", "cs", "c#"],
        comments: &SLASHES,
        quotes: &[
            quote("\"\"\"", "\"\"\"", Content::Raw),
            quote("@\"", "\"", Content::Raw),
            quote("\"", "\"", Content::Line),
            quote("'", "'", Content::Line),
        ],
        keywords: &[
            "abstract",
            "as",
            "async",
            "await",
            "base",
            "break",
            "case",
            "catch",
            "checked",
            "class",
            "const",
            "continue",
            "default",
            "delegate",
            "do",
            "else",
            "enum",
            "event",
            "explicit",
            "extern",
            "finally",
            "fixed",
            "for",
            "foreach",
            "get",
            "goto",
            "if",
            "implicit",
            "in",
            "init",
            "interface",
            "internal",
            "is",
            "lock",
            "namespace",
            "new",
            "operator",
            "out",
            "override",
            "params",
            "partial",
            "private",
            "protected",
            "public",
            "readonly",
            "record",
            "ref",
            "required",
            "return",
            "sealed",
            "set",
            "sizeof",
            "static",
            "struct",
            "switch",
            "throw",
            "try",
            "typeof",
            "unsafe",
            "using",
            "var",
            "virtual",
            "when",
            "where",
            "while",
            "with",
            "yield",
        ],
        constants: &[
            "true", "false", "null", "this", "bool", "byte", "char", "decimal", "double", "dynamic", "float",
            "int", "long", "object", "sbyte", "short", "string", "uint", "ulong", "ushort", "void",
        ],
        letters: "",
        traits: &[Trait::Calls, Trait::Capitals],
    },
    Language {
        names: &["go", "golang"],
        comments: &SLASHES,
        quotes: &[
            quote("`", "`", Content::Raw),
            quote("\"", "\"", Content::Line),
            quote("'", "'", Content::Line),
        ],
        keywords: &[
            "break",
            "case",
            "chan",
            "const",
            "continue",
            "default",
            "defer",
            "else",
            "fallthrough",
            "for",
            "func",
            "go",
            "goto",
            "if",
            "import",
            "interface",
            "map",
            "package",
            "range",
            "return",
            "select",
            "struct",
            "switch",
            "type",
            "var",
        ],
        constants: &[
            "true", "false", "nil", "iota", "any", "bool", "byte", "error", "float32", "float64", "int",
            "int32", "int64", "rune", "string", "uint", "uint32", "uint64",
        ],
        letters: "",
        traits: &[Trait::Calls],
    },
    Language {
        names: &["c", "h", "cpp", "c++", "hpp"],
        comments: &SLASHES,
        quotes: &QUOTES,
        keywords: &[
            "#define",
            "#elif",
            "#else",
            "#endif",
            "#if",
            "#ifdef",
            "#ifndef",
            "#include",
            "#pragma",
            "#undef",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "constexpr",
            "continue",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "explicit",
            "extern",
            "final",
            "for",
            "friend",
            "goto",
            "if",
            "inline",
            "namespace",
            "new",
            "noexcept",
            "operator",
            "override",
            "private",
            "protected",
            "public",
            "return",
            "sizeof",
            "static",
            "struct",
            "switch",
            "template",
            "throw",
            "try",
            "typedef",
            "typename",
            "union",
            "using",
            "virtual",
            "volatile",
            "while",
        ],
        constants: &[
            "true", "false", "nullptr", "NULL", "this", "auto", "bool", "char", "double", "float", "int",
            "long", "short", "signed", "size_t", "unsigned", "void",
        ],
        letters: "#",
        traits: &[Trait::Calls, Trait::Capitals],
    },
    Language {
        names: &["sql", "mysql", "postgresql", "plsql", "pgsql"],
        comments: &[("--", "\n"), ("/*", "*/")],
        quotes: &[quote("'", "'", Content::Raw), quote("\"", "\"", Content::Raw)],
        keywords: &[
            "add",
            "all",
            "alter",
            "and",
            "as",
            "asc",
            "begin",
            "between",
            "by",
            "cascade",
            "case",
            "check",
            "column",
            "commit",
            "constraint",
            "create",
            "cross",
            "database",
            "default",
            "delete",
            "desc",
            "distinct",
            "drop",
            "else",
            "end",
            "except",
            "exists",
            "explain",
            "fetch",
            "first",
            "for",
            "foreign",
            "from",
            "full",
            "function",
            "grant",
            "group",
            "having",
            "if",
            "in",
            "index",
            "inner",
            "insert",
            "intersect",
            "into",
            "is",
            "join",
            "key",
            "left",
            "like",
            "ilike",
            "limit",
            "merge",
            "next",
            "not",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "outer",
            "over",
            "partition",
            "primary",
            "procedure",
            "references",
            "returning",
            "revoke",
            "right",
            "rollback",
            "rows",
            "schema",
            "select",
            "sequence",
            "set",
            "table",
            "then",
            "to",
            "transaction",
            "trigger",
            "truncate",
            "union",
            "unique",
            "update",
            "using",
            "values",
            "view",
            "when",
            "where",
            "with",
        ],
        constants: &[
            "true",
            "false",
            "null",
            "bigint",
            "boolean",
            "char",
            "date",
            "decimal",
            "int",
            "integer",
            "interval",
            "jsonb",
            "numeric",
            "serial",
            "smallint",
            "text",
            "timestamp",
            "timestamptz",
            "uuid",
            "varchar",
        ],
        letters: "",
        traits: &[Trait::AnyCase, Trait::Calls],
    },
    Language {
        names: &["toml", "ini", "properties", "conf", "cfg"],
        comments: &[HASH, (";", "\n")],
        quotes: &[
            quote("\"\"\"", "\"\"\"", Content::Lines),
            quote("'''", "'''", Content::Raw),
            quote("\"", "\"", Content::Line),
        ],
        keywords: &[],
        constants: &["true", "false"],
        letters: "-.",
        traits: &[Trait::Sections],
    },
];

impl Language {
    /// Whether it has what some have.
    pub fn has(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }

    /// Whether a word is in a list of its words.
    pub fn lists(&self, words: &[&str], word: &str) -> bool {
        if self.has(Trait::AnyCase) {
            words.iter().any(|known| known.eq_ignore_ascii_case(word))
        } else {
            words.contains(&word)
        }
    }

    /// Whether a character belongs to words.
    pub fn is_letter(&self, character: char) -> bool {
        character.is_alphanumeric() || character == '_' || self.letters.contains(character)
    }
}

/// The language that is called `name`.
pub fn of(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_that_of_one_language() {
        let mut names: Vec<&str> = LANGUAGES.iter().flat_map(|language| language.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn no_sign_hides_a_longer_one() {
        for language in &LANGUAGES {
            for (at, quote) in language.quotes.iter().enumerate() {
                let hidden =
                    language.quotes[at + 1..].iter().find(|later| later.open.starts_with(quote.open));
                assert!(hidden.is_none(), "{:?}: {hidden:?}", language.names);
            }
        }
    }
}
