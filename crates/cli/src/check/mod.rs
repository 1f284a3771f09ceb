//! `postproof check`: messages through header and body checks.

mod diff;
mod envelope;
mod inputs;
mod progress;

use std::io::{BufWriter, Write};

use clap::ArgMatches;
use postproof_model::message::UnknownKey;
use postproof_model::{Bytes, Class, Disposition, Effect, Event, Lines, MessageVerdict, Span};
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::message::Version;
use postproof_rules::table::{Opener, Table};
use postproof_words::{Lang, command, verdicts};
use serde::Serialize;

use crate::answers::Answers;
use crate::arguments::{Format, values};
use crate::host::rule_name;
use crate::map::Map;
use crate::marked;
use crate::outcome::{FINDING, Failure, SUCCESS};
use inputs::{Inputs, Kind, Message};
use progress::Progress;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let checks = checks(matches, lang)?;
    let envelope = envelope::envelope(matches, lang)?;
    let names = values(matches, "message");
    if names.is_empty() {
        return Err(Failure::misuse(command::NO_MESSAGES.say(lang).to_owned()));
    }
    let kind = match matches.get_one::<String>("input").map(String::as_str) {
        Some("message") => Kind::Message,
        Some("mbox") => Kind::Mbox,
        _ => Kind::Auto,
    };
    let format = Format::of(matches);
    let mut progress = Progress::new(lang);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut status = SUCCESS;
    let mut count = 0;
    for found in Inputs::new(&names, kind) {
        let Message { name, bytes } = found.map_err(|(name, error)| {
            Failure::misuse(command::CANNOT_READ.fill(lang, &[("file", &*name), ("reason", &error.to_string())]))
        })?;
        count += 1;
        let verdict = checks.evaluate(&bytes, &envelope);
        if verdict.disposition == Disposition::Unknown {
            status = FINDING;
        }
        let written = match format {
            Format::Text => text(&mut out, &name, &verdict, lang)
                .and_then(|()| changes(&mut out, &bytes, &envelope, &verdict, lang)),
            Format::Json => json(&mut out, &name, &verdict),
        };
        written.and_then(|()| out.flush()).map_err(|error| Failure::write(&error, lang))?;
        progress.message(bytes.len());
    }
    if count == 0 {
        return Err(Failure::misuse(command::NO_MESSAGES_IN.fill(lang, &[("names", &names.join(" "))])));
    }
    Ok(status)
}

fn checks(matches: &ArgMatches, lang: Lang) -> Result<ContentChecks, Failure> {
    let answers = Answers::read(matches, lang)?;
    let mut named = 0;
    let mut open = |option: &str| -> Result<Option<Vec<Table>>, Failure> {
        let maps = values(matches, option);
        named += maps.len();
        let tables = maps.iter().map(|map| Map::parse(map, lang)?.open_with_findings(Opener::CONTENT, &answers, lang));
        let tables = tables.collect::<Result<Vec<_>, String>>().map_err(Failure::misuse)?;
        Ok((!tables.is_empty()).then_some(tables))
    };
    let checks = ContentChecks {
        header: open("header-checks")?.unwrap_or_default(),
        mime_header: open("mime-header-checks")?,
        nested_header: open("nested-header-checks")?,
        body: open("body-checks")?.unwrap_or_default(),
        version: version(matches, lang)?,
        ..ContentChecks::default()
    };
    if named == 0 {
        return Err(Failure::misuse(command::NO_TABLES.say(lang).to_owned()));
    }
    Ok(checks)
}

/// The release of Postfix that is asked about.
fn version(matches: &ArgMatches, lang: Lang) -> Result<Version, Failure> {
    let Some(text) = matches.get_one::<String>("postfix") else { return Ok(Version::NEWEST) };
    text.parse().map_err(|_| Failure::misuse(command::NO_VERSION.fill(lang, &[("version", text)])))
}

fn text(out: &mut impl Write, name: &str, verdict: &MessageVerdict, lang: Lang) -> std::io::Result<()> {
    writeln!(out, "{name}: {}", verdicts::disposition(verdict.disposition).say(lang))?;
    if let Some(disposition) = verdict.if_unknown_rules_miss {
        let disposition = verdicts::disposition(disposition).say(lang);
        writeln!(out, "    {}", command::IF_MISSED.fill(lang, &[("disposition", disposition)]))?;
    }
    if let Some(reply) = &verdict.reply {
        let reply = marked::printable(reply.to_string().as_bytes());
        writeln!(out, "    {}", command::SENDER_IS_TOLD.fill(lang, &[("reply", &reply)]))?;
    }
    for event in &verdict.events {
        event_text(out, event, lang)?;
    }
    for unknown in &verdict.unknown {
        let reason = verdicts::unknown_reason(&unknown.reason, lang);
        writeln!(out, "    {}: {}: {reason}", verdicts::UNKNOWN.say(lang), rule_name(&unknown.rule, lang))?;
        write_key(out, unknown.class, unknown.line, &unknown.key, None, lang)?;
    }
    if verdict.events.is_empty() && verdict.unknown.is_empty() {
        writeln!(out, "    {}", command::NOTHING_FIRES.say(lang))?;
    }
    Ok(())
}

/// What the rules changed in the message.
fn changes(
    out: &mut impl Write,
    message: &[u8],
    envelope: &Envelope,
    verdict: &MessageVerdict,
    lang: Lang,
) -> std::io::Result<()> {
    let changes = |event: &Event| {
        matches!(event.effect, Effect::Removes | Effect::RemovesAndLogs | Effect::Replaces(_) | Effect::Prepends(_))
    };
    let Some(after) = verdict.message_after.as_ref().filter(|_| verdict.events.iter().any(changes)) else {
        return Ok(());
    };
    // Without rules the message is queued as it would be anyway, Received header and line ends and all.
    let Some(before) = ContentChecks::<Table>::default().evaluate(message, envelope).message_after else {
        return Ok(());
    };
    writeln!(out, "    {}", command::MESSAGE_CHANGED.say(lang))?;
    diff::write(out, &before, after, "        ")
}

fn event_text(out: &mut impl Write, event: &Event, lang: Lang) -> std::io::Result<()> {
    let rule = rule_name(&event.hit.rule, lang);
    let action = marked::printable(verdicts::action_name(&event.action).as_bytes());
    writeln!(out, "    {rule}: {action} ({})", marked::printable(&event.hit.rule.text))?;
    write_key(out, event.class, event.line, &event.key, event.hit.matched, lang)?;
    if !event.hit.groups.is_empty() {
        let groups = event.hit.groups.iter().enumerate().map(|(index, span)| {
            let text = span.map_or_else(|| "–".to_owned(), |span| marked::printable(event.key.slice(span)));
            format!("${}={text}", index + 1)
        });
        writeln!(out, "        {}: {}", command::GROUPS.say(lang), groups.collect::<Vec<_>>().join(" "))?;
    }
    writeln!(out, "        {}", marked::printable(verdicts::effect(&event.effect, lang).as_bytes()))?;
    if !event.also.is_empty() {
        let rules: Vec<String> = event.also.iter().map(|rule| rule_name(rule, lang)).collect();
        writeln!(out, "        {}", command::ALSO.fill(lang, &[("rules", &rules.join(", "))]))?;
    }
    Ok(())
}

fn write_key(
    out: &mut impl Write,
    class: Class,
    line: usize,
    key: &Bytes,
    matched: Option<Span>,
    lang: Lang,
) -> std::io::Result<()> {
    let class = verdicts::class(class).say(lang);
    let place = match line {
        0 => command::ON_RECEIVED.say(lang).to_owned(),
        _ => command::ON_KEY.fill(lang, &[("class", class), ("line", &line.to_string())]),
    };
    writeln!(out, "        {place}")?;
    for line in marked::lines(key, matched, "            ") {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// One message's verdict for programs.
#[derive(Serialize)]
struct Line<'a> {
    input: &'a str,
    disposition: Disposition,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_unknown_rules_miss: Option<Disposition>,
    reply: Option<String>,
    log: Vec<&'a Bytes>,
    events: Vec<EventLine<'a>>,
    events_left_out: usize,
    unknown: &'a [UnknownKey],
    filter: &'a Option<Bytes>,
    redirect: &'a Option<Bytes>,
    bcc: &'a [Bytes],
    message_after: &'a Option<Bytes>,
}

/// One rule that fired, for programs.
#[derive(Serialize)]
struct EventLine<'a> {
    class: Class,
    table: &'a str,
    line: usize,
    lines: Lines,
    pattern: &'a Bytes,
    matched: Option<Bytes>,
    groups: Vec<Option<Bytes>>,
    input_line: usize,
    key: &'a Bytes,
    action: String,
    text: &'a Bytes,
    effect: &'a Effect,
    also: Vec<usize>,
}

fn json(out: &mut impl Write, name: &str, verdict: &MessageVerdict) -> std::io::Result<()> {
    let events = verdict.events.iter().map(|event| EventLine {
        class: event.class,
        table: &event.hit.rule.table,
        line: event.hit.rule.lines.first,
        lines: event.hit.rule.lines,
        pattern: &event.hit.rule.text,
        matched: event.hit.matched.map(|span| Bytes::from(event.key.slice(span))),
        groups: event.hit.groups.iter().map(|span| span.map(|span| Bytes::from(event.key.slice(span)))).collect(),
        input_line: event.line,
        key: &event.key,
        action: verdicts::action_name(&event.action),
        text: &event.text,
        effect: &event.effect,
        also: event.also.iter().map(|rule| rule.lines.first).collect(),
    });
    let line = Line {
        input: name,
        disposition: verdict.disposition,
        if_unknown_rules_miss: verdict.if_unknown_rules_miss,
        reply: verdict.reply.as_ref().map(ToString::to_string),
        log: verdict.events.iter().filter_map(|event| event.log.as_ref()).collect(),
        events: events.collect(),
        events_left_out: verdict.events_left_out,
        unknown: &verdict.unknown,
        filter: &verdict.filter,
        redirect: &verdict.redirect,
        bcc: &verdict.bcc,
        message_after: &verdict.message_after,
    };
    writeln!(out, "{}", serde_json::to_string(&line)?)
}
