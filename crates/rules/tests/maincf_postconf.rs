//! main.cf beside postconf(1): the same expanded value of every parameter, or a refusal on both sides; the same names
//! unused and undefined.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it is a test that asks Postfix"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use postproof_model::{Consequence, MainCfProblem, Problem};
use postproof_rules::maincf::{MainCf, State, defaults};
use postproof_rules::message::Version;

const VERSION: Version = Version { major: 3, minor: 7 };

/// xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) % bound as u64) as usize
    }

    fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }
}

struct Postconf {
    folder: PathBuf,
    defaults: BTreeMap<String, Vec<u8>>,
}

impl Postconf {
    fn find(test: &str) -> Option<Self> {
        let version = Command::new("postconf").args(["-h", "mail_version"]).output().ok();
        let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        if !version.starts_with("3.7.") {
            println!("SKIPPED {test}: Postfix 3.7 is not installed (Debian 12: apt-get install postfix)");
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("master.cf"), "").unwrap();
        let mut found = Self { folder, defaults: BTreeMap::new() };
        found.defaults = values(&found.ask(b"", &["-d"]).0);
        Some(found)
    }

    /// Standard output, standard error, and whether all went well.
    fn ask(&self, main_cf: &[u8], arguments: &[&str]) -> (Vec<u8>, String, bool) {
        let path = self.folder.join("main.cf");
        std::fs::write(&path, main_cf).unwrap();
        // postconf reads a file that has just changed twice, and says all twice.
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1)).unwrap();
        let output =
            Command::new("postconf").arg("-c").arg(&self.folder).args(arguments).env("LC_ALL", "C").output().unwrap();
        (output.stdout, String::from_utf8_lossy(&output.stderr).into_owned(), output.status.success())
    }
}

fn values(output: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let line = |line: &[u8]| {
        let equals = line.iter().position(|&byte| byte == b'=')?;
        let value = line.get(equals + 2..).unwrap_or_default().to_vec();
        Some((String::from_utf8_lossy(&line[..equals]).trim().to_owned(), value))
    };
    output.split(|&byte| byte == b'\n').filter_map(line).collect()
}

/// A value as postconf shows it: one space between words, none at its ends, whatever white space the value has.
fn shown(value: &[u8]) -> String {
    let words = value.split(|byte| b" \t\r\n".contains(byte)).filter(|word| !word.is_empty());
    words.map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// How much was compared.
#[derive(Debug, Default)]
struct Compared {
    files: usize,
    refused: usize,
    values: usize,
    unknown: usize,
    warnings: usize,
}

fn compare(postconf: &Postconf, source: &[u8], compared: &mut Compared) {
    let (mut main_cf, problems) = MainCf::parse_for(VERSION, "main.cf", source);
    for (name, value) in &postconf.defaults {
        if defaults::default(name, VERSION) == Some(defaults::Default::Machine) {
            main_cf.set_default(name, value);
        }
    }
    let context = || format!("{}\n{problems:?}", String::from_utf8_lossy(source));
    let (output, errors, good) = postconf.ask(source, &["-x"]);
    compared.files += 1;
    // postconf refuses all of the file if it refuses one value that it shows.
    let malformed = problems.iter().any(|problem| {
        matches!(&problem.problem, Problem::MainCf(MainCfProblem::NoEqualsSign | MainCfProblem::NoName))
    });
    let state = |name: &String| main_cf.get(name).state;
    let names = postconf.defaults.keys().cloned().chain(main_cf.settings().iter().map(|set| set.name.clone()));
    let refused = malformed || names.clone().any(|name| matches!(state(&name), State::Refused(_)));
    // A setting that nothing uses is not shown, so a mistake in it is none to postconf.
    if !good {
        compared.refused += 1;
        assert!(refused, "postconf refuses, we do not\n{errors}\n{}", context());
        return;
    }
    let theirs = values(&output);
    for (name, value) in &theirs {
        if matches!(name.as_str(), "config_directory" | "process_id" | "process_name") {
            continue;
        }
        match main_cf.get(name).state {
            State::Known(ours) => {
                compared.values += 1;
                assert_eq!(shown(&ours), shown(value), "{name}\n{}", context());
            }
            State::Unknown { .. } => compared.unknown += 1,
            state => panic!("{name}: {state:?}, postconf has {}\n{}", String::from_utf8_lossy(value), context()),
        }
    }
    let named = |marker: &str| -> BTreeSet<String> {
        let of = |line: &str| {
            let rest = line.split_once(marker)?.1;
            Some(rest.split('=').next().unwrap_or_default().to_owned())
        };
        errors.lines().filter_map(of).collect()
    };
    let ours = |is: &dyn Fn(&MainCfProblem) -> Option<String>| -> BTreeSet<String> {
        let warned = problems.iter().filter(|problem| problem.consequence == Consequence::TextIgnored);
        warned
            .filter_map(|problem| if let Problem::MainCf(problem) = &problem.problem { is(problem) } else { None })
            .collect()
    };
    let unused = ours(&|problem| match problem {
        MainCfProblem::UnknownParameter { name, .. } | MainCfProblem::ObsoleteParameter { name, .. } => {
            Some(name.clone())
        }
        _ => None,
    });
    assert_eq!(unused, named("unused parameter: "), "unused\n{errors}\n{}", context());
    let undefined = ours(&|problem| match problem {
        MainCfProblem::UndefinedName { name } => Some(name.clone()),
        _ => None,
    });
    assert_eq!(undefined, named("undefined parameter: "), "undefined\n{errors}\n{}", context());
    let again = ours(&|problem| match problem {
        MainCfProblem::SetAgain { name, .. } => Some(name.clone()),
        _ => None,
    });
    assert_eq!(again, named("overriding earlier entry: "), "set again\n{errors}\n{}", context());
    compared.warnings += unused.len() + undefined.len() + again.len();
}

/// Written by hand: one idea each.
const FILES: &[&str] = &[
    "",
    "# comment\n\nrelayhost = a\n  # aside\n\n b\nmyorigin=c",
    "relayhost = a\nbroken\n",
    "= x\n",
    " relayhost = a\nmyorigin = b\n",
    "relayhost = a\nrelayhost = b\nrelayhost = b\n",
    "compatibility_level = 3.6\n",
    "compatibility_level = 2\n",
    "compatibility_level = 1\nsmtpd_relay_restrictions = ${{$compatibility_level} >=level {0.9.1}}\n",
    "compatibility_level = x\n",
    "relayhost = ${{3.10} <level {3.9} ? {x} : {y}}${{3.10} < {3.9} ? {x} : {y}}${{10} < {9}}${{10} > {9}}\n",
    "relayhost = ${{ +3. 6}==level{3.6.0}?yes:no}\n",
    "relayhost = ${{99999999999999999999}<{1}}\n",
    "relayhost = ${a?b}${myorigin?b:c}${a:b?c}${a?{b}:{c}}${ myorigin ? {b} : {c} }${a: {c} }$(mail_name)$$$$x\n",
    "relayhost = ${myorigin?${a:{x}}}${myorigin? {b} c}\n",
    "relayhost = ${myorigin?? {b}:c}\n",
    "relayhost = ${myorigin?{b}:{c} d}\n",
    "relayhost = ${myorigin?{b}c}\n",
    "relayhost = ${a?{b}c}\n",
    "relayhost = $\n",
    "relayhost = ${}\n",
    "relayhost = ${a\n",
    "relayhost = $(a\n",
    "relayhost = ${a-b}\n",
    "relayhost = ${{a} {b}}\n",
    "relayhost = ${{a} == b}\n",
    "relayhost = ${{a} =={a} b}\n",
    "relayhost = ${{a} ==level {3}}\n",
    "relayhost = ${{a} ==x {3}}\n",
    "relayhost = $relayhost\n",
    "relayhost = $myorigin\nmyorigin = $relayhost\n",
    "relayhost = ${a?$}\nmyorigin = $a.b\n",
    "used = a\nnever = b\nrelayhost = $used\n",
    "one = a\ntwo = b\nthree = c\nsmtpd_restriction_classes = one, two\n",
    "fallback_relay = a\nvirtual_maps = b\nextract_recipient_limit = 5\n",
    "virtual_maps = x\nvirtual_alias_maps = y\nvirtual_alias_domains = z\n",
    "default_rbl_reply = $rbl_code $nosuch $$\n",
    "myhostname = mail.example.com\n",
    "myhostname = mail\n",
    "mydomain = example.com\n",
    "ldap_x_server_host = a\nvirtual_alias_maps = ldap:ldap_x\n",
    "relayhost = a # b\n",
];

#[test]
fn values_are_those_of_postconf() {
    let name = "values_are_those_of_postconf";
    let Some(postconf) = Postconf::find(name) else { return };
    let mut compared = Compared::default();
    for source in FILES {
        compare(&postconf, source.as_bytes(), &mut compared);
    }
    compare(&postconf, b"relayhost = a\0b\nmyorigin = c\xff\xe3\x81\n", &mut compared);
    println!("{compared:?}");
    assert!(compared.values > 10_000, "{compared:?}");
}

const NAMES: &[&str] = &["relayhost", "myorigin", "header_checks", "a", "b", "mail_name", "nosuch", "transport_maps"];
const PIECES: &[&str] = &[
    "x", "yes", "3.6", "10", "9", " ", ",", "$", "$$", "${", "$(", "}", ")", "{", "?", ":", "==", "<", ">=", "!=",
    "<level ", "-", "#",
];

fn value(random: &mut Random, depth: usize) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(3) {
        let inner = |random: &mut Random| if depth == 0 { "z".to_owned() } else { value(random, depth - 1) };
        match random.below(12) {
            0..=2 => text += random.pick(&["x", "regexp:/a", "3", "10", "3.6", " ", ", "]),
            3 => text += &format!("${}", random.pick(NAMES)),
            4 => text += &format!("${{{}}}", random.pick(NAMES)),
            5 => text += &format!("${{{}?{}}}", random.pick(NAMES), inner(random)),
            6 => text += &format!("${{{} : {{{}}}}}", random.pick(NAMES), inner(random)),
            7 => text += &format!("${{{}?{{{}}}:{{{}}}}}", random.pick(NAMES), inner(random), inner(random)),
            8 | 9 => {
                let operator = random.pick(&["==", "!=", "<", "<=", ">=", ">", "<level", ">=level"]);
                let choice = inner(random);
                text += &format!("${{{{{}}} {operator} {{{}}} ? {{{choice}}} : {{no}}}}", inner(random), inner(random));
            }
            10 => text += "$$",
            _ => text += &format!("$({})", random.pick(NAMES)),
        }
    }
    if random.below(12) == 0 {
        let mut at = random.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, random.pick(PIECES));
    }
    text
}

#[test]
fn random_files_are_read_as_postconf_reads_them() {
    let name = "random_files_are_read_as_postconf_reads_them";
    let Some(postconf) = Postconf::find(name) else { return };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = seed.unwrap_or_else(|| now.as_secs() ^ u64::from(now.subsec_nanos()));
    println!("SEED={seed}");
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut compared = Compared::default();
    let files = std::env::var("FILES").ok().and_then(|files| files.parse().ok()).unwrap_or(200);
    for _ in 0..files {
        let mut source = String::new();
        for _ in 0..=random.below(4) {
            let name = random.pick(&["relayhost", "myorigin", "header_checks", "a", "b", "transport_maps", "c"]);
            let value = value(&mut random, 2);
            source += &format!("{name} {} {value}\n", random.pick(&["=", "=", "=", "=", "=\n ", "=\n#\n\t"]));
        }
        compare(&postconf, source.as_bytes(), &mut compared);
    }
    println!("{compared:?}");
}
