//! Comments in a file that leave findings out: `# postproof: ignore PP201` before a rule, `# postproof: ignore-file PP201`
//! anywhere.
//!
//! Codes and names are parted by white space or commas; none at all stands for every finding.

use postproof_model::{Code, Diagnostic};

/// What the comments of a file leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions {
    file: Vec<Codes>,
    /// Before the logical line that starts on this line.
    lines: Vec<(usize, Codes)>,
    /// Words that are no codes, each with its line.
    pub unknown: Vec<(usize, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Codes {
    All,
    These(Vec<Code>),
}

impl Codes {
    fn hold(&self, code: Code) -> bool {
        match self {
            Self::All => true,
            Self::These(codes) => codes.contains(&code),
        }
    }
}

impl Suppressions {
    /// Reads the comments of a file.
    #[must_use]
    pub fn read(source: &[u8]) -> Self {
        let mut read = Self::default();
        let mut waiting: Vec<Codes> = Vec::new();
        for (index, line) in source.split(|&byte| byte == b'\n').enumerate() {
            let text = line.trim_ascii();
            if text.is_empty() {
                continue;
            }
            let Some(comment) = text.strip_prefix(b"#") else {
                read.lines.extend(waiting.drain(..).map(|codes| (index + 1, codes)));
                continue;
            };
            let Some(order) = comment.trim_ascii().strip_prefix(b"postproof:") else { continue };
            let order = String::from_utf8_lossy(order).into_owned();
            let mut words = order.split([' ', '\t', ',']).filter(|word| !word.is_empty());
            let kind = words.next().unwrap_or_default();
            if kind != "ignore" && kind != "ignore-file" {
                read.unknown.push((index + 1, kind.to_owned()));
                continue;
            }
            let mut codes = Vec::new();
            let mut count = 0;
            for word in words {
                // What follows two hyphens says why.
                if word.starts_with("--") {
                    break;
                }
                count += 1;
                match Code::find(word) {
                    Some(code) => codes.push(code),
                    None => read.unknown.push((index + 1, word.to_owned())),
                }
            }
            let codes = if count == 0 { Codes::All } else { Codes::These(codes) };
            if kind == "ignore-file" { read.file.push(codes) } else { waiting.push(codes) }
        }
        read
    }

    /// Whether a finding in this file is left out.
    #[must_use]
    pub fn leave_out(&self, diagnostic: &Diagnostic) -> bool {
        let code = diagnostic.problem.code();
        let place = &diagnostic.place;
        let of_line = |line: usize| line == place.lines.first || line == place.line;
        self.file.iter().any(|codes| codes.hold(code))
            || self.lines.iter().any(|(line, codes)| of_line(*line) && codes.hold(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::table::Table;
    use postproof_model::TableKind;

    fn left(source: &str) -> Vec<(usize, bool)> {
        let (table, _) = Table::parse(TableKind::Regexp, "t", source.as_bytes());
        let read = Suppressions::read(source.as_bytes());
        lint::table(&table).iter().map(|found| (found.place.line, read.leave_out(found))).collect()
    }

    #[test]
    fn a_comment_before_a_rule_leaves_its_finding_out() {
        let rule = "/~From:/ REJECT\n";
        assert_eq!(left(&format!("# postproof: ignore PP201\n{rule}{rule}")), [(2, true), (3, false)]);
        assert_eq!(left(&format!("# postproof: ignore folding-off, PP203\n{rule}")), [(2, false)]);
        assert_eq!(left(&format!("#postproof:ignore tilde-for-caret -- is meant\n\n# more\n{rule}")), [(4, true)]);
        assert_eq!(left(&format!("# postproof: ignore\n{rule}")), [(2, true)]);
        assert_eq!(left(&format!("{rule}{rule}# postproof: ignore-file PP201\n")), [(1, true), (2, true)]);
    }

    #[test]
    fn what_is_no_code_is_told() {
        let read = Suppressions::read(b"# postproof: ignore PP2 PP201\n# postproof: ignroe\n/a/ OK\n");
        assert_eq!(read.unknown, [(1, "PP2".to_owned()), (2, "ignroe".to_owned())]);
    }
}
