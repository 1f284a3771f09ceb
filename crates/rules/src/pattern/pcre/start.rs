//! Settings at the very start of a pattern: `(*UTF)`, `(*CRLF)`, `(*LIMIT_MATCH=1000)`.
//!
//! pcre2pattern(3), "SPECIAL START-OF-PATTERN ITEMS".

use postproof_model::PcreErrorKind;

use super::{Fail, Newline};

/// What the start of a pattern sets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    /// Where the pattern itself begins.
    pub(super) end: usize,
    pub(super) utf: bool,
    pub(super) ucp: bool,
    pub(super) newline: Newline,
    /// `\R` takes only carriage returns and newlines.
    pub(super) plain_line_breaks: bool,
    pub(super) not_empty: bool,
    pub(super) not_empty_at_start: bool,
    /// Repetitions stay as they are written.
    pub(super) no_auto_possess: bool,
    /// The search begins everywhere.
    pub(super) no_start_opt: bool,
    /// A limit lower than the one that holds without it.
    pub(super) lower_limit: Option<&'static str>,
}

/// The limits that hold when a pattern sets none: of matching, and of memory in kilobytes.
const MATCH_LIMIT: u32 = 10_000_000;
const HEAP_LIMIT: u32 = 20_000_000;

enum Item {
    Utf,
    Ucp,
    NotEmpty,
    NotEmptyAtStart,
    NoAutoPossess,
    NoStartOpt,
    /// Switches something off that only makes matching faster.
    NoEffect,
    Newline(Newline),
    LineBreaks {
        plain: bool,
    },
    Limit {
        of: &'static str,
        default: u32,
    },
}

/// The words, in the order in which PCRE2 tries them: of two that a text begins with, the first counts.
const WORDS: &[(&str, Item)] = &[
    ("UTF8)", Item::Utf),
    ("UTF)", Item::Utf),
    ("UCP)", Item::Ucp),
    ("NOTEMPTY)", Item::NotEmpty),
    ("NOTEMPTY_ATSTART)", Item::NotEmptyAtStart),
    ("NO_AUTO_POSSESS)", Item::NoAutoPossess),
    ("NO_DOTSTAR_ANCHOR)", Item::NoEffect),
    ("NO_JIT)", Item::NoEffect),
    ("NO_START_OPT)", Item::NoStartOpt),
    ("LIMIT_HEAP=", Item::Limit { of: "(*LIMIT_HEAP=…)", default: HEAP_LIMIT }),
    ("LIMIT_MATCH=", Item::Limit { of: "(*LIMIT_MATCH=…)", default: MATCH_LIMIT }),
    ("LIMIT_DEPTH=", Item::Limit { of: "(*LIMIT_DEPTH=…)", default: MATCH_LIMIT }),
    ("LIMIT_RECURSION=", Item::Limit { of: "(*LIMIT_RECURSION=…)", default: MATCH_LIMIT }),
    ("CR)", Item::Newline(Newline::Cr)),
    ("LF)", Item::Newline(Newline::Lf)),
    ("CRLF)", Item::Newline(Newline::CrLf)),
    ("ANY)", Item::Newline(Newline::Any)),
    ("NUL)", Item::Newline(Newline::Nul)),
    ("ANYCRLF)", Item::Newline(Newline::AnyCrLf)),
    ("BSR_ANYCRLF)", Item::LineBreaks { plain: true }),
    ("BSR_UNICODE)", Item::LineBreaks { plain: false }),
];

/// Reads the settings.
pub(super) fn read(source: &[u8]) -> Result<Start, Fail> {
    let mut start = Start::default();
    loop {
        let rest = source.get(start.end..).unwrap_or_default();
        let Some(after) = rest.strip_prefix(b"(*") else { return Ok(start) };
        let Some((word, item)) = WORDS.iter().find(|(word, _)| after.starts_with(word.as_bytes())) else {
            return Ok(start);
        };
        start.end += 2 + word.len();
        match item {
            Item::Utf => start.utf = true,
            Item::Ucp => start.ucp = true,
            Item::NotEmpty => start.not_empty = true,
            Item::NotEmptyAtStart => start.not_empty_at_start = true,
            Item::NoAutoPossess => start.no_auto_possess = true,
            Item::NoStartOpt => start.no_start_opt = true,
            Item::NoEffect => {}
            Item::Newline(newline) => start.newline = *newline,
            Item::LineBreaks { plain } => start.plain_line_breaks = *plain,
            Item::Limit { of, default } => {
                // A later limit replaces an earlier one of its kind.
                let limit = number(source, &mut start.end)?;
                if limit < *default {
                    start.lower_limit = Some(of);
                } else if start.lower_limit == Some(of) {
                    start.lower_limit = None;
                }
            }
        }
    }
}

/// A number and the closing parenthesis after it.
fn number(source: &[u8], at: &mut usize) -> Result<u32, Fail> {
    if !source.get(*at).is_some_and(u8::is_ascii_digit) {
        return Err(Fail::new(PcreErrorKind::UnknownVerb, *at));
    }
    let mut number: u32 = 0;
    while let Some(digit) = source.get(*at).filter(|byte| byte.is_ascii_digit()) {
        if number > u32::MAX / 10 - 1 {
            break;
        }
        number = number * 10 + u32::from(digit - b'0');
        *at += 1;
    }
    *at += 1;
    if source.get(*at - 1) == Some(&b')') { Ok(number) } else { Err(Fail::new(PcreErrorKind::UnknownVerb, *at)) }
}
