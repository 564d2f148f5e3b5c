//! What the program says on the terminal.

use std::io::{IsTerminal, Write};

use super::exit::Failure;
use super::{Color, Global};
use crate::diagnostic::{Diagnostic, Human, Level, SourceText};

/// Whether faults are printed in colour.
pub fn color(global: &Global) -> bool {
    in_color(global, &std::io::stderr())
}

/// Whether answers are printed in colour.
pub fn answers_in_color(global: &Global) -> bool {
    in_color(global, &std::io::stdout())
}

fn in_color(global: &Global, to: &impl IsTerminal) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => to.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Why a command could not run.
pub fn failure(global: &Global, failure: &Failure) {
    let error = if color(global) { "\u{1b}[1;31merror\u{1b}[0m" } else { "error" };
    line(&format!("{error}: {}", failure.message));
    if let Some(hint) = &failure.hint {
        line(&format!("  = hint: {hint}"));
    }
}

/// Something that the user may not want, whether or not they asked for quiet.
pub fn warning(global: &Global, text: &str) {
    let warning = if color(global) { "\u{1b}[1;33mwarning\u{1b}[0m" } else { "warning" };
    line(&format!("{warning}: {text}"));
}

/// All faults.
pub fn each_fault(global: &Global, faults: &[Diagnostic], sources: &dyn SourceText) {
    let human = Human::new(color(global));
    for fault in faults {
        line(&human.print(fault, sources));
    }
}

/// All faults, then their number.
pub fn faults(global: &Global, faults: &[Diagnostic], sources: &dyn SourceText) {
    each_fault(global, faults, sources);
    if !faults.is_empty() {
        line(&tally(faults));
    }
}

/// "2 errors, 1 warning".
pub fn tally(faults: &[Diagnostic]) -> String {
    let count = |level: Level, noun: &str| {
        let number = faults.iter().filter(|fault| fault.level == level).count();
        let ending = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {noun}{ending}"))
    };
    let counted: Vec<String> =
        [count(Level::Error, "error"), count(Level::Warn, "warning")].into_iter().flatten().collect();
    if counted.is_empty() { "no faults".to_owned() } else { counted.join(", ") }
}

/// Something worth knowing, unless the user asked for quiet.
pub fn say(global: &Global, text: &str) {
    if !global.quiet {
        line(text);
    }
}

/// What a portal is made without, and why.
pub fn left_out(global: &Global, all: &[String]) {
    for left_out in all {
        say(global, &format!("note: {left_out}"));
    }
}

/// Something worth knowing for those who asked for more.
pub fn detail(global: &Global, text: &str) {
    if global.verbose {
        line(text);
    }
}

/// The answer that the user asked for, on standard output. A reader that has enough (`| head`) ends
/// the answer, not the program.
pub fn answer(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn line(text: &str) {
    // A closed pipe ends the reader's interest, not the program.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
