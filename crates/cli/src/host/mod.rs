//! `postproof host`: clients through access tables, or through the lists of restrictions of a main.cf.
//!
//! | idea | file |
//! |---|---|
//! | what is asked, in which order | here |
//! | the clients that the command line and standard input name | [`hosts`] |
//! | answers for people | [`text`] |
//! | answers for programs | [`json`] |

mod hosts;
mod json;
mod text;

use std::io::{BufWriter, Write};
use std::sync::Arc;

use clap::ArgMatches;
use postproof_model::{Bytes, HostDecision, HostFate, HostSummary, Proposal, Saved, TableKind};
use postproof_rules::host::propose::Refused;
use postproof_rules::host::saved::saved;
use postproof_rules::host::served::{self, postmaster};
use postproof_rules::host::summary::Counts;
use postproof_rules::host::{Envelope, Judge, Verdict};
use postproof_rules::s25r;
use postproof_rules::smtpd::Server;
use postproof_rules::table::{Opener, Table};
use postproof_words::{Lang, command, host as words};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;

use crate::answers::Answers;
use crate::arguments::{Format, values};
use crate::live::{Live, questions_of_client};
use crate::map::Map;
use crate::outcome::{FINDING, Failure, SUCCESS};
use crate::smtp;
use hosts::{Hosts, Numbered};
pub(crate) use text::rule_name;

/// How many clients one thread answers at a time, at most.
const TOGETHER: usize = 256;
/// Into how many parts few clients are shared out.
const PARTS: usize = 64;

/// One client, answered.
struct Answered<'v> {
    verdict: &'v Verdict,
    /// What let it in.
    saved: Option<Saved>,
    /// What would let it in, where that is asked for.
    proposals: Option<Vec<Proposal>>,
}

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let mut hosts = Hosts::of(values(matches, "host"));
    if hosts.is_empty() {
        return Err(Failure::misuse(command::NO_HOSTS.say(lang).to_owned()));
    }
    let answers = Answers::read(matches, lang)?;
    let (live, envelope);
    let judge = if matches.contains_id("config") {
        let server = smtp::server(matches, lang)?;
        envelope = self::envelope(matches, &server, lang)?;
        live = learned(matches, &server, &envelope, &mut hosts, lang)?;
        Judge::Server { server: Arc::new(server), world: &live.world, envelope: &envelope }
    } else {
        Judge::Tables(tables(&values(matches, "table"), &answers, lang)?)
    };
    let mut to = BufWriter::new(std::io::stdout().lock());
    let out = Output { format: Format::of(matches), lang };
    if matches.get_flag("summary") {
        let summary = summary(&judge, &hosts, lang)?;
        out.summary(&mut to, &summary, matches!(judge, Judge::Server { .. }))?;
        out.flush(&mut to)?;
        return Ok(if summary.unknown > 0 { FINDING } else { SUCCESS });
    }
    let mut status = SUCCESS;
    let answer = |to: &mut dyn Write, (input, line): &Numbered, refused: Option<&mut Refused>| {
        let verdict = judge.evaluate(input, *line);
        let fate = verdict.decision().told.fate();
        let saved = if fate == HostFate::Permitted { saved(&judge, &verdict) } else { None };
        let proposals = refused.map(|refused| refused.proposals(&judge, &verdict));
        let status = if fate == HostFate::Unknown { FINDING } else { SUCCESS };
        out.answer(to, &Answered { verdict: &verdict, saved, proposals }).map(|()| status)
    };
    if matches.get_flag("propose") {
        // What a line would do to the others can be told when all are known.
        let mut all: Vec<Numbered> = Vec::new();
        let mut refused = Refused::default();
        hosts.several(lang, &mut |clients| {
            let verdicts: Vec<Verdict> = clients.par_iter().map(|(input, line)| judge.evaluate(input, *line)).collect();
            verdicts.iter().for_each(|verdict| refused.add(verdict));
            all.extend_from_slice(clients);
            Ok(())
        })?;
        for client in &all {
            status = status.max(answer(&mut to, client, Some(&mut refused))?);
        }
    } else {
        hosts.several(lang, &mut |clients| {
            let answers: Vec<Result<(Vec<u8>, u8), Failure>> = clients
                .par_chunks(clients.len().div_ceil(PARTS).min(TOGETHER))
                .map(|clients| {
                    let mut text = Vec::new();
                    let answered = clients.iter().try_fold(SUCCESS, |status, client| {
                        answer(&mut text, client, None).map(|of_client| status.max(of_client))
                    });
                    answered.map(|status| (text, status))
                })
                .collect();
            for answered in answers {
                let (text, of_clients) = answered?;
                status = status.max(of_clients);
                to.write_all(&text).map_err(|error| Failure::write(&error, lang))?;
            }
            Ok(())
        })?;
    }
    out.flush(&mut to)?;
    Ok(status)
}

/// The world, with what DNS says of these clients where `--dns` lets it be asked.
fn learned(
    matches: &ArgMatches,
    server: &Server,
    envelope: &Envelope,
    hosts: &mut Hosts<'_>,
    lang: Lang,
) -> Result<Live, Failure> {
    let mut live = Live::of(matches, lang)?;
    if live.asks() {
        hosts.keep(lang)?;
        hosts.several(lang, &mut |clients| {
            for (input, line) in clients {
                live.settle(|world| served::evaluate(server, world, envelope, input, *line), questions_of_client);
            }
            Ok(())
        })?;
    }
    live.save()?;
    Ok(live)
}

fn summary(judge: &Judge<'_>, hosts: &Hosts<'_>, lang: Lang) -> Result<HostSummary, Failure> {
    let mut counts = Counts::default();
    hosts.several(lang, &mut |clients| {
        let decisions: Vec<HostDecision> =
            clients.par_iter().map(|(input, line)| judge.evaluate(input, *line).decision()).collect();
        decisions.iter().for_each(|decision| counts.add(decision));
        Ok(())
    })?;
    Ok(counts.summary())
}

/// The tables named, or S25R's rules where none is.
fn tables(maps: &[&str], answers: &Answers, lang: Lang) -> Result<Vec<Table>, Failure> {
    if maps.is_empty() {
        let source = s25r::table_source();
        return Ok(vec![Table::parse(TableKind::Regexp, s25r::TABLE_NAME, source.as_bytes()).0]);
    }
    let open = |map: &&str| Map::parse(map, lang)?.open_with_findings(Opener::ACCESS, answers, lang);
    maps.iter().map(open).collect::<Result<_, String>>().map_err(Failure::misuse)
}

/// Who writes to whom.
fn envelope(matches: &ArgMatches, server: &Server, lang: Lang) -> Result<Envelope, Failure> {
    let option = |name: &str| -> Result<Option<Bytes>, Failure> {
        let Some(text) = matches.get_one::<String>(name) else { return Ok(None) };
        if text.chars().any(char::is_control) {
            return Err(Failure::misuse(command::CONTROL_CHARACTER.fill(lang, &[("option", name)])));
        }
        Ok(Some(text.as_str().into()))
    };
    let Some(recipient) = option("recipient")?.or_else(|| postmaster(server.main_cf())) else {
        let config = matches.get_one::<String>("config").map(String::as_str).unwrap_or_default();
        return Err(Failure::misuse(words::NO_RECIPIENT.fill(lang, &[("config", config)])));
    };
    Ok(Envelope { helo: option("helo")?, sender: option("sender")?.unwrap_or_default(), recipient })
}

/// How answers are written.
#[derive(Clone, Copy)]
struct Output {
    format: Format,
    lang: Lang,
}

impl Output {
    fn answer(self, mut to: &mut dyn Write, answered: &Answered<'_>) -> Result<(), Failure> {
        let written = match self.format {
            Format::Text => text::answer(&mut to, answered, self.lang),
            Format::Json => json::answer(&mut to, answered),
        };
        written.map_err(|error| Failure::write(&error, self.lang))
    }

    fn summary(self, to: &mut impl Write, summary: &HostSummary, served: bool) -> Result<(), Failure> {
        let written = match self.format {
            Format::Text => text::summary(to, summary, served, self.lang),
            Format::Json => json::summary(to, summary),
        };
        written.map_err(|error| Failure::write(&error, self.lang))
    }

    fn flush(self, to: &mut impl Write) -> Result<(), Failure> {
        to.flush().map_err(|error| Failure::write(&error, self.lang))
    }
}
