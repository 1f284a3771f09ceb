//! What is wrong with settings one by one: names that nobody knows, references that fail, comments that are none.
//!
//! (Postfix: `pcf_flag_unused_parameters`, `pcf_register_user_parameters`, which postconf(1) asks.)

use std::collections::BTreeSet;

use postproof_model::{Consequence, Diagnostic, MainCfProblem, Problem, Span};

use super::MainCf;
use super::defaults;
use super::expand::{self, From, Piece, Stopped, Text};
use super::lines::Setting;
use crate::message::Version;

/// The kinds of tables whose settings main.cf may hold, as `NAME_server_host` and the like.
const WITH_SETTINGS: &[&str] = &["ldap", "memcache", "mongodb", "mysql", "pgsql", "sqlite"];
/// How many settings are looked at one by one.
const MAX_SETTINGS: usize = 20_000;
/// How many bytes all values together may come out as, in these findings.
const MAX_EXPANDED: usize = 16 << 20;

/// Names that other settings or defaults make use of.
#[derive(Default)]
struct Used {
    names: BTreeSet<Vec<u8>>,
    prefixes: BTreeSet<String>,
}

impl MainCf {
    /// The settings that count, with their numbers.
    fn counting(&self) -> impl Iterator<Item = (usize, &Setting)> {
        let counts = |(index, setting): &(usize, &Setting)| self.by_name.get(&setting.name) == Some(index);
        self.settings.iter().enumerate().filter(counts).take(MAX_SETTINGS)
    }

    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let used = self.used(&mut found);
        for (_, setting) in self.counting() {
            if let Some((problem, consequence)) = self.of_name(&setting.name, &used) {
                found.push(self.finding(problem, consequence, setting, setting.name_span));
            }
            if let Some(at) = comment(&setting.value) {
                let span = setting.in_file(Span::new(at, at + 1));
                found.push(self.finding(MainCfProblem::CommentInValue, Consequence::Silent, setting, span));
            }
        }
        found
    }

    fn finding(&self, problem: MainCfProblem, consequence: Consequence, at: &Setting, span: Span) -> Diagnostic {
        self.source().diagnostic(Problem::MainCf(problem), consequence, span, at.lines)
    }

    /// Looks through all values for the names they make use of, and for what is wrong with the references.
    fn used(&self, found: &mut Vec<Diagnostic>) -> Used {
        let mut used = Used::default();
        // The default of a parameter that is set counts as well, so that a parameter of the past is not called unknown.
        for name in defaults::names(self.version).filter(|name| !defaults::is_raw(name)) {
            if let Some(defaults::Default::Text(text)) = defaults::default(name, self.version) {
                let text = Text { bytes: text.as_bytes(), from: From::Default, start: 0 };
                used.names.extend(expand::names(text).0.iter().map(|name| name.bytes.to_vec()));
            }
        }
        let mut left = MAX_EXPANDED;
        for (index, setting) in self.counting() {
            if defaults::is_raw(&setting.name) || defaults::is_read_only(&setting.name) {
                continue;
            }
            let Some(text) = self.text_of(index) else { continue };
            let (names, mistake) = expand::names(text);
            for name in names {
                if !self.is_known(name.bytes) {
                    let problem =
                        MainCfProblem::UndefinedName { name: String::from_utf8_lossy(name.bytes).into_owned() };
                    let span = setting.in_file(Span::new(name.start, name.start + name.bytes.len()));
                    found.push(self.finding(problem, Consequence::TextIgnored, setting, span));
                }
                used.names.insert(name.bytes.to_vec());
            }
            if left == 0 {
                continue;
            }
            match self.expanded(&setting.name) {
                Ok(value) => {
                    left = left.saturating_sub(value.text.len());
                    if setting.name == "smtpd_restriction_classes" {
                        let classes = value.text.split(|byte| b", \t\r\n".contains(byte));
                        used.names.extend(classes.map(<[u8]>::to_vec));
                    }
                    used.prefixes.extend(prefixes(&value.text));
                    // A mistake in a choice that is not taken: postconf tells of it, and nothing comes of it.
                    if let Some(Stopped::Refused { problem, span, .. }) = mistake {
                        found.push(self.finding(problem, Consequence::SettingKept, setting, setting.in_file(span)));
                    }
                }
                Err(Stopped::Unknown { .. }) => {}
                Err(Stopped::TooBig) => {
                    left = left.saturating_sub(1 << 20);
                    let span = setting.value_span();
                    found.push(self.finding(MainCfProblem::TooBig, Consequence::Unknown, setting, span));
                }
                Err(Stopped::Refused { problem, from, span }) => {
                    let span = if from == From::Setting(index) { setting.in_file(span) } else { setting.value_span() };
                    found.push(self.finding(problem, Consequence::ConfigurationRefused, setting, span));
                }
            }
        }
        used
    }

    fn is_known(&self, name: &[u8]) -> bool {
        let Ok(name) = std::str::from_utf8(name) else { return false };
        self.is_set(name) || defaults::default(name, self.version).is_some() || defaults::is_of_service(name)
    }

    /// What is wrong with a parameter's name.
    fn of_name(&self, name: &str, used: &Used) -> Option<(MainCfProblem, Consequence)> {
        let name = || name.to_owned();
        let owned = name();
        if defaults::is_read_only(&owned) {
            return Some((MainCfProblem::ReadOnlyParameter { name: owned }, Consequence::TextIgnored));
        }
        let of_postfix = defaults::default(&owned, self.version).is_some();
        let in_use = of_postfix || used.names.contains(owned.as_bytes());
        if let Some(instead) = defaults::replacement(&owned) {
            // Since 3.9 postconf warns of those that still work.
            let warns = of_postfix && self.version >= Version { major: 3, minor: 9 };
            let consequence = match (in_use, warns) {
                (false, _) => Consequence::TextIgnored,
                (true, true) => Consequence::SettingKept,
                (true, false) => Consequence::Silent,
            };
            let instead = Some(instead).filter(|instead| !instead.is_empty()).map(str::to_owned);
            return Some((MainCfProblem::ObsoleteParameter { name: owned, instead }, consequence));
        }
        let of_table = || used.prefixes.iter().any(|prefix| owned.starts_with(prefix.as_str()));
        if in_use || defaults::is_of_service(&owned) || of_table() {
            return None;
        }
        let like = defaults::like(&owned, self.version).map(str::to_owned);
        Some((MainCfProblem::UnknownParameter { name: owned, like }, Consequence::TextIgnored))
    }
}

/// Where a `#` starts a word of a value.
fn comment(value: &[u8]) -> Option<usize> {
    let mut before = b' ';
    let mut depth = 0usize;
    for (at, &byte) in value.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'#' if depth == 0 && crate::table::source::is_space(before) => return Some(at),
            _ => {}
        }
        before = byte;
    }
    None
}

/// The beginnings of the names of settings that tables in this value may have: `NAME_` of `ldap:NAME`.
fn prefixes(value: &[u8]) -> impl Iterator<Item = String> {
    value.split(|byte| b", \t\r\n{}".contains(byte)).filter_map(|word| {
        let word = std::str::from_utf8(word).ok()?;
        let word = word.strip_prefix("proxy:").unwrap_or(word);
        let (kind, name) = word.split_once(':')?;
        (WITH_SETTINGS.contains(&kind) && !name.is_empty() && !name.starts_with(['/', '.'])).then(|| format!("{name}_"))
    })
}

impl Text<'_> {
    /// The text with no reference in it expanded.
    pub(super) fn as_it_is(self) -> expand::Expanded {
        let span = Span::new(self.start, self.start + self.bytes.len());
        expand::Expanded { text: self.bytes.to_vec(), pieces: vec![Piece { at: 0, from: self.from, span }] }
    }
}
