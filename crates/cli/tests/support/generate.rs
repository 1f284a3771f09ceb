//! Random tables of every kind, and keys that are likely to find something in them.

use super::case::{Case, TableFile};
use super::random::Random;

/// The pieces that regexp: tables are made of: whole rules, halves, slips, junk.
const REGEXP: &[&str] = &[
    "/a/ A",
    "/^b/ B",
    "/c$/ C",
    "/(a)(b)?/ x$1y$2",
    "/a(.*)b/ [${1}]",
    "!/a/ not",
    "! /b/ nb",
    "!!/a/ yes",
    "/a/!/b/ ab",
    "/a/!!/b/ both",
    "/a/! /b/i x",
    "if /a/",
    "if !/b/",
    "IF /c/ text",
    "endif",
    "endif x",
    "EndIf",
    "if",
    "if x",
    "if1a1",
    "endifx",
    "ifa",
    "/a/",
    "/a/ ",
    "/b/\t",
    "/(/ open",
    "/a)/ close",
    "/[a/ bracket",
    "/a{2/ brace",
    "/*a/ star",
    "/a\\",
    "/a/x X",
    "/A/i I",
    "/a/mm M",
    "/a/ix Y",
    "/a/q Q",
    "/a/b c",
    "#/a/ x",
    "# c",
    "",
    " ",
    "\t# d",
    "  more",
    " /c/ C",
    "/a/ $1",
    "/(a)/ $2",
    "/(a)/ ${1",
    "/(a)/ $",
    "/(a)/ $$1",
    "/(a)/ $1x",
    "/(a)/ $0",
    "/(a)/ $(1)",
    "!/(a)/ $1",
    "/(a)/!/b/ $1",
    "~a~ T",
    "@b@ AT",
    "\"c\" Q",
    "\\a\\ B",
    "!a! N",
    "/a\\/b/ S",
    "/\\(a\\)/x g$1",
    "/a|b/ OR",
    "/a||b/ E",
    "/^/ ALL",
    "/^$/ EMPTY",
    "/./ DOT",
    "/\\w/ W",
    "/[[:alpha:]]b/ AL",
    "/[b-a]/ R",
    "/(a|ab)(c|bcd)/ $1-$2",
    "/a\r/ CR",
    "word",
    "/\u{e9}/ eacute",
    "\u{e9}a\u{e9} D",
    "-a- M",
    "1a1 no",
    "/a/ REJECT  two  spaces ",
    "/(.+)/ $1",
    "/c/ \u{e9}",
    "!",
    "! ",
    "/a/!",
    "/a/! ",
];

/// Pieces that only pcre: tables know, or take otherwise. The rest of theirs are those of regexp: tables.
const PCRE: &[&str] = &[
    "/a(?=b)/ ahead",
    "/a(?!b)/ not ahead",
    "/(?<=a)b/ behind",
    "/(?<!a)b/ not behind",
    "/(?<=a+)b/ varies",
    "/(?<n>a|b)\\k<n>/ named $1",
    "/(a|b)\\1/ twice $1",
    "/(a)\\2/ none",
    "/(?>a+)b/ atomic",
    "/a++a/ never",
    "/a*?b/ lazy",
    "/a(b)??/ [$1]",
    "/(?i)A/i folds",
    "/\\Aa/ start",
    "/a\\z/ end",
    "/a\\Z/ before",
    "/\\d\\D/ digit",
    "/\\Qa.b\\E/ quoted",
    "/\\x61/ hex",
    "/\\x{e9}/ byte",
    "/(*UTF)\\x{e9}/ char",
    "!/(*UTF)\\x{e9}/ no char",
    "/\\x{100}/ big",
    "/\\h\\R/ hR",
    "/a\\Kb/ keep",
    "/(?#note)b/ note",
    "/(?|(a)|(b))c/ reset $1",
    "/(a)?(?(1)b|c)/ cond $1",
    "/((?1)|a)/ loop",
    "/(?:a|(?R)b)/ recursion",
    "/[[:<:]]a/ word",
    "/[[:foo:]]/ class",
    "/a{,2}b/ brace",
    "/a{2,1}/ order",
    "/a{,/ literal",
    "/a b/x extended",
    "/a # note/x note",
    "/a/X old",
    "/b/A anchored",
    "/a$/E dollar",
    "/a.*b/U ungreedy",
    "/a.b/s dot",
    "/^b/m lines",
    "/a/imsxAEUX all",
    "/\\j/ escape",
    "/\\/ closes not",
    "/(?z)/ setting",
    "/(?<1>a)/ name",
    "/(a/ open",
    "/a)/ close",
    "/+a/ plus",
    "/a**/ stars",
    "/\\p{Lu}/ upper",
    "/\\p{nope}/ property",
    "/\\N{U+61}/ number",
    "/(*COMMIT)a/ commit",
    "/(*NOPE)a/ verb",
    "/\\8/ eight",
    "if /a(?=b)/",
    "if !/(?<=a)b/",
    "if /(/",
    "!!/a/ even",
    "! ! /b/ spaced",
];

const REGEXP_KEYS: &[u8] = b"aabbcABC /)({x1\xc3\xa9";

/// The pieces of cidr: tables.
const CIDR: &[&str] = &[
    "1.2.3.4 a",
    "1.2.3.0/24 b",
    "1.2.3.5/24 c",
    "1.2.3.4/33 d",
    "1.2.0.0/16\te",
    "10.0.0.0/8   f g ",
    "[1.2.3.9] h",
    "[1.2.4.0/24] i",
    "[1.2.5.0]/24 j",
    "[1.2.6.0]x k",
    "[1.2.7.0 l",
    "1.2.8 m",
    "01.2.3.4 n",
    "!1.2.3.0/24 o",
    "! 1.2.0.0/16 p",
    "!!1.2.0.0/16 q",
    "! ! 10.0.0.0/8 r",
    "if 1.2.0.0/16",
    "if !1.2.3.0/24",
    "IF ! 10.0.0.0/8",
    "if 2001:db8::/32",
    "if !2001:db8::/32",
    "if 1.2.0.0/16 text",
    "if",
    "if !",
    "if x",
    "if/8",
    "endif",
    "ENDIF",
    "endif text",
    "endif ",
    "endif1",
    "1.2.3.4",
    "1.2.3.4 ",
    "0.0.0.0/0 all4",
    "::/0 all6",
    "::1 s",
    "2001:db8::/32 t",
    "[2001:db8::]/33 u",
    "[2001:db8:8000::/33] v",
    "2001:db8::1/32 w",
    "2001:DB8:0:0::1 x",
    "::ffff:1.2.3.4 y",
    "::ffff:0:0/96 z",
    "1:2:3:4:5:6:7:8:: aa",
    "1:2:3:4:5:6:7:: ab",
    "fe80::1%eth0 ac",
    "1.2.15.0/4294967320 ad",
    "0.0.0.0/99999999999999999999 ae",
    "1.2.16.0/024 af",
    "1.2.17.0/ ag",
    "1.2.18.0/2x ah",
    "/24 ai",
    "1.2.3.4/32 aj",
    "1.2.3.4/0 ak",
    "1.2.3.4/31 al",
    "1.2.3.4/+4 am",
    "1.2.3.4/-1 an",
    "host.example ao",
    "# comment",
    "#1.2.3.4 x",
    "",
    "  ",
    " more text",
    "\t# aside",
    " 1.2.3.4 swallowed",
    "1.2.3.4 \u{e9}",
    "1.2.3.4\u{a0}x y",
    "1.2.3.4 $1",
];

const ADDRESSES: &[&str] = &[
    "1.2.3.4",
    "1.2.3.5",
    "1.2.3.9",
    "1.2.4.7",
    "1.2.5.1",
    "1.2.15.1",
    "1.2.16.1",
    "1.3.0.0",
    "10.9.8.7",
    "192.0.2.1",
    "0.0.0.0",
    "255.255.255.255",
    "::1",
    "::",
    "2001:db8::1",
    "2001:DB8:8000::",
    "2001:db8:7fff:ffff::",
    "1:2:3:4:5:6:7:0",
    "::ffff:1.2.3.4",
    "::FFFF:102:304",
    "fe80::1%eth0",
    "[1.2.3.4]",
    "1.2.3.4 ",
    "01.2.3.4",
    "1.2.3",
    "unknown",
    "mail.example.net",
    "",
];

const CIDR_BYTES: &[u8] = b"[]/!:.0129f x\t#\xe9\r";

/// Keys and values of tables that hold them.
const KEYS: &[&str] = &[
    "a",
    "A",
    "b",
    "user@example.org",
    "USER@Example.Org",
    "@example.org",
    ".example.org",
    "example.org",
    "1.2.3",
    "\"q k\"",
    "\"Q K\"",
    "\"q\\\" k\"",
    "\\\"x",
    "a\\ b",
    "a\\",
    "key:",
    "<>",
    "-",
    "\u{e4}\u{f6}",
    "\u{c4}\u{d6}",
    "stra\u{df}e",
    "STRASSE",
    "\u{130}",
    "\u{3a3}",
    "\u{3c2}",
    "\u{13a0}",
    "\u{ab70}",
    "\u{30ab}\u{30b8}\u{30ce}",
];

const VALUES: &[&str] =
    &["x", "REJECT no", "OK", "two  spaces", "trailing ", "\"quoted\"", "$1", "a, b", "\u{e9}", "#", "a = b", "r\r"];

const ENTRY_BYTES: &[u8] = b"\"\\: \taA#\xe9\xff=,\r\0";

/// Kinds that postmap builds, and one that reads the text itself.
const ENTRY_KINDS: &[&str] = &["texthash", "hash", "btree", "lmdb", "cdb"];

/// Options that make standard input a message.
const MESSAGE_OPTIONS: &[&str] = &["-hq", "-hmq", "-bq", "-bmq", "-hbmq"];

/// A random case.
pub(crate) fn case(random: &mut Random) -> Case {
    let mut generator = Generator { random, files: Vec::new(), keys: Vec::new() };
    let about = generator.kind();
    let mut maps = vec![generator.map(about, 0)];
    while generator.random.once_in(6) {
        let kind = generator.kind();
        maps.push(generator.map(kind, 0));
    }
    let Generator { random, files, mut keys, .. } = generator;
    keys.extend((0..10).map(|_| random.pick(KEYS).as_bytes().to_vec()));
    keys.extend((0..3).map(|_| random.pick(ADDRESSES).as_bytes().to_vec()));
    // Whether LMDB takes an empty key depends on what it found before: see the command's own code.
    let mut one_key = vec!["a", "1.2.3.4", "A", "\u{c4}\u{d6}", "user@example.org", ""];
    if files.iter().any(|file| file.build == Some("lmdb")) && !maps.iter().all(|map| map.starts_with("lmdb:")) {
        one_key.pop();
        keys.retain(|key| !key.is_empty() && key.first() != Some(&0));
    }
    let (option, key, stdin) = match random.below(8) {
        0 => ("-q", Some(random.pick(&one_key).to_string()), Vec::new()),
        1 => (*random.pick(MESSAGE_OPTIONS), None, message(random, &keys)),
        _ => ("-q", None, lines(random, &keys)),
    };
    Case { about, maps, files, option, key, stdin }
}

fn lines(random: &mut Random, keys: &[Vec<u8>]) -> Vec<u8> {
    let mut lines = Vec::new();
    for _ in 0..40 {
        lines.extend(random.pick(keys).iter().filter(|&&byte| byte != b'\n'));
        lines.push(b'\n');
    }
    lines
}

fn message(random: &mut Random, keys: &[Vec<u8>]) -> Vec<u8> {
    let mut message = Vec::new();
    for _ in 0..random.below(6) {
        message.extend_from_slice(
            random.pick(&["a: b", "Subject : ", " folded ", "b", "\tc", "c:", ": x", "ab:a", "X: "]).as_bytes(),
        );
        message.extend(random.pick(keys).iter().filter(|&&byte| byte != b'\n'));
        message.push(b'\n');
    }
    message.push(b'\n');
    message.extend(lines(random, keys));
    message
}

struct Generator<'r> {
    random: &'r mut Random,
    files: Vec<TableFile>,
    /// Keys that go with the tables so far.
    keys: Vec<Vec<u8>>,
}

impl Generator<'_> {
    fn kind(&mut self) -> &'static str {
        let kinds =
            ["regexp", "pcre", "cidr", "entries", "inline", "static", "pipemap", "unionmap", "randmap", "other"];
        match *self.random.pick(&kinds) {
            "entries" => self.random.pick::<&str>(ENTRY_KINDS),
            kind => kind,
        }
    }

    /// A table's `TYPE:NAME`. `depth`: how many tables it stands in.
    fn map(&mut self, kind: &'static str, depth: usize) -> String {
        let map = match kind {
            "regexp" | "pcre" | "cidr" => {
                if self.random.once_in(4) {
                    self.in_place(kind)
                } else {
                    self.rules(kind)
                }
            }
            "inline" => self.inline(),
            "static" => self
                .random
                .pick(&[
                    "static:x",
                    "static:{ x  y }",
                    "static:{}",
                    "static:{x",
                    "static:{x} y",
                    "static:",
                    "static: x ",
                ])
                .to_string(),
            "pipemap" | "unionmap" => self.tables(kind, depth),
            "randmap" => self
                .random
                .pick(&[
                    "randmap:{x}",
                    "randmap:{ x, x }",
                    "randmap:{ {x y} }",
                    "randmap:{}",
                    "randmap:x",
                    "randmap:{ , }",
                ])
                .to_string(),
            "other" => self
                .random
                .pick(&[
                    "internal:x",
                    "fail:x",
                    "nosuch:x",
                    ":x",
                    "hash:",
                    "regexp:",
                    "cidr:/nonexistent/table",
                    "texthash:/nonexistent/table",
                    "regexp:{}",
                    "inline:{a=b}",
                    "FILE9",
                ])
                .to_string(),
            kind => self.entries(kind),
        };
        if self.random.once_in(40) { self.mangled(&map) } else { map }
    }

    fn mangled(&mut self, map: &str) -> String {
        // Byte positions of characters, so that the name stays a text.
        let at = self.random.below(map.len() + 1);
        let at = (0..=at).rev().find(|&at| map.is_char_boundary(at)).unwrap_or_default();
        let (start, end) = map.split_at(at);
        // A slash or a letter could name some other file of the machine.
        format!("{start}{}{end}", self.random.pick(&["{", "}", ",", " ", "=", "\"", "{}", "} {"]))
    }

    fn file(&mut self, bytes: Vec<u8>, build: Option<&'static str>) -> String {
        self.files.push(TableFile { bytes, build });
        format!("FILE{}", self.files.len() - 1)
    }

    fn piece(&mut self, kind: &str) -> Vec<u8> {
        match kind {
            "cidr" => {
                let piece = self.random.pick(CIDR).as_bytes();
                let key = self.random.pick(ADDRESSES).as_bytes();
                let key = self.random.mutated(key, CIDR_BYTES);
                self.keys.push(key);
                self.random.mutated(piece, CIDR_BYTES)
            }
            _ => {
                let key = (0..self.random.below(8)).map(|_| *self.random.pick(REGEXP_KEYS)).collect();
                self.keys.push(key);
                let special = kind == "pcre" && self.random.once_in(2);
                self.random.pick(if special { PCRE } else { REGEXP }).as_bytes().to_vec()
            }
        }
    }

    fn rules(&mut self, kind: &'static str) -> String {
        let mut table = Vec::new();
        for _ in 0..1 + self.random.below(14) {
            if self.random.once_in(12) {
                table.push(b' ');
            }
            let piece = self.piece(kind);
            table.extend(piece);
            if self.random.once_in(25) {
                table.push(b'\r');
            }
            if self.random.once_in(60) {
                table.push(b'\0');
            }
            table.push(b'\n');
        }
        if self.random.once_in(8) {
            table.pop();
        }
        let file = self.file(table, None);
        format!("{kind}:{file}")
    }

    fn in_place(&mut self, kind: &'static str) -> String {
        let mut map = format!("{kind}:{{");
        for _ in 0..self.random.below(6) {
            let piece = self.piece(kind);
            let piece = String::from_utf8_lossy(&piece).replace('\0', "");
            let separator = *self.random.pick(&[" ", ", ", ",", "  ", "\t"]);
            map.push_str(&format!("{separator}{{{piece}}}"));
        }
        map.push_str(self.random.pick::<&str>(&["}", " }", ",}"]));
        map
    }

    fn entries(&mut self, kind: &'static str) -> String {
        let mut table = Vec::new();
        for _ in 0..1 + self.random.below(12) {
            let key = self.random.pick(KEYS).as_bytes();
            let key = self.random.mutated(key, ENTRY_BYTES);
            let value = self.random.pick(VALUES).as_bytes();
            let value = self.random.mutated(value, ENTRY_BYTES);
            let separator = *self.random.pick(&[" ", "\t", "   ", " \t ", "", "\n  ", "\n#c\n\n "]);
            let start = *self.random.pick(&["", "", "", "", "", "", "", " ", "#"]);
            table.extend([start.as_bytes(), &key, separator.as_bytes(), &value, b"\n"].concat());
            self.keys.push(key);
        }
        if self.random.once_in(8) {
            table.pop();
        }
        if self.random.once_in(60) {
            let most = if kind == "lmdb" { 510 } else { 520 };
            let length = most - self.random.below(12);
            table.extend([&b"\n"[..], &b"k".repeat(length), b" long\n"].concat());
            self.keys.push(b"k".repeat(length));
        }
        let file = self.file(table, (kind != "texthash").then_some(kind));
        format!("{kind}:{file}")
    }

    fn inline(&mut self) -> String {
        let mut map = "inline:{".to_owned();
        for _ in 0..self.random.below(5) {
            let key = *self.random.pick(KEYS);
            self.keys.push(key.as_bytes().to_vec());
            let value = self.random.pick(VALUES).trim_end();
            let separator = *self.random.pick(&[" ", ", ", ",", "  ", "\t"]);
            let plain = value.split([' ', ',', '\r']).next().unwrap_or_default();
            map.push_str(separator);
            map.push_str(&match self.random.below(6) {
                0 | 1 => format!("{key}={plain}"),
                2 => format!("{{{key}={value}}}"),
                3 | 4 => format!("{{ {key} = {value} }}"),
                _ => format!("{{{key} {value}}}"),
            });
        }
        map.push_str(self.random.pick::<&str>(&["}", " }", ",}"]));
        map
    }

    fn tables(&mut self, kind: &'static str, depth: usize) -> String {
        let mut map = format!("{kind}:{{");
        for _ in 0..self.random.below(4) {
            let inner = loop {
                let inner = self.kind();
                if depth < 2 || !matches!(inner, "pipemap" | "unionmap") {
                    break inner;
                }
            };
            let inner = match self.map(inner, depth + 1) {
                // A list ends names at white space.
                map if map.starts_with("static: ") => "static:x".to_owned(),
                map => map,
            };
            let separator = *self.random.pick(&[" ", ", ", ",", "  ", "\t"]);
            map.push_str(separator);
            map.push_str(&inner);
        }
        map.push_str(self.random.pick::<&str>(&["}", " }", ",}"]));
        map
    }
}
