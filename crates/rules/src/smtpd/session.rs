//! One client's session: commands in, replies out.
//!
//! The client is whom XCLIENT names, whatever smtpd_authorized_xclient_hosts says. Each line waits for its
//! reply; there is no TLS; who is logged in says `XCLIENT LOGIN=`. How many connections and messages there were before
//! (smtpd_client_connection_rate_limit and its kin), how long the client waits and how much room the disk has plays no
//! part.
//!
//! (Postfix: `smtpd_proto`, `helo_cmd`, `ehlo_cmd`, `mail_cmd`, `rcpt_cmd`, `data_cmd`, `xclient_cmd`.)

use postproof_model::{Action, Bytes, Disposition, Exchange, Reply, SmtpOutcome, SmtpUnknown, Tried, Unsettled};

mod commands;
mod ehlo;
mod footer;

use super::checks::{Client, Memory, NameStatus, Stage};
use super::resolve::is_plain;
use super::stages::{Refused, Stages};
use super::{Server, World};
use crate::content::printable::printable;
use crate::content::{Envelope, Received};
use crate::names::valid_hostname;

/// The most bytes of a message that are kept for its checks.
const MOST_MESSAGE: usize = 64 << 20;

/// The reply to a message that is accepted, up to its queue id.
const QUEUED: &[u8] = b"250 2.0.0 Ok: queued as ";

/// A session with one client.
#[derive(Debug)]
pub struct Session<'s> {
    server: &'s Server,
    world: &'s World,
    memory: Memory,
    extended: bool,
    /// The message that is being sent.
    message: Option<Vec<u8>>,
    /// Whether smtpd_end_of_data_restrictions refused the last message.
    message_refused: bool,
    /// The reply that refused the client as such; smtpd_delay_reject = no.
    denied: bool,
    /// Whether a reply that is not known may end the session, once that was asked.
    may_hang_up: Option<bool>,
    closed: bool,
    /// Errors so far, and replies that may have been some.
    errors: i64,
    doubtful: i64,
    /// Commands so far of which there may be just so many, and such as may not count any more.
    junk: i64,
    doubtful_junk: i64,
    /// How many recipients were too many.
    overshoot: usize,
    line: usize,
    /// Since which line it is not known what the session has come to.
    lost: Option<usize>,
    /// Since which line it is not known whether there is a sender.
    transaction_lost: Option<usize>,
    /// Since which line it is not known how many recipients there are.
    recipients_lost: Option<usize>,
}

/// What a command comes to: lines, or why they are not known.
type Answer = Result<Vec<Vec<u8>>, SmtpUnknown>;

fn one(line: impl AsRef<[u8]>) -> Answer {
    Ok(vec![line.as_ref().to_vec()])
}

fn line_of(reply: &Reply) -> Vec<u8> {
    [format!("{} {} ", reply.code, reply.status).as_bytes(), &reply.text].concat()
}

impl<'s> Session<'s> {
    pub(super) fn new(server: &'s Server, world: &'s World) -> Self {
        Self {
            server,
            world,
            memory: Memory::default(),
            extended: false,
            message: None,
            message_refused: false,
            denied: false,
            may_hang_up: None,
            closed: false,
            errors: 0,
            doubtful: 0,
            junk: 0,
            doubtful_junk: 0,
            overshoot: 0,
            line: 0,
            lost: None,
            transaction_lost: None,
            recipients_lost: None,
        }
    }

    /// Says who has connected: the verified name, and the address in the form in which Postfix writes it. Whom XCLIENT names
    /// takes its place.
    #[must_use]
    pub fn connected_from(mut self, name: &[u8], address: &[u8]) -> Self {
        let known = !name.eq_ignore_ascii_case(b"unknown");
        let status = if known { NameStatus::Known } else { NameStatus::Unknown };
        self.memory.client = Some(Client {
            name: name.to_vec(),
            name_status: status,
            reverse_name: name.to_vec(),
            reverse_status: status,
            address: address.to_vec(),
            login: None,
        });
        self
    }

    /// A whole transcript: the greeting, then what comes of each line. Lines end in LF or CRLF.
    #[must_use]
    pub fn run(&mut self, transcript: &[u8]) -> Vec<Exchange> {
        let mut exchanges = vec![self.greeting()];
        let text = transcript.strip_suffix(b"\n").unwrap_or(transcript);
        if !transcript.is_empty() {
            for line in text.split(|&byte| byte == b'\n') {
                exchanges.push(self.line(line.strip_suffix(b"\r").unwrap_or(line)));
            }
        }
        exchanges.retain(|exchange| exchange.outcome != SmtpOutcome::Silent);
        exchanges
    }

    /// What the client hears first.
    #[must_use]
    pub fn greeting(&mut self) -> Exchange {
        let mut tried = Vec::new();
        let answer = self.greet(&mut tried);
        if answer.is_err() {
            // Nobody needs to be greeted, but whoever is refused here is refused for good.
            let delays = self.server.yes("smtpd_delay_reject").unwrap_or(false);
            let milters = self.server.milters && !self.world.milters_accept();
            self.lost = if delays && self.server.refused.is_none() && !milters { None } else { Some(0) };
        }
        self.counted(&[], answer, tried)
    }

    fn greet(&mut self, tried: &mut Vec<Tried>) -> Answer {
        if let Some(unknown) = &self.server.refused {
            return Err(unknown.clone());
        }
        if self.server.milters && !self.world.milters_accept() {
            return Err(SmtpUnknown::NeedsMilters);
        }
        self.denied = false;
        if !self.server.yes("smtpd_delay_reject")? {
            if self.memory.client.is_none() {
                // Whoever connects is about to say that it is somebody else.
                return one([b"220 ".as_slice(), &self.server.text("smtpd_banner")?].concat());
            }
            if let Some(reply) = self.stages(Stage::Connect, tried).client()? {
                self.denied = true;
                return one(line_of(&reply));
            }
        }
        one([b"220 ".as_slice(), &self.server.text("smtpd_banner")?].concat())
    }

    fn stages<'a>(&'a mut self, stage: Stage, tried: &'a mut Vec<Tried>) -> Stages<'a> {
        Stages { server: self.server, world: self.world, memory: &mut self.memory, stage, tried }
    }

    fn exchange(&mut self, command: Vec<u8>, answer: Answer, tried: Vec<Tried>) -> Exchange {
        if let Ok(lines) = &answer {
            // RFC 5321 and RFC 7504: with these the server hangs up.
            self.closed |= lines.iter().any(|line| line.starts_with(b"421 ") || line.starts_with(b"521 "));
        }
        let outcome = match answer.and_then(|lines| self.with_footer(lines)) {
            Ok(lines) => {
                let soft = self.server.yes("soft_bounce").unwrap_or(false);
                let lines = lines.into_iter().map(|mut line| {
                    if soft && line.first() == Some(&b'5') {
                        line.splice(..1, [b'4']);
                        if line.get(4) == Some(&b'5') {
                            line.splice(4..5, [b'4']);
                        }
                    }
                    Bytes(line)
                });
                SmtpOutcome::Said(lines.collect())
            }
            Err(unknown) => SmtpOutcome::Unknown(unknown),
        };
        Exchange { line: self.line, command: Bytes(command), outcome, tried }
    }

    /// What comes of the next line, given without its line end.
    #[must_use]
    pub fn line(&mut self, line: &[u8]) -> Exchange {
        self.line += 1;
        let mut tried = Vec::new();
        if let Some(message) = &mut self.message {
            if line != b"." {
                if message.len() + line.len() < MOST_MESSAGE {
                    message.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
                    message.push(b'\n');
                }
                return Exchange { line: self.line, command: line.into(), outcome: SmtpOutcome::Silent, tried };
            }
            let message = self.message.take().unwrap_or_default();
            let answer = self.end_of_data(&message, &mut tried);
            let exchange = self.counted(line, answer, tried);
            if self.message_refused {
                // The transaction is still open, but what it is good for is not known here.
                self.recipients_lost = Some(self.line);
            } else {
                self.reset_transaction();
            }
            return exchange;
        }
        if self.closed {
            return Exchange { line: self.line, command: line.into(), outcome: SmtpOutcome::Silent, tried };
        }
        if let Some(lost) = self.lost {
            return self.exchange(line.to_vec(), Err(SmtpUnknown::Earlier { line: lost }), tried);
        }
        let answer = self.too_many_errors().unwrap_or_else(|| self.filtered(line, &mut tried));
        self.counted(line, answer, tried)
    }

    /// Counts errors, and what might have been one.
    fn counted(&mut self, command: &[u8], answer: Answer, tried: Vec<Tried>) -> Exchange {
        match &answer {
            Ok(lines) if lines.iter().any(|line| line.starts_with(QUEUED)) => {
                self.errors = 0;
                self.doubtful = 0;
                self.junk = 0;
                self.doubtful_junk = 0;
            }
            Ok(lines) => {
                let failed = lines.iter().any(|line| line.starts_with(b"4") || line.starts_with(b"5"));
                // Too many recipients are no error, up to a limit.
                let overshoot = lines.iter().any(|line| line.starts_with(b"452 4.5.3 "));
                self.overshoot += usize::from(overshoot);
                self.errors += i64::from(failed && !overshoot);
            }
            // Only what EHLO offers is unknown then.
            Err(_) if command.is_empty() => {}
            Err(_) if command.get(..4).is_some_and(|verb| verb.eq_ignore_ascii_case(b"ehlo")) => {}
            Err(unknown) => {
                if command == b"." {
                    // If the message is taken, all is forgiven.
                    self.doubtful += self.errors;
                    self.errors = 0;
                    self.doubtful_junk += self.junk;
                    self.junk = 0;
                }
                self.doubtful += 1;
                // What a policy server says may hang up, and an smtpd(8) that refuses its configuration so late dies.
                let says_anything = matches!(unknown, SmtpUnknown::NeedsPolicy { .. } | SmtpUnknown::Refused { .. });
                let (server, world) = (self.server, self.world);
                if says_anything || *self.may_hang_up.get_or_insert_with(|| server.may_hang_up(world)) {
                    self.lost.get_or_insert(self.line);
                }
            }
        }
        self.exchange(command.to_vec(), answer, tried)
    }

    fn too_many_errors(&mut self) -> Option<Answer> {
        let limit = match self.server.number("smtpd_hard_error_limit") {
            Ok(limit) => limit,
            Err(unknown) => return Some(Err(unknown)),
        };
        if self.errors + self.doubtful < limit {
            return None;
        }
        if self.errors < limit {
            self.lost = Some(self.line);
            return Some(Err(SmtpUnknown::Earlier { line: self.line.saturating_sub(1) }));
        }
        self.closed = true;
        Some(
            self.server
                .text("myhostname")
                .and_then(|name| one([b"421 4.7.0 ".as_slice(), &name, b" Error: too many errors"].concat())),
        )
    }

    fn command(&mut self, line: &[u8], tried: &mut Vec<Tried>) -> Answer {
        let words: Vec<&[u8]> = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
        let verb = words.first().map(|verb| verb.to_ascii_uppercase()).unwrap_or_default();
        let arguments = words.get(1..).unwrap_or_default();
        match self.before(line, &words, &verb) {
            Ok(None) => {}
            Ok(Some(reply)) => return one(reply),
            Err(unknown) => {
                self.lost = Some(self.line);
                return Err(unknown);
            }
        }
        if verb == b"QUIT" {
            self.closed = true;
            return one("221 2.0.0 Bye");
        }
        if self.denied {
            let who = self.memory.client.as_ref().map(Client::name_and_address).unwrap_or_default();
            return one([b"503 5.7.0 Error: access denied for ".as_slice(), &who].concat());
        }
        if !commands::KNOWN.contains(&verb.as_slice()) {
            return one("500 5.5.2 Error: command not recognized");
        }
        if self.waits_for_tls(&verb)? {
            return one("530 5.7.0 Must issue a STARTTLS command first");
        }
        let answer = self.done(line, &verb, arguments, tried);
        self.count_limited(&verb)?;
        answer
    }

    fn done(&mut self, line: &[u8], verb: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        match verb {
            b"HELO" | b"EHLO" => self.hello(verb, arguments, tried),
            b"XCLIENT" => self.xclient(line, arguments, tried),
            b"MAIL" => self.mail(line, arguments, tried),
            b"RCPT" => self.rcpt(line, arguments, tried),
            b"DATA" => self.data(arguments, tried),
            b"RSET" if !arguments.is_empty() => one("501 5.5.4 Syntax: RSET"),
            b"RSET" => {
                self.reset_transaction();
                one("250 2.0.0 Ok")
            }
            b"NOOP" => one("250 2.0.0 Ok"),
            b"VRFY" => self.vrfy(line, arguments, tried),
            b"ETRN" => self.etrn(arguments, tried),
            b"AUTH" => self.auth(arguments),
            b"STARTTLS" => self.starttls(line, arguments),
            b"BDAT" => self.bdat(line, arguments),
            _ => {
                self.lost = Some(self.line);
                Err(SmtpUnknown::Command { line: line.into() })
            }
        }
    }

    fn reset_transaction(&mut self) {
        let memory = &mut self.memory;
        memory.sender = None;
        memory.recipient = None;
        memory.recipients = 0;
        memory.doubtful_recipients = 0;
        memory.discard = false;
        memory.held = false;
        memory.effects.clear();
        self.transaction_lost = None;
        self.recipients_lost = None;
    }

    fn hello(&mut self, verb: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        let extended = verb == b"EHLO";
        if arguments.is_empty() {
            return one([b"501 Syntax: ".as_slice(), verb, b" hostname"].concat());
        }
        let name = arguments.join(&b' ');
        if !self.server.yes("smtpd_delay_reject")? {
            // The list may look at the sender and the recipient of a transaction that is open.
            if let Some(lost) = self.transaction_lost.or(self.recipients_lost) {
                self.lost = Some(self.line);
                return Err(SmtpUnknown::Earlier { line: lost });
            }
            match self.stages(Stage::Helo, tried).helo(&name) {
                Ok(None) => {}
                Ok(Some(reply)) => return one(line_of(&reply)),
                Err(unknown) => {
                    self.lost = Some(self.line);
                    return Err(unknown);
                }
            }
        }
        self.reset_transaction();
        let mut shown = printable(&name, b'?', self.server.main_cf.version());
        for byte in &mut shown {
            if b" <>()\\\";@".contains(byte) {
                *byte = b'?';
            }
        }
        self.memory.helo = Some(shown);
        self.extended = extended;
        let host = self.server.text("myhostname")?;
        if !extended {
            return one([b"250 ".as_slice(), &host].concat());
        }
        self.keywords(&host)
    }

    /// Says who the client is.
    fn xclient(&mut self, line: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        if let Some(lost) = self.transaction_lost {
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        if self.memory.sender.is_some() {
            return one("503 5.5.1 Error: MAIL transaction in progress");
        }
        let bad = || Err(SmtpUnknown::Command { line: line.into() });
        let known = self.memory.client.clone();
        let mut name = known.as_ref().map(|client| (client.name.clone(), client.name_status));
        let mut reverse = known.as_ref().map(|client| (client.reverse_name.clone(), client.reverse_status));
        let mut address = known.as_ref().map(|client| client.address.clone());
        // Nobody said that there is one.
        reverse.get_or_insert((b"unknown".to_vec(), NameStatus::Unknown));
        let mut login = known.and_then(|client| client.login);
        for argument in arguments {
            let Some(equals) = memchr::memchr(b'=', argument) else { return bad() };
            let attribute = argument.get(..equals).unwrap_or_default().to_ascii_uppercase();
            let value = argument.get(equals + 1..).unwrap_or_default();
            if value.is_empty() || value.contains(&b'+') {
                return bad();
            }
            let host = || match value.to_ascii_uppercase().as_slice() {
                b"[UNAVAILABLE]" => Some((b"unknown".to_vec(), NameStatus::Unknown)),
                b"[TEMPUNAVAIL]" => Some((b"unknown".to_vec(), NameStatus::NotNow)),
                _ => valid_hostname(value).then(|| (value.to_vec(), NameStatus::Known)),
            };
            match attribute.as_slice() {
                b"NAME" => {
                    let Some(host) = host() else { return bad() };
                    name = Some(host.clone());
                    // Without a name, the name that the client's address maps to stays what it was.
                    if host.1 == NameStatus::Known {
                        reverse = Some(host);
                    }
                }
                b"REVERSE_NAME" => {
                    let Some(host) = host() else { return bad() };
                    reverse = Some(host);
                }
                b"ADDR" => {
                    let text = std::str::from_utf8(value).unwrap_or_default();
                    let text = text
                        .get(..5)
                        .filter(|tag| tag.eq_ignore_ascii_case("ipv6:"))
                        .map_or(text, |tag| text.get(tag.len()..).unwrap_or_default());
                    let Ok(parsed) = text.parse::<std::net::IpAddr>() else { return bad() };
                    address = Some(parsed.to_string().into_bytes());
                }
                b"LOGIN" => {
                    login = (!value.eq_ignore_ascii_case(b"[UNAVAILABLE]")).then(|| value.to_vec());
                }
                b"PORT" | b"DESTADDR" | b"DESTPORT" => {}
                _ => return bad(),
            }
        }
        self.memory = Memory::default();
        self.extended = false;
        self.reset_transaction();
        if let (Some((name, name_status)), Some((reverse_name, reverse_status)), Some(address)) =
            (name, reverse, address)
        {
            self.memory.client = Some(Client { name, name_status, reverse_name, reverse_status, address, login });
        }
        let answer = self.greet(tried);
        if answer.is_err() {
            self.lost = Some(self.line);
        }
        answer
    }

    /// The address of MAIL and RCPT, and what comes after it. None where the syntax is not the usual one.
    fn address<'l>(line: &'l [u8], after: &[u8]) -> Option<(&'l [u8], Vec<&'l [u8]>)> {
        let start = line.iter().position(u8::is_ascii_whitespace)?;
        let rest = line.get(start..)?.trim_ascii();
        let (keyword, rest) = rest.split_at_checked(after.len())?;
        if !keyword.eq_ignore_ascii_case(after) {
            return None;
        }
        let rest = rest.trim_ascii_start();
        let inner = rest.strip_prefix(b"<")?;
        let close = memchr::memchr(b'>', inner)?;
        let (address, rest) = inner.split_at_checked(close)?;
        let rest = rest.get(1..)?;
        if rest.first().is_some_and(|byte| !byte.is_ascii_whitespace()) {
            return None;
        }
        let parameters = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        Some((address, parameters.collect()))
    }

    fn mail(&mut self, line: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        if let Some(lost) = self.transaction_lost {
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        let answer = self.mail_itself(line, arguments, tried);
        if answer.is_err() {
            self.memory.sender = None;
            self.transaction_lost = Some(self.line);
        }
        answer
    }

    fn mail_itself(&mut self, line: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        let server = self.server;
        if server.yes("smtpd_helo_required")? && self.memory.helo.is_none() {
            return one("503 5.5.1 Error: send HELO/EHLO first");
        }
        if self.memory.sender.is_some() {
            return one("503 5.5.1 Error: nested MAIL command");
        }
        if arguments.first().is_none_or(|word| !word.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"from:")))
        {
            return one("501 5.5.4 Syntax: MAIL FROM:<address>");
        }
        let not_known = || SmtpUnknown::Command { line: line.into() };
        let (address, parameters) = Self::address(line, b"from:").ok_or_else(not_known)?;
        self.plain(address)?;
        let limit = server.number("message_size_limit")?;
        let mut size = 0;
        for parameter in parameters {
            let upper = parameter.to_ascii_uppercase();
            match upper.as_slice() {
                b"BODY=7BIT" | b"BODY=8BITMIME" => {}
                _ => {
                    let digits = upper.strip_prefix(b"SIZE=").filter(|digits| digits.len() < 15);
                    let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i64>().ok());
                    size = digits.ok_or_else(not_known)?;
                }
            }
        }
        if !server.yes("smtpd_delay_reject")?
            && let Some(reply) = self.stages(Stage::Mail, tried).sender(address)?
        {
            return one(line_of(&reply));
        }
        if limit > 0 && size > limit {
            return one("552 5.3.4 Message size exceeds fixed limit");
        }
        self.memory.sender = Some(address.to_vec());
        one("250 2.1.0 Ok")
    }

    /// An address must be of a form whose handling is known.
    fn plain(&self, address: &[u8]) -> Result<(), SmtpUnknown> {
        let double_bounce = self.server.text("double_bounce_sender")?;
        let local = super::resolve::split(address).0;
        if address.is_empty() || (is_plain(address) && !local.eq_ignore_ascii_case(&double_bounce)) {
            return Ok(());
        }
        Err(SmtpUnknown::Address { address: address.into() })
    }

    fn rcpt(&mut self, line: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        if let Some(lost) = self.transaction_lost {
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        let answer = self.rcpt_itself(line, arguments, tried);
        if answer.is_err() {
            self.recipients_lost.get_or_insert(self.line);
            self.memory.doubtful_recipients += 1;
            self.memory.sender_checked = None;
            // What access tables did for a recipient that may be refused is not known either.
            self.memory.effects.clear();
        }
        answer
    }

    fn rcpt_itself(&mut self, line: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        let server = self.server;
        if self.memory.sender.is_none() {
            return one("503 5.5.1 Error: need MAIL command");
        }
        if arguments.first().is_none_or(|word| !word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(b"to:"))) {
            return one("501 5.5.4 Syntax: RCPT TO:<address>");
        }
        let not_known = || SmtpUnknown::Command { line: line.into() };
        let (address, parameters) = Self::address(line, b"to:").ok_or_else(not_known)?;
        if !parameters.is_empty() {
            return Err(not_known());
        }
        if address.is_empty() {
            return one("501 5.1.3 Bad recipient address syntax");
        }
        self.plain(address)?;
        let limit = server.number("smtpd_recipient_limit")?;
        let least = i64::try_from(self.memory.recipients).unwrap_or(i64::MAX);
        let most = i64::try_from(self.memory.recipients + self.memory.doubtful_recipients).unwrap_or(i64::MAX);
        if least < limit && most >= limit {
            return Err(SmtpUnknown::Earlier { line: self.recipients_lost.unwrap_or_default() });
        }
        if least >= limit {
            if self.overshoot > 900 {
                return Err(not_known());
            }
            return one("452 4.5.3 Error: too many recipients");
        }
        let discarded = self.memory.discard;
        let refused: Refused = self.stages(Stage::Recipient, tried).recipient(address);
        match refused? {
            Some(reply) => one(line_of(&reply)),
            None => {
                // What is lost about earlier recipients decides what a discard of them has done.
                if discarded && let Some(lost) = self.recipients_lost {
                    return Err(SmtpUnknown::Earlier { line: lost });
                }
                self.memory.recipients += 1;
                self.memory.recipient.get_or_insert_with(|| address.to_vec());
                one("250 2.1.5 Ok")
            }
        }
    }

    fn data(&mut self, arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        if let Some(lost) = self.transaction_lost.or(self.recipients_lost) {
            // Whether a message follows is not known.
            self.lost = Some(self.line);
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        if self.memory.recipients == 0 {
            return one(if self.memory.sender.is_some() {
                "554 5.5.1 Error: no valid recipients"
            } else {
                "503 5.5.1 Error: need RCPT command"
            });
        }
        if !arguments.is_empty() {
            return one("501 5.5.4 Syntax: DATA");
        }
        match self.stages(Stage::Data, tried).data() {
            Ok(Some(reply)) => return one(line_of(&reply)),
            Ok(None) => {}
            Err(unknown) => {
                self.lost = Some(self.line);
                return Err(unknown);
            }
        }
        self.message = Some(Vec::new());
        one("354 End data with <CR><LF>.<CR><LF>")
    }

    fn end_of_data(&mut self, message: &[u8], tried: &mut Vec<Tried>) -> Answer {
        let limit = self.server.number("message_size_limit")?;
        if limit > 0 && usize::try_from(limit).is_ok_and(|limit| message.len().saturating_mul(2) > limit)
            || message.len() + 1024 > MOST_MESSAGE
        {
            return Err(SmtpUnknown::Message);
        }
        self.message_refused = false;
        if let Some(reply) = self.stages(Stage::EndOfData, tried).data()? {
            self.message_refused = true;
            return one(line_of(&reply));
        }
        let memory = &self.memory;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let client = memory.client.as_ref();
        let envelope = Envelope {
            client_name: client.map(|client| text(&client.name)).unwrap_or_default(),
            client_address: client.map(|client| text(&client.address)).unwrap_or_default(),
            helo: memory.helo.as_deref().map(text).unwrap_or_default(),
            protocol: if self.extended { "ESMTP" } else { "SMTP" }.to_owned(),
            sender: memory.sender.as_deref().map(text).unwrap_or_default(),
            recipient: memory.recipient.as_deref().map(text).unwrap_or_default(),
            received: Some(Received {
                my_hostname: text(&self.server.text("myhostname")?),
                mail_name: text(&self.server.text("mail_name")?),
                names_recipient: memory.recipients == 1,
                ..Received::default()
            }),
            ..Envelope::default()
        };
        // Headers that access tables put before the message are seen by header checks.
        let mut whole = Vec::new();
        for (action, header) in &memory.effects {
            if *action == Action::Prepend {
                whole.extend_from_slice(header);
                whole.push(b'\n');
            }
        }
        whole.extend_from_slice(message);
        let verdict = self.server.content.evaluate(&whole, &envelope);
        if let Some(Unsettled::Machine { parameter: name, .. } | Unsettled::TooBig { name }) = verdict.unsettled.first()
        {
            return Err(SmtpUnknown::Parameter { name: name.clone() });
        }
        if verdict.disposition == Disposition::Unknown || (memory.discard && verdict.reply.is_some()) {
            return Err(SmtpUnknown::Message);
        }
        match verdict.reply {
            Some(reply) => one(line_of(&reply)),
            None => one([QUEUED, b"QUEUEID"].concat()),
        }
    }
}
