//! An SMTP client, as much of one as the oracle needs.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Who the client says it is.
pub const CLIENT_NAME: &str = "client.example.com";
pub const CLIENT_ADDRESS: &str = "192.0.2.1";
pub const HELO: &str = "helo.example.com";

pub struct SmtpSession {
    stream: TcpStream,
    replies: BufReader<TcpStream>,
    /// What follows the sender's address.
    pub mail_parameters: String,
}

impl SmtpSession {
    /// Greets the server as the client above.
    pub fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("smtpd listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        stream.set_nodelay(true).expect("no delay");
        let replies = BufReader::new(stream.try_clone().expect("a second handle"));
        let mut session = Self { stream, replies, mail_parameters: String::new() };
        session.reply();
        for command in [
            "EHLO localhost".to_owned(),
            format!("XCLIENT NAME={CLIENT_NAME} ADDR={CLIENT_ADDRESS}"),
            format!("EHLO {HELO}"),
        ] {
            session.command(&command);
        }
        session
    }

    /// The last line of the server's reply, without its line end.
    fn reply(&mut self) -> Vec<u8> {
        loop {
            let mut line = Vec::new();
            self.replies.read_until(b'\n', &mut line).expect("smtpd replies in time");
            assert!(!line.is_empty(), "smtpd hung up");
            if line.get(3) != Some(&b'-') {
                let end = line.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
                line.truncate(end);
                return line;
            }
        }
    }

    fn command(&mut self, command: &str) -> Vec<u8> {
        self.stream.write_all(format!("{command}\r\n").as_bytes()).expect("smtpd listens");
        self.reply()
    }

    /// Sends a message, its lines ending in CR and LF whatever they end in; gives the reply at the end of the data.
    pub fn send(&mut self, sender: &str, recipient: &str, message: &[u8]) -> Vec<u8> {
        let reply = self.command(&format!("MAIL FROM:<{sender}>{}", self.mail_parameters));
        assert!(reply.starts_with(b"2"), "no mail from {sender} wanted: {}", reply.escape_ascii());
        self.command(&format!("RCPT TO:<{recipient}>"));
        let reply = self.command("DATA");
        assert!(reply.starts_with(b"354"), "no data wanted: {}", reply.escape_ascii());
        let mut data = Vec::with_capacity(message.len() + message.len() / 16);
        let lines = message.strip_suffix(b"\n").unwrap_or(message);
        if !message.is_empty() {
            for line in lines.split(|&byte| byte == b'\n') {
                if line.starts_with(b".") {
                    data.push(b'.');
                }
                data.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
                data.extend_from_slice(b"\r\n");
            }
        }
        data.extend_from_slice(b".\r\n");
        self.stream.write_all(&data).expect("smtpd takes the message");
        self.reply()
    }
}
