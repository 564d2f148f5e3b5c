//! Juhend turns a content tree of guides, test results, releases and decisions into a static portal.
//!
//! **A portal is a pure function of a content tree, a theme and a day.** Hence builds repeat byte for
//! byte, preview and build cannot differ, and a page can be made alone, in a test, without a disk.
//!
//! How a portal comes to be, room by room; data walks down this list once and never back:
//!
//! 1. [`command`] reads the arguments, the clock and the environment, and calls the rooms below. No
//!    other room knows that there is a terminal or a day called today.
//! 2. [`source`] reads the content folder into memory: texts whole, media by name.
//! 3. [`parse`] turns each text into records, and Markdown into HTML with typed holes. It reads by
//!    declarations: [`record`] says how a record is declared and decoded, with every fault of a file
//!    told in one run. Result files of other tools are read by [`import`].
//! 4. [`model`] holds what was read as one immutable [`model::Site`]. What the audience may not see
//!    never gets this far.
//! 5. [`derive`](mod@derive) computes answers from the site and the day: addresses, links, counts, the schedule.
//! 6. [`check`] compares files with each other, one rule per file.
//! 7. [`words`] gives each language its texts, numbers, dates and alphabet.
//! 8. [`render`] plans the files of the portal as values, and makes the bytes of each when asked.
//! 9. [`write`](mod@write) puts all files on disk and switches the site at once; or [`serve`] answers requests from
//!    the same plan, one page at a time.
//!
//! Faults travel beside the data as lists of [`diagnostic::Diagnostic`]s, from any room to the command
//! that prints them. [`file_name`] knows which names every file system can hold.
//!
//! `docs/ARCHITECTURE.md` tells what holds everywhere and what is left out on purpose.

pub mod check;
pub mod command;
pub mod delivery;
pub mod derive;
pub mod diagnostic;
pub mod digest;
pub mod file_name;
pub mod import;
pub mod model;
pub mod parse;
pub mod record;
pub mod render;
pub mod scan;
pub mod serve;
pub mod source;
pub mod words;
pub mod write;
