//! Patterns from the whole grammar, malformed ones too, and subjects that are likely to match them.

use postproof_rules::pattern::PosixFlags;
use postproof_rules::pattern::ast::{GroupKind, Kind, Node};

use super::random::Random;

/// All eight combinations, those that Postfix uses most more often.
pub fn flags(random: &mut Random) -> PosixFlags {
    PosixFlags { extended: !random.one_in(4), fold_case: random.one_in(2), newline: random.one_in(4) }
}

/// A pattern. With `references`, one that is likely to have back-references.
pub fn pattern(random: &mut Random, flags: PosixFlags, references: bool) -> Vec<u8> {
    let backreferences = references || random.one_in(4);
    let mut writer = Writer { random, flags, out: Vec::new(), groups: 0, backreferences };
    match writer.random.below(10) {
        0 if !references || writer.random.one_in(4) => writer.soup(),
        1 => writer.header(),
        _ => {
            let depth = 1 + writer.random.below(4);
            writer.alternation(depth);
        }
    }
    let mut pattern = writer.out;
    if random.one_in(6) {
        mutate(random, &mut pattern, PATTERN_BYTES);
    }
    pattern.truncate(60);
    pattern
}

/// A subject for a pattern.
pub fn subject(random: &mut Random, root: &Node) -> Vec<u8> {
    let mut subject = Vec::new();
    if random.one_in(4) {
        noise(random, &mut subject);
    }
    if random.one_in(6) {
        noise(random, &mut subject);
    } else {
        sample(random, root, &mut subject, &mut Vec::new());
    }
    if random.one_in(4) {
        noise(random, &mut subject);
    }
    if random.one_in(3) {
        mutate(random, &mut subject, SUBJECT_BYTES);
    }
    subject.retain(|&byte| byte != 0);
    subject.truncate(24);
    subject
}

const PATTERN_BYTES: &[u8] = b"ab*+?|(){}[]^$.\\,-1203:=<>BbwWsS'`A_ \n\xE9";
const SUBJECT_BYTES: &[u8] = b"abcABC_ -1\n]^\xE9{)*";

fn noise(random: &mut Random, out: &mut Vec<u8>) {
    for _ in 0..random.below(8) {
        let bytes: &[u8] = if random.one_in(3) { SUBJECT_BYTES } else { b"abc" };
        out.push(bytes[random.below(bytes.len())]);
    }
}

fn mutate(random: &mut Random, bytes: &mut Vec<u8>, alphabet: &[u8]) {
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len() + 1);
        let byte = alphabet[random.below(alphabet.len())];
        match random.below(4) {
            0 if at < bytes.len() => {
                bytes.remove(at);
            }
            1 if at < bytes.len() => bytes[at] = byte,
            2 if at < bytes.len() => bytes.truncate(at),
            _ => bytes.insert(at, byte),
        }
    }
}

/// Writes something that a node matches, as far as its anchors allow.
fn sample(random: &mut Random, node: &Node, out: &mut Vec<u8>, groups: &mut Vec<(u32, Vec<u8>)>) {
    if out.len() > 30 {
        return;
    }
    match &node.kind {
        Kind::Literal(literal) => one_of(random, &literal.bytes.iter().collect::<Vec<_>>(), out),
        Kind::Class(class) => one_of(random, &class.bytes.iter().collect::<Vec<_>>(), out),
        Kind::Any(_) => out.push(SUBJECT_BYTES[random.below(SUBJECT_BYTES.len())]),
        Kind::Group(group) => {
            let start = out.len();
            sample(random, &group.node, out, groups);
            if let GroupKind::Capture { index, .. } = group.kind {
                groups.push((index, out[start..].to_vec()));
            }
        }
        Kind::Repeat(repeat) => {
            let min = repeat.min as usize;
            let extra = repeat.max.map_or(3, |max| (max as usize - min).min(3));
            for _ in 0..min + random.below(extra + 1) {
                sample(random, &repeat.node, out, groups);
            }
        }
        Kind::Alternation(nodes) => {
            let branch = random.below(nodes.len());
            sample(random, &nodes[branch], out, groups);
        }
        Kind::Concat(nodes) => {
            for node in nodes {
                sample(random, node, out, groups);
            }
        }
        Kind::Backreference(reference) if !groups.is_empty() => {
            // What its group took last, mostly.
            let own = groups.iter().rposition(|(index, _)| *index == reference.group);
            let any = random.below(groups.len());
            let taken = own.filter(|_| !random.one_in(8)).unwrap_or(any);
            out.extend_from_slice(&groups[taken].1);
        }
        _ => {}
    }
}

fn one_of(random: &mut Random, bytes: &[u8], out: &mut Vec<u8>) {
    let likely: Vec<u8> = bytes.iter().copied().filter(|byte| SUBJECT_BYTES.contains(byte)).collect();
    let from = if likely.is_empty() || random.one_in(8) { bytes } else { &likely };
    out.extend(from.get(random.below(from.len())));
}

struct Writer<'r> {
    random: &'r mut Random,
    flags: PosixFlags,
    out: Vec<u8>,
    groups: usize,
    backreferences: bool,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// An operator that basic patterns write with a backslash.
    fn operator(&mut self, text: &str) {
        if !self.flags.extended {
            self.out.push(b'\\');
        }
        self.text(text);
    }

    fn alternation(&mut self, depth: usize) {
        self.branch(depth);
        while self.random.one_in(4) {
            self.operator("|");
            self.branch(depth);
        }
    }

    fn branch(&mut self, depth: usize) {
        if self.random.one_in(16) {
            return;
        }
        for _ in 0..=self.random.below(3) {
            self.piece(depth);
        }
    }

    fn piece(&mut self, depth: usize) {
        if self.random.one_in(7) {
            let anchor = match self.random.below(8) {
                0..=2 => "^",
                3..=5 => "$",
                _ => self.random.pick(&["\\b", "\\B", "\\<", "\\>", "\\`", "\\'"]),
            };
            self.text(anchor);
            if !self.random.one_in(20) {
                return;
            }
        } else {
            self.atom(depth);
        }
        while self.random.one_in(3) {
            self.repetition();
            if !self.random.one_in(6) {
                break;
            }
        }
    }

    fn atom(&mut self, depth: usize) {
        if depth > 0 && self.random.below(5) < 2 {
            self.operator("(");
            self.groups += 1;
            if !self.random.one_in(20) {
                self.alternation(depth - 1);
            }
            self.operator(")");
            return;
        }
        if self.backreferences && self.groups > 0 && self.random.one_in(4) {
            let group = 1 + self.random.below(self.groups.min(9));
            self.text(&format!("\\{group}"));
            return;
        }
        match self.random.below(24) {
            0..=10 => {
                let letter = self.random.pick(&["a", "b", "c"]);
                self.text(letter);
            }
            11..=13 => self.text("."),
            14..=16 => self.bracket(),
            17 => {
                let class = self.random.pick(&["\\w", "\\W", "\\s", "\\S"]);
                self.text(class);
            }
            18 => {
                let byte = self.random.pick(&["A", "_", " ", "-", "1", "\n", "B", "C", "]", "^a", "a$", "\u{e9}"]);
                self.text(byte);
            }
            19 => {
                let escape = self.random.pick(&["\\.", "\\a", "\\A", "\\*", "\\d", "\\[", "\\^", "\\$", "\\\\", "\\-"]);
                self.text(escape);
            }
            22 if self.random.one_in(6) => {
                let byte = self.random.pick(&["}", ")", "{", "\\1", "*"]);
                self.text(byte);
            }
            _ => self.text("a"),
        }
    }

    fn repetition(&mut self) {
        match self.random.below(9) {
            0..=2 => self.text("*"),
            3..=4 => self.operator("+"),
            5..=6 => self.operator("?"),
            _ => {
                self.operator("{");
                let low = self.random.below(4);
                let high = low + self.random.below(4);
                let counts = match self.random.below(8) {
                    0 => format!("{low},"),
                    1 => format!(",{high}"),
                    2 | 3 => format!("{low}"),
                    4 if self.random.one_in(8) => {
                        (*self.random.pick(&["", ",", "3,1", "x", "1,x", "32768", "1,2,3", "0,0", "\\,2", "00001"]))
                            .into()
                    }
                    _ => format!("{low},{high}"),
                };
                self.text(&counts);
                self.operator("}");
            }
        }
    }

    fn bracket(&mut self) {
        self.text("[");
        if self.random.one_in(3) {
            self.text("^");
        }
        for _ in 0..=self.random.below(3) {
            let item = match self.random.below(12) {
                0..=4 => self.random.pick(&["a", "b", "c", "A", "_", "1", " "]),
                5..=6 => {
                    self.random.pick(&["a-c", "b-z", "A-C", "0-9", "A-z", "Z-a", "_-z", "a-a", "%--", "--/", "c-a"])
                }
                7..=8 => self.random.pick(&[
                    "[:alpha:]",
                    "[:lower:]",
                    "[:upper:]",
                    "[:digit:]",
                    "[:space:]",
                    "[:punct:]",
                    "[:alnum:]",
                    "[:blank:]",
                    "[:cntrl:]",
                    "[:graph:]",
                    "[:print:]",
                    "[:xdigit:]",
                ]),
                9 => self.random.pick(&["-", "]", "^", "\\", "[", "\\]", "-a", "a-", "---", "\n", "$", "."]),
                10 => self.random.pick(&["[=a=]", "[.a.]", "[.-.]", "[.].]", "[=A=]", "a-[.c.]", "[.a.]-c", "[=-=]"]),
                _ if self.random.one_in(6) => self.random.pick(&[
                    "[:foo:]",
                    "[.ab.]",
                    "[==]",
                    "[..]",
                    "[::]",
                    "[:ALPHA:]",
                    "[=a=]-c",
                    "a-[:alpha:]",
                    "[:alpha:",
                    "[.a",
                    "[.space.]",
                    "a-b-c",
                    "[:word:]",
                ]),
                _ => "a",
            };
            self.text(item);
        }
        if !self.random.one_in(40) {
            self.text("]");
        }
    }

    /// Tokens in any order.
    fn soup(&mut self) {
        for _ in 0..self.random.below(12) {
            let token = self.random.pick(&[
                "a",
                "b",
                "c",
                "*",
                "+",
                "?",
                "|",
                "(",
                ")",
                "{",
                "}",
                "[",
                "]",
                "^",
                "$",
                ".",
                "\\",
                ",",
                "1",
                "2",
                "-",
                "\\(",
                "\\)",
                "\\{",
                "\\}",
                "\\|",
                "\\1",
                "\\2",
                "\\b",
                "\\w",
                "[a",
                "b]",
                "[^",
                "[:",
                ":]",
                "{1,2}",
                "\\+",
                "\\?",
                "\\<",
                "\\'",
                "(a)",
                "\\(b\\)",
                "[[:alpha:]]",
                "()",
                "a*",
                ".*",
                "(a|b)",
            ]);
            self.text(token);
        }
    }

    /// What people write into header_checks.
    fn header(&mut self) {
        let start = self.random.pick(&["^a", "^a: *", "^(a|b):", "^[ab]+:", "", "^a.*"]);
        self.text(start);
        for _ in 0..=self.random.below(3) {
            let part = self.random.pick(&[
                ".*",
                "(a|b|c)",
                "[^a]*",
                "[^.]+\\.",
                "(.*)",
                "[0-9]{1,3}",
                "(ab|a)(bc|c)?",
                "a.c",
                "[abc]{2,4}",
                "( |$)",
                "([^ ]+) +",
                "(^|[^a-z])b",
                "(a+|b+)*",
                "\\.(a|b|c)$",
                "([a-c]+\\.)+",
            ]);
            self.text(part);
        }
        if self.random.one_in(3) {
            self.text("$");
        }
    }
}
