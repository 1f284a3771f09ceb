//! A policy server: what it says depends on the context that smtpd_policy_service_policy_context names and on its port.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// What to say, by context and server.
pub type Says = Arc<Mutex<HashMap<(String, String), String>>>;

/// Starts one server on a port of its own; it ends with the program. Gives the port.
pub fn start(name: &str, says: Says) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let name = name.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (says, name) = (Arc::clone(&says), name.clone());
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines();
                let mut context = String::new();
                let mut stream = stream;
                while let Some(Ok(line)) = lines.next() {
                    if let Some(value) = line.strip_prefix("policy_context=") {
                        context = value.to_owned();
                    }
                    if line.is_empty() {
                        let says = says.lock().expect("no panic before");
                        let action = says.get(&(context.clone(), name.clone())).map_or("DUNNO", String::as_str);
                        if write!(stream, "action={action}\n\n").is_err() {
                            break;
                        }
                    }
                }
            });
        }
    });
    port
}
