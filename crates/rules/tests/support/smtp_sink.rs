//! A server that mail is delivered to: takes every message, and keeps it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Messages by their senders.
type Kept = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

pub struct SmtpSink {
    pub port: u16,
    messages: Kept,
}

impl SmtpSink {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let messages = Kept::default();
        let kept = Arc::clone(&messages);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || serve(&stream, &kept));
            }
        });
        Self { port, messages }
    }

    /// The messages so far by their senders, with LF at their lines' ends.
    pub fn messages(&self) -> Vec<(String, Vec<u8>)> {
        self.messages.lock().expect("no panic").clone()
    }
}

/// Ends when the client hangs up.
fn serve(stream: &TcpStream, kept: &Mutex<Vec<(String, Vec<u8>)>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream);
    let mut read = || -> Option<Vec<u8>> {
        let mut line = Vec::new();
        lines.read_until(b'\n', &mut line).ok().filter(|read| *read > 0)?;
        Some(line)
    };
    let mut say = |reply: &str| out.write_all(format!("{reply}\r\n").as_bytes()).ok();
    say("220 sink.example.org ESMTP")?;
    let mut sender = String::new();
    loop {
        let line = String::from_utf8_lossy(&read()?).to_ascii_uppercase();
        if line.starts_with("EHLO") {
            say("250-sink.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8")?;
        } else if line.starts_with("DATA") {
            say("354 go on")?;
            let mut message = Vec::new();
            loop {
                let line = read()?;
                let text = line.strip_suffix(b"\r\n").unwrap_or(&line);
                if text == b"." {
                    break;
                }
                message.extend_from_slice(text.strip_prefix(b".").unwrap_or(text));
                message.push(b'\n');
            }
            kept.lock().ok()?.push((sender.clone(), message));
            say("250 2.0.0 Ok")?;
        } else if line.starts_with("QUIT") {
            return say("221 2.0.0 Bye");
        } else {
            if let Some(from) = line.strip_prefix("MAIL FROM:<") {
                sender = from.split('>').next().unwrap_or_default().to_ascii_lowercase();
            }
            say("250 2.0.0 Ok")?;
        }
    }
}
