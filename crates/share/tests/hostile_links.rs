//! What people and machines do to links, and what they put into them on purpose.
#![allow(clippy::expect_used, reason = "a link that opens where it must not fails the test")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use postproof_model::{Input, InputKind, Project, ProjectFile, Role, TableKind};
use postproof_share::{ErrorKind, FRAGMENT_LIMIT, PARTS_LIMIT, from_fragment, to_fragment};

fn project() -> Project {
    let roles =
        [Role::HeaderChecks, Role::MimeHeaderChecks, Role::NestedHeaderChecks, Role::BodyChecks, Role::ClientAccess];
    let files = roles.into_iter().enumerate().map(|(number, role)| ProjectFile {
        name: format!("file {number} <b>カジノ</b>"),
        role,
        kind: TableKind::Regexp,
        content: format!("/^Subject:.*{number}/ REJECT\r\n # \"quoted\" \\ \u{0}\u{7f}\n").into(),
    });
    Project {
        title: "casino 🎰".to_owned(),
        files: files.collect(),
        inputs: vec![
            Input { name: "raw".to_owned(), kind: InputKind::Message, content: (0..=255).collect::<Vec<u8>>().into() },
            Input { name: String::new(), kind: InputKind::Hosts, content: "ppp1-2.example.net\n".into() },
        ],
        tests: "[[case]]\nname = \"カジノ\"\n".to_owned(),
        shown_input: 1,
        shown_file: 4,
    }
}

/// A link with any data of one's own, made as a careful attacker would.
fn link_with(json: &str) -> String {
    format!("1.{}", URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(json.as_bytes(), 9)))
}

fn kind_of(fragment: &str) -> ErrorKind {
    from_fragment(fragment).expect_err(fragment).kind()
}

#[test]
fn a_project_comes_back_whole() {
    for project in [Project::default(), project()] {
        let fragment = to_fragment(&project).unwrap();
        assert_eq!(from_fragment(&fragment).unwrap(), project);
        assert_eq!(from_fragment(&format!("#{fragment}")).unwrap(), project);
        assert!(fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte)), "{fragment}");
    }
}

#[test]
fn every_kind_of_table_comes_back() {
    let mut project = project();
    for kind in TableKind::ALL {
        project.files[0].kind = *kind;
        assert_eq!(from_fragment(&to_fragment(&project).unwrap()).unwrap(), project);
    }
}

#[test]
fn the_same_project_makes_the_same_link() {
    assert_eq!(to_fragment(&project()).unwrap(), to_fragment(&project()).unwrap());
}

#[test]
fn a_link_cut_anywhere_is_noticed() {
    let fragment = to_fragment(&project()).unwrap();
    for length in 0..fragment.len() {
        let kind = kind_of(&fragment[..length]);
        let expected: &[ErrorKind] = match length {
            0 | 1 => &[ErrorKind::NotALink],
            // A cut may leave bits over in the last character, which then is no base64.
            _ => &[ErrorKind::Truncated, ErrorKind::Damaged],
        };
        assert!(expected.contains(&kind), "cut at {length}: {kind:?}");
    }
}

#[test]
fn a_changed_character_never_makes_another_project() {
    let project = project();
    let fragment = to_fragment(&project).unwrap();
    for at in 0..fragment.len() {
        for bit in 0..7 {
            let mut bytes = fragment.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let changed = String::from_utf8(bytes).unwrap();
            match from_fragment(&changed) {
                Err(_) => {}
                Ok(opened) => assert_eq!(opened, project, "bit {bit} of character {at}"),
            }
        }
    }
}

#[test]
fn random_fragments_are_errors() {
    // Xorshift: the same fragments in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..20_000 {
        let bytes: Vec<u8> = (0..random() % 200).map(|_| random() as u8).collect();
        assert!(from_fragment(&String::from_utf8_lossy(&bytes)).is_err());
        assert!(from_fragment(&format!("1.{}", URL_SAFE_NO_PAD.encode(&bytes))).is_err());
        // With zlib's header in front, more of the inflater is reached.
        let zlib = [&[0x78, 0xda], bytes.as_slice()].concat();
        assert!(from_fragment(&format!("1.{}", URL_SAFE_NO_PAD.encode(zlib))).is_err());
    }
}

#[test]
fn a_bomb_is_too_large() {
    let bomb = format!(r#"{{"files":[],"inputs":[{{"kind":"message","content":"{}"}}]}}"#, "a".repeat(20_000_000));
    let link = link_with(&bomb);
    assert!(link.len() < FRAGMENT_LIMIT);
    assert_eq!(kind_of(&link), ErrorKind::TooLarge);
}

#[test]
fn a_fragment_of_ten_megabytes_is_refused_by_its_length() {
    let error = from_fragment(&format!("1.{}", "A".repeat(10_000_000))).unwrap_err();
    assert_eq!((error.kind(), error.size()), (ErrorKind::TooLarge, Some(10_000_002)));
}

#[test]
fn thousands_of_files_and_endless_names_are_too_large() {
    let file = r#"{"name":"x","role":"header_checks","kind":"regexp","content":""}"#;
    let many = |count: usize| format!(r#"{{"files":[{}],"inputs":[]}}"#, vec![file; count].join(","));
    assert_eq!(from_fragment(&link_with(&many(PARTS_LIMIT))).unwrap().files.len(), PARTS_LIMIT);
    assert_eq!(kind_of(&link_with(&many(PARTS_LIMIT + 1))), ErrorKind::TooLarge);
    let long = many(1).replace('x', &"x".repeat(256));
    assert_eq!(kind_of(&link_with(&long)), ErrorKind::TooLarge);
}

#[test]
fn deep_nesting_ends_as_an_error() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(kind_of(&link_with(&deep)), ErrorKind::NotAProject);
    let content = format!(r#"{{"files":[],"inputs":[{{"kind":"hosts","content":{deep}}}]}}"#);
    assert_eq!(kind_of(&link_with(&content)), ErrorKind::NotAProject);
    // In a field that is unknown here it is skipped, without a stack that grows with it.
    let unknown = format!(r#"{{"files":[],"inputs":[],"later":{deep}}}"#);
    assert_eq!(from_fragment(&link_with(&unknown)).unwrap(), Project::default());
}

#[test]
fn wrong_types_are_no_project() {
    for json in [
        "",
        "null",
        "[]",
        "\"x\"",
        "{}",
        r#"{"files":{},"inputs":[]}"#,
        r#"{"files":[],"inputs":[],"shown_file":-1}"#,
        r#"{"files":[],"inputs":[],"shown_file":1e9}"#,
        r#"{"files":[],"inputs":[],"title":7}"#,
        r#"{"files":[{"name":"x","role":"header_checks","kind":"regexp","content":[1]}],"inputs":[]}"#,
        r#"{"files":[{"name":"x","role":"header_checks","kind":"regexp","content":{"base64":"?"}}],"inputs":[]}"#,
        r#"{"files":[],"inputs":[]} trailing"#,
    ] {
        assert_eq!(kind_of(&link_with(json)), ErrorKind::NotAProject, "{json}");
    }
}

#[test]
fn an_index_outside_shows_the_first() {
    let json = r#"{"files":[],"inputs":[{"kind":"hosts","content":"a"}],"shown_file":9,"shown_input":4000000000}"#;
    let project = from_fragment(&link_with(json)).unwrap();
    assert_eq!((project.shown_file, project.shown_input), (0, 0));
}

#[test]
fn what_the_future_adds_is_ignored_or_named() {
    let with_fields = r#"{"files":[],"inputs":[{"kind":"message","content":"a","new":{"x":[1]}}],"expectations":[1]}"#;
    assert_eq!(from_fragment(&link_with(with_fields)).unwrap().inputs.len(), 1);
    for json in [
        r#"{"files":[{"name":"x","role":"sender_access","kind":"regexp","content":""}],"inputs":[]}"#,
        r#"{"files":[{"name":"x","role":"header_checks","kind":"dream","content":""}],"inputs":[]}"#,
        r#"{"files":[],"inputs":[{"kind":"dream","content":""}]}"#,
    ] {
        assert_eq!(kind_of(&link_with(json)), ErrorKind::Newer, "{json}");
    }
    for fragment in ["2.AAAA", "0.AAAA", "01.AAAA", "9999.x"] {
        assert_eq!(kind_of(fragment), ErrorKind::UnknownVersion, "{fragment}");
    }
    for fragment in ["", "#", "top", "example/tilde", "x.AAAA", ".AAAA", "12345.x", "１.AAAA"] {
        assert_eq!(kind_of(fragment), ErrorKind::NotALink, "{fragment}");
    }
}

#[test]
fn a_project_past_the_limits_makes_no_link_and_says_how_long_it_would_be() {
    let mut project = project();
    // What cannot be compressed: the digits of a multiplicative generator.
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..200_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as u8
        })
        .collect();
    project.inputs[0].content = noise.into();
    let error = to_fragment(&project).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.size().unwrap() > 200_000);

    project.inputs[0].content = vec![b'a'; 3_000_000].into();
    assert_eq!(to_fragment(&project).unwrap_err().kind(), ErrorKind::TooLarge);
}
