//! The messages that the command line names: files, standard input, mbox files, Maildirs and folders of messages.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Error, Read, Result};
use std::path::{Path, PathBuf};

use mail_parser::mailbox::mbox::MessageIterator;

/// How inputs are to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// As they look.
    #[default]
    Auto,
    /// A file is one message.
    Message,
    /// A file is an mbox file.
    Mbox,
}

/// A message with a name to tell it from others.
pub(super) struct Message {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A message, or the name of what could not be read and why.
pub(super) type Found = std::result::Result<Message, (String, Error)>;

/// The messages in order. Each is read when it is its turn.
pub(super) struct Inputs {
    kind: Kind,
    waiting: VecDeque<PathBuf>,
    mailbox: Option<Mailbox>,
}

/// An mbox file of which messages are still to come.
struct Mailbox {
    name: String,
    messages: MessageIterator<Box<dyn BufRead>>,
    /// How many have come.
    count: usize,
}

impl Inputs {
    pub(super) fn new(names: Vec<PathBuf>, kind: Kind) -> Self {
        Self { kind, waiting: names.into(), mailbox: None }
    }

    fn read(&mut self, path: &Path) -> Result<Option<Message>> {
        let name = path.display().to_string();
        if name == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            if self.is_mbox(&bytes) {
                self.open(name, Box::new(Cursor::new(bytes)));
                return Ok(None);
            }
            return Ok(Some(Message { name, bytes }));
        }
        if path.is_dir() {
            for file in messages_in(path)?.into_iter().rev() {
                self.waiting.push_front(file);
            }
            return Ok(None);
        }
        let mut reader = BufReader::new(File::open(path)?);
        if self.is_mbox(reader.fill_buf()?) {
            self.open(name, Box::new(reader));
            return Ok(None);
        }
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        Ok(Some(Message { name, bytes }))
    }

    fn open(&mut self, name: String, reader: Box<dyn BufRead>) {
        self.mailbox = Some(Mailbox { name, messages: MessageIterator::new(reader), count: 0 });
    }

    fn is_mbox(&self, start: &[u8]) -> bool {
        match self.kind {
            Kind::Auto => is_from_line(start.split(|&byte| byte == b'\n').next().unwrap_or_default()),
            Kind::Message => false,
            Kind::Mbox => true,
        }
    }
}

impl Iterator for Inputs {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(mailbox) = &mut self.mailbox {
                match mailbox.messages.next() {
                    Some(Ok(message)) => {
                        mailbox.count += 1;
                        let mut bytes = message.unwrap_contents();
                        // The empty line before the next message belongs to the mailbox.
                        if bytes.ends_with(b"\n\n") {
                            bytes.pop();
                        } else if bytes.ends_with(b"\n\r\n") {
                            bytes.truncate(bytes.len() - 2);
                        }
                        return Some(Ok(Message { name: format!("{}#{}", mailbox.name, mailbox.count), bytes }));
                    }
                    Some(Err(error)) => {
                        let name = mailbox.name.clone();
                        self.mailbox = None;
                        return Some(Err((name, error)));
                    }
                    None => self.mailbox = None,
                }
                continue;
            }
            let path = self.waiting.pop_front()?;
            match self.read(&path) {
                Ok(Some(message)) => return Some(Ok(message)),
                Ok(None) => {}
                Err(error) => return Some(Err((path.display().to_string(), error))),
            }
        }
    }
}

/// The files of a folder, in the order of their names: those of a Maildir's `new` and `cur`, else all in it, folders inside
/// left out.
fn messages_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let (new, cur) = (folder.join("new"), folder.join("cur"));
    let folders = if new.is_dir() && cur.is_dir() { vec![new, cur] } else { vec![folder.to_owned()] };
    let mut files = Vec::new();
    for folder in folders {
        let mut here = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() {
                here.push(path);
            }
        }
        here.sort();
        files.append(&mut here);
    }
    Ok(files)
}

/// Whether a line is one that begins a message in an mbox file: `From sender Thu Jan  1 00:00:00 1970`. A message may
/// begin with `From ` for other reasons.
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let is_time = |word: &&[u8]| word.len() >= 4 && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
    let is_month = |word: &&[u8]| {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        months.iter().any(|month| word.eq_ignore_ascii_case(month.as_bytes()))
    };
    words.iter().any(is_month) && words.iter().any(|word| word.contains(&b':') && is_time(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_begins_a_message_in_a_mailbox() {
        for line in [
            "From a@example.org Thu Jan  1 00:00:00 1970",
            "From - Tue, 03 Mar 2020 10:11:12 +0000",
            "From MAILER-DAEMON Fri Jul  8 12:08:34 2011\r",
        ] {
            assert!(is_from_line(line.as_bytes()), "{line}");
        }
        for line in
            ["From: a@example.org", "From here on", "From Jan to May: all is well", "from a Thu Jan 1 00:00:00 1970"]
        {
            assert!(!is_from_line(line.as_bytes()), "{line}");
        }
    }
}
