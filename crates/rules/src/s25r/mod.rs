//! S25R's rules (Selective SMTP Rejection, ASAMI Hideo): which client names look like an end user's line.
//!
//! The rules are a regexp: table for check_client_access, in the order in which they are numbered. They are used where no
//! table is named, and every table's rules are compared with them, so that an answer can name the rule.
//!
//! | idea | file |
//! |---|---|
//! | the rules | here |
//! | the part of a name that makes a rule fire | [`reason`](mod@reason) |

pub mod reason;

pub use reason::{fired, reason};

/// The name under which the built-in table answers.
pub const TABLE_NAME: &str = "S25R";

/// The patterns, by number: as they stand between the slashes.
pub const PATTERNS: [&str; 7] = [
    r"^unknown$",
    r"^[^.]*[0-9][^0-9.]+[0-9].*\.",
    r"^[^.]*[0-9]{5}",
    r"^([^.]+\.)?[0-9][^.]*\.[^.]+\..+\.[a-z]",
    r"^[^.]*[0-9]\.[^.]*[0-9]-[0-9]",
    r"^[^.]*[0-9]\.[^.]*[0-9]\.[^.]+\..+\.",
    r"^(dhcp|dialup|ppp|[achrsvx]?dsl)[^.]*[0-9]",
];

/// The rules as a table.
#[must_use]
pub fn table_source() -> String {
    let rules = PATTERNS.iter().enumerate().map(|(number, pattern)| {
        let text = if number == 0 { "reverse lookup failure, be patient" } else { "S25R check, be patient" };
        format!("/{pattern}/ 450 {text}\n")
    });
    rules.collect()
}

/// The number of the rule with this pattern, given as it stands between the delimiters.
#[must_use]
pub fn number(pattern: &[u8]) -> Option<u8> {
    let at = PATTERNS.iter().position(|known| known.as_bytes() == pattern)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Table;
    use postproof_model::{Answer, TableKind};

    fn fires(name: &str) -> Option<u8> {
        let (table, problems) = Table::parse(TableKind::Regexp, TABLE_NAME, table_source().as_bytes());
        assert_eq!(problems, []);
        match table.lookup(name.as_bytes()) {
            Answer::Found(hit) => Some(hit.rule.s25r.unwrap()),
            Answer::NotFound => None,
            Answer::Unknown { .. } => panic!("S25R's rules are regular"),
        }
    }

    /// Checked with `postmap -q - regexp:` (3.7.11) over a table of the same rules.
    #[test]
    fn each_rule_fires_on_its_kind_of_name() {
        for (name, rule) in [
            ("unknown", Some(0)),
            ("220-139-165-188.dynamic.example.net", Some(1)),
            ("ppp1-2.example.net", Some(1)),
            ("pc12345.example.ne.jp", Some(2)),
            ("398pkj.cm.example.net", Some(3)),
            ("d1.1-2.example.org", Some(4)),
            ("m226.net81.p.example.net", Some(5)),
            ("xdsl5.example.org", Some(6)),
            ("mail.example.net", None),
            ("mx1.example.co.jp", None),
        ] {
            assert_eq!(fires(name), rule, "{name}");
        }
    }
}
