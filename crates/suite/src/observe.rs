//! From an input to what is seen of it.

use postproof_model::report::{Fired, Seen, UnknownSeen, Verdict};
use postproof_model::{
    Answer, Bytes, Class, DeliveryVerdict, Disposition, Effect, Event, Exchange, Hit, HostOutcome, HostTold, KeyLookup,
    SmtpOutcome, UnknownReason,
};
use postproof_rules::action::access;
use postproof_rules::content::{Envelope, Received};
use postproof_rules::host::served::{self, postmaster};
use postproof_rules::host::{self};
use postproof_rules::smtpd::{Server, World};
use postproof_rules::table::Maps;
use postproof_words::verdicts::action_name;

use crate::coverage::Hits;
use crate::inputs::Input;
use crate::prepare::{Checks, Prepared};
use crate::read::{Case, CaseEnvelope, Kind};

/// What is seen of one input.
#[derive(Clone, Debug)]
pub(crate) struct Observation {
    pub(crate) label: String,
    pub(crate) seen: Seen,
    /// The message as it is queued.
    pub(crate) message_after: Option<Bytes>,
    /// The message as smtp(8) sends it.
    pub(crate) message_sent: Option<Bytes>,
    /// Whether more rules fired than are listed.
    pub(crate) incomplete: bool,
    /// Whether the rules changed the message.
    pub(crate) changed: bool,
    /// The session, a line each, as people read it.
    pub(crate) transcript: Vec<String>,
    /// Which line of the session was to count.
    pub(crate) line: Option<String>,
    /// Whether there is no such line.
    pub(crate) no_such_line: bool,
}

impl Observation {
    fn new(label: &str, verdict: Verdict) -> Self {
        Self {
            label: label.to_owned(),
            seen: Seen { verdict, reply: None, fired: Vec::new(), unknown: Vec::new() },
            message_after: None,
            message_sent: None,
            incomplete: false,
            changed: false,
            transcript: Vec::new(),
            line: None,
            no_such_line: false,
        }
    }
}

impl Prepared {
    /// What is seen of one input of a case.
    pub(crate) fn observe(&self, index: usize, case: &Case, input: &Input, hits: &mut Hits) -> Observation {
        let checks = self.linked.get(&index).unwrap_or(&self.checks);
        match input.kind {
            Kind::Host => match &self.server {
                Some(server) if checks.access.is_empty() => self.of_served_host(server, input, hits),
                _ => of_host(checks, input, hits),
            },
            Kind::Key => match self.asked.get(&index) {
                Some(maps) => of_key(maps, input, hits),
                None => Observation::new(&input.label, Verdict::Unknown),
            },
            Kind::Session => match (self.linked_servers.get(&index), &self.server) {
                (Some((server, world)), _) => of_session(server, world, case, input, hits),
                (None, Some(server)) => of_session(server, &self.world, case, input, hits),
                (None, None) => Observation::new(&input.label, Verdict::Unknown),
            },
            Kind::Header => {
                let message = [&input.bytes, b"\n\n".as_slice()].concat();
                of_message(checks, case, input, &message, hits)
            }
            Kind::BodyLine => {
                let message = [b"\n", input.bytes.as_slice(), b"\n"].concat();
                of_message(checks, case, input, &message, hits)
            }
            Kind::Message | Kind::Link => of_message(checks, case, input, &input.bytes, hits),
        }
    }

    /// A host that goes through a server's lists, with mail to whoever is in charge there.
    fn of_served_host(&self, server: &Server, input: &Input, hits: &mut Hits) -> Observation {
        let recipient = postmaster(server.main_cf()).unwrap_or_default();
        let envelope = host::Envelope { recipient, ..host::Envelope::default() };
        let verdict = served::evaluate(server, &self.world, &envelope, &input.bytes, 1);
        let mut observation = Observation::new(&input.label, Verdict::Unknown);
        match &verdict.told {
            HostTold::Permitted => observation.seen.verdict = Verdict::Permitted,
            HostTold::Undecided => observation.seen.verdict = Verdict::Undecided,
            HostTold::Other(_) => observation.seen.verdict = Verdict::Other,
            HostTold::Rejected(line) => {
                let code = line.get(..3).and_then(|code| std::str::from_utf8(code).ok()?.parse().ok());
                observation.seen.verdict = code.map_or(Verdict::Unknown, Verdict::of_code);
                observation.seen.reply = Some(line.clone());
            }
            HostTold::Unknown(why) => {
                observation.seen.unknown.extend(why.clone().map(|why| UnknownSeen::Session { line: 0, why }));
            }
        }
        for lookup in verdict.tried.iter().flat_map(|tried| &tried.lookups) {
            if let Answer::Found(hit) = &lookup.answer {
                hits.hit(hit);
            }
            lookup_seen(&mut observation.seen, lookup, 0);
        }
        observation
    }
}

fn of_session(server: &Server, world: &World, case: &Case, input: &Input, hits: &mut Hits) -> Observation {
    let mut observation = Observation::new(&input.label, Verdict::Unknown);
    let mut session = server.session(world);
    if let Some(client) = &case.envelope.client {
        session = session.connected_from(&client.name, client.address.as_deref().unwrap_or_default());
    }
    let exchanges = session.run(&input.bytes);
    for exchange in &exchanges {
        for lookup in exchange.tried.iter().flat_map(|tried| &tried.lookups) {
            if let Answer::Found(hit) = &lookup.answer {
                hits.hit(hit);
            }
        }
        observation.transcript.extend(transcript(exchange));
    }
    observation.line.clone_from(&case.line);
    let says = |exchange: &&Exchange, word: &str| {
        exchange.command.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    let counted = match &case.line {
        Some(line) => exchanges.iter().find(|exchange| exchange.line > 0 && says(exchange, line)),
        // What became of the session: the first that was refused, or else what was said last.
        None => {
            let refused = |exchange: &&Exchange| verdict_of(&exchange.outcome) != Verdict::Accepted;
            let last = exchanges.iter().rev().find(|exchange| !says(exchange, "QUIT"));
            exchanges.iter().find(refused).or(last)
        }
    };
    let Some(counted) = counted else {
        observation.no_such_line = true;
        return observation;
    };
    observation.seen.verdict = verdict_of(&counted.outcome);
    if let SmtpOutcome::Said(lines) = &counted.outcome {
        observation.seen.reply =
            Some(Bytes::from(lines.iter().map(|line| &line[..]).collect::<Vec<_>>().join(&b"\n"[..])));
    }
    for exchange in &exchanges {
        if case.line.is_some() && exchange.line != counted.line {
            continue;
        }
        if let SmtpOutcome::Unknown(why) = &exchange.outcome {
            observation.seen.unknown.push(UnknownSeen::Session { line: exchange.line, why: why.clone() });
        }
        for lookup in exchange.tried.iter().flat_map(|tried| &tried.lookups) {
            lookup_seen(&mut observation.seen, lookup, exchange.line);
        }
    }
    observation
}

/// The verdict on a line of a session.
fn verdict_of(outcome: &SmtpOutcome) -> Verdict {
    match outcome {
        SmtpOutcome::Unknown(_) => Verdict::Unknown,
        SmtpOutcome::Silent => Verdict::Accepted,
        SmtpOutcome::Said(lines) => {
            let code = lines.last().and_then(|line| std::str::from_utf8(line.get(..3)?).ok()?.parse().ok());
            code.map_or(Verdict::Unknown, Verdict::of_code)
        }
    }
}

fn transcript(exchange: &Exchange) -> Vec<String> {
    let mut lines = Vec::new();
    if exchange.line > 0 {
        lines.push(format!("C: {}", exchange.command.lossy()));
    }
    match &exchange.outcome {
        SmtpOutcome::Silent => {}
        SmtpOutcome::Said(said) => lines.extend(said.iter().map(|line| format!("S: {}", line.lossy()))),
        SmtpOutcome::Unknown(_) => lines.push("S: ?".to_owned()),
    }
    lines
}

/// A lookup in an access table or the like.
fn lookup_seen(seen: &mut Seen, lookup: &KeyLookup, line: usize) {
    match &lookup.answer {
        Answer::NotFound => {}
        Answer::Found(hit) => {
            let action = action_name(&access::parse(&hit.result).0);
            seen.fired.push(fired(hit, None, line, &lookup.key, action));
        }
        Answer::Unknown { rule, reason } => {
            // A lookup that fails is an answer, too: the client is told to try again later.
            if !matches!(reason, UnknownReason::Fails(_)) {
                let rule = Box::new(rule.clone());
                seen.unknown.push(UnknownSeen::Lookup { rule, key: lookup.key.clone(), reason: reason.clone() });
            }
        }
    }
}

fn fired(hit: &Hit, class: Option<Class>, line: usize, key: &Bytes, action: String) -> Fired {
    Fired {
        rule: hit.rule.clone(),
        class,
        line,
        key: key.clone(),
        matched: hit.matched,
        groups: hit.groups.clone(),
        groups_unknown: hit.groups_unknown,
        action,
        result: hit.result.clone(),
    }
}

fn of_host(checks: &Checks, input: &Input, hits: &mut Hits) -> Observation {
    let verdict = host::evaluate(&checks.access, &input.bytes, 1);
    let mut observation = Observation::new(&input.label, Verdict::from(&verdict.outcome));
    if let HostOutcome::Rejected(reply) = &verdict.outcome {
        observation.seen.reply = Some(Bytes::from(reply.to_string()));
    }
    for lookup in &verdict.lookups {
        if let Answer::Found(hit) = &lookup.answer {
            hits.hit(hit);
        }
        lookup_seen(&mut observation.seen, lookup, 0);
    }
    observation
}

fn of_key(maps: &Maps, input: &Input, hits: &mut Hits) -> Observation {
    let answer = maps.find(&input.bytes).answer;
    let key = Bytes::from(input.bytes.as_slice());
    match answer {
        Answer::NotFound => Observation::new(&input.label, Verdict::NotFound),
        Answer::Found(hit) => {
            hits.hit(&hit);
            let mut observation = Observation::new(&input.label, Verdict::Found);
            observation.seen.fired.push(fired(&hit, None, 0, &key, String::new()));
            observation
        }
        Answer::Unknown { rule, reason } => {
            let mut observation = Observation::new(&input.label, Verdict::Unknown);
            observation.seen.unknown.push(UnknownSeen::Lookup { rule: Box::new(rule), key, reason });
            observation
        }
    }
}

fn of_message(checks: &Checks, case: &Case, input: &Input, message: &[u8], hits: &mut Hits) -> Observation {
    let envelope = envelope(&case.envelope, matches!(input.kind, Kind::Message | Kind::Link));
    let verdict = checks.content.evaluate(message, &envelope);
    let mut observation = Observation::new(&input.label, Verdict::from(verdict.disposition));
    observation.seen.reply = verdict.reply.as_ref().map(|reply| Bytes::from(reply.to_string()));
    for event in &verdict.events {
        event_seen(&mut observation, event, hits);
    }
    observation.incomplete = verdict.events_left_out > 0;
    let mut unknown = verdict.unknown;
    let queued = verdict.message_after;
    // A held message waits, and nobody knows for how long.
    if let Some(queued) = queued.as_ref().filter(|_| verdict.disposition != Disposition::Held) {
        let DeliveryVerdict { events, events_left_out, unknown: more, message_after, .. } =
            checks.delivery.evaluate(queued);
        observation.incomplete |= events_left_out > 0;
        for event in &events {
            event_seen(&mut observation, event, hits);
        }
        unknown.extend(more);
        observation.message_sent = message_after;
    }
    observation.message_after = queued;
    observation.seen.unknown.extend(unknown.into_iter().map(|unknown| UnknownSeen::Lookup {
        rule: Box::new(unknown.rule),
        key: unknown.key,
        reason: unknown.reason,
    }));
    observation
}

fn event_seen(observation: &mut Observation, event: &Event, hits: &mut Hits) {
    hits.hit(&event.hit);
    let changes =
        matches!(event.effect, Effect::Removes | Effect::RemovesAndLogs | Effect::Replaces(_) | Effect::Prepends(_));
    observation.changed |= changes;
    let action = action_name(&event.action);
    observation.seen.fired.push(fired(&event.hit, Some(event.class), event.line, &event.key, action));
}

/// Who sends the message to whom: as the command check has it, where the case does not say.
fn envelope(said: &CaseEnvelope, whole: bool) -> Envelope {
    let mut envelope = Envelope { received: whole.then(Received::default), ..Envelope::default() };
    if let Some(client) = &said.client {
        envelope.client_name = client.name.lossy().into_owned();
        envelope.client_address =
            client.address.as_ref().map(|address| address.lossy().into_owned()).unwrap_or_default();
        // Most clients say what their name is; one without a name says its address.
        envelope.helo = match &envelope.client_name {
            name if name == "unknown" => envelope.address_literal(),
            name => name.clone(),
        };
    }
    if let Some(helo) = &said.helo {
        envelope.helo.clone_from(helo);
    }
    if let Some(protocol) = &said.protocol {
        envelope.protocol.clone_from(protocol);
    }
    let bare = |address: &str| {
        let inside = address.strip_prefix('<').and_then(|address| address.strip_suffix('>'));
        inside.unwrap_or(address).to_owned()
    };
    if let Some(sender) = &said.sender {
        envelope.sender = bare(sender);
    }
    if let Some(last) = said.recipients.last() {
        envelope.recipient = bare(last);
        if let Some(received) = &mut envelope.received {
            received.names_recipient = said.recipients.len() == 1;
        }
    }
    envelope.milter_headers = said.milter_headers.iter().map(|header| header.clone().into_bytes()).collect();
    envelope
}
