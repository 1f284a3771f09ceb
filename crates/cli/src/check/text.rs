//! Verdicts for people.

use std::io::Write;

use postproof_model::decoded::{Decoded, DecodedOnlyRules};
use postproof_model::message::UnknownKey;
use postproof_model::{Bytes, Class, DeliveryVerdict, Effect, Event, MessageVerdict, Span};
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::table::Table;
use postproof_words::{Lang, command, decoded, page, verdicts};

use super::diff;
use crate::host::rule_name;
use crate::marked;

/// Writes one message's verdict.
pub(super) fn write(out: &mut impl Write, name: &str, verdict: &MessageVerdict, lang: Lang) -> std::io::Result<()> {
    writeln!(out, "{name}: {}", verdicts::disposition(verdict.disposition).say(lang))?;
    if let Some(disposition) = verdict.if_unknown_rules_miss {
        let disposition = verdicts::disposition(disposition).say(lang);
        writeln!(out, "    {}", command::IF_MISSED.fill(lang, &[("disposition", disposition)]))?;
    }
    if let Some(reply) = &verdict.reply {
        let reply = marked::printable(reply.to_string().as_bytes());
        writeln!(out, "    {}", command::SENDER_IS_TOLD.fill(lang, &[("reply", &reply)]))?;
    }
    for fault in &verdict.faults {
        let place = match fault.line {
            0 => page::ADDED_RECEIVED.say(lang).to_owned(),
            line => page::ON_LINE.fill(lang, &[("line", &line.to_string())]),
        };
        writeln!(out, "    {}", page::fault(fault.kind).fill(lang, &[("place", &place)]))?;
    }
    for event in &verdict.events {
        event_text(out, event, lang)?;
    }
    for unsettled in &verdict.unsettled {
        writeln!(out, "    {}", verdicts::unsettled(unsettled, lang))?;
    }
    unknown_text(out, &verdict.unknown, lang)?;
    if verdict.events.is_empty() && verdict.unknown.is_empty() {
        writeln!(out, "    {}", command::NOTHING_FIRES.say(lang))?;
    }
    Ok(())
}

/// The rules that match only what people read.
pub(super) fn decoded_only(out: &mut impl Write, rules: &DecodedOnlyRules, lang: Lang) -> std::io::Result<()> {
    for found in &rules.found {
        writeln!(out, "    {}", decoded::decoded_only(&rule_name(&found.rule, lang), lang))?;
        writeln!(out, "        {}", decoded::comes_from(found, lang))?;
        for line in marked::lines(&Bytes::from(found.text.as_str()), found.matched, "            ") {
            writeln!(out, "{line}")?;
        }
        if found.further > 0 {
            let count = found.further.to_string();
            writeln!(out, "        {}", decoded::FURTHER.fill(lang, &[("count", &count)]))?;
        }
    }
    if !rules.complete {
        writeln!(out, "    {}", decoded::NOT_ALL.say(lang))?;
    }
    Ok(())
}

/// What people read of the message: headers and bodies whose text is not the raw one, beside the numbers of their lines.
pub(super) fn decoded(out: &mut impl Write, read: Option<&Decoded>, lang: Lang) -> std::io::Result<()> {
    let Some(read) = read else { return Ok(()) };
    writeln!(out, "    {}", decoded::WHAT_PEOPLE_READ.say(lang))?;
    let number = |lines: postproof_model::Lines| format!("{:>6}", lines.first);
    for header in &read.headers {
        // A header that Postfix's tables see as people do keeps its folds.
        let text = header.text.replace('\n', "");
        writeln!(out, "    {} | {}", number(header.lines), marked::printable(text.as_bytes()))?;
        for problem in &header.problems {
            writeln!(out, "           {}", marked::printable(decoded::problem(problem, lang).as_bytes()))?;
        }
    }
    for body in &read.bodies {
        writeln!(out, "        {}", marked::printable(decoded::body(body, lang).as_bytes()))?;
        for problem in &body.problems {
            writeln!(out, "           {}", marked::printable(decoded::problem(problem, lang).as_bytes()))?;
        }
        for line in &body.text {
            writeln!(out, "    {} | {}", number(line.lines), marked::printable(line.text.as_bytes()))?;
        }
    }
    if read.bodies.is_empty() {
        writeln!(out, "        {}", decoded::NO_TEXT.say(lang))?;
    }
    if !read.complete {
        writeln!(out, "        {}", decoded::CUT.say(lang))?;
    }
    Ok(())
}

/// What the rules changed in the message.
pub(super) fn changes(
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

/// What smtp(8) does to the message.
pub(super) fn delivery(
    out: &mut impl Write,
    queued: Option<&Bytes>,
    verdict: Option<&DeliveryVerdict>,
    lang: Lang,
) -> std::io::Result<()> {
    let Some((queued, verdict)) = queued.zip(verdict) else { return Ok(()) };
    writeln!(out, "    {}", command::WHILE_DELIVERING.say(lang))?;
    for event in &verdict.events {
        event_text(out, event, lang)?;
    }
    unknown_text(out, &verdict.unknown, lang)?;
    if verdict.events.is_empty() && verdict.unknown.is_empty() {
        writeln!(out, "    {}", command::NOTHING_FIRES.say(lang))?;
    }
    if verdict.deferred {
        writeln!(out, "    {}", command::DELIVERY_DEFERRED.say(lang))?;
    }
    if let Some(after) = verdict.message_after.as_ref().filter(|after| *after != queued) {
        writeln!(out, "    {}", command::SENT_CHANGED.say(lang))?;
        diff::write(out, queued, after, "        ")?;
    }
    Ok(())
}

fn unknown_text(out: &mut impl Write, unknown: &[UnknownKey], lang: Lang) -> std::io::Result<()> {
    for unknown in unknown {
        let reason = verdicts::unknown_reason(&unknown.reason, lang);
        writeln!(out, "    {}: {}: {reason}", verdicts::UNKNOWN.say(lang), rule_name(&unknown.rule, lang))?;
        write_key(out, unknown.class, unknown.line, &unknown.key, None, lang)?;
    }
    Ok(())
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
    let from_milter = class == Class::MilterHeader;
    let class = verdicts::class(class).say(lang);
    let place = match line {
        0 if from_milter => command::ON_CLASS.fill(lang, &[("class", class)]),
        0 => command::ON_RECEIVED.say(lang).to_owned(),
        _ => command::ON_KEY.fill(lang, &[("class", class), ("line", &line.to_string())]),
    };
    writeln!(out, "        {place}")?;
    for line in marked::lines(key, matched, "            ") {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
