//! What a real Postfix does to messages, and whether ours says the same.

use std::collections::{HashMap, HashSet};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use postproof_model::{Bytes, Disposition, MessageVerdict};
use postproof_rules::content::{ContentChecks, Envelope, Received};

use super::private_postfix::{MY_HOSTNAME, PrivatePostfix};
use super::smtp_session::{CLIENT_ADDRESS, CLIENT_NAME, HELO, SmtpSession};

pub const RECIPIENT: &str = "recipient@example.net";

/// What became of one message.
#[derive(Debug, Default)]
pub struct Answer {
    /// The reply at the end of the data.
    pub reply: Vec<u8>,
    pub queue_id: String,
    /// cleanup's lines about the message from after the queue id on, and its warnings.
    pub log: Vec<Vec<u8>>,
    /// The message as delivered or held, without what delivery adds.
    pub after: Option<Vec<u8>>,
    /// Whom it was delivered to.
    pub recipients: Vec<String>,
    pub held: bool,
    pub discarded: bool,
    /// Whether nothing was left of the message: the queue manager takes that for a damaged file and sets it aside.
    pub emptied: bool,
    /// When it was sent, from and to, in seconds of Unix time.
    pub seconds: (u64, u64),
}

/// The sender of a message: unlike all others, so that what is delivered can be told apart.
pub fn sender(index: usize) -> String {
    format!("m{index}@example.com")
}

pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

/// Sends messages through a rule set, one after the other.
pub fn ask<'m>(postfix: &PrivatePostfix, set: usize, messages: impl Iterator<Item = &'m [u8]>) -> Vec<Answer> {
    ask_with(postfix, set, "", messages)
}

/// The same, with parameters of MAIL, such as ` BODY=8BITMIME`.
pub fn ask_with<'m>(
    postfix: &PrivatePostfix,
    set: usize,
    mail_parameters: &str,
    messages: impl Iterator<Item = &'m [u8]>,
) -> Vec<Answer> {
    let before = postfix.log().len();
    let mut session = SmtpSession::open(postfix.address(set));
    session.mail_parameters = mail_parameters.to_owned();
    let mut answers: Vec<Answer> = messages
        .enumerate()
        .map(|(index, message)| {
            let start = now();
            let reply = session.send(&sender(index), RECIPIENT, message);
            Answer { reply, seconds: (start, now()), ..Answer::default() }
        })
        .collect();
    drop(session);
    let mut read = 0;
    for round in 0.. {
        let log = postfix.log().split_off(before);
        // Programs log side by side, so a line may come after the reply that it belongs to: the log must have come to
        // rest. What is still under way after a minute shows as not delivered.
        if (read_log(&log, set, &mut answers) && log.len() == read) || round == 200 {
            break;
        }
        read = log.len();
        sleep(Duration::from_millis(300));
    }
    for message in postfix.take_delivered() {
        let (index, recipient, message) = without_delivery_lines(&message);
        let answer = &mut answers[index];
        answer.recipients.push(recipient);
        answer.after = Some(message);
    }
    for answer in answers.iter_mut().filter(|answer| answer.held && !answer.discarded && answer.reply.starts_with(b"2"))
    {
        answer.after = Some(postfix.queued(&answer.queue_id));
    }
    answers
}

/// Takes from the log what concerns each message; says whether all that is to be delivered is.
fn read_log(log: &[u8], set: usize, answers: &mut [Answer]) -> bool {
    let [smtpd, cleanup] = ["smtpd", "cleanup"].map(|program| format!(" set{set}/{program}["));
    let mut current = None;
    let mut by_queue_id = HashMap::new();
    let (mut removed, mut emptied) = (HashSet::new(), HashSet::new());
    for answer in answers.iter_mut() {
        answer.log.clear();
    }
    for line in log.split(|&byte| byte == b'\n') {
        let Some(text) = find(line, b"]: ").and_then(|at| line.get(at + 3..)) else { continue };
        let contains = |name: &str| find(line, name.as_bytes()).is_some_and(|at| at < 60);
        if contains(&smtpd) {
            if let Some(at) = find(text, b": client=") {
                let next = current.map_or(0, |index| index + 1);
                answers[next].queue_id = String::from_utf8_lossy(&text[..at]).into_owned();
                by_queue_id.insert(text[..at].to_vec(), next);
                current = Some(next);
            }
        } else if contains(&cleanup) {
            // A line with a queue id may come late, when smtpd has gone on to the next message.
            let about = text.strip_prefix(b"warning: ").unwrap_or(text);
            let id = find(about, b": ").and_then(|at| about.get(..at)).unwrap_or_default();
            let Some(index) = by_queue_id.get(id).copied().or(current) else { continue };
            note_line(text, &mut answers[index]);
        } else if let Some(id) = text.strip_suffix(b": removed") {
            removed.insert(String::from_utf8_lossy(id).into_owned());
        } else if let Some(id) = text.strip_prefix(b"warning: saving corrupt file \"") {
            let id = id.split(|&byte| byte == b'"').next().unwrap_or_default();
            emptied.insert(String::from_utf8_lossy(id).into_owned());
        }
    }
    for answer in answers.iter_mut().filter(|answer| emptied.contains(&answer.queue_id)) {
        answer.emptied = true;
    }
    current.map_or(0, |index| index + 1) == answers.len()
        && answers.iter().all(|answer| {
            let gone = answer.held || answer.discarded || answer.emptied || !answer.reply.starts_with(b"2");
            gone || removed.contains(&answer.queue_id)
        })
}

/// One line of cleanup, kept if it is about a rule or a fault.
fn note_line(text: &[u8], answer: &mut Answer) {
    let id = format!("{}: ", answer.queue_id);
    let warning = text.strip_prefix(b"warning: ");
    let about = text.strip_prefix(id.as_bytes()).or_else(|| warning?.strip_prefix(id.as_bytes()));
    if let Some(line) = about {
        if line.starts_with(b"message-id=") || line.starts_with(b"resent-message-id=") {
            return;
        }
        let done = line.strip_prefix(b"milter-header-").unwrap_or(line);
        answer.held |= done.starts_with(b"hold: ");
        answer.discarded |= done.starts_with(b"discard: ");
        answer.log.push(line.to_vec());
        return;
    }
    // Others are about the table, or are said beside a line that a verdict holds.
    let about_an_action = |said: &[u8]| {
        if said == b"the milter_header/body_checks prepend action is not implemented" {
            return true;
        }
        let parameter =
            ["header_checks", "mime_header_checks", "nested_header_checks", "milter_header_checks", "body_checks"];
        parameter.iter().any(|parameter| find(said, format!(" in {parameter}").as_bytes()).is_some())
            && find(said, b"_checks lookup of ").is_none_or(|at| at >= 20)
    };
    if warning.is_some_and(about_an_action) {
        answer.log.push(text.to_vec());
    }
}

pub fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// Takes the lines off that delivery puts on top: the message's index, the recipient, the message.
fn without_delivery_lines(message: &[u8]) -> (usize, String, Vec<u8>) {
    let mut lines = message.splitn(4, |&byte| byte == b'\n');
    let mut line = || String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let (return_path, _original, delivered) = (line(), line(), line());
    let index = return_path
        .strip_prefix("Return-Path: <m")
        .and_then(|rest| rest.strip_suffix("@example.com>")?.parse().ok())
        .unwrap_or_else(|| panic!("a delivered message starts with its sender, not with {return_path}"));
    let recipient = delivered.strip_prefix("Delivered-To: ").expect("a delivered message has its recipient");
    (index, recipient.to_owned(), lines.next().unwrap_or_default().to_vec())
}

/// A moment as smtpd's Received header writes it.
fn date(seconds: u64) -> String {
    let days = seconds / 86_400;
    let (mut year, mut day) = (1970, days);
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while day >= 365 + u64::from(leap(year)) {
        day -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while day >= lengths[month] {
        day -= lengths[month];
        month += 1;
    }
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!(
        "{}, {:02} {} {year} {hour:02}:{minute:02}:{second:02} +0000 (UTC)",
        weekdays[(days % 7) as usize],
        day + 1,
        names[month]
    )
}

/// The envelope of message `index`; with smtpd's Received header where `received` gives its queue id and second.
pub fn envelope(index: usize, received: Option<(&str, u64)>) -> Envelope {
    Envelope {
        client_name: CLIENT_NAME.to_owned(),
        client_address: CLIENT_ADDRESS.to_owned(),
        helo: HELO.to_owned(),
        protocol: "ESMTP".to_owned(),
        sender: sender(index),
        recipient: RECIPIENT.to_owned(),
        milter_headers: Vec::new(),
        received: received.map(|(queue_id, second)| Received {
            my_hostname: MY_HOSTNAME.to_owned(),
            queue_id: queue_id.to_owned(),
            date: date(second),
            ..Received::default()
        }),
    }
}

/// A verdict, as far as a server shows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    pub reply: Bytes,
    /// The log's lines; those about the message's structure come last.
    pub log: Vec<Bytes>,
    pub after: Option<Bytes>,
    /// Whom it goes to, of those whose address needs no rewriting; none where it goes nowhere.
    pub recipients: Option<Vec<String>>,
}

impl Shown {
    pub fn of_verdict(verdict: &MessageVerdict) -> Self {
        let reply = verdict.reply.as_ref().map_or(Bytes::from("250"), |reply| {
            [format!("{} {} ", reply.code, reply.status).as_bytes(), &reply.text].concat().into()
        });
        let lines = verdict.events.iter().filter_map(|event| event.log.as_ref());
        let mut log: Vec<Bytes> = lines.flat_map(|log| log.split(|&byte| byte == b'\n')).map(Bytes::from).collect();
        log.extend(verdict.faults.iter().filter_map(|fault| fault.log.clone()));
        let recipients = match (verdict.disposition, &verdict.redirect) {
            (Disposition::Accepted | Disposition::Redirected, Some(redirect)) => Some(plain(vec![lossy(redirect)])),
            (Disposition::Accepted | Disposition::Redirected, None) => {
                let mut all: Vec<String> = verdict.bcc.iter().map(|bcc| lossy(bcc)).collect();
                all.push(RECIPIENT.to_owned());
                Some(plain(all))
            }
            _ => None,
        };
        let after = verdict.message_after.as_ref().map(|message| {
            let mut message = message.clone();
            // Delivery ends a last line that was left open.
            if !message.ends_with(b"\n") && !message.is_empty() {
                message.0.push(b'\n');
            }
            message
        });
        Self { reply, log, after, recipients }
    }

    pub fn of_answer(answer: &Answer) -> Self {
        let reply =
            if answer.reply.starts_with(b"250 2.0.0 Ok: queued as ") { b"250" } else { answer.reply.as_slice() };
        let structure = |line: &Vec<u8>| {
            line.starts_with(b"reject: mime-error ") || line.starts_with(b"message rejected: hopcount")
        };
        let (last, mut log): (Vec<_>, Vec<_>) = answer.log.iter().cloned().partition(structure);
        log.extend(last);
        let gone = answer.held || answer.discarded || answer.emptied || !answer.reply.starts_with(b"2");
        Self {
            reply: reply.into(),
            log: log.into_iter().map(Bytes::from).collect(),
            after: answer.after.clone().map(Bytes::from),
            recipients: (!gone).then(|| plain(answer.recipients.clone())),
        }
    }
}

/// The addresses that delivery leaves as they are, sorted.
fn plain(mut addresses: Vec<String>) -> Vec<String> {
    let is_plain = |address: &str| {
        let local = address.strip_suffix("@example.net");
        local.is_some_and(|local| local.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    addresses.retain(|address| is_plain(address));
    addresses.sort();
    addresses.dedup();
    addresses
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Compares ours with theirs: the second in which smtpd dated the message, or the difference in words for developers.
pub fn compare(checks: &ContentChecks, index: usize, message: &[u8], answer: &Answer) -> Result<u64, String> {
    compare_with(checks, index, message, &[], answer)
}

/// As [`compare`], where a milter adds headers.
pub fn compare_with(
    checks: &ContentChecks,
    index: usize,
    message: &[u8],
    milter_headers: &[Vec<u8>],
    answer: &Answer,
) -> Result<u64, String> {
    let theirs = Shown::of_answer(answer);
    let mut first = None;
    for second in answer.seconds.0..=answer.seconds.1 {
        let envelope =
            Envelope { milter_headers: milter_headers.to_vec(), ..envelope(index, Some((&answer.queue_id, second))) };
        let verdict = checks.evaluate(message, &envelope);
        if verdict.disposition == Disposition::Unknown || verdict.events_left_out > 0 {
            return Err(format!("no certain verdict: {:?}", verdict.unknown.first()));
        }
        let ours = Shown::of_verdict(&verdict);
        if ours == theirs {
            return Ok(second);
        }
        first.get_or_insert_with(|| describe(&ours, &theirs));
    }
    Err(first.unwrap_or_default())
}

fn line(line: Option<&Bytes>) -> String {
    let Some(line) = line else { return "no line".to_owned() };
    let shown = |bytes: &[u8]| bytes.escape_ascii().to_string();
    match line.len() {
        0..=600 => shown(line),
        length => format!("{} … {} ({length} bytes)", shown(&line[..300]), shown(&line[length - 200..])),
    }
}

fn describe(ours: &Shown, theirs: &Shown) -> String {
    let mut text = String::new();
    if ours.reply != theirs.reply {
        text += &format!("  reply\n    ours   {:?}\n    theirs {:?}\n", ours.reply, theirs.reply);
    }
    if ours.recipients != theirs.recipients {
        text += &format!("  recipients\n    ours   {:?}\n    theirs {:?}\n", ours.recipients, theirs.recipients);
    }
    if ours.log != theirs.log {
        let at = ours.log.iter().zip(&theirs.log).take_while(|(a, b)| a == b).count();
        text += &format!(
            "  log, line {at} of {} and {}\n    ours   {}\n    theirs {}\n",
            ours.log.len(),
            theirs.log.len(),
            line(ours.log.get(at)),
            line(theirs.log.get(at))
        );
    }
    if ours.after != theirs.after {
        let empty = Bytes::default();
        let (a, b) = (ours.after.as_ref().unwrap_or(&empty), theirs.after.as_ref().unwrap_or(&empty));
        let at = a.iter().zip(b.iter()).take_while(|(a, b)| a == b).count();
        let around = |bytes: &[u8]| bytes[at.saturating_sub(40)..bytes.len().min(at + 60)].escape_ascii().to_string();
        text += &format!("  message, byte {at}\n    ours   {}\n    theirs {}\n", around(a), around(b));
    }
    text
}
