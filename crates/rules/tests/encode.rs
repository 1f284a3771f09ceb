//! Rules for phrases in their encodings: on messages built here by hand, in both kinds of table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postproof_model::encoded::{Charset, EncodedRules, Limit, PhraseProblem, TextEncoding};
use postproof_model::{Class, TableKind};
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::encode::rules;
use postproof_rules::message::Limits;
use postproof_rules::message::decode::{Bounds, decode};
use postproof_rules::table::Table;

const KINDS: [TableKind; 2] = [TableKind::Regexp, TableKind::Pcre];

fn made(phrase: &str, kind: TableKind) -> EncodedRules {
    rules(phrase, &Charset::ALL, kind, "REJECT found").unwrap_or_else(|problem| panic!("{phrase}: {problem:?}"))
}

/// The checks that the rules make when they are pasted into two tables.
fn checks(made: &EncodedRules, kind: TableKind) -> ContentChecks {
    let table = |class: Class| {
        let lines = made.rules.iter().filter(|rule| rule.class == class);
        let source: Vec<u8> = lines.flat_map(|rule| [rule.text.as_ref(), b"\n"].concat()).collect();
        let (table, problems) = Table::parse(kind, "encoded", &source);
        assert!(problems.is_empty(), "{problems:?}");
        vec![table]
    };
    ContentChecks { header: table(Class::Header), body: table(Class::Body), ..ContentChecks::default() }
}

fn fires(checks: &ContentChecks, message: &[u8]) -> bool {
    let verdict = checks.evaluate(message, &Envelope::default());
    assert!(verdict.unknown.is_empty(), "{:?}", verdict.unknown);
    !verdict.events.is_empty()
}

/// A charset, and a phrase in it: the escape sequence before it, its bytes, the one behind it.
type Phrase = (&'static str, &'static [u8], &'static [u8], &'static [u8]);

/// 当選 in each charset that has it, written down by hand.
const WON: [Phrase; 4] = [
    ("UTF-8", b"", "当選".as_bytes(), b""),
    ("ISO-2022-JP", b"\x1b$B", b"EvA*", b"\x1b(B"),
    ("Shift_JIS", b"", b"\x93\x96\x91\x49", b""),
    ("EUC-JP", b"", b"\xc5\xf6\xc1\xaa", b""),
];

#[test]
fn a_japanese_phrase_is_caught_in_every_charset_encoding_and_alignment() {
    for kind in KINDS {
        let made = made("当選", kind);
        let checks = checks(&made, kind);
        for (charset, open, phrase, close) in WON {
            for pad in 0..7 {
                let text = [&b"xyzxyzx"[..pad], open, phrase, close, b" and more"].concat();
                let body = |encoding: &str, body: &str| {
                    format!("Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n")
                        .into_bytes()
                };
                let hex: String = text.iter().map(|byte| format!("={byte:02x}")).collect();
                let messages = [
                    body("base64", &STANDARD.encode(&text)),
                    body("quoted-printable", &hex),
                    body("quoted-printable", &hex.to_uppercase()),
                    [b"Subject: x\n\n", text.as_slice(), b"\n"].concat(),
                    [b"Subject: ", text.as_slice(), b"\n\n"].concat(),
                    format!("Subject: =?{charset}?b?{}?=\n\nx\n", STANDARD.encode(&text)).into_bytes(),
                    format!("From: =?{charset}?q?{hex}?= <a@example.com>\n\nx\n").into_bytes(),
                ];
                for message in messages {
                    assert!(fires(&checks, &message), "{kind:?} {charset} {pad}: {}", message.escape_ascii());
                }
            }
        }
        for other in ["落選", "当落", "EvA*", "5b2T", "hello world", "=E5=BD=93"] {
            let encoded = STANDARD.encode(other);
            let message = format!("Subject: {other} =?UTF-8?B?{encoded}?=\n\n{other}\n{encoded}\n");
            assert!(!fires(&checks, message.as_bytes()) || other == "EvA*", "{other}");
        }
    }
}

#[test]
fn text_that_is_the_same_bytes_in_ascii_does_not_fire() {
    // EvA* is 当選 in ISO-2022-JP, behind its escape sequence.
    for kind in KINDS {
        let checks = checks(&made("当選", kind), kind);
        assert!(!fires(&checks, b"Subject: EvA* =?ISO-2022-JP?Q?EvA*?=\n\nEvA* =45=76A*\n"));
        assert!(fires(&checks, b"Subject: x\n\n\x1b$B$\"EvA*\x1b(B\n"));
        // Off by one byte, those characters are others.
        assert!(!fires(&checks, b"Subject: x\n\n\x1b$B$EvA*\"\x1b(B\n"));
    }
}

#[test]
fn each_rule_comes_with_the_messages_that_prove_it() {
    for kind in KINDS {
        for phrase in
            ["当選", "viagra", "Café noir", "ab/c+d?e=f", "無料 gift", "x|y(z)[w]{2}^$.*\\", "€100", "〜限定〜", "つつ"]
        {
            let made = made(phrase, kind);
            assert!(!made.rules.is_empty(), "{phrase}");
            let unproved = made.not_caught.iter().any(|limit| matches!(limit, Limit::NotProved { .. }));
            assert!(!unproved, "{phrase}: {:?}", made.not_caught);
            for rule in &made.rules {
                let line = [rule.text.as_ref(), b"\n"].concat();
                let (table, problems) = Table::parse(kind, "rule", &line);
                assert!(problems.is_empty(), "{problems:?}");
                let mut checks = ContentChecks::default();
                if rule.class == Class::Body {
                    checks.body = vec![table];
                } else {
                    checks.header = vec![table];
                }
                let alignments = if rule.encoding == TextEncoding::Base64 { 3 } else { 1 };
                assert!(rule.proved_on.len() >= alignments.max(rule.charsets.len()), "{phrase}: {rule:?}");
                for proof in &rule.proved_on {
                    assert!(fires(&checks, &proof.message), "{phrase}: {rule:?}");
                    // Decoded by what decodes messages, it does hold the phrase. ISO-8859-1 is decoded as windows-1252.
                    let decoded = decode(&proof.message, &Limits::default(), &Bounds::default());
                    let texts: Vec<&str> = match rule.class {
                        Class::Body => decoded.bodies[0].text.iter().map(|line| line.text.as_str()).collect(),
                        _ => decoded.headers.iter().map(|header| header.text.as_str()).collect(),
                    };
                    let raw_header = rule.class == Class::Header && rule.encoding == TextEncoding::Raw;
                    let same = |text: &str| text.replace('～', "〜").contains(phrase);
                    assert!(raw_header || texts.iter().any(|text| same(text)), "{phrase}: {texts:?} {rule:?}");
                }
            }
        }
    }
}

#[test]
fn charsets_that_write_a_phrase_alike_share_a_rule() {
    let made = made("viagra", TableKind::Regexp);
    assert_eq!(made.rules.len(), 6);
    assert!(made.rules.iter().all(|rule| rule.charsets == Charset::ALL));
    let raw: Vec<_> = made.rules.iter().map(|rule| (rule.class, rule.encoding)).collect();
    let encodings = [TextEncoding::Raw, TextEncoding::Base64, TextEncoding::QuotedPrintable];
    let expected: Vec<_> = [Class::Body, Class::Header]
        .into_iter()
        .flat_map(|class| encodings.map(|encoding| (class, encoding)))
        .collect();
    assert_eq!(raw, expected);
    assert_eq!(made.rules[0].text.lossy(), "/viagra/ REJECT found");
}

#[test]
fn what_a_charset_cannot_write_is_said() {
    let made = made("Café", TableKind::Regexp);
    let cannot: Vec<_> = made
        .not_caught
        .iter()
        .filter_map(|limit| match limit {
            Limit::CannotWrite { charset, character } => Some((*charset, *character)),
            _ => None,
        })
        .collect();
    assert_eq!(cannot, [(Charset::Iso2022Jp, 'é'), (Charset::ShiftJis, 'é'), (Charset::EucJp, 'é')]);
}

#[test]
fn short_phrases_get_a_warning_or_no_rule() {
    let made = made("金", TableKind::Pcre);
    let short = |encoding| {
        made.not_caught.iter().find_map(|limit| match limit {
            Limit::Short { charsets, encoding: found, characters } if *found == encoding => {
                Some((charsets.clone(), *characters))
            }
            _ => None,
        })
    };
    assert_eq!(short(TextEncoding::Base64), Some((vec![Charset::Utf8], 3)));
    let too_short = made
        .not_caught
        .iter()
        .filter(|limit| matches!(limit, Limit::TooShort { encoding: TextEncoding::Base64, characters: 2, .. }));
    assert_eq!(too_short.count(), 3, "{:?}", made.not_caught);
    let one = rules("a", &Charset::ALL, TableKind::Regexp, "REJECT").unwrap();
    assert!(one.rules.is_empty() && one.not_caught.len() == 3, "{one:?}");
}

#[test]
fn a_phrase_that_no_line_of_base64_holds_gets_no_rule_for_it() {
    let made = made(&"あいうえお".repeat(4), TableKind::Regexp);
    let has = |class, encoding, charset| {
        made.rules
            .iter()
            .any(|rule| rule.class == class && rule.encoding == encoding && rule.charsets.contains(&charset))
    };
    assert!(made.not_caught.contains(&Limit::TooLong { charsets: vec![Charset::Utf8] }), "{:?}", made.not_caught);
    assert!(!has(Class::Body, TextEncoding::Base64, Charset::Utf8));
    assert!(has(Class::Header, TextEncoding::Base64, Charset::Utf8));
    assert!(has(Class::Body, TextEncoding::Base64, Charset::ShiftJis));
}

#[test]
fn phrases_and_actions_that_make_no_rule_are_refused() {
    let refused = |phrase: &str, action: &str| rules(phrase, &Charset::ALL, TableKind::Regexp, action).unwrap_err();
    assert_eq!(refused("  ", "REJECT"), PhraseProblem::Empty);
    assert_eq!(refused(&"x".repeat(101), "REJECT"), PhraseProblem::TooLong(100));
    assert_eq!(refused("a\nb", "REJECT"), PhraseProblem::ControlCharacter);
    for action in ["", "REJEKT", "REJECT\nDISCARD", "REJECT $1", "FILTER"] {
        assert_eq!(refused("viagra", action), PhraseProblem::Action, "{action:?}");
    }
    assert!(rules("viagra", &[], TableKind::Regexp, "WARN costs $$5").unwrap().rules.is_empty());
}

#[test]
fn random_phrases_are_proved_in_both_notations() {
    let characters: Vec<char> = "ab0 ~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}éÿ€あアｱ漢字表示能ソ―～ー∥".chars().collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..60 {
        let phrase: String = (0..2 + random(12)).map(|_| characters[random(characters.len())]).collect();
        for kind in KINDS {
            let Ok(made) = rules(&phrase, &Charset::ALL, kind, "INFO") else { continue };
            let failed: Vec<_> =
                made.not_caught.iter().filter(|limit| matches!(limit, Limit::NotProved { .. })).collect();
            assert!(failed.is_empty(), "{phrase:?} {kind:?}: {failed:?}");
        }
    }
}
