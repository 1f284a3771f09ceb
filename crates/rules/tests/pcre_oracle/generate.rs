//! Patterns from the whole grammar, malformed ones too, and subjects that are likely to match them.

use postproof_rules::pattern::PcreFlags;
use postproof_rules::pattern::ast::{Class, Direction, GroupKind, Kind, Node, Test};

use super::random::Random;

/// All combinations, those that Postfix uses most more often.
pub fn flags(random: &mut Random) -> PcreFlags {
    PcreFlags {
        fold_case: !random.one_in(4),
        dot_all: !random.one_in(5),
        multiline: random.one_in(5),
        extended: random.one_in(8),
        anchored: random.one_in(12),
        dollar_end_only: random.one_in(8),
        ungreedy: random.one_in(10),
        utf: random.one_in(4),
    }
}

/// A pattern.
pub fn pattern(random: &mut Random, flags: PcreFlags) -> Vec<u8> {
    let references = random.one_in(5);
    let rare = random.one_in(4);
    let mut writer = Writer { random, flags, out: Vec::new(), groups: 0, references, rare };
    if writer.random.one_in(25) {
        writer.start();
    }
    match writer.random.below(12) {
        0 => writer.soup(),
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
    pattern.truncate(80);
    pattern
}

/// A subject for a pattern.
pub fn subject(random: &mut Random, root: &Node, utf: bool) -> Vec<u8> {
    let mut subject = Vec::new();
    if random.one_in(4) {
        noise(random, &mut subject, utf);
    }
    if random.one_in(6) {
        noise(random, &mut subject, utf);
    } else {
        let mut sampler = Sampler { random, root, utf, groups: Vec::new(), depth: 0 };
        sampler.sample(root, &mut subject);
    }
    if random.one_in(4) {
        noise(random, &mut subject, utf);
    }
    if random.one_in(3) {
        mutate(random, &mut subject, SUBJECT_BYTES);
    }
    subject.truncate(32);
    if utf && !random.one_in(50) {
        // PCRE2 refuses a subject that is no UTF-8; that needs no trying all the time.
        subject = String::from_utf8_lossy(&subject).replace('\u{FFFD}', "").into_bytes();
    }
    subject
}

const PATTERN_BYTES: &[u8] = b"ab*+?|(){}[]^$.\\,-1203:=<>!BbwWsS'&#RPkgQEx_ \n\xE9";
const SUBJECT_BYTES: &[u8] = b"abcABCkK_ -1\n\r]^\xE9\x85{)*";

/// Characters beyond ASCII with something special about them.
const WIDE: &[&str] = &[
    "é", "É", "ß", "ſ", "\u{212A}", "ǅ", "α", "Σ", "ς", "あ", "漢", "\u{300}", "\u{85}", "\u{2028}", "\u{A0}", "😀",
    "\u{200D}", "İ",
];

fn noise(random: &mut Random, out: &mut Vec<u8>, utf: bool) {
    for _ in 0..random.below(8) {
        if utf && random.one_in(4) {
            out.extend_from_slice(random.pick(WIDE).as_bytes());
        } else {
            let bytes: &[u8] = if random.one_in(3) { SUBJECT_BYTES } else { b"abc" };
            out.push(bytes[random.below(bytes.len())]);
        }
    }
}

fn mutate(random: &mut Random, text: &mut Vec<u8>, bytes: &[u8]) {
    for _ in 0..=random.below(2) {
        let at = random.below(text.len() + 1);
        let byte = bytes[random.below(bytes.len())];
        match random.below(4) {
            0 if at < text.len() => {
                text.remove(at);
            }
            1 if at < text.len() => text[at] = byte,
            2 => text.truncate(at),
            _ => text.insert(at, byte),
        }
    }
}

struct Writer<'r> {
    random: &'r mut Random,
    flags: PcreFlags,
    out: Vec<u8>,
    groups: usize,
    /// Whether references to groups are written.
    references: bool,
    /// Whether what hardly anybody writes is written, too.
    rare: bool,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn pick(&mut self, choices: &[&str]) {
        let choice = self.random.pick(choices).to_owned();
        self.put(&choice);
    }

    fn start(&mut self) {
        self.pick(&[
            "(*UTF)",
            "(*UTF)",
            "(*UCP)",
            "(*UTF)(*UCP)",
            "(*CR)",
            "(*LF)",
            "(*CRLF)",
            "(*ANYCRLF)",
            "(*ANY)",
            "(*NUL)",
            "(*BSR_ANYCRLF)",
            "(*BSR_UNICODE)",
            "(*NOTEMPTY)",
            "(*NOTEMPTY_ATSTART)",
            "(*NO_START_OPT)",
            "(*NO_AUTO_POSSESS)",
            "(*LIMIT_MATCH=20000000)",
            "(*NO_JIT)",
            "(*UTF8)",
            "(*UFT)",
            "(*LIMIT_HEAP=)",
        ]);
    }

    /// Tokens in no order.
    fn soup(&mut self) {
        for _ in 0..self.random.below(12) {
            self.pick(&[
                "a",
                "b",
                "(",
                ")",
                "|",
                "*",
                "+",
                "?",
                "{2}",
                "{,2}",
                "{1,}",
                "{",
                "}",
                "[",
                "]",
                "^",
                "$",
                ".",
                "\\",
                "(?",
                "(?:",
                "(?=",
                "(?!",
                "(?<=",
                "(?<!",
                "(?>",
                "(?|",
                "(?<n>",
                "(?P",
                "(?&n)",
                "(?1)",
                "(?R)",
                "(?-1)",
                "(?(1)",
                "(?(",
                "(?(R",
                "(?(DEFINE)",
                "(?#",
                "(?i)",
                "(?^)",
                "(?x)",
                "(?xx)",
                "(?n)",
                "(?J)",
                "(?-i",
                "\\1",
                "\\g{",
                "\\g<",
                "\\k<n>",
                "\\k{n}",
                "\\K",
                "\\G",
                "\\R",
                "\\X",
                "\\N",
                "\\C",
                "\\Q",
                "\\E",
                "\\x{",
                "\\x",
                "\\o{",
                "\\0",
                "\\c",
                "\\p",
                "\\p{L",
                "[^",
                "[:alpha:]",
                "[a-",
                "-]",
                "\\d",
                "\\b",
                "[[:<:]]",
                "(*",
                "(*F)",
                "(*ACCEPT)",
                "(*COMMIT)",
                "(*PRUNE)",
                "(*SKIP)",
                "(*THEN)",
                "(*MARK:a)",
                "(*pla:",
                "(*sr:",
                "(*napla:",
                "(*atomic:",
                "(?*",
                "(?<*",
                "(?C",
                "(?C1)",
                "n",
                "1",
                ",",
                ":",
                "'",
                "<",
                ">",
                "=",
                "!",
                "-",
                "#",
                "\n",
                " ",
                "\\é",
                "é",
            ]);
        }
    }

    /// What people write for headers and bodies.
    fn header(&mut self) {
        self.pick(&["^Subject:", "^From:.*", "^(To|Cc):", "^Received:", "", "^X-(\\w+):\\s*", "^(?!From:)"]);
        for _ in 0..self.random.below(4) {
            self.pick(&[
                ".*",
                "\\s+",
                "\\bwin(ner)?\\b",
                "[^@]+@",
                "(\\d{1,3}\\.){3}\\d{1,3}",
                "[a-z0-9-]+",
                "(?i:free)",
                "\\.example",
                "=\\?(?:utf-8|iso-2022-jp)\\?",
                "(?=.*a)",
                "\\$\\d+",
                "\\w+@(?!b)\\w+",
                "(a|b)+?c",
                "[[:alpha:]]{2,}",
            ]);
        }
        if self.random.one_in(2) {
            self.put("$");
        }
    }

    fn alternation(&mut self, depth: usize) {
        let branches = if self.random.one_in(3) { 1 + self.random.below(3) } else { 1 };
        for branch in 0..branches {
            if branch > 0 {
                self.put("|");
            }
            self.branch(depth);
        }
    }

    fn branch(&mut self, depth: usize) {
        let pieces = if self.random.one_in(10) { 0 } else { 1 + self.random.below(4) };
        for _ in 0..pieces {
            self.piece(depth);
            if self.random.one_in(3) {
                self.quantifier();
            }
            if self.flags.extended && self.random.one_in(6) {
                self.pick(&[" ", "\n", "\t", "# a\n", " \n"]);
            }
        }
    }

    fn quantifier(&mut self) {
        self.pick(&[
            "*", "+", "?", "*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}", "{1}", "{0,}", "{3,1}", "{,2}", "{2",
        ]);
        if self.random.one_in(3) {
            self.pick(&["?", "?", "+", "*"]);
        }
    }

    fn piece(&mut self, depth: usize) {
        match self.random.below(24) {
            0..=7 => self.literal(),
            8 | 9 => self.put("."),
            10 | 11 => self.bracket(),
            12 | 13 => self.shorthand(),
            14 => self.pick(&["^", "$", "\\b", "\\B", "\\A", "\\Z", "\\z", "\\G"]),
            15..=17 if depth > 0 => self.group(depth - 1),
            18 if depth > 0 => self.lookaround(depth - 1),
            19 if depth > 0 && self.references => self.conditional(depth - 1),
            20 if self.references => self.reference(),
            21 => self.pick(&[
                "(?i)", "(?-i)", "(?s)", "(?m)", "(?^)", "(?x)", "(?U)", "(?#note)", "(?J)", "(?n)", "(?s-m)", "(?xx)",
            ]),
            22 if self.rare => self.pick(&[
                "\\K",
                "\\R",
                "\\X",
                "\\N",
                "\\C",
                "\\h",
                "\\v",
                "\\H",
                "\\V",
                "(*F)",
                "(*ACCEPT)",
                "(*PRUNE)",
                "(*THEN)",
                "(*COMMIT)",
                "(*SKIP)",
                "(*MARK:x)",
                "(?C)",
                "(?C9)",
                "[[:<:]]",
                "[[:>:]]",
                "(*PRUNE:n)",
                "(*ACCEPT:n)",
            ]),
            _ => self.literal(),
        }
    }

    fn literal(&mut self) {
        match self.random.below(20) {
            0 => self.pick(&[
                "\\x41", "\\x{61}", "\\101", "\\o{142}", "\\cA", "\\n", "\\t", "\\e", "\\.", "\\-", "\\0", "\\x",
                "\\x0a", "\\r",
            ]),
            1 => self.pick(&["\\Qa.b\\E", "\\Qa\\E", "\\Q\\E", "\\E", "\\Q(\\E"]),
            2 if self.flags.utf => {
                let wide = self.random.pick(WIDE).to_owned();
                self.put(&wide);
            }
            3 if self.flags.utf => {
                self.pick(&["\\x{e9}", "\\x{3b1}", "\\N{U+212A}", "\\x{1F600}", "\\o{351}", "\\xe9"]);
            }
            2 | 3 => {
                let byte = [0xE9, 0x85, 0xA0, 0xC3, b'k', b'S'][self.random.below(6)];
                self.out.push(byte);
            }
            4 => self.pick(&["-", "_", "1", " ", ":", "@", "#", "k", "K", "s"]),
            _ => self.pick(&["a", "b", "c", "a", "b", "A", "B"]),
        }
    }

    fn shorthand(&mut self) {
        if self.random.one_in(6) {
            self.pick(&[
                "\\p{L}",
                "\\p{Lu}",
                "\\P{Ll}",
                "\\pN",
                "\\p{^L}",
                "\\p{Greek}",
                "\\p{Han}",
                "\\p{sc:Hira}",
                "\\p{Any}",
                "\\p{L&}",
                "\\p{Xwd}",
                "\\p{Xsp}",
                "\\p{bc:L}",
                "\\p{Alphabetic}",
                "\\p{Nope}",
                "\\p{script extensions=Latin}",
                "\\p{Uppercase}",
                "\\p{Ideographic}",
            ]);
        } else {
            self.pick(&["\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\w", "\\h", "\\v", "\\H", "\\V", "\\N"]);
        }
    }

    fn bracket(&mut self) {
        self.put("[");
        if self.random.one_in(4) {
            self.put("^");
        }
        if self.random.one_in(10) {
            self.pick(&["]", "-", "\\E", "\\Q\\E"]);
        }
        for _ in 0..1 + self.random.below(3) {
            match self.random.below(14) {
                0..=3 => self.pick(&["a", "b", "c", "A", "k", "_", "1", "."]),
                4 | 5 => self.pick(&["a-c", "A-Z", "0-9", "a-z", "j-l", "!-~", "-a", "c-a", "a-", "S-s"]),
                6 => self.pick(&["\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\h", "\\H", "\\v", "\\V"]),
                7 => self.pick(&[
                    "[:alpha:]",
                    "[:digit:]",
                    "[:^alpha:]",
                    "[:word:]",
                    "[:ascii:]",
                    "[:punct:]",
                    "[:space:]",
                    "[:upper:]",
                    "[:^lower:]",
                    "[:xdigit:]",
                    "[:^ascii:]",
                    "[:foo:]",
                    "[.a.]",
                    "[:print:]",
                    "[:graph:]",
                    "[:blank:]",
                    "[:cntrl:]",
                ]),
                8 => self.pick(&[
                    "\\]",
                    "\\\\",
                    "\\n",
                    "\\x41",
                    "\\b",
                    "\\101",
                    "\\x{62}",
                    "\\e",
                    "\\-",
                    "[",
                    "\\Q]\\E",
                    "\\Qa-c\\E",
                ]),
                9 => self.pick(&["\\p{L}", "\\P{Lu}", "\\p{Greek}", "\\pN", "\\p{^Ll}"]),
                10 if self.flags.utf => self.pick(&[
                    "é",
                    "α-ω",
                    "\\x{100}-\\x{200}",
                    "ſ",
                    "あ-ん",
                    "\\x{2028}",
                    "\\x{80}-\\x{10ffff}",
                    "à-ý",
                ]),
                10 => {
                    let byte = [0xE9, 0x85, 0xA0, 0xFF][self.random.below(4)];
                    self.out.push(byte);
                }
                11 if self.rare => {
                    self.pick(&["\\R", "\\X", "\\B", "\\N", "\\Z", "\\G", "\\g", "\\k", "\\E", "a-\\d", "\\d-a"]);
                }
                _ => self.pick(&["a", "b", "a-c"]),
            }
        }
        self.put("]");
    }

    fn group(&mut self, depth: usize) {
        match self.random.below(14) {
            0..=5 => {
                self.groups += 1;
                self.put("(");
            }
            6..=8 => self.put("(?:"),
            9 => self.put("(?>"),
            10 => {
                self.groups += 1;
                self.pick(&["(?<n>", "(?P<m>", "(?'n'", "(?<a1>"]);
            }
            11 => self.pick(&["(?i:", "(?-i:", "(?s:", "(?^:", "(?m-s:", "(?x:", "(?U:"]),
            12 => self.put("(?|"),
            _ if self.rare => self.pick(&["(*atomic:", "(?J:", "(?n:", "(?xx:", "(*sr:"]),
            _ => self.put("(?:"),
        }
        self.alternation(depth);
        self.put(")");
    }

    fn lookaround(&mut self, depth: usize) {
        if self.rare && self.random.one_in(3) {
            self.pick(&[
                "(?*",
                "(?<*",
                "(*pla:",
                "(*nla:",
                "(*plb:",
                "(*nlb:",
                "(*napla:",
                "(*naplb:",
                "(*positive_lookahead:",
            ]);
        } else {
            self.pick(&["(?=", "(?!", "(?<=", "(?<!", "(?=", "(?!"]);
        }
        self.alternation(depth.min(1));
        self.put(")");
    }

    fn conditional(&mut self, depth: usize) {
        match self.random.below(6) {
            0..=2 => {
                self.pick(&["(?(1)", "(?(-1)", "(?(n)", "(?(<n>)", "(?('n')", "(?(2)", "(?(R)", "(?(R1)", "(?(R&n)"]);
            }
            3 | 4 => {
                self.put("(?");
                self.lookaround(depth.min(1));
            }
            _ => self.pick(&["(?(DEFINE)", "(?(VERSION>=10.4)", "(?(VERSION=8)", "(?(9)", "(?(?C1)(?=a)"]),
        }
        self.branch(depth);
        if self.random.one_in(2) {
            self.put("|");
            self.branch(depth);
        }
        self.put(")");
    }

    fn reference(&mut self) {
        if self.random.one_in(2) && self.groups > 0 {
            let group = 1 + self.random.below(self.groups);
            self.put(&format!("\\{group}"));
        } else {
            self.pick(&[
                "\\1", "\\g1", "\\g{1}", "\\g{-1}", "\\g-1", "\\k<n>", "\\k{n}", "\\k'n'", "(?P=n)", "\\g{n}",
                "\\g{+1}", "(?1)", "(?R)", "(?-1)", "(?+1)", "(?&n)", "(?P>n)", "\\g<1>", "\\g'n'", "\\g<-1>", "\\2",
                "\\12", "(?0)", "(?2)",
            ]);
        }
    }
}

/// Draws a text that a pattern is likely to match.
struct Sampler<'r, 'n> {
    random: &'r mut Random,
    root: &'n Node,
    utf: bool,
    groups: Vec<(u32, Vec<u8>)>,
    depth: usize,
}

impl Sampler<'_, '_> {
    fn sample(&mut self, node: &Node, out: &mut Vec<u8>) {
        if out.len() > 40 || self.depth > 60 {
            return;
        }
        self.depth += 1;
        match &node.kind {
            Kind::Literal(literal) => {
                if self.utf && literal.value >= 0x80 {
                    self.char(literal.value, out);
                } else {
                    let bytes: Vec<u8> = literal.bytes.iter().collect();
                    if let Some(byte) = bytes.get(self.random.below(bytes.len())) {
                        out.push(*byte);
                    }
                }
            }
            Kind::Class(class) => self.class(class, out),
            Kind::Any(_) => noise_char(self.random, out, self.utf),
            Kind::LineBreak(_) => out.extend_from_slice(self.random.pick(&["\n", "\r\n", "\r", "\u{B}"]).as_bytes()),
            Kind::Grapheme => {
                out.push(b'a');
                if self.utf && self.random.one_in(2) {
                    out.extend_from_slice("\u{300}".as_bytes());
                }
            }
            Kind::SingleByte => out.push(b'a'),
            Kind::Assertion(_) => {
                if self.random.one_in(4) {
                    out.push(b'\n');
                }
            }
            Kind::Group(group) => {
                let start = out.len();
                self.sample(&group.node, out);
                if let GroupKind::Capture { index, .. } = group.kind {
                    self.groups.push((index, out.get(start..).unwrap_or_default().to_vec()));
                }
            }
            Kind::Repeat(repeat) => {
                let spread = repeat.max.map_or(3, |max| max.saturating_sub(repeat.min).min(3)) as usize;
                let times = repeat.min as usize + self.random.below(spread + 1);
                for _ in 0..times.min(6) {
                    self.sample(&repeat.node, out);
                }
            }
            Kind::Alternation(nodes) => {
                let index = self.random.below(nodes.len());
                self.sample(&nodes[index], out);
            }
            Kind::Concat(nodes) => nodes.iter().for_each(|node| self.sample(node, out)),
            Kind::Backreference(reference) => {
                let text =
                    self.groups.iter().rev().find(|(index, _)| *index == reference.group).map(|(_, text)| text.clone());
                out.extend(text.unwrap_or_default());
            }
            Kind::Look(look) => {
                if look.direction == Direction::Behind && !look.negative && self.random.one_in(2)
                    || look.direction == Direction::Ahead && self.random.one_in(6)
                {
                    self.sample(&look.node, out);
                }
            }
            Kind::Conditional(conditional) => {
                if let Test::Look(look) = &conditional.test {
                    self.sample(look, out);
                }
                let branch = if self.random.one_in(2) { &conditional.yes } else { &conditional.no };
                self.sample(branch, out);
            }
            Kind::Recursion(recursion) => {
                if self.depth < 20
                    && let Some(target) = self.root.group(recursion.group)
                {
                    self.sample(target, out);
                }
            }
            Kind::Empty | Kind::Keep | Kind::Verb(_) => {}
        }
        self.depth -= 1;
    }

    fn class(&mut self, class: &Class, out: &mut Vec<u8>) {
        let bytes: Vec<u8> = class.bytes.iter().collect();
        let ranges = class.chars.ranges();
        if ranges.is_empty() || !bytes.is_empty() && self.random.one_in(2) {
            let likely: Vec<u8> = bytes.iter().copied().filter(|byte| SUBJECT_BYTES.contains(byte)).collect();
            let from = if likely.is_empty() || self.random.one_in(4) { &bytes } else { &likely };
            if let Some(byte) = from.get(self.random.below(from.len())) {
                out.push(*byte);
            }
        } else {
            let (first, last) = ranges[self.random.below(ranges.len())];
            let value = match self.random.below(3) {
                0 => first,
                1 => last,
                _ => first + u32::try_from(self.random.below((last - first) as usize + 1)).unwrap_or(0),
            };
            self.char(value, out);
        }
    }

    fn char(&self, value: u32, out: &mut Vec<u8>) {
        if let Some(char) = char::from_u32(value) {
            out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

fn noise_char(random: &mut Random, out: &mut Vec<u8>, utf: bool) {
    if utf && random.one_in(4) {
        out.extend_from_slice(random.pick(WIDE).as_bytes());
    } else {
        out.push(SUBJECT_BYTES[random.below(SUBJECT_BYTES.len())]);
    }
}
