//! Lists of tables, asked in order.

use postproof_model::{Answer, Diagnostic};

use super::Table;
use super::open::Read;
use super::opener::Opener;
use super::remark::Remark;
use super::spec::MapSpec;
use crate::pattern::Steps;

/// Tables in order: the first that answers wins. (Postfix: `maps_find`.)
#[derive(Clone, Debug, Default)]
pub struct Maps {
    tables: Vec<Table>,
}

impl Maps {
    /// A list of these tables.
    #[must_use]
    pub const fn new(tables: Vec<Table>) -> Self {
        Self { tables }
    }

    /// Opens the tables of a list as main.cf writes it: `regexp:/a, pcre:{ {/b/ c} }`.
    #[must_use]
    pub fn open(list: &[u8], opener: Opener, read: &mut Read<'_>) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let tables = MapSpec::parse_list(list).into_iter().map(|spec| {
            let opened = spec.open(opener, read);
            diagnostics.extend(opened.diagnostics);
            opened.table
        });
        (Self { tables: tables.collect() }, diagnostics)
    }

    /// The tables, in order.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// What the list answers to a key. An empty key is never looked up. An empty result is an answer here; Postfix's
    /// programs treat it as a lookup that failed.
    #[must_use]
    pub fn find(&self, key: &[u8]) -> Found<'_> {
        self.ask(key, &mut |_| {})
    }

    /// As [`Maps::find`]; `said` hears what Postfix would warn of.
    pub fn ask(&self, key: &[u8], said: &mut dyn FnMut(Remark)) -> Found<'_> {
        if key.is_empty() {
            return Found { answer: Answer::NotFound, table: None };
        }
        let steps = Steps::for_lookup();
        for table in &self.tables {
            let answer = table.ask_within(key, &steps, said);
            if answer != Answer::NotFound {
                return Found { answer, table: Some(table) };
            }
        }
        Found { answer: Answer::NotFound, table: None }
    }
}

/// What a list of tables answers.
#[derive(Clone, Debug)]
pub struct Found<'m> {
    /// The answer.
    pub answer: Answer,
    /// The table that gave it; none where nothing was found.
    pub table: Option<&'m Table>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Wanted;
    use postproof_model::TableKind;

    fn read(wanted: Wanted<'_>) -> Result<Vec<u8>, String> {
        match wanted {
            Wanted::File("/a") => Ok(b"/a/ first\n/^$/ empty\n".to_vec()),
            Wanted::File("/b") => Ok(b"a second\nb third\n".to_vec()),
            Wanted::Answers { kind: TableKind::Ldap, name: "/known" } => Ok(b"a sixth\n".to_vec()),
            _ => Err("no such file".to_owned()),
        }
    }

    fn found(list: &str, key: &str) -> (Option<String>, Option<String>) {
        let (maps, _) = Maps::open(list.as_bytes(), Opener::ACCESS, &mut read);
        let found = maps.find(key.as_bytes());
        let result = match found.answer {
            Answer::Found(hit) => Some(hit.result.lossy().into_owned()),
            Answer::NotFound => None,
            Answer::Unknown { reason, .. } => Some(format!("{reason:?}")),
        };
        (result, found.table.map(|table| table.name().to_owned()))
    }

    #[test]
    fn the_first_table_that_answers_wins() {
        let list = "regexp:/a, hash:/b inline:{ {b = fourth}, c=fifth }";
        let said = |result: &str, table: &str| (Some(result.to_owned()), Some(table.to_owned()));
        assert_eq!(found(list, "A"), said("first", "/a"));
        assert_eq!(found(list, "B"), said("third", "/b"));
        assert_eq!(found(list, "c"), said("fifth", "inline:{ {b = fourth}, c=fifth }"));
        assert_eq!(found(list, "d"), (None, None));
    }

    #[test]
    fn an_empty_key_is_never_looked_up() {
        assert_eq!(found("regexp:/a", ""), (None, None));
    }

    #[test]
    fn a_table_that_cannot_be_opened_ends_the_search() {
        assert_eq!(found("regexp:/a regexp:/missing", "a").0.as_deref(), Some("first"));
        assert_eq!(found("regexp:/missing regexp:/a", "a").0.as_deref(), Some("Fails(TableRefused)"));
        assert_eq!(found("mysql:/x regexp:/a", "a").0.as_deref(), Some("NeedsServer { kind: Mysql }"));
    }

    #[test]
    fn what_a_server_answers_may_be_given_as_data() {
        assert_eq!(found("ldap:/known regexp:/a", "A").0.as_deref(), Some("sixth"));
        assert_eq!(found("proxy:ldap:/known regexp:/a", "xa").0.as_deref(), Some("first"));
        assert_eq!(found("ldap:/other regexp:/a", "a").0.as_deref(), Some("NeedsServer { kind: Ldap }"));
    }
}
