//! Which clients a pattern of a client table can match: smtpd(8) asks for the verified name first, then for the address.
//!
//! A name is one that valid_hostname of Postfix lets through, or `unknown`; an address is as inet_ntop(3) writes it. The
//! sets here hold every such key and a few more, so that what none of them matches, no client matches.
//! (Postfix: `check_namadr_access`, `valid_hostname`.)

use postproof_model::{Action, ClientKeyProblem, Consequence, Diagnostic, Lines, Problem, Span};

use crate::action::access;
use crate::pattern::language::{Language, Witness, witness};
use crate::pattern::{ByteSet, Pattern, PosixFlags};
use crate::table::Table;
use crate::table::rule::{Condition, Op, Rule};
use crate::table::source::Source;
use crate::table::substitution::Template;

const FLAGS: PosixFlags = PosixFlags { extended: true, fold_case: false, newline: false };
/// Names. A part of one neither begins nor ends with a hyphen, and a name is not one of digits and dots alone.
const NAME: &[u8] = br"^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$";
const NOT_DIGITS: &[u8] = b"[A-Za-z_-]";
/// Addresses.
const ADDRESS: &[u8] =
    br"^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$|^[0-9a-f]*:[0-9a-f:]*:[0-9a-f:]*([0-9]{1,3}\.[0-9.]+)?$";
/// How many rules of a table are looked at.
const RULES: usize = 1_000;
/// How many rules before one are taken together.
const BEFORE: usize = 40;

/// The keys that clients have.
pub(crate) struct Clients {
    alphabet: ByteSet,
    name: Language,
    not_digits: Language,
    address: Language,
}

impl Clients {
    pub(crate) fn new() -> Option<Self> {
        let language = |source: &[u8]| Pattern::posix(source, FLAGS).ok()?.language();
        let alphabet = ByteSet::filter(|byte| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte));
        Some(Self { alphabet, name: language(NAME)?, not_digits: language(NOT_DIGITS)?, address: language(ADDRESS)? })
    }

    /// The characters of all of them, the keys that are names, and those that are addresses.
    pub(super) fn shapes(self) -> (ByteSet, Vec<Language>, Vec<Language>) {
        (self.alphabet, vec![self.name, self.not_digits], vec![self.address])
    }

    /// A name that all of these match, and none of those.
    fn name(&self, within: &[&Language], without: &[&Language]) -> Witness {
        witness(&self.alphabet, &[&[&self.name, &self.not_digits], within].concat(), without)
    }

    /// An address that all of these match, and none of those.
    fn address(&self, within: &[&Language], without: &[&Language]) -> Witness {
        witness(&self.alphabet, &[&[&self.address], within].concat(), without)
    }
}

/// A client, by name or by address, that two rules with one pattern each match.
pub(crate) fn same_client(one: &Rule, other: &Rule, clients: &Clients) -> Option<Vec<u8>> {
    let (one, other) = (plain(one)?, plain(other)?);
    // A name as most servers have it is nicer to read than the shortest there is.
    let domain = Pattern::posix(br"^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$", FLAGS).ok()?.language()?;
    for found in [
        clients.name(&[&one, &other, &domain], &[]),
        clients.name(&[&one, &other], &[]),
        clients.address(&[&one, &other], &[]),
    ] {
        if let Witness::Key(key) = found {
            return Some(key);
        }
    }
    None
}

/// The keys of a rule with one pattern that is not negated.
fn plain(rule: &Rule) -> Option<Language> {
    match &rule.op {
        Op::Answer { condition, second: None, .. } if !condition.negated => condition.pattern()?.language(),
        _ => None,
    }
}

/// A rule whose condition, with those of the blocks around it, is a set of keys.
struct Reach {
    within: Vec<Language>,
    without: Vec<Language>,
}

impl Reach {
    fn of<'c>(conditions: impl Iterator<Item = (&'c Condition, bool)>) -> Option<Self> {
        let mut reach = Self { within: Vec::new(), without: Vec::new() };
        for (condition, wanted) in conditions {
            let language = condition.pattern()?.language()?;
            let list = if condition.negated == wanted { &mut reach.without } else { &mut reach.within };
            list.push(language);
        }
        Some(reach)
    }
}

/// What is wrong with the rules of a table that is asked for clients.
#[must_use]
pub fn client_table(table: &Table) -> Vec<Diagnostic> {
    let (Some(clients), false) = (Clients::new(), table.holds_keys()) else { return Vec::new() };
    let source = Source::new(table.name(), table.source());
    let mut found: Vec<(ClientKeyProblem, Span, Lines)> = Vec::new();
    let mut blocks: Vec<(&Condition, usize)> = Vec::new();
    let mut before: Vec<(Language, usize)> = Vec::new();
    let mut hides: Option<usize> = None;
    let mut dunno: Option<(Vec<u8>, Span, Lines)> = None;
    let mut address_only: Option<usize> = None;
    for (index, rule) in table.rules().iter().enumerate().take(RULES) {
        blocks.retain(|(_, end)| *end > index);
        let Op::Answer { condition, second, result } = &rule.op else {
            if let Op::If { condition, end } = &rule.op {
                blocks.push((condition, *end));
            }
            continue;
        };
        let around = blocks.iter().map(|(condition, _)| (*condition, true));
        let own = std::iter::once((condition, true)).chain(second.iter().map(|second| (second, true)));
        let Some(reach) = Reach::of(around.chain(own)) else { continue };
        let within: Vec<&Language> = reach.within.iter().collect();
        let without: Vec<&Language> = reach.without.iter().collect();
        let name = clients.name(&within, &without);
        let address = clients.address(&within, &without);
        match (&name, &address) {
            (Witness::None, Witness::None) => found.push((ClientKeyProblem::NoClient, rule.pattern, rule.lines)),
            (Witness::None, Witness::Key(_)) => {
                if let Some(line) = hides {
                    found.push((ClientKeyProblem::AddressHidden { line }, rule.pattern, rule.lines));
                } else if !says_dunno(result) {
                    address_only.get_or_insert(rule.lines.first);
                }
            }
            (Witness::Key(name), Witness::None) if says_dunno(result) && dunno.is_none() => {
                dunno = Some((name.clone(), rule.pattern, rule.lines));
            }
            _ => {}
        }
        let alone = blocks.is_empty() && second.is_none();
        if alone && condition.negated {
            // Names that the pattern matches are not found here; their addresses are asked for next, and are found.
            let matches = reach
                .without
                .first()
                .map(|language| (clients.address(&[language], &[]), clients.name(&[language], &[])));
            if let Some((Witness::None, Witness::Key(name))) = matches {
                let example = String::from_utf8_lossy(&name).into_owned();
                found.push((ClientKeyProblem::NegatedHitsAddress { example }, rule.pattern, rule.lines));
            }
        }
        if alone && !condition.negated && hides.is_none() && before.len() < BEFORE {
            before.extend(reach.within.into_iter().map(|language| (language, rule.lines.first)));
            let all: Vec<&Language> = before.iter().map(|(language, _)| language).collect();
            if name != Witness::None && clients.name(&[], &all) == Witness::None {
                hides = Some(rule.lines.first);
            }
        }
    }
    if let (Some((name, span, lines)), Some(line)) = (dunno, address_only) {
        let example = String::from_utf8_lossy(&name).into_owned();
        found.push((ClientKeyProblem::DunnoHidesAddress { line, example }, span, lines));
    }
    let say = |(problem, span, lines)| source.diagnostic(Problem::ClientKey(problem), Consequence::Silent, span, lines);
    found.into_iter().map(say).collect()
}

/// Whether a result is DUNNO, so that who wrote it wants other rules to decide.
fn says_dunno(result: &Template) -> bool {
    result.text().is_some_and(|text| access::parse(text).0 == Action::Dunno)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Opener;
    use postproof_model::TableKind;

    fn found(source: &str) -> Vec<(ClientKeyProblem, usize)> {
        let (table, problems) = Table::parse_as(Opener::ACCESS, TableKind::Regexp, "t", source.as_bytes());
        assert_eq!(problems, []);
        let of = |found: Diagnostic| match found.problem {
            Problem::ClientKey(problem) => (problem, found.place.line),
            other => panic!("{other:?}"),
        };
        client_table(&table).into_iter().map(of).collect()
    }

    #[test]
    fn patterns_that_no_client_matches() {
        let no = |line| (ClientKeyProblem::NoClient, line);
        assert_eq!(found("/^\\[192\\.0\\.2\\.1\\]$/ OK\n"), [no(1)]);
        assert_eq!(
            found("/^mail example/ OK\n/@example\\.net$/ OK\n/\\.example\\.net\\.$/ OK\n"),
            [no(1), no(2), no(3)]
        );
        assert_eq!(found("if /^[0-9.]+$/\n/[a-z]/ OK\nendif\n"), [no(2)]);
        assert_eq!(
            found(
                "/^192\\.0\\.2\\./ OK\n/^2001:db8::1$/ OK\n/^unknown$/ 450 x\n/_/ OK\n/^::ffff:192\\.0\\.2\\.1$/ OK\n"
            ),
            []
        );
    }

    #[test]
    fn addresses_that_are_never_asked_for() {
        let hidden = (ClientKeyProblem::AddressHidden { line: 1 }, 2);
        assert_eq!(found("/./ DUNNO\n/^192\\.0\\.2\\.1$/ REJECT\n"), [hidden]);
        assert_eq!(found("/^192\\.0\\.2\\.1$/ REJECT\n/./ DUNNO\n"), []);
        assert_eq!(
            found("/\\./ DUNNO\n/^[^.]*$/ DUNNO\n/^192\\.0\\.2\\.1$/ REJECT\n"),
            [(ClientKeyProblem::AddressHidden { line: 2 }, 3)]
        );
    }

    #[test]
    fn dunno_for_a_name_hides_its_address() {
        let [(ClientKeyProblem::DunnoHidesAddress { line: 2, example }, 1)] =
            &found("/\\.example\\.net$/ DUNNO\n/^192\\.0\\.2\\.1$/ REJECT\n")[..]
        else {
            panic!()
        };
        assert!(example.ends_with(".example.net"), "{example}");
        assert_eq!(found("/\\.example\\.net$/ OK\n/^192\\.0\\.2\\.1$/ REJECT\n"), []);
        assert_eq!(found("/\\.example\\.net$/ DUNNO\n/^192\\.0\\.2\\.|\\.org$/ REJECT\n"), []);
    }

    #[test]
    fn a_negated_rule_meets_the_address_as_well() {
        let [(ClientKeyProblem::NegatedHitsAddress { example }, 1)] = &found("!/\\.example\\.net$/ REJECT\n")[..]
        else {
            panic!()
        };
        assert!(example.ends_with(".example.net"), "{example}");
        assert_eq!(found("!/^192\\.0\\.2\\./ REJECT\n"), []);
    }
}
