//! `postproof query`: what postmap -q answers.
//!
//! postmap(1), "-q key". Standard output and the exit status are postmap's; warnings name the same lines, in our words.
//! Tables of keys and values are read from the text that postmap would build them from, and what postmap would warn of
//! then is said when they are opened.

use std::ffi::{OsStr, OsString};
use std::io::Read as _;

use clap::ArgMatches;
use postproof_model::{Answer, Bytes, Consequence, Trace, UnknownReason};
use postproof_rules::message::{Limits, QueryMode, query_keys};
use postproof_rules::table::result::Outcome;
use postproof_rules::table::{Opener, Remark, Table};
use postproof_words::{Lang, command, pcre, verdicts};
use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;
use serde::Serialize;

use crate::answers::Answers;
use crate::arguments::{Format, values};
use crate::lines::Lines;
use crate::map::{Map, refusal};
use crate::marked::printable;
use crate::outcome::{FINDING, Failure, SUCCESS, cannot_read, complain};
use crate::problems;
use crate::stdout::Stdout;
use crate::trace;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let key = matches.get_one::<OsString>("key").map(|key| key_bytes(key)).unwrap_or_default();
    let mode = QueryMode {
        headers: matches.get_flag("headers"),
        body: matches.get_flag("body"),
        mime: matches.get_flag("mime"),
    };
    let any_class = mode.headers || mode.body;
    let mut query = Query {
        maps: values(matches, "map").into_iter().map(|map| Opened::Not(Map::parse_as_postmap(map))).collect(),
        opener: if any_class { Opener::POSTMAP_MESSAGE } else { Opener::POSTMAP },
        answers: Answers::read(matches, lang)?,
        lang,
        format: Format::of(matches),
        trace: matches.get_flag("trace"),
        out: Stdout::default(),
        found: false,
    };
    if key != b"-" {
        if any_class || mode.mime {
            return Err(Failure::as_postmap(command::ONLY_WITH_STANDARD_INPUT.say(lang).to_owned()));
        }
        query.one(&key, false, None)?;
    } else if any_class {
        let mut input = Vec::new();
        std::io::stdin().lock().read_to_end(&mut input).map_err(|error| stdin_failed(&error, lang))?;
        let limits = Limits::default();
        let mut keys = query_keys(&input, mode, &limits);
        loop {
            let next: Vec<_> = keys.by_ref().take(AT_ONCE).collect();
            if next.is_empty() {
                break;
            }
            query.all(&next.iter().map(|key| &*key.bytes).collect::<Vec<_>>())?;
        }
    } else {
        if mode.mime {
            complain(&format!("{}: {}", command::WARNING.say(lang), command::MIME_NEEDS_CLASS.say(lang)));
        }
        let mut input = Lines::new(std::io::stdin().lock());
        while let Some(lines) = input.next().map_err(|error| stdin_failed(&error, lang))? {
            query.all(&lines)?;
        }
    }
    query.out.finish().map_err(|error| Failure::write(&error, lang))?;
    // The process ends here: to take a table of many rules apart would only take time.
    std::mem::forget(std::mem::take(&mut query.maps));
    Ok(if query.found { SUCCESS } else { FINDING })
}

fn stdin_failed(error: &std::io::Error, lang: Lang) -> Failure {
    Failure::as_postmap(cannot_read("-", error, lang))
}

#[cfg(unix)]
fn key_bytes(key: &OsStr) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    key.as_bytes().to_vec()
}

#[cfg(not(unix))]
fn key_bytes(key: &OsStr) -> Vec<u8> {
    key.to_string_lossy().into_owned().into_bytes()
}

/// How many keys one thread asks for at a time.
const TOGETHER: usize = 256;
/// With fewer keys, each is asked for when it is its turn.
const FEW: usize = 16;
/// With fewer rules, one thread asks.
const FEW_RULES: usize = 100;
/// How many keys are asked for before their answers are written.
const AT_ONCE: usize = 64 * TOGETHER;

/// What a table was asked.
enum Asked<'t> {
    /// What it answers.
    Whole(Answer),
    /// The result alone.
    Result(Outcome<'t>),
}

impl Asked<'_> {
    /// The result, or why it is unknown; none where nothing was found.
    fn outcome(&self) -> Option<Result<&[u8], &UnknownReason>> {
        match self {
            Self::Whole(Answer::NotFound) | Self::Result(Outcome::NotFound) => None,
            Self::Whole(Answer::Found(hit)) => Some(Ok(&hit.result)),
            Self::Result(Outcome::Found(result)) => Some(Ok(result)),
            Self::Whole(Answer::Unknown { reason, .. }) | Self::Result(Outcome::Unknown(reason)) => Some(Err(reason)),
        }
    }
}

/// What tables answer a key before it is its turn.
struct Ahead<'t> {
    /// How many tables find nothing.
    passed: usize,
    /// What the table after those answers, if it was asked.
    found: Option<Asked<'t>>,
    /// What Postfix would warn of, with the number of the table.
    said: Vec<(usize, Remark)>,
}

impl<'t> Ahead<'t> {
    /// Asks tables in order. `whole`: not for the result alone.
    fn ask(tables: &'t [Table], key: &[u8], whole: bool) -> Self {
        let key = c_string(key);
        let mut ahead = Self { passed: 0, found: None, said: Vec::new() };
        for (at, table) in tables.iter().enumerate() {
            let mut say = |remark: Remark| ahead.said.push((at, remark));
            let asked =
                if whole { Asked::Whole(table.ask(key, &mut say)) } else { Asked::Result(table.result(key, &mut say)) };
            if asked.outcome().is_some() {
                ahead.found = Some(asked);
                break;
            }
            ahead.passed += 1;
        }
        ahead
    }
}

fn c_string(key: &[u8]) -> &[u8] {
    memchr::memchr(0, key).and_then(|end| key.get(..end)).unwrap_or(key)
}

/// A table is opened when a key first needs it, as postmap does: one that is never needed may as well not exist.
enum Opened {
    Not(Map),
    Yes {
        table: Table,
        /// Whether it has found a key yet.
        found: bool,
    },
}

struct Query {
    maps: Vec<Opened>,
    opener: Opener,
    answers: Answers,
    lang: Lang,
    format: Format,
    /// Whether each lookup is told rule by rule.
    trace: bool,
    out: Stdout,
    found: bool,
}

/// An answer for programs.
#[derive(Serialize)]
struct Found<'a> {
    key: &'a Bytes,
    #[serde(flatten)]
    answer: &'a Answer,
}

/// A lookup for programs, told rule by rule.
#[derive(Serialize)]
struct Traced<'a> {
    key: &'a Bytes,
    trace: &'a Trace,
}

/// Writes an object on a line of its own.
fn json(out: &mut Stdout, object: &impl Serialize, lang: Lang) -> Result<(), Failure> {
    let mut line = serde_json::to_vec(object).unwrap_or_default();
    line.push(b'\n');
    out.write(&line).map_err(|error| Failure::write(&error, lang))
}

impl Query {
    /// Asks the tables for these keys, in order. What does not depend on order is done for many keys at once.
    fn all(&mut self, keys: &[&[u8]]) -> Result<(), Failure> {
        let mut keys = keys;
        // The first keys open the tables.
        while let Some((first, rest)) = keys.split_first() {
            let tables = if keys.len() < FEW { Vec::new() } else { self.ready() };
            if tables.is_empty() {
                self.one(first, true, None)?;
                keys = rest;
                continue;
            }
            let (now, later) = keys.split_at(keys.len().min(AT_ONCE));
            let whole = self.format == Format::Json;
            // A table of few rules answers sooner than another thread can take a key over.
            let long = tables.iter().map(|table| table.rules().len()).sum::<usize>() > FEW_RULES;
            if long && rayon::current_num_threads() > 1 {
                let ahead: Vec<Vec<Ahead<'_>>> = now
                    .par_chunks(TOGETHER)
                    .map(|keys| keys.iter().map(|key| Ahead::ask(&tables, key, whole)).collect())
                    .collect();
                for (key, ahead) in now.iter().zip(ahead.into_iter().flatten()) {
                    self.one(key, true, Some(ahead))?;
                }
            } else {
                for key in now {
                    self.one(key, true, None)?;
                }
            }
            keys = later;
        }
        self.out.write_blocks().map_err(|error| Failure::write(&error, self.lang))
    }

    /// The tables that have been opened and may be asked for keys in any order.
    fn ready(&self) -> Vec<Table> {
        if self.trace {
            return Vec::new();
        }
        let open = self.maps.iter().map_while(|opened| match opened {
            Opened::Yes { table, .. } => Some(table.clone()),
            Opened::Not(_) => None,
        });
        let tables: Vec<Table> = open.collect();
        // What these answer depends on the keys before.
        if tables.iter().any(|table| table.lmdb_finds(b"").is_some()) { Vec::new() } else { tables }
    }

    /// Asks the tables, in order, for one key. `with_key`: the key is printed, too. `ahead`: what was asked already.
    fn one(&mut self, key: &[u8], with_key: bool, ahead: Option<Ahead<'_>>) -> Result<(), Failure> {
        let result = self.ask(key, with_key, ahead);
        if result.is_err() {
            // What postmap has written by then stays written.
            self.out.write_blocks().map_err(|error| Failure::write(&error, self.lang))?;
        }
        result
    }

    fn ask(&mut self, key: &[u8], with_key: bool, mut ahead: Option<Ahead<'_>>) -> Result<(), Failure> {
        let lang = self.lang;
        let key = c_string(key);
        for (at, opened) in self.maps.iter_mut().enumerate() {
            if let Some(ahead) = &ahead {
                for (_, remark) in ahead.said.iter().filter(|(table, _)| *table == at) {
                    warn(&remark_text(remark, lang), lang);
                }
                if at < ahead.passed {
                    continue;
                }
            }
            if let Opened::Not(map) = opened {
                *opened = Opened::Yes { table: open(map, self.opener, &self.answers, lang)?, found: false };
            }
            let Opened::Yes { table, found } = opened else { continue };
            if key.is_empty() && !*found && table.lmdb_finds(key).is_some() {
                // Only a key that was found tells Postfix whether keys are stored with a zero byte after them; until then it
                // tries both, and without one nothing is left of this key.
                let values = [("table", table.name()), ("key", ""), ("reason", command::EMPTY_KEY_FAILS.say(lang))];
                return Err(Failure::as_postmap(command::LOOKUP_FAILS.fill(lang, &values)));
            }
            let mut say = |remark: Remark| warn(&remark_text(&remark, lang), lang);
            let answer = match ahead.as_mut().and_then(|ahead| ahead.found.take()) {
                Some(found) => found,
                None if self.format == Format::Json || self.trace => Asked::Whole(table.ask(key, &mut say)),
                None => Asked::Result(table.result(key, &mut say)),
            };
            if self.trace {
                let trace = table.trace(key);
                match self.format {
                    Format::Text => trace::lines(&trace, table, lang).iter().for_each(|line| complain(line)),
                    Format::Json => json(&mut self.out, &Traced { key: &Bytes::from(key), trace: &trace }, lang)?,
                }
            }
            let shown = || printable(key);
            match answer.outcome() {
                None => continue,
                Some(Err(reason)) => {
                    let shown = shown();
                    let names = [("table", table.name()), ("key", shown.as_str())];
                    let why = verdicts::unknown_reason(reason, lang);
                    let values = [names.as_slice(), &[("reason", &why)]].concat();
                    if matches!(reason, UnknownReason::Fails(_)) {
                        // postmap ends here, and what it has not written yet is lost.
                        return Err(Failure::as_postmap(command::LOOKUP_FAILS.fill(lang, &values)));
                    }
                    warn(&command::ANSWER_UNKNOWN.fill(lang, &values), lang);
                }
                Some(Ok(result)) => {
                    self.found = true;
                    *found |= table.lmdb_finds(key) == Some(true);
                    if result.is_empty() {
                        let shown = shown();
                        let names = [("table", table.name()), ("key", shown.as_str())];
                        warn(&command::EMPTY_RESULT_FOR.fill(lang, &names), lang);
                    }
                    if self.format == Format::Text {
                        let pieces: [&[u8]; 4] = [key, b"\t", result, b"\n"];
                        for piece in pieces.get(if with_key { 0 } else { 2 }..).unwrap_or_default() {
                            self.out.write(piece).map_err(|error| Failure::write(&error, lang))?;
                        }
                    }
                }
            }
            if let Asked::Whole(answer) = &answer
                && self.format == Format::Json
                && !self.trace
            {
                json(&mut self.out, &Found { key: &Bytes::from(key), answer }, lang)?;
            }
            return Ok(());
        }
        Ok(())
    }
}

/// Opens a table and says what postmap would warn of: when it opens it, or when it builds it.
fn open(map: &Map, opener: Opener, answers: &Answers, lang: Lang) -> Result<Table, Failure> {
    let opened = map.open(opener, answers);
    // postmap ends where it cannot open a table, and says nothing of those that it would open after it.
    let refused = opened.diagnostics.iter().position(|found| found.consequence == Consequence::TableRefused);
    let until = refused.unwrap_or(opened.diagnostics.len());
    problems::say(opened.diagnostics.get(..until).unwrap_or_default(), lang, |found| found.consequence.postfix_warns());
    match refused.and_then(|at| opened.diagnostics.get(at)) {
        Some(found) => Err(Failure::as_postmap(refusal(found, lang))),
        None => Ok(opened.table),
    }
}

fn warn(text: &str, lang: Lang) {
    complain(&format!("{}: {text}", command::WARNING.say(lang)));
}

fn remark_text(remark: &Remark, lang: Lang) -> String {
    match remark {
        Remark::KeyNotUtf8 { key, .. } => command::NOT_UTF_8.fill(lang, &[("key", &printable(key))]),
        Remark::ResultNotUtf8 { table, key, result } => command::RESULT_NOT_UTF_8
            .fill(lang, &[("table", table), ("key", &printable(key)), ("result", &printable(result))]),
        Remark::MatchFailed { rule, error } => {
            let reason = pcre::match_error(*error).say(lang);
            let values = [("table", &*rule.table), ("line", &rule.lines.first.to_string()), ("reason", reason)];
            command::MATCH_FAILED.fill(lang, &values)
        }
    }
}
