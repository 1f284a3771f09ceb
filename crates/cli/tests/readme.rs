//! Every example of the two READMEs, run as a reader would run it.
//!
//! A block ```` ```postfix NAME ````, ```` ```eml NAME ```` and the like is a file; a block ```` ```console ```` holds commands after
//! `$ ` and what they print, standard error included. Each README is run from its first line to its last in a folder of
//! its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::path::Path;
use std::process::Command;

use support::folder;

#[test]
fn the_readmes_examples_do_what_they_say() {
    run(include_str!("../../../README.md"), "README.md", "C");
}

#[test]
fn the_japanese_readmes_examples_do_what_they_say() {
    run(include_str!("../../../README.ja.md"), "README.ja.md", "ja_JP.UTF-8");
}

fn run(readme: &str, name: &str, locale: &str) {
    let folder = folder(name);
    // The examples that the page has, too.
    let example = folder.join("s25r");
    std::fs::create_dir_all(&example).unwrap();
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples/s25r")).unwrap() {
        let file = file.unwrap();
        // Its own tests are not what the README's command finds.
        if file.path().extension().is_none_or(|kind| kind != "toml") {
            std::fs::copy(file.path(), example.join(file.file_name())).unwrap();
        }
    }
    let mut commands = 0;
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            Some(("postfix" | "eml" | "text" | "toml", file)) => {
                std::fs::write(folder.join(file), block.join("\n") + "\n").unwrap();
            }
            None if info == "console" => {
                for (command, expected) in examples(&block) {
                    commands += 1;
                    assert_eq!(say(&folder, &command, locale), expected, "{name}: $ {command}");
                }
            }
            _ => {}
        }
    }
    assert!(commands >= 5, "{name} has only {commands} examples");
}

/// The commands of a block with what each prints.
fn examples(block: &[&str]) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    for line in block {
        match (line.strip_prefix("$ "), examples.last_mut()) {
            (Some(command), _) => examples.push((command.to_owned(), String::new())),
            (None, Some((_, printed))) => *printed += &format!("{line}\n"),
            (None, None) => panic!("{line:?} comes before any command"),
        }
    }
    examples
}

fn say(folder: &Path, command: &str, locale: &str) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_postproof")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path)
        .env("LC_ALL", locale)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}
