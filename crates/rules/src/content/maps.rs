//! A list of tables, asked in turn.

use postproof_model::{Answer, Hit, RuleRef};

use crate::pattern::Steps;
use crate::table::Table;

/// Something that answers keys, in as many steps as are left for the message.
pub trait Lookup {
    /// What it answers to a key.
    fn lookup(&self, key: &[u8], steps: &Steps) -> Answer;

    /// The rules after the one that answered that match the key, too.
    fn also(&self, key: &[u8], hit: &Hit, steps: &Steps) -> Vec<RuleRef>;
}

impl Lookup for Table {
    fn lookup(&self, key: &[u8], steps: &Steps) -> Answer {
        self.lookup_within(key, steps)
    }

    fn also(&self, key: &[u8], hit: &Hit, steps: &Steps) -> Vec<RuleRef> {
        steps.at_most(Steps::LOOKUP, |steps| self.also_within(key, hit, steps))
    }
}

/// What a list of tables answers: the first table with an answer, or one whose answer cannot be told, ends the search.
/// An empty key is never looked up. (Postfix: `maps_find`.)
pub(super) fn find<'t, T: Lookup>(tables: &'t [T], key: &[u8], steps: &Steps) -> Option<(&'t T, Answer)> {
    if key.is_empty() {
        return None;
    }
    tables.iter().map(|table| (table, table.lookup(key, steps))).find(|(_, answer)| *answer != Answer::NotFound)
}
