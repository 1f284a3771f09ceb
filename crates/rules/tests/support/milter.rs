//! A milter that adds headers: as much of the protocol as that takes.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub struct Milter {
    pub port: u16,
}

/// The headers to add to each message, in order: name and value.
pub type Headers = Vec<(&'static str, &'static str)>;

impl Milter {
    /// One that adds `headers` to the messages as they come.
    pub fn start(headers: Vec<Headers>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let waiting = Arc::new(Mutex::new(VecDeque::from(headers)));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let waiting = Arc::clone(&waiting);
                std::thread::spawn(move || serve(stream, &waiting));
            }
        });
        Self { port }
    }
}

fn serve(mut stream: TcpStream, waiting: &Mutex<VecDeque<Headers>>) -> Option<()> {
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length).ok()?;
        let mut packet = vec![0; u32::from_be_bytes(length) as usize];
        stream.read_exact(&mut packet).ok()?;
        let mut say = |reply: &[u8]| {
            let length = u32::try_from(reply.len()).ok()?.to_be_bytes();
            stream.write_all(&[&length, reply].concat()).ok()
        };
        match packet.first()? {
            // Version, what it does (add headers), what it need not be told: everything but the end of the message.
            b'O' => {
                let offered = u32::from_be_bytes(packet.get(9..13)?.try_into().ok()?);
                let numbers = [6u32, 1, offered & 0x37F].map(u32::to_be_bytes).concat();
                say(&[b"O", numbers.as_slice()].concat())?;
            }
            b'D' | b'A' => {}
            b'Q' => return Some(()),
            b'E' => {
                for (name, value) in waiting.lock().ok()?.pop_front().unwrap_or_default() {
                    say(&[b"h", name.as_bytes(), b"\0", value.as_bytes(), b"\0"].concat())?;
                }
                say(b"c")?;
            }
            _ => say(b"c")?,
        }
    }
}
