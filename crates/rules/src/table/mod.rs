//! Tables: from source text to rules, from a key to an answer.
//!
//! | idea | file |
//! |---|---|
//! | `TYPE:NAME`, and tables written in place of a name | [`spec`], [`braces`](self) |
//! | from there to a table, with the files it needs | [`open`] |
//! | what the program that asks wants of its tables | [`opener`] |
//! | where a logical line starts and ends | [`logical_line`] |
//! | what a line of a regexp: or pcre: table is | [`pattern_rules`](self); [`regexp`](self), [`pcre`](self) |
//! | what a line of a cidr: table is; networks | [`cidr`](self), [`network`] |
//! | what a line of a table of keys and values is | [`entries`](self) |
//! | `if` and `endif` | [`blocks`](self) |
//! | `$1` in a result | [`substitution`] |
//! | what a key is answered | [`lookup`] |
//! | the result alone, for many keys | [`result`] |
//! | which rules need be asked at all | [`candidates`](self) |
//! | whether one rule matches a key, by itself | [`rule_match`](self) |
//! | why each rule did or did not answer | [`trace`] |
//! | lists of tables, asked in order | [`maps`] |
//!
//! ```
//! use postproof_model::{Answer, TableKind};
//! use postproof_rules::table::Table;
//!
//! let (table, problems) = Table::parse(TableKind::Regexp, "header_checks", b"/^Subject:.*(win)ner/ REJECT no $1\n");
//! assert!(problems.is_empty());
//! let Answer::Found(hit) = table.lookup(b"Subject: You are the winner") else { panic!("no answer") };
//! assert_eq!(&hit.result[..], b"REJECT no win");
//! assert_eq!(hit.rule.lines.first, 1);
//! ```

use std::sync::Arc;

use postproof_model::{
    Bytes, Diagnostic, EntryProblem, LookupFailure, RuleRef, Span, TableKind, TableSource, UnknownReason,
};

mod blocks;
pub(crate) mod braces;
mod candidates;
mod cidr;
mod entries;
mod folding;
pub mod logical_line;
pub mod lookup;
pub mod maps;
pub mod network;
mod network_index;
mod number;
pub mod open;
pub mod opener;
mod pattern_rules;
mod pcre;
mod regexp;
pub mod remark;
pub mod result;
pub mod rule;
mod rule_match;
pub mod source;
pub mod spec;
pub mod substitution;
pub mod trace;

use candidates::Prepared;
use network_index::NetworkIndex;
use rule::{Op, Rule};
use source::Source;

pub use maps::Maps;
pub use open::{Opened, Wanted};
pub use opener::Opener;
pub use remark::Remark;
pub use spec::MapSpec;
pub use trace::TraceLimits;

use crate::pattern::Patterns;
use crate::s25r;

/// A table as it stands after parsing: every rule that Postfix would keep. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Table {
    name: Arc<str>,
    kind: TableKind,
    opener: Opener,
    source: Arc<[u8]>,
    /// Where in the source the table is written.
    span: Span,
    rules: Arc<[Rule]>,
    /// Whether there are `if`s among the rules.
    has_blocks: bool,
    /// Whether the table holds fixed keys.
    fixed: bool,
    /// The rules by network, for a table of many networks.
    networks: Option<Arc<NetworkIndex>>,
    /// The first rule that answers whatever the key is: those after it never do.
    everything: Option<usize>,
    /// What tells which rules may answer, once some keys were looked up.
    candidates: Arc<Prepared>,
    /// Whether lines were dropped since an earlier one has the same key.
    repeats: bool,
    /// Rules that are passed over, by their places.
    left_out: Vec<usize>,
    body: Body,
}

/// How a table answers.
#[derive(Clone, Debug)]
enum Body {
    /// The first rule that matches.
    Rules,
    /// The rule of the key.
    Index(Arc<entries::Index>),
    /// These tables, each asked for the answer of the one before it.
    Pipeline(Arc<[Table]>),
    /// These tables, their answers put together.
    Union(Arc<[Table]>),
    /// One of the rules, by chance.
    Choices,
    /// It does not, for this reason.
    Nothing(UnknownReason),
}

impl Table {
    /// Parses a table's source, for a program that takes keys of any encoding ([`Opener::POSTMAP_MESSAGE`]). There is
    /// always a table, as Postfix always keeps one; what is wrong with it comes beside it, in the order in which Postfix
    /// would say it.
    #[must_use]
    pub fn parse(kind: TableKind, name: &str, source: &[u8]) -> (Self, Vec<Diagnostic>) {
        Self::parse_as(Opener::POSTMAP_MESSAGE, kind, name, source)
    }

    /// Parses a table's source as this program would. For the kinds that read no file, `source` is what stands after the
    /// colon; tables in other files cannot be read from here, so for those use [`MapSpec::open`]. For the kinds that need a
    /// server, `source` is what the server answers ([`Wanted::Answers`]), or nothing.
    #[must_use]
    pub fn parse_as(opener: Opener, kind: TableKind, name: &str, source: &[u8]) -> (Self, Vec<Diagnostic>) {
        Self::parse_again(opener, kind, name, source, &mut Patterns::default())
    }

    /// As [`Table::parse_as`], for a table that was parsed before and has changed a little: patterns that are known are not
    /// compiled again.
    #[must_use]
    pub fn parse_again(
        opener: Opener,
        kind: TableKind,
        name: &str,
        source: &[u8],
        patterns: &mut Patterns,
    ) -> (Self, Vec<Diagnostic>) {
        let whole = Span::new(0, source.len());
        match kind.source() {
            TableSource::Rules => {
                let (rules, diagnostics) = Self::parse_rules(kind, &Source::new(name, source), patterns);
                (Self::new(name, kind, opener, source.into(), whole, rules, Body::Rules), diagnostics)
            }
            TableSource::System if kind.has_server() && source.is_empty() => {
                let body = Body::Nothing(UnknownReason::NeedsServer { kind });
                (Self::new(name, kind, opener, source.into(), whole, Vec::new(), body), Vec::new())
            }
            TableSource::Entries | TableSource::System if kind != TableKind::Environ => {
                let entries = entries::parse(&Source::new(name, source), kind, opener);
                let refused = |found: &Diagnostic| found.consequence == postproof_model::Consequence::TableRefused;
                let body = if entries.diagnostics.iter().any(refused) {
                    Body::Nothing(UnknownReason::Fails(LookupFailure::TableRefused))
                } else {
                    Body::Index(Arc::new(entries.index))
                };
                let repeats = entries.diagnostics.iter().any(|found| {
                    matches!(found.problem, postproof_model::Problem::Entry(EntryProblem::DuplicateKey { .. }))
                });
                let table = Self::new(name, kind, opener, source.into(), whole, entries.rules, body);
                (Self { repeats, ..table }, entries.diagnostics)
            }
            _ => {
                let text = [kind.name().as_bytes(), b":", source].concat();
                let opened = MapSpec::parse(&text).open(opener, &mut |_| Err(String::new()));
                (Self { name: name.into(), ..opened.table }, opened.diagnostics)
            }
        }
    }

    /// Parses the rules of a kind that has rules.
    fn parse_rules(kind: TableKind, source: &Source<'_>, patterns: &mut Patterns) -> (Vec<Rule>, Vec<Diagnostic>) {
        match kind {
            TableKind::Pcre => pattern_rules::parse::<pcre::Pcre>(source, patterns),
            TableKind::Cidr => cidr::parse(source),
            _ => pattern_rules::parse::<regexp::Regexp>(source, patterns),
        }
    }

    fn new(
        name: &str,
        kind: TableKind,
        opener: Opener,
        source: Arc<[u8]>,
        span: Span,
        rules: Vec<Rule>,
        body: Body,
    ) -> Self {
        let has_blocks = rules.iter().any(|rule| matches!(rule.op, Op::If { .. }));
        let fixed = Self::kind_holds_keys(kind, &body);
        let networks = if kind == TableKind::Cidr { NetworkIndex::new(&rules).map(Arc::new) } else { None };
        let everything = rules.iter().position(Rule::answers_everything).filter(|_| !has_blocks);
        Self {
            name: name.into(),
            kind,
            opener,
            source,
            span,
            rules: rules.into(),
            has_blocks,
            fixed,
            networks,
            everything,
            candidates: Arc::default(),
            repeats: false,
            left_out: Vec::new(),
            body,
        }
    }

    /// The table as it would be without one of its rules that answers. None where that cannot be told: where the rule is not
    /// one of this table's own, and where a line with the same key as another may have been dropped, which would then count.
    #[must_use]
    pub fn without(&self, rule: &RuleRef) -> Option<Self> {
        let index = self.rules.binary_search_by_key(&rule.span.start, |rule| rule.span.start).ok()?;
        if *self.name != rule.table || !matches!(self.rules.get(index)?.op, Op::Answer { .. }) {
            return None;
        }
        match self.body {
            Body::Rules => {}
            Body::Index(_) if !self.repeats && self.kind != TableKind::Inline => {}
            _ => return None,
        }
        let mut table = Self { networks: None, ..self.clone() };
        if table.everything.take().is_some() {
            table.candidates = Arc::default();
        }
        table.left_out.push(index);
        Some(table)
    }

    /// The table's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which kind of table it is.
    #[must_use]
    pub const fn kind(&self) -> TableKind {
        self.kind
    }

    /// What the program that asks wanted of it.
    #[must_use]
    pub const fn opener(&self) -> Opener {
        self.opener
    }

    /// Whether it holds fixed keys, as hash: and the like do: Postfix's programs look parts of names and addresses up in
    /// such tables only. A table of tables is like its first. (Postfix: `DICT_FLAG_FIXED`.)
    #[must_use]
    pub const fn holds_keys(&self) -> bool {
        self.fixed
    }

    /// The bytes it was parsed from.
    #[must_use]
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    /// Its rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The tables that this one asks: pipemap: and unionmap:.
    #[must_use]
    pub fn tables(&self) -> &[Self] {
        match &self.body {
            Body::Pipeline(tables) | Body::Union(tables) => tables,
            Body::Rules | Body::Index(_) | Body::Choices | Body::Nothing(_) => &[],
        }
    }

    /// A rule, named; `index` is its place in [`Table::rules`]. A table without rules has its own text for one.
    #[must_use]
    pub fn rule_ref(&self, index: usize) -> RuleRef {
        let rule = self.rules.get(index);
        let pattern = rule.map_or(self.span, |rule| rule.pattern);
        let text = Bytes::from(self.source.get(pattern.start..pattern.end).unwrap_or_default());
        RuleRef {
            table: self.name.to_string(),
            lines: rule.map(|rule| rule.lines).unwrap_or_default(),
            span: rule.map_or(self.span, |rule| rule.span),
            pattern,
            s25r: rule.and_then(|rule| self.s25r_number(rule)),
            text,
        }
    }

    /// The number of the S25R rule that a rule is: one pattern, not negated, without flags.
    fn s25r_number(&self, rule: &Rule) -> Option<u8> {
        match &rule.op {
            Op::Answer { condition, second: None, .. } if !condition.negated && condition.flags.is_empty() => {
                s25r::number(self.source.get(condition.source.start..condition.source.end)?)
            }
            _ => None,
        }
    }
}
