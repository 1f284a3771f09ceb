//! A server with a line more or less than its main.cf has: what would come of a client then.

use postproof_model::RuleRef;

use super::{Server, Words};
use crate::table::Table;

/// The name of a table that no main.cf can have.
const ADDED_TABLE: &[u8] = b"regexp:\0added";

/// Where a restriction stands among the words of a list, with its argument.
fn place(words: &[Vec<u8>], restriction: &[u8]) -> Option<std::ops::Range<usize>> {
    (0..words.len()).find_map(|start| {
        let mut rest = restriction;
        for (index, word) in words.iter().enumerate().skip(start) {
            rest = rest.strip_prefix(word.as_slice())?;
            match rest {
                [] => return Some(start..index + 1),
                [b' ', more @ ..] => rest = more,
                _ => return None,
            }
        }
        None
    })
}

impl Server {
    /// The server without a rule in one of the tables that its lists of restrictions name. None where there is no such rule,
    /// or where it cannot be told what the table would be ([`Table::without`]).
    #[must_use]
    pub fn without_rule(&self, rule: &RuleRef) -> Option<Self> {
        let mut server = self.clone();
        let mut changed = false;
        for table in server.tables.values_mut().filter(|table| table.name() == rule.table) {
            *table = table.without(rule)?;
            changed = true;
        }
        changed.then_some(server)
    }

    /// The server without a restriction in one of its lists. None where it does not stand in the list itself.
    #[must_use]
    pub fn without_restriction(&self, list: &str, restriction: &[u8]) -> Option<Self> {
        self.with_words(list, restriction, |words, place| {
            words.drain(place);
        })
    }

    /// The server with `check_client_access` and this table in front of a restriction. None where that does not stand in the
    /// list itself.
    #[must_use]
    pub fn with_client_access_before(&self, list: &str, restriction: &[u8], table: Table) -> Option<Self> {
        let mut server = self.with_words(list, restriction, |words, place| {
            let mut at = place.start;
            while at > 0 && words.get(at - 1).is_some_and(|word| word.eq_ignore_ascii_case(b"warn_if_reject")) {
                at -= 1;
            }
            words.splice(at..at, [b"check_client_access".to_vec(), ADDED_TABLE.to_vec()]);
        })?;
        server.tables.insert(ADDED_TABLE.to_vec(), table);
        Some(server)
    }

    fn with_words(
        &self,
        list: &str,
        restriction: &[u8],
        change: impl FnOnce(&mut Words, std::ops::Range<usize>),
    ) -> Option<Self> {
        let place = place(self.lists.get(list)?.as_ref().ok()?, restriction)?;
        let mut server = self.clone();
        change(server.lists.get_mut(list)?.as_mut().ok()?, place);
        Some(server)
    }

    /// Whether nobody gets mail relayed for a permit in smtpd_recipient_restrictions alone, since smtpd_relay_restrictions
    /// stand in the way.
    #[must_use]
    pub fn relay_list_protects(&self) -> bool {
        let words = self.lists.get("smtpd_relay_restrictions");
        words.is_some_and(|words| words.as_ref().is_ok_and(|words| self.holds_required(words, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restriction_is_found_with_its_argument() {
        let words: Words = ["permit_mynetworks", "check_client_access", "regexp:/a", "check_client_access", "{ x y }"]
            .into_iter()
            .map(|word| word.as_bytes().to_vec())
            .collect();
        assert_eq!(place(&words, b"permit_mynetworks"), Some(0..1));
        assert_eq!(place(&words, b"check_client_access regexp:/a"), Some(1..3));
        assert_eq!(place(&words, b"check_client_access { x y }"), Some(3..5));
        assert_eq!(place(&words, b"check_client_access regexp:/b"), None);
        assert_eq!(place(&words, b"permit"), None);
    }
}
