//! `postproof smtp`: a client's lines in, smtpd's replies out.

use std::io::{BufWriter, Read as _, Write};

use clap::ArgMatches;
use postproof_model::{Answer, Exchange, KeyLookup, SmtpOutcome, Tried};
use postproof_rules::host::Client;
use postproof_rules::smtpd::{Server, World};
use postproof_words::{Lang, command, smtp as words, verdicts};
use serde::Serialize;

use crate::answers::Answers;
use crate::arguments::{Format, values, version};
use crate::host::rule_name;
use crate::live::{Live, questions};
use crate::main_cf::Configuration;
use crate::marked::printable;
use crate::outcome::{FINDING, Failure, SUCCESS};
use crate::problems;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let server = server(matches, lang)?;
    let mut live = Live::of(matches, lang)?;
    let client = client(matches, lang)?;
    let format = Format::of(matches);
    let trace = matches.get_flag("trace");
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut status = SUCCESS;
    let names = values(matches, "transcript");
    let names = if names.is_empty() { vec!["-"] } else { names };
    for (index, name) in names.iter().enumerate() {
        let transcript = read(name, lang)?;
        let hold = |world: &World| {
            let mut session = server.session(world);
            if let Some(client) = &client {
                session = session.connected_from(&client.name, client.address.as_deref().unwrap_or_default());
            }
            session.run(&transcript)
        };
        let exchanges = live.settle(hold, |exchanges| questions(exchanges));
        if exchanges.iter().any(|exchange| matches!(exchange.outcome, SmtpOutcome::Unknown(_))) {
            status = FINDING;
        }
        let mut write = || -> std::io::Result<()> {
            if index > 0 && format == Format::Text {
                writeln!(out)?;
            }
            for exchange in &exchanges {
                match format {
                    Format::Text => text(&mut out, exchange, trace, lang)?,
                    Format::Json => writeln!(out, "{}", serde_json::to_string(&Line::of(name, exchange, trace))?)?,
                }
            }
            Ok(())
        };
        write().map_err(|error| Failure::write(&error, lang))?;
    }
    out.flush().map_err(|error| Failure::write(&error, lang))?;
    live.save()?;
    Ok(status)
}

fn read(name: &str, lang: Lang) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read =
        if name == "-" { std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes) } else { std::fs::read(name) };
    read.map_err(|error| Failure::read(name, &error, lang))
}

/// The server that main.cf makes, with what is wrong said on standard error.
pub(crate) fn server(matches: &ArgMatches, lang: Lang) -> Result<Server, Failure> {
    let Some(configuration) = Configuration::read(matches, version(matches, lang)?, lang)? else {
        return Err(Failure::misuse(words::NO_CONFIG.say(lang).to_owned()));
    };
    let answers = Answers::read(matches, lang)?;
    let main_cf = configuration.main_cf.clone();
    let (server, found) = Server::new(main_cf, &mut |wanted| configuration.wanted(&wanted, &answers, lang));
    problems::say(&found, lang, |_| true);
    Ok(server)
}

/// Who connects: a client with an address.
fn client(matches: &ArgMatches, lang: Lang) -> Result<Option<Client>, Failure> {
    let Some(text) = matches.get_one::<String>("client") else { return Ok(None) };
    let client = Client::parse(text.as_bytes());
    if client.address.is_none() {
        return Err(Failure::misuse(command::CLIENT_MALFORMED.fill(lang, &[("client", text)])));
    }
    Ok(Some(client))
}

fn text(out: &mut impl Write, exchange: &Exchange, trace: bool, lang: Lang) -> std::io::Result<()> {
    if exchange.line > 0 {
        writeln!(out, "C: {}", printable(&exchange.command))?;
    }
    if trace {
        for tried in &exchange.tried {
            restriction(out, tried, lang)?;
        }
    }
    match &exchange.outcome {
        SmtpOutcome::Silent => Ok(()),
        SmtpOutcome::Said(lines) => lines.iter().try_for_each(|line| writeln!(out, "S: {}", printable(line))),
        SmtpOutcome::Unknown(why) => {
            let why = words::UNKNOWN.fill(lang, &[("why", &words::unknown(why, lang))]);
            writeln!(out, "S: ? {}", printable(why.as_bytes()))
        }
    }
}

/// One restriction: where it stands, what it is, what it was answered, what it decides.
fn restriction(out: &mut impl Write, tried: &Tried, lang: Lang) -> std::io::Result<()> {
    let mut place = tried.list.clone();
    if !tried.within.is_empty() {
        let names: Vec<String> = tried.within.iter().map(|name| printable(name)).collect();
        place += &format!(", {}", words::WITHIN.fill(lang, &[("names", &names.join(" > "))]));
    }
    let outcome = printable(words::outcome(&tried.outcome, lang).as_bytes());
    writeln!(out, "    {} ({place}): {outcome}", printable(&tried.restriction))?;
    for asked in &tried.asked {
        let values = [("question", asked.question.as_str()), ("answer", &asked.answer)];
        writeln!(out, "        {}", printable(words::ASKED.fill(lang, &values).as_bytes()))?;
    }
    for lookup in &tried.lookups {
        writeln!(out, "        {}", printable(answer(lookup, lang).as_bytes()))?;
    }
    Ok(())
}

fn answer(lookup: &KeyLookup, lang: Lang) -> String {
    let key = lookup.key.lossy();
    let asked = [("table", lookup.table.as_str()), ("key", &key)];
    match &lookup.answer {
        Answer::NotFound => words::NOT_FOUND.fill(lang, &asked),
        Answer::Found(hit) => {
            let (result, rule) = (hit.result.lossy(), rule_name(&hit.rule, lang));
            words::FOUND.fill(lang, &[&asked[..], &[("result", &result), ("rule", &rule)]].concat())
        }
        Answer::Unknown { reason, .. } => {
            let reason = verdicts::unknown_reason(reason, lang);
            words::UNKNOWN_ANSWER.fill(lang, &[&asked[..], &[("reason", &reason)]].concat())
        }
    }
}

/// An exchange for programs.
#[derive(Serialize)]
struct Line<'a> {
    transcript: &'a str,
    line: usize,
    command: &'a postproof_model::Bytes,
    outcome: &'a SmtpOutcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<&'a [Tried]>,
}

impl<'a> Line<'a> {
    fn of(transcript: &'a str, exchange: &'a Exchange, trace: bool) -> Self {
        Self {
            transcript,
            line: exchange.line,
            command: &exchange.command,
            outcome: &exchange.outcome,
            tried: trace.then_some(exchange.tried.as_slice()),
        }
    }
}
