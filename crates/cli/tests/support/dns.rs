//! A DNS server of a test's own, on a port of loopback: UDP, and TCP for what does not fit.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, UdpSocket};
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
use hickory_resolver::proto::rr::{Name, RData, Record};

/// What it says to one question.
#[derive(Clone, Debug)]
pub(crate) enum Says {
    /// This code, with these records: whose they are, and their data.
    Records(ResponseCode, Vec<(String, RData)>),
    /// Nothing.
    Nothing,
}

/// The server; it ends with the program.
pub(crate) struct Dns {
    /// `ADDRESS:PORT`.
    pub(crate) place: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Dns {
    /// Starts it. Facts go by `name TYPE`; to what is not among them it says that there is no such name.
    pub(crate) fn start(facts: HashMap<String, Says>) -> Self {
        // A port that is free for both.
        let (udp, tcp) = (0..50)
            .find_map(|_| {
                let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
                let tcp = TcpListener::bind(udp.local_addr().unwrap()).ok()?;
                Some((udp, tcp))
            })
            .unwrap();
        let place = udp.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (facts, all) = (Arc::new(facts), Arc::clone(&asked));
        let (udp_facts, udp_asked) = (Arc::clone(&facts), Arc::clone(&all));
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok((length, from)) = udp.recv_from(&mut buffer) {
                let Some(mut reply) = reply(&buffer[..length], &udp_facts, &udp_asked) else { continue };
                let mut bytes = reply.to_vec().unwrap();
                if bytes.len() > 512 {
                    reply.answers.clear();
                    reply.metadata.truncation = true;
                    bytes = reply.to_vec().unwrap();
                }
                let _ = udp.send_to(&bytes, from);
            }
        });
        std::thread::spawn(move || {
            for mut stream in tcp.incoming().flatten() {
                let mut length = [0; 2];
                while stream.read_exact(&mut length).is_ok() {
                    let mut query = vec![0; usize::from(u16::from_be_bytes(length))];
                    if stream.read_exact(&mut query).is_err() {
                        break;
                    }
                    let Some(reply) = reply(&query, &facts, &all) else { continue };
                    let bytes = reply.to_vec().unwrap();
                    let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
                    let _ = stream.write_all(&[&length, bytes.as_slice()].concat());
                }
            }
        });
        Self { place, asked }
    }

    /// The questions so far, in the order of the alphabet, each once.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.sort();
        asked.dedup();
        asked
    }
}

fn reply(query: &[u8], facts: &HashMap<String, Says>, asked: &Mutex<Vec<String>>) -> Option<Message> {
    let query = Message::from_vec(query).ok()?;
    let question = query.queries.first()?;
    let name = question.name().to_ascii().trim_end_matches('.').to_ascii_lowercase();
    let key = format!("{name} {}", question.query_type());
    let edns = if query.edns.is_some() { " EDNS" } else { "" };
    asked.lock().unwrap().push(format!("{key}{edns}"));
    let (code, records) = match facts.get(&key) {
        None => (ResponseCode::NXDomain, Vec::new()),
        Some(Says::Nothing) => return None,
        Some(Says::Records(code, records)) => (*code, records.clone()),
    };
    let mut reply = Message::response(query.metadata.id, OpCode::Query);
    reply.metadata.response_code = code;
    reply.metadata.recursion_available = true;
    reply.add_query(question.clone());
    for (owner, data) in records {
        reply.add_answer(Record::from_rdata(Name::from_ascii(format!("{owner}.")).unwrap(), 60, data));
    }
    Some(reply)
}
