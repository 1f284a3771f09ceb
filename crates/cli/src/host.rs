//! `postproof host`: clients through access tables.

use std::io::{BufWriter, Read as _, Write};

use clap::ArgMatches;
use postproof_model::{Answer, HostOutcome, HostVerdict, TableKind};
use postproof_rules::host::{clients, evaluate};
use postproof_rules::s25r;
use postproof_rules::table::{Opener, Table};
use postproof_words::{Lang, command, verdicts};
use serde::Serialize;

use crate::answers::Answers;
use crate::arguments::{Format, values};
use crate::map::Map;
use crate::marked;
use crate::outcome::{FINDING, Failure, SUCCESS};

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let hosts = values(matches, "host");
    if hosts.is_empty() {
        return Err(Failure::misuse(command::NO_HOSTS.say(lang).to_owned()));
    }
    let tables = tables(&values(matches, "table"), &Answers::read(matches, lang)?, lang)?;
    let format = Format::of(matches);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut status = SUCCESS;
    let mut answer = |host: &[u8], line: usize| -> Result<(), Failure> {
        let verdict = evaluate(&tables, host, line);
        if verdict.outcome == HostOutcome::Unknown {
            status = FINDING;
        }
        write(&mut out, &verdict, format, lang).map_err(|error| Failure::write(&error, lang))
    };
    for (index, host) in hosts.into_iter().enumerate() {
        if host == "-" {
            let mut input = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut input);
            read.map_err(|error| Failure::read("-", &error, lang))?;
            for (line, host) in clients(&input) {
                answer(host, line)?;
            }
        } else {
            answer(host.as_bytes(), index + 1)?;
        }
    }
    out.flush().map_err(|error| Failure::write(&error, lang))?;
    Ok(status)
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

fn write(out: &mut impl Write, verdict: &HostVerdict, format: Format, lang: Lang) -> std::io::Result<()> {
    match format {
        Format::Text => text(out, verdict, lang),
        Format::Json => {
            let line = serde_json::to_string(&Line::of(verdict))?;
            writeln!(out, "{line}")
        }
    }
}

/// The lookup that decided, or the last that found something.
fn deciding(verdict: &HostVerdict) -> Option<&postproof_model::KeyLookup> {
    verdict.lookups.iter().rev().find(|lookup| lookup.answer != Answer::NotFound)
}

fn text(out: &mut impl Write, verdict: &HostVerdict, lang: Lang) -> std::io::Result<()> {
    let outcome = verdicts::host_outcome(&verdict.outcome, lang);
    writeln!(out, "{}: {outcome}", marked::printable(&verdict.input))?;
    if let HostOutcome::Rejected(reply) = &verdict.outcome {
        writeln!(out, "    {}", marked::printable(reply.to_string().as_bytes()))?;
    }
    match deciding(verdict).map(|lookup| (lookup, &lookup.answer)) {
        None => writeln!(out, "    {}", command::NOTHING_FIRES.say(lang))?,
        Some((_, Answer::NotFound)) => {}
        Some((_, Answer::Unknown { rule, reason })) => {
            let name = rule_name(rule, lang);
            writeln!(out, "    {name}: {}", verdicts::unknown_reason(reason, lang))?;
        }
        Some((lookup, Answer::Found(hit))) => {
            writeln!(out, "    {}: {}", rule_name(&hit.rule, lang), marked::printable(&hit.rule.text))?;
            for line in marked::lines(&lookup.key, hit.matched, "        ") {
                writeln!(out, "{line}")?;
            }
            if !lookup.also.is_empty() {
                let rules: Vec<String> = lookup.also.iter().map(|rule| rule_name(rule, lang)).collect();
                writeln!(out, "    {}", command::ALSO.fill(lang, &[("rules", &rules.join(", "))]))?;
            }
        }
    }
    if verdict.address.is_none() && verdict.outcome == HostOutcome::Undecided {
        writeln!(out, "    {}", command::ADDRESS_NOT_GIVEN.say(lang))?;
    }
    Ok(())
}

/// A rule's name: S25R's own where it is one of its rules, and where it stands.
pub(crate) fn rule_name(rule: &postproof_model::RuleRef, lang: Lang) -> String {
    let at = verdicts::rule_at(rule, lang);
    match rule.s25r {
        None => at,
        Some(number) => {
            let name = verdicts::S25R_RULE.fill(lang, &[("number", &number.to_string())]);
            if rule.table == s25r::TABLE_NAME { name } else { format!("{at} ({name})") }
        }
    }
}

/// A verdict for programs.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    verdict: &'a HostVerdict,
    /// The reply as one line.
    reply: Option<String>,
    /// The number of the S25R rule that decided.
    s25r: Option<u8>,
}

impl<'a> Line<'a> {
    fn of(verdict: &'a HostVerdict) -> Self {
        let reply = match &verdict.outcome {
            HostOutcome::Rejected(reply) => Some(reply.to_string()),
            _ => None,
        };
        let s25r = match deciding(verdict).map(|lookup| &lookup.answer) {
            Some(Answer::Found(hit)) => hit.rule.s25r,
            _ => None,
        };
        Self { verdict, reply, s25r }
    }
}
