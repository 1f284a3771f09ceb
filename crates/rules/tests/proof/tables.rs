//! Random small tables, and keys that are likely to hit their rules.

use std::fmt;

use postproof_model::TableKind;
use postproof_rules::lint::proof::Keys;
use postproof_rules::table::Table;
use postproof_rules::table::rule::Rule;

use super::random::Random;
use super::{pcre, posix};

/// A table, and what it is asked for.
pub struct Made {
    pub table: Table,
    pub keys: Keys,
    pub kind: TableKind,
    pub source: String,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}\n{}", self.kind, self.keys, self.source)
    }
}

const KEYS: [Keys; 5] = [Keys::Header, Keys::BodyLine, Keys::Access, Keys::Client, Keys::Unknown];

impl Made {
    pub fn new(random: &mut Random) -> Self {
        let keys = KEYS[random.below(KEYS.len())];
        let kind = if random.one_in(2) { TableKind::Regexp } else { TableKind::Pcre };
        let mut writer = Writer { random, kind, keys, patterns: Vec::new() };
        let source = writer.table();
        let (table, _) = Table::parse(kind, "t", source.as_bytes());
        Self { table, keys, kind, source }
    }

    /// A key that the table could be asked for, made from one of its patterns as a rule, and changed a little.
    pub fn key(&self, random: &mut Random) -> Vec<u8> {
        let patterns: Vec<_> = self.table.rules().iter().flat_map(Rule::conditions).collect();
        let mut key = Vec::new();
        if self.keys == Keys::Header && random.one_in(2) {
            key.extend_from_slice(random.pick(&["a:", "b: ", "ab:", "ba:", "x:"]).as_bytes());
        }
        for _ in 0..=random.below(2) {
            let condition = patterns.get(random.below(patterns.len())).and_then(|condition| condition.pattern());
            if let Some(pattern) = condition {
                let root = &pattern.ast().root;
                let made =
                    if pattern.is_posix() { posix::subject(random, root) } else { pcre::subject(random, root, false) };
                key.extend(made);
            }
        }
        for _ in 0..random.below(4) {
            let byte = LETTERS[random.below(LETTERS.len())];
            let at = random.below(key.len() + 1);
            match random.below(3) {
                0 => key.insert(at, byte),
                1 if at < key.len() => key[at] = byte,
                _ if at < key.len() => drop(key.remove(at)),
                _ => key.push(byte),
            }
        }
        key.retain(|byte| *byte != 0);
        key.truncate(200);
        self.shaped(random, key)
    }

    /// The nearest key that the table could be asked for.
    fn shaped(&self, random: &mut Random, mut key: Vec<u8>) -> Vec<u8> {
        match self.keys {
            Keys::Header => {
                let name = key.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
                if name == 0 || key.get(name) != Some(&b':') {
                    key.splice(0..0, *b"a:");
                }
                let mut folded: Vec<u8> = Vec::new();
                for byte in key {
                    if folded.last() == Some(&b'\n') && !matches!(byte, b' ' | b'\t') {
                        folded.push(b' ');
                    }
                    folded.push(byte);
                }
                if folded.last() == Some(&b'\n') {
                    folded.push(b'\t');
                }
                folded
            }
            Keys::BodyLine | Keys::Access => {
                key.retain(|byte| *byte != b'\n');
                if key.is_empty() { b"a".to_vec() } else { key }
            }
            Keys::Client => {
                if random.one_in(4) {
                    return random
                        .pick(&["192.0.2.1", "2001:db8::1", "10.0.0.1", "unknown", "::1"])
                        .as_bytes()
                        .to_vec();
                }
                key.retain(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(byte));
                let text = String::from_utf8(key).unwrap();
                let labels: Vec<_> =
                    text.split('.').map(|label| label.trim_matches('-')).filter(|l| !l.is_empty()).collect();
                let name = labels.join(".");
                if name.bytes().any(|byte| !(byte.is_ascii_digit() || byte == b'.')) {
                    name.into()
                } else {
                    b"a.b".to_vec()
                }
            }
            Keys::Unknown => {
                if random.one_in(3) {
                    key.push(b'\n');
                }
                if key.is_empty() { b"\n".to_vec() } else { key }
            }
        }
    }
}

const LETTERS: &[u8] = b"aabbAB:. \n\t01x-";

struct Writer<'r> {
    random: &'r mut Random,
    kind: TableKind,
    keys: Keys,
    /// Those written so far: rules of real tables are alike.
    patterns: Vec<String>,
}

impl Writer<'_> {
    fn table(&mut self) -> String {
        let mut lines = Vec::new();
        let mut open = 0;
        for number in 1..=3 + self.random.below(6) {
            match self.random.below(10) {
                0 | 1 => {
                    let not = if self.random.one_in(3) { "!" } else { "" };
                    lines.push(format!("if {not}{}", self.pattern()));
                    open += 1;
                }
                2 | 3 if open > 0 => {
                    lines.push("endif".to_owned());
                    open -= 1;
                }
                _ => {
                    let negated = self.random.one_in(6);
                    let not = if negated { "!" } else { "" };
                    let first = self.pattern();
                    let pair = self.kind == TableKind::Regexp && self.random.one_in(5);
                    let second = if pair { format!("!{}", self.pattern()) } else { String::new() };
                    let group = if !negated && first.contains('(') && self.random.one_in(3) { " $1" } else { "" };
                    lines.push(format!("{not}{first}{second} R{number}{group}"));
                }
            }
        }
        lines.join("\n") + "\n"
    }

    /// A pattern between slashes, with flags.
    fn pattern(&mut self) -> String {
        let written = match self.random.below(8) {
            0 if !self.patterns.is_empty() => self.patterns[self.random.below(self.patterns.len())].clone(),
            1 if !self.patterns.is_empty() => {
                let old = self.patterns[self.random.below(self.patterns.len())].clone();
                let more = self.atom(1);
                if self.random.one_in(2) { format!("{old}{more}") } else { format!("{more}{old}") }
            }
            2 => (*self.random.pick(&[".", "^", "^.", ":", "$", "^$", ".*", "[a-z]", "^[^:]+:", "\\.", "^a:", "^b:"]))
                .to_owned(),
            _ => {
                let anchored = if self.random.one_in(3) { "^" } else { "" };
                let header = if self.keys == Keys::Header && self.random.one_in(2) {
                    self.random.pick(&["a:", "b:", "(a|b):", "[ab]+:", "a:.*"])
                } else {
                    ""
                }
                .to_owned();
                let body = self.alternation(2);
                let end = match self.random.below(8) {
                    0 | 1 => "$",
                    2 if self.kind == TableKind::Pcre => "\\z",
                    _ => "",
                };
                format!("{anchored}{header}{body}{end}")
            }
        };
        self.patterns.push(written.clone());
        let flags: &[&str] = match self.kind {
            TableKind::Regexp => &["", "", "", "", "i", "m", "im"],
            _ => &["", "", "", "", "i", "m", "s", "sm", "E", "E", "A", "U"],
        };
        format!("/{written}/{}", self.random.pick(flags))
    }

    fn alternation(&mut self, depth: usize) -> String {
        let branches = if self.random.one_in(4) { 2 } else { 1 };
        (0..branches).map(|_| self.concat(depth)).collect::<Vec<_>>().join("|")
    }

    fn concat(&mut self, depth: usize) -> String {
        (0..=self.random.below(3)).map(|_| self.repeated(depth)).collect()
    }

    fn repeated(&mut self, depth: usize) -> String {
        let atom = self.atom(depth);
        let count = match self.random.below(10) {
            0 => "*",
            1 => "+",
            2 => "?",
            3 => "{2}",
            4 => "{1,2}",
            _ => "",
        };
        format!("{atom}{count}")
    }

    fn atom(&mut self, depth: usize) -> String {
        let pcre = self.kind == TableKind::Pcre;
        match self.random.below(14) {
            0 | 1 if depth > 0 => format!("({})", self.alternation(depth - 1)),
            2 => ".".to_owned(),
            3 => ".*".to_owned(),
            4 => (*self.random.pick(&["[ab]", "[^a]", "[[:alpha:]]", "[0-9]", "[^:]", "[[:space:]]"])).to_owned(),
            5 => (*self.random.pick(&["\\b", "\\w", "\\W", "\\s", "\\.", "\\B"])).to_owned(),
            6 if self.random.one_in(4) => (*self.random.pick(&["^", "$"])).to_owned(),
            7 if pcre && self.random.one_in(2) => {
                (*self.random.pick(&["\\n", "\\n ", "\\r", "\\A", "\\z", "\\Z"])).to_owned()
            }
            8 if pcre && self.random.one_in(4) => {
                (*self.random.pick(&["(?=a)", "(?!b)", "(?>a|ab)", "a++"])).to_owned()
            }
            _ => (*self.random.pick(&["a", "b", "a", "b", "x", "0", ":", " "])).to_owned(),
        }
    }
}
