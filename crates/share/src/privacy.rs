//! What in a project gives people away: mail addresses, host addresses, and what looks like a password.
//!
//! Names and numbers that are set aside for examples (RFC 2606, 5737, 3849) give nobody away.

use std::net::{Ipv4Addr, Ipv6Addr};

use postproof_model::{Bytes, Project};

/// The most that is looked for.
pub const FOUND_LIMIT: usize = 500;

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Private {
    /// A mail address.
    Mail,
    /// An IPv4 or IPv6 address.
    Host,
    /// What stands behind `password =` and the like.
    Password,
}

/// Something that gives people away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Private,
    /// It, as written.
    pub text: String,
    /// In how many places of the project it stands.
    pub places: usize,
}

/// What gives people away, each once, in the order in which it stands; at most [`FOUND_LIMIT`].
#[must_use]
pub fn find(project: &Project) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for text in texts(project) {
        // In a pattern a period is written with a backslash.
        let text = text.replace("\\.", ".");
        for line in text.lines() {
            in_line(line, &mut |kind, text| {
                if let Some(found) = found.iter_mut().find(|found| found.text.eq_ignore_ascii_case(text)) {
                    found.places += 1;
                } else if found.len() < FOUND_LIMIT {
                    found.push(Found { kind, text: text.to_owned(), places: 1 });
                }
            });
        }
    }
    found
}

/// What takes the place of each: the same wherever it stands, and of the same shape.
#[must_use]
pub fn replacements(found: &[Found]) -> Vec<String> {
    let (mut mails, mut four, mut six) = (0_usize, 0_usize, 0_usize);
    let replaced = found.iter().map(|found| match found.kind {
        Private::Mail => {
            mails += 1;
            format!("user{mails}@example.com")
        }
        Private::Host if found.text.contains(':') => {
            six += 1;
            format!("2001:db8::{six:x}")
        }
        Private::Host => {
            let network = ["192.0.2", "198.51.100", "203.0.113"].get(four / 254).copied().unwrap_or("203.0.113");
            let host = four % 254 + 1;
            four += 1;
            format!("{network}.{host}")
        }
        Private::Password => "removed".to_owned(),
    });
    replaced.collect()
}

/// The project with each of these in the place of what was found, in patterns, too.
#[must_use]
pub fn replace(project: &Project, pairs: &[(&str, &str)]) -> Project {
    let mut pairs: Vec<(&str, &str)> = pairs.to_vec();
    // The longer first: one address may be the end of another.
    pairs.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
    let all = |text: &str| {
        let mut text = text.to_owned();
        for (from, to) in &pairs {
            text = whole_words(&text, from, to);
            if from.contains('.') {
                text = whole_words(&text, &from.replace('.', "\\."), &to.replace('.', "\\."));
            }
        }
        text
    };
    let bytes = |bytes: &mut Bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            *bytes = all(text).into();
        }
    };
    let mut project = project.clone();
    project.title = all(&project.title);
    project.tests = all(&project.tests);
    project.files.iter_mut().for_each(|file| bytes(&mut file.content));
    project.inputs.iter_mut().for_each(|input| bytes(&mut input.content));
    project
}

fn texts(project: &Project) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    let files = project.files.iter().map(|file| &file.content);
    let bytes = files.chain(project.inputs.iter().map(|input| &input.content));
    bytes.map(Bytes::lossy).chain([project.title.as_str().into(), project.tests.as_str().into()])
}

/// In how many places [`replace`] puts another text in the place of this one.
#[must_use]
pub fn places(project: &Project, text: &str) -> usize {
    // Marks that stand in no text take its place, and are counted.
    const MARK: &str = "\u{f8ff}postproof\u{f8ff}";
    let count = |project: &Project| texts(project).map(|text| text.matches(MARK).count()).sum::<usize>();
    count(&replace(project, &[(text, MARK)])).saturating_sub(count(project))
}

/// Replaces a text where it is not a part of a longer word; letters of either case.
fn whole_words(text: &str, from: &str, to: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let wanted = from.to_ascii_lowercase();
    if wanted.is_empty() {
        return text.to_owned();
    }
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find(&wanted)).map(|found| at + found) {
        let end = found + wanted.len();
        let before = text.get(..found).and_then(|text| text.chars().next_back());
        let after = text.get(end..).and_then(|text| text.chars().next());
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        replaced.push_str(text.get(at..found).unwrap_or_default());
        let whole = !joined(before) && !joined(after);
        replaced.push_str(if whole { to } else { text.get(found..end).unwrap_or_default() });
        at = end;
    }
    replaced.push_str(text.get(at..).unwrap_or_default());
    replaced
}

fn in_line(line: &str, say: &mut dyn FnMut(Private, &str)) {
    for (at, _) in line.match_indices('@') {
        if let Some(mail) = mail_around(line, at) {
            say(Private::Mail, mail);
        }
    }
    for word in line.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '@'))) {
        if let Some(host) = host_in(word) {
            say(Private::Host, host);
        }
    }
    if let Some(password) = password_in(line) {
        say(Private::Password, password);
    }
}

/// The mail address around an `@`.
fn mail_around(line: &str, at: usize) -> Option<&str> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '=');
    let local = line.get(..at)?;
    let start = local
        .rfind(|c: char| !is_local(c))
        .map_or(0, |end| end + local.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let domain = line.get(at + 1..)?;
    let end = domain.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(domain.len());
    let domain = domain.get(..end)?.trim_end_matches(['.', '-']);
    let (_, last) = domain.rsplit_once('.')?;
    let is_name = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    (start < at && is_name && !is_example(domain)).then(|| line.get(start..at + 1 + domain.len())).flatten()
}

/// Whether a name is one for examples.
fn is_example(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    let ends = ["example", "test", "invalid", "localhost", "example.com", "example.net", "example.org", "example.jp"];
    ends.iter().any(|end| domain.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('.')))
}

/// The address in a word, if it is one that somebody has.
fn host_in(word: &str) -> Option<&str> {
    let word = word.trim_matches(['.', '-', '_']);
    let word = word.strip_prefix("IPv6:").unwrap_or(word);
    if let Ok(address) = word.parse::<Ipv4Addr>() {
        let [a, b, c, _] = address.octets();
        let example = matches!((a, b, c), (192, 0, 2) | (198, 51, 100) | (203, 0, 113));
        // A network's name or a mask is nobody's.
        let nobody = address.is_loopback() || address.is_unspecified() || a == 255 || address.octets()[3] == 0;
        return (!example && !nobody).then_some(word);
    }
    let address = word.parse::<Ipv6Addr>().ok()?;
    let nobody = address.is_loopback() || address.is_unspecified() || address.segments()[..2] == [0x2001, 0xdb8];
    (!nobody).then_some(word)
}

/// What stands behind `password =` and the like, or behind a mechanism of AUTH.
fn password_in(line: &str) -> Option<&str> {
    const NAMES: [&str; 8] = ["password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "bind_pw"];
    let lower = line.to_ascii_lowercase();
    let value = |from: usize| {
        let rest = line.get(from..)?.trim_start_matches([' ', '\t', '"', '\'']);
        let rest = rest.split([' ', '\t', '"', '\'', ',', ';']).next()?;
        (rest.len() >= 3 && rest != "removed").then_some(rest)
    };
    for name in NAMES {
        let Some(at) = lower.find(name).map(|at| at + name.len()) else { continue };
        let gap = line.get(at..)?.find(|c: char| !matches!(c, ' ' | '\t' | '"' | '\'')).unwrap_or(0);
        if line.get(at + gap..)?.starts_with(['=', ':']) {
            return value(at + gap + 1);
        }
    }
    ["auth plain ", "auth login ", "authorization: basic ", "authorization: bearer "]
        .iter()
        .find_map(|start| lower.strip_prefix(start).and_then(|_| value(start.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::{Input, InputKind, ProjectFile, Role, TableKind};

    fn project(table: &str, input: &str) -> Project {
        let name = "t".to_owned();
        let file = ProjectFile { name, role: Role::BodyChecks, kind: TableKind::Regexp, content: table.into() };
        let input = Input { name: String::new(), kind: InputKind::Message, content: input.into() };
        Project { files: vec![file], inputs: vec![input], ..Project::default() }
    }

    fn found(text: &str) -> Vec<(Private, String, usize)> {
        find(&project("", text)).into_iter().map(|found| (found.kind, found.text, found.places)).collect()
    }

    #[test]
    fn what_gives_people_away_is_found_once_with_its_places() {
        use Private::{Host, Mail, Password};
        let text = "From: <Taro@mail.co.jp>, taro@mail.co.jp.\nReceived: from x ([8.8.4.4])\n [IPv6:2001:4860::8888]\n password = \"hunter2\"\nAUTH PLAIN AGEAYg==\n";
        let expected = [(Mail, "Taro@mail.co.jp", 2), (Host, "8.8.4.4", 1), (Host, "2001:4860::8888", 1)];
        let expected = expected.into_iter().chain([(Password, "hunter2", 1), (Password, "AGEAYg==", 1)]);
        let expected: Vec<_> = expected.map(|(kind, text, places)| (kind, text.to_owned(), places)).collect();
        assert_eq!(found(text), expected);
    }

    #[test]
    fn examples_versions_and_patterns_give_nobody_away() {
        for text in [
            "a@example.com b@mx.example.net c@host.test 192.0.2.1 127.0.0.1 ::1 2001:db8::7",
            "Postfix 3.7.11, ratio 1:2, at 12:30:45, 999.1.1.1, 10.0.0.0/8",
            "/@[a-z]+$/ REJECT  user@host  @  a@b.",
            "the password is long; no secrets",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn the_same_is_replaced_by_the_same_everywhere() {
        let before =
            project("/taro@mail\\.co\\.jp/ REJECT\n", "From: Taro@mail.co.jp\nX: xtaro@mail.co.jp 8.8.8.8 8.8.8.88\n");
        let found = find(&before);
        let texts: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        assert_eq!(texts, ["taro@mail.co.jp", "xtaro@mail.co.jp", "8.8.8.8", "8.8.8.88"]);
        let by = replacements(&found);
        let pairs: Vec<(&str, &str)> = texts.into_iter().zip(by.iter().map(String::as_str)).collect();
        let after = replace(&before, &pairs);
        assert_eq!(after.files[0].content.lossy(), "/user1@example\\.com/ REJECT\n");
        let expected = "From: user1@example.com\nX: user2@example.com 192.0.2.1 192.0.2.2\n";
        assert_eq!(after.inputs[0].content.lossy(), expected);
        assert_eq!(find(&after), []);
        let places = ["taro@mail.co.jp", "8.8.8.8", "none"].map(|text| places(&before, text));
        assert_eq!(places, [2, 1, 0]);
    }
}
