//! What verbs do hangs on where PCRE2 begins to search: every chain of a few pieces, on every short key.

use postproof_model::Shortcut;
use postproof_rules::pattern::{Doubt, Matched, Pattern, PcreFlags};

use super::differ;

const PIECES: [&str; 14] =
    ["a", "b", ".", "a+", "a*", "b?", "(*COMMIT)", "(*SKIP)", "(*PRUNE)", "(*THEN)", "|", "(a|b)", "(?=a)", "(?R)?"];

/// Chains of up to so many of these.
fn chains<'p>(pieces: &[&'p str], most: usize) -> Vec<Vec<&'p str>> {
    let mut chains = vec![Vec::new()];
    let mut begin = 0;
    for _ in 0..most {
        let end = chains.len();
        for index in begin..end {
            for piece in pieces {
                let longer = [chains[index].as_slice(), &[*piece]].concat();
                chains.push(longer);
            }
        }
        begin = end;
    }
    chains
}

#[test]
fn what_verbs_do_agrees_with_pcre2() {
    let keys: Vec<String> = chains(&["a", "b", "x"], 3).iter().map(|key| key.concat()).collect();
    let (mut certain, mut unknown) = (0, 0);
    for chain in chains(&PIECES, 3).iter().filter(|chain| chain.iter().any(|piece| piece.starts_with("(*"))) {
        for (start, flags) in [
            ("", PcreFlags::POSTFIX),
            ("(*NO_START_OPT)", PcreFlags::POSTFIX),
            ("(*NO_START_OPT)", PcreFlags { anchored: true, ..PcreFlags::POSTFIX }),
        ] {
            let pattern = start.to_owned() + &chain.concat();
            let compiled = Pattern::pcre(pattern.as_bytes(), flags);
            for key in &keys {
                if let Some(found) = differ::compare(pattern.as_bytes(), flags, key.as_bytes()) {
                    panic!("{found}");
                }
                let Ok(pattern) = &compiled else { continue };
                if pattern.unsupported().is_some() {
                    // A (*THEN) beside a look-ahead is not run, nor anything else left out.
                    assert!(chain.contains(&"(*THEN)") && chain.contains(&"(?=a)"), "{:?}", chain.concat());
                    continue;
                }
                match pattern.is_match_or_error(key.as_bytes()) {
                    Matched::Unknown(doubt) => {
                        assert_eq!(doubt, Doubt::Shortcut(Shortcut::Start));
                        assert_eq!(start, "", "{:?} on {key}", chain.concat());
                        unknown += 1;
                    }
                    _ => certain += 1,
                }
            }
        }
    }
    println!("{certain} certain, {unknown} unknown");
    assert!(unknown * 50 < certain, "{unknown} unknown, {certain} certain");
}

#[test]
fn the_reasons_are_told() {
    let doubt = |pattern: &str, key: &str| {
        let pattern = Pattern::pcre(pattern.as_bytes(), PcreFlags::POSTFIX).unwrap();
        match pattern.is_match_or_error(key.as_bytes()) {
            Matched::Unknown(Doubt::Shortcut(shortcut)) => Some(shortcut),
            Matched::Yes | Matched::No => None,
            other => panic!("{other:?}"),
        }
    };
    // The first character is known to both sides; of alternatives it is not known here what PCRE2 knows.
    assert_eq!(doubt("(*COMMIT)a", "xa"), None);
    assert_eq!(doubt("(*COMMIT)(a|b)", "xa"), Some(Shortcut::Start));
    assert_eq!(doubt("(*NO_START_OPT)(*COMMIT)(a|b)", "xa"), None);
    assert_eq!(doubt("(?=a)c?a", "xa"), Some(Shortcut::Start));
    assert_eq!(doubt("(*NO_START_OPT)(?=a)c?a", "xa"), None);
    assert_eq!(doubt("a*(?>(b)?)a", "aa"), Some(Shortcut::Possession));
    assert_eq!(doubt("(*NO_AUTO_POSSESS)a*(?>(b)?)a", "aa"), None);
    assert_eq!(doubt("(c|^){0}a", "xa"), Some(Shortcut::Anchor));
    assert_eq!(doubt("(c|^){0}a", "a"), None);
}
