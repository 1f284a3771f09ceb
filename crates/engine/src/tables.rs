//! Parsed tables, kept from one request to the next, so that typing in the input parses no table and typing in one table
//! parses that one alone.

use postproof_model::{Diagnostic, ProjectFile};
use postproof_rules::lint;
use postproof_rules::pattern::Patterns;
use postproof_rules::table::{Opener, Table};

/// A table with what is wrong with it.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The table.
    pub table: Table,
    /// Its problems in the order of the file: those that Postfix warns of, and those it says nothing about.
    pub problems: Vec<Diagnostic>,
}

impl Parsed {
    fn new(file: &ProjectFile, patterns: &mut Patterns) -> Self {
        let opener = Opener::of_role(file.role);
        let (table, mut problems) = Table::parse_again(opener, file.kind, &file.name, source_of(file), patterns);
        problems.extend(lint::table(&table));
        problems.sort_by_key(|problem| problem.place.span);
        Self { table, problems }
    }

    fn is_of(&self, file: &ProjectFile) -> bool {
        self.table.opener() == Opener::of_role(file.role)
            && self.table.kind() == file.kind
            && self.table.name() == file.name
            && self.table.source() == source_of(file)
    }
}

/// What of a file is a table.
fn source_of(file: &ProjectFile) -> &[u8] {
    if file.role.is_table() { &file.content } else { b"" }
}

/// The tables of the last project.
#[derive(Debug)]
pub struct Tables {
    parsed: Vec<Parsed>,
    /// Their patterns, so that typing in one rule compiles that rule alone.
    patterns: Patterns,
}

impl Default for Tables {
    fn default() -> Self {
        Self { parsed: Vec::new(), patterns: Patterns::keeping() }
    }
}

impl Tables {
    /// The project's tables, in the order of its files. Those that the last project had, too, are not parsed again.
    pub fn of(&mut self, files: &[ProjectFile]) -> Vec<Parsed> {
        let mut before = std::mem::take(&mut self.parsed);
        for file in files {
            let known = before.iter().position(|parsed| parsed.is_of(file));
            let parsed = known.map_or_else(|| Parsed::new(file, &mut self.patterns), |index| before.swap_remove(index));
            self.parsed.push(parsed);
        }
        drop(before);
        self.patterns.forget_unused();
        self.parsed.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::{Role, TableKind};

    fn file(name: &str, content: &str) -> ProjectFile {
        ProjectFile {
            name: name.to_owned(),
            role: Role::HeaderChecks,
            kind: TableKind::Regexp,
            content: content.into(),
        }
    }

    /// Clones of one table share their rules.
    fn same(a: &Parsed, b: &Parsed) -> bool {
        std::ptr::eq(a.table.rules(), b.table.rules())
    }

    #[test]
    fn only_a_table_that_changed_is_parsed_again() {
        let mut tables = Tables::default();
        let first = tables.of(&[file("a", "/x/ OK\n"), file("b", "/y/ OK\n")]);
        let second = tables.of(&[file("b", "/y/ OK\n"), file("a", "/x/ REJECT\n")]);
        assert!(same(&first[1], &second[0]));
        assert!(!same(&first[0], &second[1]));
        let renamed = tables.of(&[file("c", "/y/ OK\n")]);
        assert!(!same(&first[1], &renamed[0]));
        assert_eq!(renamed[0].table.name(), "c");
    }

    #[test]
    fn only_a_rule_that_changed_is_compiled_again() {
        let mut tables = Tables::default();
        let first = tables.of(&[file("a", "/x/ OK\n/y/ OK\n/z/ OK\n")]);
        let second = tables.of(&[file("a", "/x/ OK\n/why/ OK\n/z/ REJECT\n")]);
        let pattern = |parsed: &[Parsed], rule: usize| {
            let condition = parsed[0].table.rules()[rule].conditions().next().unwrap();
            std::ptr::from_ref(condition.pattern().unwrap().ast())
        };
        let same = [0, 1, 2].map(|rule| pattern(&first, rule) == pattern(&second, rule));
        assert_eq!(same, [true, false, true]);
        drop(first);
        tables.of(&[file("a", "/x/ OK\n")]);
        drop(second);
        tables.of(&[]);
        assert!(tables.patterns.is_empty());
    }

    #[test]
    fn problems_stand_in_the_order_of_the_file() {
        let parsed = Tables::default().of(&[file("a", "/~x/ OK\n/(/ OK\n/y/i OK\n")]);
        let lines: Vec<usize> = parsed[0].problems.iter().map(|problem| problem.place.line).collect();
        assert_eq!(lines, [1, 2, 3]);
    }
}
