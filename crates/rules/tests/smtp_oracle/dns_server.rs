//! A DNS server that answers from a world's data: UDP, on an address of loopback.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};

use postproof_rules::smtpd::World;
use postproof_rules::smtpd::world::Answer;

/// The types that are asked for.
const TYPES: [(u16, &str); 7] = [(1, "A"), (2, "NS"), (5, "CNAME"), (12, "PTR"), (15, "MX"), (16, "TXT"), (28, "AAAA")];

/// Starts it; it ends with the program. The world may be changed while it runs.
pub fn start(address: Ipv4Addr, world: Arc<Mutex<World>>) -> std::io::Result<()> {
    let socket = UdpSocket::bind(SocketAddr::from((address, 53)))?;
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            let world = world.lock().expect("no panic before");
            if let Some(reply) = reply(&buffer[..length], &world) {
                let _ = socket.send_to(&reply, from);
            }
        }
    });
    Ok(())
}

fn reply(query: &[u8], world: &World) -> Option<Vec<u8>> {
    let mut labels = Vec::new();
    let mut at = 12;
    loop {
        let length = usize::from(*query.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(query.get(at..at + length)?).into_owned());
        at += length;
    }
    let question = query.get(12..at + 4)?;
    let number = u16::from_be_bytes([*query.get(at)?, *query.get(at + 1)?]);
    let name = labels.join(".");
    let kind = TYPES.iter().find(|(known, _)| *known == number).map(|(_, name)| *name);
    let (code, answers) = match kind {
        None => (0, Vec::new()),
        Some(kind) => answers(world, &name, kind),
    };
    let mut reply = query.get(..2)?.to_vec();
    reply.extend([0x85, 0x80 | code]);
    for count in [1, answers.len(), 0, 0] {
        reply.extend(u16::try_from(count).ok()?.to_be_bytes());
    }
    reply.extend_from_slice(question);
    reply.extend(answers.into_iter().flatten());
    Some(reply)
}

/// The response code and the records.
fn answers(world: &World, name: &str, kind: &str) -> (u8, Vec<Vec<u8>>) {
    let mut records = Vec::new();
    let mut owner = name.to_owned();
    // The aliases on the way are part of the answer.
    if kind != "CNAME" {
        for _ in 0..10 {
            let Some(Answer::Records(target)) = world.dns(&owner, "CNAME") else { break };
            let target = String::from_utf8_lossy(&target[0]).into_owned();
            records.push(record(&owner, 5, &wire(&target)));
            owner = target;
        }
    }
    match world.dns(name, kind) {
        None | Some(Answer::Failed) => (2, Vec::new()),
        Some(Answer::NxDomain) => (3, records),
        Some(Answer::NoData) => (0, records),
        Some(Answer::Records(data)) => {
            let number = TYPES.iter().find(|(_, known)| *known == kind).map_or(0, |(number, _)| *number);
            records.extend(data.iter().map(|data| record(&owner, number, &encoded(kind, data))));
            (0, records)
        }
    }
}

fn wire(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.').filter(|label| !label.is_empty()) {
        bytes.push(u8::try_from(label.len()).expect("a short label"));
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    bytes
}

fn record(owner: &str, kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = wire(owner);
    bytes.extend(kind.to_be_bytes());
    bytes.extend([0, 1, 0, 0, 0, 60]);
    bytes.extend(u16::try_from(data.len()).expect("short data").to_be_bytes());
    bytes.extend(data);
    bytes
}

fn encoded(kind: &str, data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    match kind {
        "A" => text.parse::<Ipv4Addr>().expect("an address").octets().to_vec(),
        "AAAA" => text.parse::<Ipv6Addr>().expect("an address").octets().to_vec(),
        "MX" => {
            let (preference, host) = text.split_once(' ').expect("a preference and a host");
            let mut bytes = preference.parse::<u16>().expect("a preference").to_be_bytes().to_vec();
            bytes.extend(wire(host));
            bytes
        }
        "TXT" => data
            .chunks(255)
            .flat_map(|chunk| std::iter::once(u8::try_from(chunk.len()).unwrap_or(255)).chain(chunk.iter().copied()))
            .collect(),
        _ => wire(&text),
    }
}
