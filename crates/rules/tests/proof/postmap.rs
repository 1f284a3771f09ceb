//! The same claims, of Postfix's own answers.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use postproof_model::TableKind;
use postproof_rules::lint::proof::{Keys, rules};
use postproof_rules::table::Table;
use postproof_rules::table::rule::Op;

use super::random::Random;
use super::tables::Made;
use super::{claims, number, seed};

/// What postmap answers to these keys, one a line.
fn answers(table: &str, keys: &[Vec<u8>]) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut child = Command::new("postmap")
        .args(["-q", "-", table])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("postmap");
    let mut stdin = child.stdin.take().expect("its input");
    let text: Vec<u8> = keys.iter().flat_map(|key| [key.as_slice(), b"\n"].concat()).collect();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(&text)));
        child.wait_with_output().expect("its output").stdout
    });
    // No key here holds a tab.
    output
        .split(|byte| *byte == b'\n')
        .filter_map(|line| {
            let tab = line.iter().position(|byte| *byte == b'\t')?;
            Some((line[..tab].to_vec(), line[tab + 1..].to_vec()))
        })
        .collect()
}

#[test]
fn postmap_never_answers_with_a_rule_that_is_claimed_dead() {
    if Command::new("postmap").arg("-q").arg("x").arg("static:y").output().is_err() {
        println!("skipped: no postmap here");
        return;
    }
    let mut random = Random::new(seed() ^ 1);
    let (mut met, mut tables) = (0_usize, 0_usize);
    let folder = std::env::temp_dir().join(format!("postproof-proof-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let wanted = number("POSTPROOF_PROOF_TABLES", 150) / 3;
    while tables < wanted {
        let made = Made::new(&mut random);
        if made.keys == Keys::Unknown {
            continue;
        }
        let claims = claims(&made, made.keys, &mut BTreeMap::new());
        let dead: Vec<usize> = claims
            .dead
            .into_iter()
            .filter(|index| matches!(made.table.rules()[*index].op, Op::Answer { .. }))
            .collect();
        if dead.is_empty() {
            continue;
        }
        tables += 1;
        let file = folder.join("table");
        std::fs::write(&file, &made.source).unwrap();
        let kind = if made.kind == TableKind::Pcre { "pcre" } else { "regexp" };
        let table = format!("{kind}:{}", file.display());
        let one_line = |key: &Vec<u8>| key.is_ascii() && key.iter().all(|byte| !byte.is_ascii_control());
        let keys: Vec<Vec<u8>> = (0..2_000).map(|_| made.key(&mut random)).filter(one_line).collect();
        let answered = answers(&table, &keys);
        for &index in &dead {
            let rule = &made.table.rules()[index];
            let of_rule = made.table.rule_ref(index);
            let result = made.source.lines().nth(rule.lines.first - 1).unwrap().rsplit(" R").next().unwrap();
            let result = format!("R{}", result.split(' ').next().unwrap());
            for key in keys.iter().filter(|key| matches!(made.table.rule_match(&of_rule, key), Ok(Some(_)))) {
                met += 1;
                let answer = answered
                    .get(key)
                    .unwrap_or_else(|| panic!("no answer to {:?}: {made}", key.escape_ascii().to_string()));
                let word = answer.split(|byte| *byte == b' ').next().unwrap_or_default();
                assert_ne!(word, result.as_bytes(), "{:?}: {made}", key.escape_ascii().to_string());
            }
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    println!("{met} keys of dead rules in {tables} tables");
    assert!(met > 10 * tables, "too few keys of dead rules to prove anything");
}

/// A header of 99 kilobytes, on which PCRE2 gives up in the first rule, which has the same keys as the second: so the second
/// fires, and must not be claimed dead where keys can be that long.
#[test]
fn where_pcre_gives_up_the_next_rule_fires() {
    let source = "/^a:.*foo.*bar/ A\n/^a:.*?foo.*?bar/ B\n";
    let (table, _) = Table::parse(TableKind::Pcre, "t", source.as_bytes());
    assert_eq!(rules(&table, Keys::Header), []);
    assert_eq!(rules(&table, Keys::BodyLine).len(), 1);
    let file = std::env::temp_dir().join(format!("postproof-gives-up-{}", std::process::id()));
    std::fs::write(&file, source).unwrap();
    let key = [b"a:foobar".as_slice(), &b"foo".repeat(33_000)].concat();
    let asked = Command::new("postmap").args(["-q", "x", "static:y"]).output().is_ok();
    if asked {
        let answered = answers(&format!("pcre:{}", file.display()), std::slice::from_ref(&key));
        assert_eq!(answered.get(&key).map(Vec::as_slice), Some(b"B".as_slice()));
    } else {
        println!("skipped: no postmap here");
    }
    std::fs::remove_file(&file).unwrap();
}
