//! The restrictions of a list in the order in which smtpd(8) tries them, those of its classes in their places.

use postproof_model::{Consequence, Diagnostic, Lines, Place, Problem, RestrictionArgument, RestrictionProblem, Span};

use super::known;
use crate::maincf::{MainCf, Value};
use crate::smtpd::Server;
use crate::smtpd::restrictions::WITHOUT_OLD_NAMES;

/// How deep classes may name classes.
const DEPTH: usize = 20;
/// How many restrictions a list may come to.
const MOST: usize = 5_000;

/// One restriction of a list.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its name, in lower case.
    pub(super) name: String,
    /// As it is written, with what stands after it.
    pub(super) text: String,
    /// What stands after it; empty where nothing does.
    pub(super) argument: Vec<u8>,
    /// Whether it stands under warn_if_reject.
    pub(super) warns: bool,
    pub(super) place: Place,
}

/// A list, walked through.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) items: Vec<Item>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where one list's words are.
struct Words<'v> {
    main_cf: &'v MainCf,
    value: &'v Value,
    words: Vec<(Span, &'v [u8])>,
}

impl Words<'_> {
    fn word(&self, at: usize) -> Option<&[u8]> {
        self.words.get(at).map(|(_, word)| *word)
    }

    fn text(&self, at: usize) -> String {
        self.word(at).map(|word| String::from_utf8_lossy(word).into_owned()).unwrap_or_default()
    }

    fn place(&self, from: usize, to: usize) -> Place {
        let span = |at: usize| self.words.get(at).map_or(Span::new(0, 0), |(span, _)| *span);
        self.main_cf.place(self.value, Span::new(span(from).start, span(to).end))
    }
}

impl Server {
    /// Walks through the list that a parameter holds. `bare` is what a table by itself stands for.
    pub(super) fn walk(&self, parameter: &str, bare: Option<&str>) -> Walk {
        let mut walk = Walk::default();
        self.walk_into(parameter, bare, 0, false, &mut walk);
        walk
    }

    fn walk_into(&self, parameter: &str, bare: Option<&str>, depth: usize, warns: bool, walk: &mut Walk) {
        let value = self.main_cf.get(parameter);
        let words = Words { main_cf: &self.main_cf, value: &value, words: value.list() };
        let old = self.main_cf.version() < WITHOUT_OLD_NAMES;
        let mut decided: Option<String> = None;
        let mut warns_next = false;
        let mut at = 0;
        while let Some(word) = words.word(at) {
            if walk.items.len() >= MOST {
                return;
            }
            let first = at;
            at += 1;
            if let Some(after) = &decided {
                let problem = RestrictionProblem::NeverReached { restriction: words.text(first), after: after.clone() };
                walk.say(problem, Consequence::TextIgnored, words.place(first, first));
                return;
            }
            if word.eq_ignore_ascii_case(b"warn_if_reject") {
                warns_next = true;
                continue;
            }
            let warns = std::mem::take(&mut warns_next) || warns;
            let lower = String::from_utf8_lossy(word).to_ascii_lowercase();
            let mut item = Item {
                name: lower.clone(),
                text: words.text(first),
                argument: Vec::new(),
                warns,
                place: words.place(first, first),
            };
            if word.contains(&b':') {
                item.name = bare.unwrap_or_default().to_owned();
                item.argument = word.to_vec();
                walk.items.push(item);
                continue;
            }
            match known::argument(&lower, old) {
                Some(wanted) => {
                    let next = words.word(at);
                    let fits = next.is_some_and(|next| fits(wanted, next));
                    let has = wanted.is_some() || lower == "check_policy_service";
                    if has && (fits || lower == "check_policy_service") {
                        item.argument = next.unwrap_or_default().to_vec();
                        item.place = words.place(first, at.min(words.words.len().saturating_sub(1)));
                        item.text = format!("{} {}", item.text, words.text(at));
                        at += 1;
                    } else if let Some(wanted) = wanted {
                        let found = next.map(|_| words.text(at));
                        let consequence = if wanted == RestrictionArgument::Domain {
                            Consequence::TextIgnored
                        } else {
                            Consequence::ServerError
                        };
                        let problem = RestrictionProblem::BadArgument { restriction: item.text.clone(), wanted, found };
                        walk.say(problem, consequence, item.place.clone());
                    }
                    let always = lower == "permit" || (["reject", "defer"].contains(&lower.as_str()) && !warns);
                    if always || (lower == "check_relay_domains" && !warns) {
                        decided = Some(item.text.clone());
                    }
                    walk.items.push(item);
                }
                None if self.classes.contains_key(word) => {
                    if depth < DEPTH {
                        let class = words.text(first);
                        self.walk_into(&class, bare, depth + 1, warns, walk);
                    }
                }
                None => {
                    let like = known::like(&lower).map(str::to_owned);
                    let problem = RestrictionProblem::Unknown { name: words.text(first), like };
                    walk.say(problem, Consequence::ServerError, item.place.clone());
                    walk.items.push(item);
                }
            }
        }
    }
}

/// Whether a word is what a restriction wants.
fn fits(wanted: Option<RestrictionArgument>, word: &[u8]) -> bool {
    match wanted {
        Some(RestrictionArgument::Table) => word.contains(&b':'),
        Some(RestrictionArgument::Seconds) => !word.is_empty() && word.iter().all(u8::is_ascii_digit),
        Some(RestrictionArgument::Domain) => true,
        None => false,
    }
}

impl Walk {
    pub(super) fn say(&mut self, problem: RestrictionProblem, consequence: Consequence, place: Place) {
        self.diagnostics.push(Diagnostic { problem: Problem::Restriction(problem), consequence, place });
    }
}

/// Where a parameter is set; the start of the file where it is not.
pub(super) fn place_of(main_cf: &MainCf, parameter: &str) -> Place {
    let value = main_cf.get(parameter);
    let len = value.text().map_or(0, <[u8]>::len);
    let mut place = main_cf.place(&value, Span::new(0, len));
    if !main_cf.is_set(parameter) {
        place.lines = Lines { first: 1, last: 1 };
    }
    place
}
