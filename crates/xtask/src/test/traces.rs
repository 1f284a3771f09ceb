//! What git keeps works for everyone: it names no registry's or mirror's host and no folder of one person's machine.

use super::Outcome;
use super::steps::State;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Where Cargo.lock says crates come from, on every machine, mirrored or not.
const CRATES_IO: &str = concat!("registry+https://git", "hub.com/rust-lang/crates.io-index");

/// Hosts that packages are fetched from. Written in two parts, or this file would be the first finding.
const HOSTS: &[&str] = &[
    concat!("registry.", "npmjs."),
    concat!("registry.", "yarnpkg."),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("files.", "pythonhosted."),
    concat!("deb.", "debian.org"),
    concat!("security.", "debian.org"),
    concat!("npm.", "pkg.github"),
    concat!("/artifac", "tory/"),
];

/// Folders that people's own files lie in; what follows is a name.
const HOMES: &[&str] = &[concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("C:\\Us", "ers\\")];

/// Folders of machines that build.
const MACHINES: &[&str] =
    &[concat!("/ro", "ot/"), concat!("/wor", "k/"), concat!("/work", "space/"), concat!("/bui", "lds/")];

/// Names that stand for anyone in examples.
const ANYONE: &[&str] = &["user", "you", "me", "alice", "bob", "example"];

pub(super) fn check(state: &mut State) -> Result<Outcome> {
    let workspace = state.workspace();
    let Some(files) = workspace.tracked_files()? else {
        return Ok(Outcome::Skipped("this is not a git checkout, so nothing says which files are kept".to_owned()));
    };
    // This machine's own folders, whatever they are called.
    let here: Vec<String> = [Some(workspace.root().to_owned()), std::env::home_dir()]
        .into_iter()
        .flatten()
        .map(|folder| format!("{}/", folder.display()))
        .filter(|folder| folder.len() > "/x/".len())
        .collect();
    let mut wrong = Vec::new();
    for file in &files {
        let path = workspace.root().join(file);
        // A file that git knows and that was just moved away is no finding.
        let Ok(bytes) = fs::read(&path) else { continue };
        for (number, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            if let Some(what) = finding(file, line, &here) {
                wrong.push(format!("{}:{}: {what}", file.display(), number + 1));
            }
        }
    }
    wrong.extend(lock(&fs::read_to_string(workspace.root().join("Cargo.lock")).context("Cargo.lock")?));
    println!("{} files", files.len());
    if !wrong.is_empty() {
        bail!("{} findings\n{}", wrong.len(), wrong.join("\n"));
    }
    Ok(Outcome::Passed)
}

/// What is wrong with a line.
fn finding(file: &Path, line: &str, here: &[String]) -> Option<String> {
    if file.ends_with("package-lock.json") && line.trim_start().starts_with("\"resolved\"") && line.contains("://") {
        return Some("the lock records a registry's address".to_owned());
    }
    if let Some(host) = HOSTS.iter().find(|host| line.contains(**host)) {
        return Some(format!("a registry's host, {host}"));
    }
    if let Some(folder) = here.iter().find(|folder| starts_a_path(line, folder).is_some()) {
        return Some(format!("this machine's {folder}"));
    }
    for folder in MACHINES {
        if starts_a_path(line, folder).is_some_and(|rest| !name(rest).is_empty()) {
            return Some(format!("a path in {folder}"));
        }
    }
    for folder in HOMES {
        if let Some(rest) = starts_a_path(line, folder)
            && !name(rest).is_empty()
            && !ANYONE.contains(&name(rest))
        {
            return Some(format!("{}'s folder", name(rest)));
        }
    }
    None
}

/// What follows `folder` where it starts an absolute path: `src/root/x` and `https://host/work/x` are none.
fn starts_a_path<'a>(line: &'a str, folder: &str) -> Option<&'a str> {
    line.match_indices(folder).find_map(|(at, _)| {
        let before = line[..at].chars().next_back();
        let inside =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '/' | '}' | '*'));
        (!inside).then(|| &line[at + folder.len()..])
    })
}

/// The path's next part.
fn name(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-')).unwrap_or(rest.len());
    &rest[..end]
}

/// Sources in Cargo.lock that are not crates.io.
fn lock(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("source = "))
        .filter(|source| source.trim_matches('"') != CRATES_IO)
        .map(|source| format!("Cargo.lock: a package from {source}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> bool {
        finding(Path::new("x.txt"), line, &["/srv/checkout/".to_owned()]).is_some()
    }

    #[test]
    fn folders_of_one_machine_are_found() {
        for folder in HOMES.iter().chain(MACHINES) {
            assert!(found(&format!("see \"{folder}kim/notes\"")), "{folder}");
            assert!(found(&format!("{folder}kim")), "{folder}");
        }
        assert!(found("cd /srv/checkout/web"));
    }

    #[test]
    fn other_text_is_left_alone() {
        for line in [
            "https://example.org/work/rules.html",
            "target/root/x",
            "a/work/of/art",
            "mailbox_command = /home/user/bin/deliver",
            "/etc/postfix/header_checks",
            "postfix-root/spool",
            "alias: /root",
        ] {
            assert!(!found(line), "{line}");
        }
    }

    #[test]
    fn registries_are_found() {
        for host in HOSTS {
            assert!(found(&format!("https://{host}x/y")), "{host}");
        }
        let resolved = format!("\"resolved\": \"https://{}org/x.tgz\"", HOSTS[0]);
        assert!(finding(Path::new("package-lock.json"), &resolved, &[]).is_some());
        assert_eq!(lock(&format!("source = \"{CRATES_IO}\"")).len(), 0);
        assert_eq!(lock("source = \"git+https://example.org/x#1\"").len(), 1);
    }
}
