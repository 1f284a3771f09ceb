//! A key in a table: every way to look it up gives the same answer, and every span is one of the key.

use postproof_model::TableKind;
use postproof_rules::table::{Opener, Table};

use super::answer::assert_answers;
use super::span::Text;

/// What the first byte chooses: `A` is a regexp: table as postmap -q opens it.
const TABLES: &[(TableKind, Opener)] = &[
    (TableKind::Regexp, Opener::POSTMAP),
    (TableKind::Pcre, Opener::POSTMAP),
    (TableKind::Cidr, Opener::POSTMAP),
    (TableKind::Regexp, Opener::CONTENT),
    (TableKind::Pcre, Opener::CONTENT),
];

/// The first byte chooses the table's kind and opener. The source goes up to the first zero byte, and the key is what
/// follows it.
pub fn check(input: &[u8]) {
    let Some((&(kind, opener), rest)) = super::choice(input, TABLES) else { return };
    let end = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
    let source = rest.get(..end).unwrap_or_default();
    let key = rest.get(end + 1..).unwrap_or_default();
    let (table, _) = Table::parse_as(opener, kind, "table", source);
    assert_answers(&table, key, &Text::new(source, true));
}
