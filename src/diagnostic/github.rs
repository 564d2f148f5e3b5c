//! Faults as GitHub's workflow commands: GitHub shows them beside the lines of a change.

use super::{Finding, Level};

/// A line a fault: `::error file=…,line=…,title=…::message`.
pub fn to_github(findings: &[Finding<'_>]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding<'_>) -> String {
    let word = if finding.fault.level == Level::Error { "error" } else { "warning" };
    let mut values = vec![("file", finding.position.path.clone())];
    if let Some((start, end)) = finding.position.range {
        values.push(("line", start.line.to_string()));
        values.push(("endLine", end.line.to_string()));
        // GitHub refuses columns where the lines differ.
        if start.line == end.line {
            values.push(("col", start.column.to_string()));
            values.push(("endColumn", end.column.to_string()));
        }
    }
    values.push(("title", finding.fault.rule.name.to_owned()));
    let values: Vec<String> =
        values.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
    format!("::{word} {}::{}\n", values.join(","), data(&finding.text()))
}

/// A message: the three characters that would end or begin something else.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the message, where colons and commas part values.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{findings, sample};

    #[test]
    fn each_fault_is_one_line_whatever_it_says() {
        let (faults, source) = sample::faults();
        let told = to_github(&findings(&faults, &source, "docs,portal"));
        assert_eq!(
            told,
            "::error file=docs%2Cportal/content/a b.yaml,line=2,endLine=2,col=1,endColumn=6,title=unknown-key\
             ::unknown key `freez`: 100 %25,%0Ano <key> & \"name\"%0Adid you mean `freeze`?\n\
             ::warning file=docs%2Cportal/content/a b.yaml,line=2,endLine=2,col=1,endColumn=6,title=unknown-key\
             ::unknown key `freez`\n\
             ::warning file=docs%2Cportal/themes,title=unknown-key::the theme is broken\n"
        );
    }
}
