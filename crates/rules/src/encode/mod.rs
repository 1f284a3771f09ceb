//! Rules that catch a phrase where it is encoded.
//!
//! Postfix's tables see a message as it is sent: a rule for a phrase never meets it in base64, in quoted-printable or in a
//! charset that is not the table's. From a phrase and a list of charsets, rules are made for each of them, for body_checks
//! and header_checks. Each is proved: messages that hold the phrase are built and put through
//! [`ContentChecks`](crate::content::ContentChecks), and the same messages without it.
//!
//! | idea | file |
//! |---|---|
//! | a phrase in the bytes of a charset | `charset` |
//! | the characters of base64 that depend on nothing but the phrase | `base64` |
//! | patterns in the notation of regexp: and pcre: | `pattern` |
//! | messages that prove a rule | `proof` |
//!
//! What is chosen:
//!
//! - Letter case counts in base64, and where a charset writes other characters with letters: such rules have the flag `i`,
//!   which switches Postfix's case folding off. Where it does not count (hexadecimal digits, `B` and `Q`) both cases are in
//!   the pattern.
//! - In quoted-printable each byte that may stand for itself may also be encoded, so both forms are in the pattern.
//! - Where the charset is ISO-2022-JP, the escape sequences at the phrase's ends depend on what stands around it and are
//!   left out; in text that is not base64, the pattern asks for the escape sequence that the phrase stands behind, so that
//!   the same characters in plain ASCII do not match.
//! - regexp: has no notation for a byte, so bytes stand there as they are. pcre: has `\xHH`; UTF-8 stands there as it is,
//!   too, for it is right whether Postfix matches bytes or characters.
//!
//! ```
//! use postproof_model::TableKind;
//! use postproof_model::encoded::Charset;
//!
//! let made = postproof_rules::encode::rules("当選", &[Charset::Utf8], TableKind::Regexp, "REJECT").unwrap();
//! let quoted_printable = &made.rules[2];
//! assert_eq!(quoted_printable.text.lossy(), "/=[Ee]5=[Bb][Dd]=93=[Ee]9=81=[Bb]8/ REJECT");
//! assert_eq!(quoted_printable.proved_on.len(), 1);
//! ```

mod base64;
mod charset;
mod pattern;
mod proof;

use postproof_model::encoded::{Charset, EncodedRule, EncodedRules, Limit, PhraseProblem, TextEncoding};
use postproof_model::{Class, TableKind};

use crate::action::content::{self, Part};
use crate::table::Table;
use charset::Written;
use pattern::Notation;

/// The longest phrase, in characters.
pub const LONGEST: usize = 100;

/// The most bytes that a line of base64 has room for wherever the three alignments and the escape sequences of
/// ISO-2022-JP put them: 57 bytes are 76 characters.
const BASE64_BYTES: usize = 51;

/// How many characters of base64 there are on a line (RFC 2045, 6.8).
const BASE64_LINE: usize = 76;

/// With fewer sure characters than the first number no rule is made; with fewer than the second it comes with a warning.
const fn least(encoding: TextEncoding) -> (usize, usize) {
    match encoding {
        TextEncoding::Base64 => (3, 6),
        TextEncoding::Raw | TextEncoding::QuotedPrintable => (2, 4),
    }
}

/// The rules that catch `phrase` in these charsets, in a table of kind regexp: or pcre: (for any other kind, regexp:).
/// `action` is what they answer: `REJECT text`.
///
/// # Errors
///
/// Why no rules can be made of such a phrase, or with such an action.
pub fn rules(phrase: &str, charsets: &[Charset], kind: TableKind, action: &str) -> Result<EncodedRules, PhraseProblem> {
    let phrase = phrase.trim();
    let notation = Notation::of(kind);
    refuse(phrase, notation, action)?;
    let mut made = EncodedRules { phrase: phrase.to_owned(), ..EncodedRules::default() };
    let written = written(phrase, charsets, &mut made.not_caught);
    for class in [Class::Body, Class::Header] {
        for encoding in [TextEncoding::Raw, TextEncoding::Base64, TextEncoding::QuotedPrintable] {
            for (written, charsets) in &written {
                let wanted = Wanted { phrase, class, encoding, written, charsets, notation, action };
                match wanted.rule() {
                    Ok((rule, warning)) => {
                        made.rules.push(rule);
                        note(&mut made.not_caught, warning);
                    }
                    Err(limit) => note(&mut made.not_caught, Some(limit)),
                }
            }
        }
    }
    general_limits(&mut made, &written);
    Ok(made)
}

/// Says what cannot be made rules of.
fn refuse(phrase: &str, notation: Notation, action: &str) -> Result<(), PhraseProblem> {
    if phrase.is_empty() {
        return Err(PhraseProblem::Empty);
    }
    if phrase.chars().count() > LONGEST {
        return Err(PhraseProblem::TooLong(LONGEST));
    }
    if phrase.chars().any(char::is_control) {
        return Err(PhraseProblem::ControlCharacter);
    }
    let line = format!("/a/i {action}\n");
    let (table, problems) = Table::parse(notation.kind(), "", line.as_bytes());
    let refused =
        |part: Part| matches!(content::read(action.as_bytes(), part).effect, postproof_model::Effect::Refused(_));
    let bad = action.chars().any(char::is_control) || !problems.is_empty() || table.rules().len() != 1;
    if bad || (refused(Part::Body) && refused(Part::Header)) {
        return Err(PhraseProblem::Action);
    }
    Ok(())
}

/// The phrase in each charset that can write it; charsets that write it alike together.
fn written(phrase: &str, charsets: &[Charset], limits: &mut Vec<Limit>) -> Vec<(Written, Vec<Charset>)> {
    let mut all: Vec<(Written, Vec<Charset>)> = Vec::new();
    for &charset in charsets {
        match charset::write(phrase, charset) {
            Ok(written) => match all.iter_mut().find(|(other, _)| *other == written) {
                Some((_, charsets)) if charsets.contains(&charset) => {}
                Some((_, charsets)) => charsets.push(charset),
                None => all.push((written, vec![charset])),
            },
            Err(character) => note(limits, Some(Limit::CannotWrite { charset, character })),
        }
    }
    all
}

/// What a rule is wanted for.
struct Wanted<'a> {
    phrase: &'a str,
    class: Class,
    encoding: TextEncoding,
    written: &'a Written,
    charsets: &'a [Charset],
    notation: Notation,
    action: &'a str,
}

impl Wanted<'_> {
    /// The rule, perhaps with a warning; or why there is none.
    fn rule(&self) -> Result<(EncodedRule, Option<Limit>), Limit> {
        let Self { class, encoding, charsets, notation, action, .. } = *self;
        let charsets = charsets.to_vec();
        let bytes = &self.written.bytes;
        let characters = match encoding {
            TextEncoding::Base64 => base64::sure_characters(bytes.len()),
            TextEncoding::Raw | TextEncoding::QuotedPrintable => bytes.len(),
        };
        let (least, safe) = least(encoding);
        if characters < least {
            return Err(Limit::TooShort { charsets, encoding, characters });
        }
        if encoding == TextEncoding::Base64 && class == Class::Body && bytes.len() > BASE64_BYTES {
            return Err(Limit::TooLong { charsets });
        }
        let pattern = notation.pattern(class, encoding, self.written);
        // What UTF-8 writes with letters are these letters.
        let folds = encoding != TextEncoding::Base64 && *bytes == self.phrase.as_bytes();
        let flags: &[u8] = if folds { b"/ " } else { b"/i " };
        let text = [b"/", pattern.as_slice(), flags, action.as_bytes()].concat();
        let proved_on = proof::prove(self, &text);
        let Some(proved_on) = proved_on.filter(|proofs| !proofs.is_empty()) else {
            return Err(Limit::NotProved { charsets, encoding });
        };
        let alignments = if encoding == TextEncoding::Base64 { vec![0, 1, 2] } else { Vec::new() };
        let warning = (characters < safe).then(|| Limit::Short { charsets: charsets.clone(), encoding, characters });
        let rule = EncodedRule { text: text.into(), class, charsets, encoding, alignments, characters, proved_on };
        Ok((rule, warning))
    }
}

/// Notes a limit once.
fn note(limits: &mut Vec<Limit>, limit: Option<Limit>) {
    if let Some(limit) = limit
        && !limits.contains(&limit)
    {
        limits.push(limit);
    }
}

/// What none of these rules can catch.
fn general_limits(made: &mut EncodedRules, written: &[(Written, Vec<Charset>)]) {
    if made.rules.is_empty() {
        return;
    }
    let in_lines = |rule: &&EncodedRule| rule.encoding == TextEncoding::Base64 && rule.class == Class::Body;
    let longest = made.rules.iter().filter(in_lines).map(|rule| rule.characters).max();
    if let Some(characters) = longest {
        let of_hundred = (characters.saturating_sub(1) * 100).div_ceil(BASE64_LINE);
        made.not_caught.push(Limit::LineEndInBase64 { of_hundred: of_hundred.min(100) });
    }
    let escapes = written.iter().any(|(written, _)| written.bytes.contains(&0x1b));
    let general = [
        Some(Limit::LineEnd),
        Some(Limit::WordEnd),
        Some(Limit::Parameters),
        Some(Limit::OtherCharsets),
        escapes.then_some(Limit::OtherEscapes),
        Some(Limit::OtherSpellings),
        Some(Limit::Html),
        Some(Limit::BeyondSizeLimit),
    ];
    made.not_caught.extend(general.into_iter().flatten());
}
