//! The inputs of a case: those that stand in the test file, and those in files.

use postproof_model::report::FileProblem;
use postproof_rules::host;

use crate::limits;
use crate::prepare::{Loaded, Loader};
use crate::read::{Kind, Placed, is_header, wrong};

/// One input.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) label: String,
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
}

impl Loader<'_> {
    /// The inputs of a case, in their order.
    pub(crate) fn inputs(
        &mut self,
        kind: Kind,
        inline: &[String],
        files: Option<&Placed<Vec<String>>>,
        into: &mut Vec<Input>,
    ) -> Loaded<()> {
        for (index, text) in inline.iter().enumerate() {
            let label = match kind {
                Kind::Message | Kind::Session => format!("#{}", index + 1),
                _ => label(text.as_bytes()),
            };
            into.push(Input { label, kind, bytes: text.clone().into_bytes() });
        }
        let Some(Placed { value: patterns, at }) = files else { return Ok(()) };
        for pattern in patterns {
            let names = if self.inline.contains_key(self.beside(pattern)) {
                vec![pattern.clone()]
            } else {
                let found = {
                    let pattern = self.beside(pattern).to_owned();
                    self.files.matching(&pattern, limits::MATCHES)
                };
                found.map_err(|reason| wrong(*at, FileProblem::CannotReadFile { file: pattern.clone(), reason }))?
            };
            if names.is_empty() {
                return Err(wrong(*at, FileProblem::NothingMatches { glob: pattern.clone() }));
            }
            for name in names {
                let bytes = self.read(&name, *at)?;
                let before = into.len();
                self.split(kind, &name, &bytes, into);
                let fresh = into.get(before..).unwrap_or_default();
                if fresh.is_empty() {
                    return Err(wrong(*at, FileProblem::NothingInside { file: name }));
                }
                if let Some(input) = fresh.iter().find(|input| kind == Kind::Header && !is_header(&input.bytes)) {
                    return Err(wrong(*at, FileProblem::NoHeader { text: input.label.clone() }));
                }
            }
        }
        Ok(())
    }

    /// The inputs that are in one file.
    pub(crate) fn split(&self, kind: Kind, name: &str, bytes: &[u8], into: &mut Vec<Input>) {
        let mut push = |bytes: &[u8]| into.push(Input { label: label(bytes), kind, bytes: bytes.to_vec() });
        let lines = || {
            let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        };
        match kind {
            Kind::Host => host::clients(bytes).for_each(|(_, client)| push(client)),
            Kind::Key => lines().filter(|line| !line.is_empty()).for_each(push),
            Kind::BodyLine if bytes.is_empty() => {}
            Kind::BodyLine => lines().for_each(push),
            Kind::Header => {
                let mut header: Vec<u8> = Vec::new();
                for line in lines().filter(|line| !line.is_empty()) {
                    let continues = line.first().is_some_and(u8::is_ascii_whitespace);
                    if continues && !header.is_empty() {
                        header.push(b'\n');
                    } else if !header.is_empty() {
                        push(&header);
                        header.clear();
                    }
                    header.extend_from_slice(line);
                }
                if !header.is_empty() {
                    push(&header);
                }
            }
            Kind::Message | Kind::Session | Kind::Link => {
                into.push(Input { label: name.to_owned(), kind, bytes: bytes.to_vec() });
            }
        }
    }
}

/// A short name for an input: its start.
fn label(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes.get(..limits::LABEL * 4).unwrap_or(bytes));
    let line = text.lines().next().unwrap_or_default();
    let mut label: String = line.chars().take(limits::LABEL).map(|c| if c.is_control() { '·' } else { c }).collect();
    if label.len() < text.len() || bytes.len() > text.len() {
        label.push('…');
    }
    label
}
