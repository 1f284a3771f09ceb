//! What lint found: findings with their fixes, file by file.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Diagnostic, Span};

/// Bytes of a file to put in the place of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is taken out; empty where something is only put in.
    pub span: Span,
    /// What is put there.
    pub text: Bytes,
}

/// A finding of lint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// What mends it, where that is certain: edits in the order of the file, none inside another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fix: Vec<Edit>,
    /// The physical line on which it starts, without its line end; a long one is cut.
    pub line: Bytes,
}

/// The findings of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintedFile {
    /// The file, as people name it.
    pub file: String,
    /// What was found, in the order of the file.
    pub findings: Vec<Finding>,
    /// How many findings were left out: by a comment, the settings or a baseline.
    pub left_out: usize,
}

/// A run of lint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintReport {
    /// The files that were looked at, in their order.
    pub files: Vec<LintedFile>,
}

impl LintReport {
    /// All findings, each with its file.
    pub fn findings(&self) -> impl Iterator<Item = (&LintedFile, &Finding)> {
        self.files.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, finding)))
    }

    /// How many findings have a fix.
    #[must_use]
    pub fn fixes(&self) -> usize {
        self.findings().filter(|(_, finding)| !finding.fix.is_empty()).count()
    }

    /// How many were left out, in all files.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.files.iter().map(|file| file.left_out).sum()
    }
}

/// A text with edits made. Edits that overlap an earlier one, or that lie outside, are left out.
#[must_use]
pub fn apply(source: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let mut text = Vec::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        let Some(before) = source.get(at..edit.span.start).filter(|_| edit.span.end <= source.len()) else { continue };
        text.extend_from_slice(before);
        text.extend_from_slice(&edit.text);
        at = edit.span.end;
    }
    text.extend_from_slice(source.get(at..).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_order_and_never_twice() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.into() };
        let edits =
            [edit(4, 5, "E"), edit(0, 1, "A"), edit(0, 1, "A"), edit(3, 5, "x"), edit(2, 2, "-"), edit(5, 9, "y")];
        assert_eq!(apply(b"abcdef", &edits), b"Ab-cxf");
    }
}
