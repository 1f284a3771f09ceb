//! The world as data: what DNS and policy servers answer.
//!
//! A small file, one fact a line, as zone files have them; `#` begins a comment:
//!
//! ```text
//! 2.2.0.192.list.example   A    127.0.0.2 127.0.0.4
//! 2.2.0.192.list.example   TXT  "listed, see https://list.example/"
//! example.net              MX   10 mx.example.net
//! mx.example.net           A    192.0.2.25
//! gone.example             *    nxdomain
//! slow.example             *    servfail
//! *.list.example           *    nxdomain
//! policy inet:127.0.0.1:10023  DUNNO
//! milters accept
//! sasl PLAIN LOGIN
//! ```
//!
//! - `nxdomain`: there is no such name. `nodata`: the name exists, but has no such record. `servfail` or `timeout`: no
//!   answer now.
//! - The type `*` stands for every type that the same name has no line for.
//! - A name that begins with `*.` stands for every name below it that has no line of its own, as in a zone.
//! - Several lines of one name and type add up.
//! - `policy SERVER ACTION`: what that policy server says, whatever it is asked.
//! - `milters accept`: the milters of main.cf accept whatever they are shown.
//! - `sasl MECHANISM...`: how clients can log in without TLS, as EHLO offers it.
//!
//! What is not written here is not known, and whatever depends on it is *unknown*.

use std::collections::HashMap;

/// What the world answers.
#[derive(Clone, Debug, Default)]
pub struct World {
    answers: HashMap<(String, String), Answer>,
    policies: HashMap<Vec<u8>, Vec<u8>>,
    milters_accept: bool,
    sasl_mechanisms: Option<String>,
}

/// What DNS answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These records, as zone files write their data.
    Records(Vec<Vec<u8>>),
    /// No such name.
    NxDomain,
    /// No such record.
    NoData,
    /// No answer now.
    Failed,
}

/// A line of the file that says nothing that is understood here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Which line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// How many CNAMEs are followed.
const MOST_ALIASES: usize = 10;

const TYPES: [&str; 8] = ["A", "AAAA", "MX", "NS", "TXT", "CNAME", "PTR", "*"];

impl World {
    /// Reads the file. Lines that are not understood are left out and named.
    #[must_use]
    pub fn parse(source: &[u8]) -> (Self, Vec<BadLine>) {
        let mut world = Self::default();
        let mut bad = Vec::new();
        for (index, line) in source.split(|&byte| byte == b'\n').enumerate() {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            if world.add(line).is_none() {
                bad.push(BadLine { line: index + 1, text: String::from_utf8_lossy(line).into_owned() });
            }
        }
        (world, bad)
    }

    /// Adds what one more line of the file would say. False where it is not understood, or against what is known.
    pub fn tell(&mut self, line: &[u8]) -> bool {
        self.add(line.trim_ascii()).is_some()
    }

    fn add(&mut self, line: &[u8]) -> Option<()> {
        let (first, rest) = word(line)?;
        let (second, rest) = word(rest)?;
        if first == b"policy" && !TYPES.iter().any(|kind| second.eq_ignore_ascii_case(kind.as_bytes())) {
            self.policies.insert(second.to_vec(), rest.to_vec());
            return Some(());
        }
        if first == b"milters" && second == b"accept" && rest.is_empty() {
            self.milters_accept = true;
            return Some(());
        }
        let is_type = |word: &[u8]| TYPES.iter().any(|kind| word.eq_ignore_ascii_case(kind.as_bytes()));
        if first == b"sasl" && (!is_type(second) || rest.is_empty()) {
            let words: Vec<&[u8]> = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
            let mechanisms = words.get(1..)?.join(&b' ');
            self.sasl_mechanisms = Some(String::from_utf8(mechanisms).ok()?);
            return Some(());
        }
        let name = std::str::from_utf8(first).ok()?.trim_end_matches('.').to_ascii_lowercase();
        let kind = std::str::from_utf8(second).ok()?.to_ascii_uppercase();
        if !TYPES.contains(&kind.as_str()) {
            return None;
        }
        let answer = match rest.to_ascii_lowercase().as_slice() {
            b"nxdomain" => Answer::NxDomain,
            b"nodata" => Answer::NoData,
            b"servfail" | b"timeout" => Answer::Failed,
            _ if kind == "*" => return None,
            _ => Answer::Records(records(&kind, rest)?),
        };
        match (self.answers.get_mut(&(name.clone(), kind.clone())), answer) {
            (Some(Answer::Records(known)), Answer::Records(more)) => known.extend(more),
            (Some(_), _) => return None,
            (None, answer) => {
                self.answers.insert((name, kind), answer);
            }
        }
        Some(())
    }

    /// What DNS answers to a question; none where that is not known. A CNAME is followed.
    #[must_use]
    pub fn dns(&self, name: &str, kind: &str) -> Option<Answer> {
        let mut name = name.trim_end_matches('.').to_ascii_lowercase();
        for _ in 0..MOST_ALIASES {
            let alias = if kind == "CNAME" { None } else { self.own(&name, "CNAME") };
            match alias {
                Some(Answer::Records(target)) => {
                    let target = target.first()?;
                    name = String::from_utf8_lossy(target).trim_end_matches('.').to_ascii_lowercase();
                }
                _ => return self.here(&name, kind),
            }
        }
        Some(Answer::Failed)
    }

    fn own(&self, name: &str, kind: &str) -> Option<Answer> {
        self.answers.get(&(name.to_owned(), kind.to_owned())).cloned()
    }

    fn here(&self, name: &str, kind: &str) -> Option<Answer> {
        if let Some(answer) = self.own(name, kind).or_else(|| self.own(name, "*")) {
            return Some(answer);
        }
        // A name with lines of its own is no name below a `*.`.
        if TYPES.iter().any(|kind| self.own(name, kind).is_some()) {
            return None;
        }
        let mut rest = name;
        while let Some((_, parent)) = rest.split_once('.') {
            let wild = format!("*.{parent}");
            if let Some(answer) = self.own(&wild, kind).or_else(|| self.own(&wild, "*")) {
                return Some(answer);
            }
            rest = parent;
        }
        None
    }

    /// Whether milters accept all.
    pub(super) const fn milters_accept(&self) -> bool {
        self.milters_accept
    }

    /// How clients can log in without TLS.
    pub(super) fn sasl_mechanisms(&self) -> Option<&str> {
        self.sasl_mechanisms.as_deref()
    }

    /// All that policy servers say.
    pub(super) fn policies(&self) -> impl Iterator<Item = &[u8]> {
        self.policies.values().map(Vec::as_slice)
    }

    /// What a policy server says; none where that is not known.
    #[must_use]
    pub fn policy(&self, server: &[u8]) -> Option<&[u8]> {
        self.policies.get(server).map(Vec::as_slice)
    }
}

impl Answer {
    /// The answer in a word or as its data, for people.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Records(records) => {
                let records = records.iter().map(|record| String::from_utf8_lossy(record).into_owned());
                records.collect::<Vec<_>>().join(", ")
            }
            Self::NxDomain => "nxdomain".to_owned(),
            Self::NoData => "nodata".to_owned(),
            Self::Failed => "servfail".to_owned(),
        }
    }
}

fn word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    (!word.is_empty()).then_some((word, rest.trim_ascii_start()))
}

/// The data of one line: several addresses or names, one mail exchanger with its preference, or one text in quotes.
fn records(kind: &str, data: &[u8]) -> Option<Vec<Vec<u8>>> {
    let words: Vec<Vec<u8>> =
        data.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).map(<[u8]>::to_vec).collect();
    let valid = match kind {
        "TXT" => return data.strip_prefix(b"\"")?.strip_suffix(b"\"").map(|text| vec![text.to_vec()]),
        "MX" => {
            let [preference, host] = words.as_slice() else { return None };
            std::str::from_utf8(preference).ok()?.parse::<u16>().ok()?;
            return Some(vec![[preference.as_slice(), b" ", host].concat()]);
        }
        "A" => |word: &[u8]| std::str::from_utf8(word).is_ok_and(|text| text.parse::<std::net::Ipv4Addr>().is_ok()),
        "AAAA" => |word: &[u8]| std::str::from_utf8(word).is_ok_and(|text| text.parse::<std::net::Ipv6Addr>().is_ok()),
        _ => |_: &[u8]| true,
    };
    (!words.is_empty() && words.iter().all(|word| valid(word))).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_is_not_known() {
        let source = b"# lists\n2.0.0.127.List.example A 127.0.0.2\n2.0.0.127.list.example A 127.0.0.3\n\
            *.list.example * nxdomain\na.example MX 10 mx.a.example\na.example * nodata\nb.example CNAME a.example\n\
            x.example A 1.2.3\npolicy inet:127.0.0.1:1 DEFER wait\n";
        let (world, bad) = World::parse(source);
        assert_eq!(bad, [BadLine { line: 8, text: "x.example A 1.2.3".to_owned() }]);
        let two = Answer::Records(vec![b"127.0.0.2".to_vec(), b"127.0.0.3".to_vec()]);
        assert_eq!(world.dns("2.0.0.127.list.EXAMPLE", "A"), Some(two));
        assert_eq!(world.dns("2.0.0.127.list.example", "TXT"), None);
        assert_eq!(world.dns("3.0.0.127.list.example", "TXT"), Some(Answer::NxDomain));
        assert_eq!(world.dns("b.example", "MX"), Some(Answer::Records(vec![b"10 mx.a.example".to_vec()])));
        assert_eq!(world.dns("b.example", "A"), Some(Answer::NoData));
        assert_eq!(world.dns("c.example", "A"), None);
        assert_eq!(world.policy(b"inet:127.0.0.1:1"), Some(&b"DEFER wait"[..]));
    }
}
