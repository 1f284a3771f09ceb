//! What a real Postfix did, kept as data.

use serde::{Deserialize, Serialize};

use super::live::{Answer, RECIPIENT, sender};
use super::smtp_session::{CLIENT_ADDRESS, CLIENT_NAME, HELO};

/// Stands in kept log lines for what is the same in all that are about one message.
const SESSION: &str = "{session}";

fn session(number: usize) -> String {
    let sender = sender(number);
    format!(" from {CLIENT_NAME}[{CLIENT_ADDRESS}]; from=<{sender}> to=<{RECIPIENT}> proto=ESMTP helo=<{HELO}>")
}

/// `recorded.toml`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// Which Postfix it was: `Postfix 3.7.11`.
    pub origin: String,
    #[serde(rename = "answer")]
    pub answers: Vec<RecordedAnswer>,
}

/// What was done to one message under one rule set.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordedAnswer {
    pub message: String,
    pub rules: String,
    /// The message's number, which its sender's address has.
    pub number: usize,
    pub queue_id: String,
    /// The date in smtpd's Received header, in seconds of Unix time.
    pub second: u64,
    pub reply: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discarded: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emptied: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl RecordedAnswer {
    pub fn of(message: &str, rules: &str, number: usize, second: u64, answer: &Answer) -> Self {
        Self {
            message: message.to_owned(),
            rules: rules.to_owned(),
            number,
            queue_id: answer.queue_id.clone(),
            second,
            reply: escaped(&answer.reply),
            log: answer.log.iter().map(|line| escaped(line).replace(&session(number), SESSION)).collect(),
            recipients: answer.recipients.clone(),
            held: answer.held,
            discarded: answer.discarded,
            emptied: answer.emptied,
            after: answer.after.as_ref().map(|message| escaped(message)),
        }
    }

    pub fn answer(&self) -> Answer {
        Answer {
            reply: unescaped(&self.reply),
            queue_id: self.queue_id.clone(),
            log: self.log.iter().map(|line| unescaped(&line.replace(SESSION, &session(self.number)))).collect(),
            after: self.after.as_ref().map(|message| unescaped(message)),
            recipients: self.recipients.clone(),
            held: self.held,
            discarded: self.discarded,
            emptied: self.emptied,
            seconds: (self.second, self.second),
        }
    }
}

/// Bytes as text: `\\` is a backslash, `\xNN` a byte that is no printable ASCII, UTF-8 or newline.
pub fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => text += "\\\\",
                '\n' => text.push('\n'),
                _ if character.is_control() => {
                    let mut buffer = [0; 4];
                    for byte in character.encode_utf8(&mut buffer).bytes() {
                        text += &format!("\\x{byte:02x}");
                    }
                }
                _ => text.push(character),
            }
        }
        for byte in chunk.invalid() {
            text += &format!("\\x{byte:02x}");
        }
    }
    text
}

/// The bytes that [`escaped`] wrote so.
pub fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
        } else if let Some(after) = rest.strip_prefix(b"\\") {
            bytes.push(b'\\');
            rest = after;
        } else {
            let digits = std::str::from_utf8(&rest[1..3]).expect("\\xNN");
            bytes.push(u8::from_str_radix(digits, 16).expect("\\xNN"));
            rest = &rest[3..];
        }
    }
    bytes
}
