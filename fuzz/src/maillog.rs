//! A mail log: whatever stands in it, every stretch lies in its line, and nothing is counted twice or lost.

use postproof_model::maillog::LINES_LISTED;
use postproof_rules::maillog::Log;

/// Reads the input as a log.
///
/// # Panics
///
/// Where what was read does not hold together.
pub fn check(input: &[u8]) {
    let log = Log::read(input);
    assert!(log.read <= log.lines && log.events.len() <= log.read, "{log:?}");
    for event in &log.events {
        assert!(
            event.span.end <= input.len() && !input[event.span.start..event.span.end].contains(&b'\n'),
            "{event:?}"
        );
        assert!(event.span.start <= event.named.start && event.named.end <= event.span.end, "{event:?}");
        let client = &log.clients[event.client];
        let named = &input[event.named.start..event.named.end];
        assert!(client.line <= event.line, "{event:?}");
        assert!(client.name == b"unknown"[..].into() || named.starts_with(&client.name), "{event:?} {client:?}");
    }
    let refused = log.events.iter().filter(|event| event.refused).count();
    assert_eq!(log.clients.iter().map(|client| client.refused).sum::<usize>(), refused);
    assert_eq!(log.clients.iter().map(|client| client.taken).sum::<usize>(), log.events.len() - refused);
    assert_eq!(log.retries.iter().map(|retries| retries.tries).sum::<usize>(), refused);
    assert_eq!(log.refusals.iter().map(|refusals| refusals.lines).sum::<usize>(), refused);
    for retries in &log.retries {
        assert!(!retries.lines.is_empty() && retries.lines.is_sorted(), "{retries:?}");
        assert!(retries.lines.len() <= retries.tries.min(LINES_LISTED), "{retries:?}");
        assert!(retries.pauses.len() < retries.tries.max(1), "{retries:?}");
        assert!(retries.let_in.is_none_or(|line| retries.lines.iter().all(|tried| *tried < line)), "{retries:?}");
    }
}
