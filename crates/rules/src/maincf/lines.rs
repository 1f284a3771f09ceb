//! Lines of main.cf: which parameter is set where, to which text.
//!
//! postconf(5), "The general format of the main.cf file". (Postfix: `dict_load_fp`, `readllines`, `split_nameval`.)

use std::collections::BTreeMap;

use postproof_model::{Consequence, Diagnostic, Lines, MainCfProblem, Problem, Span};

use crate::table::logical_line::LogicalLine;
use crate::table::source::{Source, is_space};

/// One setting: `name = value`.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The parameter's name. What is not UTF-8 in it is replaced; no known parameter has such a name.
    pub name: String,
    /// Where the name stands in the file.
    pub name_span: Span,
    /// The value as written, continued lines put together.
    pub value: Vec<u8>,
    /// The lines it stands on.
    pub lines: Lines,
    line: LogicalLine,
    /// Where the value starts in the logical line's text.
    value_start: usize,
}

impl Setting {
    /// Where a stretch of the value stands in the file.
    #[must_use]
    pub fn in_file(&self, span: Span) -> Span {
        self.line.span_in_source(span.shifted(self.value_start))
    }

    /// Where the value stands in the file.
    #[must_use]
    pub fn value_span(&self) -> Span {
        self.in_file(Span::new(0, self.value.len()))
    }
}

/// What a file sets: of several settings of one parameter the last.
pub(super) struct Settings {
    pub(super) list: Vec<Setting>,
    /// By name, the setting that counts.
    pub(super) by_name: BTreeMap<String, usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the lines. Postfix stops at the first that is malformed; here the others are read as well, so that all
/// mistakes can be told at once.
pub(super) fn read(source: &Source<'_>) -> Settings {
    let mut settings = Settings { list: Vec::new(), by_name: BTreeMap::new(), diagnostics: Vec::new() };
    for line in source.logical_lines() {
        match setting(line) {
            Ok((setting, zero)) => {
                let (lines, name_span) = (setting.lines, setting.name_span);
                if let Some(zero) = zero {
                    let consequence = Consequence::Silent;
                    settings.diagnostics.push(source.diagnostic(Problem::ZeroByte, consequence, zero, lines));
                }
                let index = settings.list.len();
                let earlier = settings.by_name.insert(setting.name.clone(), index);
                if let Some(earlier) = earlier.and_then(|earlier| settings.list.get(earlier)) {
                    // Postfix says nothing where both say the same.
                    if earlier.value != setting.value {
                        let again = MainCfProblem::SetAgain { name: setting.name.clone(), line: lines.first };
                        settings.diagnostics.push(source.diagnostic(
                            Problem::MainCf(again),
                            Consequence::TextIgnored,
                            earlier.name_span,
                            earlier.lines,
                        ));
                    }
                }
                debug_assert!(name_span.start <= name_span.end);
                settings.list.push(setting);
            }
            Err((problem, span, lines)) => {
                let consequence = match problem {
                    MainCfProblem::NothingToContinue => Consequence::TextIgnored,
                    _ => Consequence::ConfigurationRefused,
                };
                settings.diagnostics.push(source.diagnostic(Problem::MainCf(problem), consequence, span, lines));
            }
        }
    }
    settings
}

type Malformed = (MainCfProblem, Span, Lines);

/// Takes a line apart; with the setting comes the place of a zero byte, which ends the text as it ends C's strings.
fn setting(line: LogicalLine) -> Result<(Setting, Option<Span>), Malformed> {
    let lines = line.lines;
    let length = memchr::memchr(0, &line.text).unwrap_or(line.text.len());
    let zero = (length < line.text.len()).then(|| line.span_in_source(Span::new(length, length + 1)));
    let text = line.text.get(..length).unwrap_or_default();
    if line.text.first().is_some_and(|&byte| is_space(byte)) {
        let span = line.span_in_source(Span::new(0, line.text.len()));
        return Err((MainCfProblem::NothingToContinue, span, lines));
    }
    let count = |from: usize, is: &dyn Fn(u8) -> bool| {
        from + text.get(from..).unwrap_or_default().iter().take_while(|&&byte| is(byte)).count()
    };
    let name_end = count(0, &|byte| !is_space(byte) && byte != b'=');
    let equals = count(name_end, &is_space);
    if name_end == 0 {
        return Err((MainCfProblem::NoName, line.span_in_source(Span::new(0, text.len().min(1))), lines));
    }
    if text.get(equals) != Some(&b'=') {
        return Err((MainCfProblem::NoEqualsSign, line.span_in_source(Span::new(0, name_end)), lines));
    }
    let value_start = count(equals + 1, &is_space);
    let value = text.get(value_start..).unwrap_or_default();
    let blank = value.iter().rev().take_while(|&&byte| is_space(byte)).count();
    let value = value.get(..value.len() - blank).unwrap_or_default().to_vec();
    let name = String::from_utf8_lossy(text.get(..name_end).unwrap_or_default()).into_owned();
    let name_span = line.span_in_source(Span::new(0, name_end));
    Ok((Setting { name, name_span, value, lines, line, value_start }, zero))
}
