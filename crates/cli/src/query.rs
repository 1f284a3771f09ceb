//! `postproof query`: what postmap -q answers.
//!
//! postmap(1), "-q key". Standard output and the exit status are postmap's; warnings name the same lines, in our words.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufWriter, Read as _, StdoutLock, Write as _};

use clap::ArgMatches;
use postproof_model::{Answer, Bytes};
use postproof_rules::message::{Limits, QueryMode, query_keys};
use postproof_rules::table::Table;
use postproof_words::{Lang, command, verdicts};
use serde::Serialize;

use crate::arguments::{Format, values};
use crate::map::Map;
use crate::outcome::{FINDING, Failure, SUCCESS, complain};
use crate::problems;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let key = matches.get_one::<OsString>("key").map(|key| key_bytes(key)).unwrap_or_default();
    let mode = QueryMode {
        headers: matches.get_flag("headers"),
        body: matches.get_flag("body"),
        mime: matches.get_flag("mime"),
    };
    let maps = values(matches, "map").into_iter().map(|map| Map::parse(map, lang)).collect::<Result<Vec<_>, _>>();
    let mut query = Query {
        maps: maps.map_err(Failure::as_postmap)?.into_iter().map(Opened::Not).collect(),
        lang,
        format: Format::of(matches),
        out: BufWriter::new(std::io::stdout().lock()),
        found: false,
    };
    let any_class = mode.headers || mode.body;
    if key != b"-" {
        if any_class || mode.mime {
            return Err(Failure::as_postmap(command::ONLY_WITH_STANDARD_INPUT.say(lang).to_owned()));
        }
        query.one(&key, false, true)?;
    } else if any_class {
        let mut input = Vec::new();
        std::io::stdin().lock().read_to_end(&mut input).map_err(|error| cannot_read(&error, lang))?;
        for key in query_keys(&input, mode, &Limits::default()) {
            query.one(&key.bytes, true, false)?;
        }
    } else {
        if mode.mime {
            complain(&format!("{}: {}", command::WARNING.say(lang), command::MIME_NEEDS_CLASS.say(lang)));
        }
        let mut input = std::io::stdin().lock();
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line).map_err(|error| cannot_read(&error, lang))? > 0 {
            query.one(line.strip_suffix(b"\n").unwrap_or(&line), true, true)?;
            line.clear();
        }
    }
    query.out.flush().map_err(|error| Failure::write(&error, lang))?;
    Ok(if query.found { SUCCESS } else { FINDING })
}

fn cannot_read(error: &std::io::Error, lang: Lang) -> Failure {
    Failure::as_postmap(command::CANNOT_READ.fill(lang, &[("file", "-"), ("reason", &error.to_string())]))
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

/// A table is opened when a key first needs it, as postmap does: one that is never needed may as well not exist.
enum Opened {
    Not(Map),
    Yes(Table),
}

struct Query {
    maps: Vec<Opened>,
    lang: Lang,
    format: Format,
    out: BufWriter<StdoutLock<'static>>,
    found: bool,
}

/// An answer for programs.
#[derive(Serialize)]
struct Found<'a> {
    key: &'a Bytes,
    #[serde(flatten)]
    answer: &'a Answer,
}

impl Query {
    /// Asks the tables, in order, for one key. `with_key`: the key is printed, too. `utf8`: a key that is not UTF-8 is not
    /// looked up (smtputf8_enable, which is on).
    fn one(&mut self, key: &[u8], with_key: bool, utf8: bool) -> Result<(), Failure> {
        let lang = self.lang;
        for opened in &mut self.maps {
            let table = match opened {
                Opened::Yes(table) => table,
                Opened::Not(map) => {
                    let (table, diagnostics) = map.open(lang).map_err(Failure::as_postmap)?;
                    problems::say(&diagnostics, lang, |diagnostic| diagnostic.consequence.postfix_warns());
                    *opened = Opened::Yes(table);
                    let Opened::Yes(table) = opened else { continue };
                    table
                }
            };
            let key = key.split(|&byte| byte == 0).next().unwrap_or_default();
            let shown = String::from_utf8_lossy(key);
            let warn = |text: String| complain(&format!("{}: {text}", command::WARNING.say(lang)));
            if utf8 && std::str::from_utf8(key).is_err() {
                warn(command::NOT_UTF_8.fill(lang, &[("key", &shown)]));
                continue;
            }
            let answer = table.lookup(key);
            let names = [("table", table.name()), ("key", &*shown)];
            match &answer {
                Answer::NotFound => continue,
                Answer::Unknown { reason, .. } => {
                    let reason = verdicts::unknown_reason(reason, lang);
                    warn(command::ANSWER_UNKNOWN.fill(lang, &[names.as_slice(), &[("reason", &reason)]].concat()));
                }
                Answer::Found(hit) => {
                    self.found = true;
                    if hit.result.is_empty() {
                        warn(command::EMPTY_RESULT_FOR.fill(lang, &names));
                    }
                    if self.format == Format::Text {
                        let write = if with_key {
                            [key, b"\t", &hit.result, b"\n"].concat()
                        } else {
                            [hit.result.as_ref(), b"\n"].concat()
                        };
                        self.out.write_all(&write).map_err(|error| Failure::write(&error, lang))?;
                    }
                }
            }
            if self.format == Format::Json {
                let key = Bytes::from(key);
                let line = serde_json::to_string(&Found { key: &key, answer: &answer }).unwrap_or_default();
                writeln!(self.out, "{line}").map_err(|error| Failure::write(&error, lang))?;
            }
            return Ok(());
        }
        Ok(())
    }
}
