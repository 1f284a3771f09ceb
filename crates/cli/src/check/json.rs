//! Verdicts for programs: one object a line.

use std::io::Write;

use postproof_model::decoded::{Decoded, DecodedOnlyRules};
use postproof_model::message::UnknownKey;
use postproof_model::{
    Bytes, Class, DeliveryVerdict, Disposition, Effect, Event, Fault, Lines, MessageVerdict, Unsettled,
};
use postproof_words::verdicts;
use serde::Serialize;

/// One message's verdict for programs.
#[derive(Serialize)]
struct Line<'a> {
    input: &'a str,
    disposition: Disposition,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_unknown_rules_miss: Option<Disposition>,
    reply: Option<String>,
    log: Vec<Bytes>,
    faults: &'a [Fault],
    events: Vec<EventLine<'a>>,
    events_left_out: usize,
    unknown: &'a [UnknownKey],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unsettled: &'a [Unsettled],
    filter: &'a Option<Bytes>,
    redirect: &'a Option<Bytes>,
    bcc: &'a [Bytes],
    message_after: &'a Option<Bytes>,
    #[serde(flatten)]
    people: People<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<DeliveryLine<'a>>,
}

/// What people see of a message.
#[derive(Serialize)]
pub(super) struct People<'a> {
    /// The rules that match only that.
    pub(super) decoded_only: &'a DecodedOnlyRules,
    /// The message, decoded, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) decoded: Option<&'a Decoded>,
}

/// What smtp(8) does to the message, for programs.
#[derive(Serialize)]
struct DeliveryLine<'a> {
    deferred: bool,
    log: Vec<Bytes>,
    events: Vec<EventLine<'a>>,
    events_left_out: usize,
    unknown: &'a [UnknownKey],
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

impl<'a> EventLine<'a> {
    fn of(event: &'a Event) -> Self {
        Self {
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
        }
    }
}

/// What is logged, a line each.
fn log_lines(events: &[Event]) -> Vec<Bytes> {
    let logged = events.iter().filter_map(|event| event.log.as_ref());
    logged.flat_map(|log| log.split(|&byte| byte == b'\n')).map(Bytes::from).collect()
}

/// Writes one message's verdicts.
pub(super) fn write(
    out: &mut impl Write,
    name: &str,
    verdict: &MessageVerdict,
    people: People<'_>,
    delivered: Option<&DeliveryVerdict>,
) -> std::io::Result<()> {
    let delivery = delivered.map(|delivered| DeliveryLine {
        deferred: delivered.deferred,
        log: log_lines(&delivered.events),
        events: delivered.events.iter().map(EventLine::of).collect(),
        events_left_out: delivered.events_left_out,
        unknown: &delivered.unknown,
        message_after: &delivered.message_after,
    });
    let line = Line {
        input: name,
        disposition: verdict.disposition,
        if_unknown_rules_miss: verdict.if_unknown_rules_miss,
        reply: verdict.reply.as_ref().map(ToString::to_string),
        // What is wrong with the message itself is logged when it ends.
        log: log_lines(&verdict.events)
            .into_iter()
            .chain(verdict.faults.iter().filter_map(|fault| fault.log.clone()))
            .collect(),
        faults: &verdict.faults,
        events: verdict.events.iter().map(EventLine::of).collect(),
        events_left_out: verdict.events_left_out,
        unknown: &verdict.unknown,
        unsettled: &verdict.unsettled,
        filter: &verdict.filter,
        redirect: &verdict.redirect,
        bcc: &verdict.bcc,
        message_after: &verdict.message_after,
        people,
        delivery,
    };
    writeln!(out, "{}", serde_json::to_string(&line)?)
}
