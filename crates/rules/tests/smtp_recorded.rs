//! What a real smtpd(8) said in SMTP sessions, kept as data.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which reads its data"
)]

mod smtp_oracle;

use std::path::Path;

use postproof_rules::message::Version;
use smtp_oracle::case::{Group, compare};

#[test]
fn sessions_go_as_they_went_with_postfix() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/smtp");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert!(!files.is_empty(), "no data in {}", folder.display());
    let (mut equal, mut unknown) = (0, 0);
    for path in files {
        let group: Group = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let version: Version = group.origin.strip_prefix("Postfix ").unwrap().parse().unwrap();
        for config in &group.configs {
            let (server, world) = (group.server(config, version), group.world_of(config));
            for recorded in &config.sessions {
                let transcript = recorded.client.join("\n") + "\n";
                let session = server.session(&world).connected_from(b"localhost", b"127.0.0.1");
                let compared = compare(&{ session }.run(transcript.as_bytes()), recorded);
                let told =
                    compared.difference.map(|told| format!("{}\n{:#?}\n{told}", path.display(), config.parameters));
                assert_eq!(told, None);
                equal += compared.equal;
                unknown += compared.unknown.values().sum::<usize>();
            }
        }
    }
    // What is unknown is no difference, so there must not be much of it.
    assert!(equal > 500 && unknown * 10 < equal, "{equal} equal, {unknown} unknown");
}
