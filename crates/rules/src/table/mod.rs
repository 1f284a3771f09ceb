//! Tables: from source text to rules, from a key to an answer.

use postproof_model::{Answer, Diagnostic, Hit, RuleRef, TableKind};

/// A table as it stands after parsing: every rule that Postfix would keep.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    kind: TableKind,
}

impl Table {
    /// Parses a table's source. There is always a table, as Postfix always keeps one; what is wrong with it comes
    /// beside it.
    #[must_use]
    pub fn parse(kind: TableKind, name: &str, source: &[u8]) -> (Self, Vec<Diagnostic>) {
        let _ = source;
        (Self { name: name.to_owned(), kind }, Vec::new())
    }

    /// The table's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which kind of table it is.
    #[must_use]
    pub const fn kind(&self) -> TableKind {
        self.kind
    }

    /// What the table answers to a key.
    #[must_use]
    pub fn lookup(&self, key: &[u8]) -> Answer {
        let _ = key;
        Answer::NotFound
    }

    /// The rules after the one that answered that match the key, too, in order.
    #[must_use]
    pub fn also(&self, key: &[u8], hit: &Hit) -> Vec<RuleRef> {
        let _ = (key, hit);
        Vec::new()
    }
}
