//! The examples for CI servers (`docs/ci`): each is read as its server reads it, and the commands in it are run on the
//! example rules.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use regex_automata::meta::Regex;
use serde_json::Value;
use support::folder;

/// A copy of the example rules.
fn rules(name: &str) -> PathBuf {
    let folder = folder(name);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/s25r"), &folder);
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs a line as a CI server does: the status and what is printed. The command is installed already, so that nothing is
/// fetched.
fn run(folder: &Path, line: &str) -> (bool, String) {
    let programs = Path::new(env!("CARGO_BIN_EXE_postproof")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", line]).current_dir(folder).env("PATH", path).env("LC_ALL", "C");
    let output = shell.env("POSTPROOF", "nowhere").output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

/// The rules as they are pass, and a slip in them is found.
fn finds_a_slip(folder: &Path, lines: &[String]) -> String {
    let all = || {
        let mut printed = String::new();
        for line in lines {
            let (good, text) = run(folder, line);
            printed += &text;
            if !good {
                return (false, printed);
            }
        }
        (true, printed)
    };
    let (good, printed) = all();
    assert!(good, "{lines:?}\n{printed}");
    let white_list = folder.join("white_list");
    let mended = std::fs::read_to_string(&white_list).unwrap();
    std::fs::write(&white_list, mended.replace("/\\.example\\.net$/", "/\\.example\\,net$/")).unwrap();
    let (good, failed) = all();
    assert!(!good, "{lines:?}\n{failed}");
    std::fs::write(&white_list, mended).unwrap();
    printed + &failed
}

fn installs(line: &str) -> bool {
    line == "command -v postproof || cargo install --locked --git \"$POSTPROOF\" postproof-cli"
}

#[test]
fn the_github_workflow() {
    let workflow = yaml(include_str!("../../../docs/ci/github-workflow.yml"));
    assert_eq!(workflow["permissions"]["contents"], "read");
    let job = &workflow["jobs"]["rules"];
    assert!(job["runs-on"].is_string() && job["env"]["POSTPROOF"].is_string());
    let steps = job["steps"].as_array().unwrap();
    // A step either uses an action at a version or runs lines.
    let pinned = |step: &&Value| step["uses"].as_str().is_some_and(|uses| uses.contains('@'));
    assert!(steps.iter().all(|step| pinned(&step) != step["run"].is_string()));
    let lines: Vec<String> = steps.iter().filter_map(|step| Some(step["run"].as_str()?.to_owned())).collect();
    assert!(installs(&lines[0]), "{lines:?}");
    let folder = rules("ci_github");
    let printed = finds_a_slip(&folder, &lines);
    assert!(printed.contains("\n::error file=clients.postproof.toml,line="), "{printed}");
    assert!(std::fs::read_to_string(folder.join("lcov.info")).unwrap().contains("SF:white_list\n"));
}

#[test]
fn the_gitlab_job() {
    let jobs = yaml(include_str!("../../../docs/ci/gitlab-ci.yml"));
    let job = &jobs["mail rules"];
    assert!(job["image"].is_string() && job["variables"]["POSTPROOF"].is_string());
    let script = job["script"].as_array().unwrap();
    let lines: Vec<String> = script.iter().map(|line| line.as_str().unwrap().to_owned()).collect();
    assert!(installs(&lines[0]), "{lines:?}");
    let folder = rules("ci_gitlab");
    let printed = finds_a_slip(&folder, &lines);
    let junit = job["artifacts"]["reports"]["junit"].as_str().unwrap();
    let results = std::fs::read_to_string(folder.join(junit)).unwrap();
    assert!(
        results.contains("<testsuite name=\"clients.postproof.toml\"") && results.contains("<failure "),
        "{results}"
    );
    // Kept where the job fails, too: that is when people want it.
    assert_eq!(job["artifacts"]["when"], "always");
    let coverage = job["coverage"].as_str().unwrap();
    let pattern = coverage.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap();
    let regex = Regex::new(&pattern.replace("\\d", "[0-9]")).unwrap();
    let mut captures = regex.create_captures();
    regex.captures(&printed, &mut captures);
    assert_eq!(&printed[captures.get_group(1).unwrap().range()], "71.4");
}

#[test]
fn the_pre_commit_hook() {
    let config = yaml(include_str!("../../../docs/ci/pre-commit-config.yaml"));
    assert_eq!(config["repos"][0]["repo"], "local");
    let hooks = config["repos"][0]["hooks"].as_array().unwrap();
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        assert_eq!(hook["language"], "system");
        for key in ["id", "name", "entry"] {
            assert!(hook[key].is_string(), "{key}");
        }
        // With names of files it would look only at those that were changed, not at those that depend on them.
        assert_eq!(hook["pass_filenames"], false);
        let id = hook["id"].as_str().unwrap();
        finds_a_slip(&rules(&format!("ci_{id}")), &[hook["entry"].as_str().unwrap().to_owned()]);
    }
}

#[test]
fn the_makefile() {
    let makefile = include_str!("../../../docs/ci/Makefile");
    assert!(makefile.contains("\ncheck:\n") && makefile.contains(".PHONY: check\n"));
    let lines: Vec<String> = makefile.lines().filter_map(|line| Some(line.strip_prefix('\t')?.to_owned())).collect();
    assert_eq!(lines, ["postproof test --coverage", "postproof lint -c main.cf"]);
    finds_a_slip(&rules("ci_make"), &lines);
}

/// There is no example that is not tried.
#[test]
fn no_example_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ci");
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["Makefile", "github-workflow.yml", "gitlab-ci.yml", "pre-commit-config.yaml"]);
}
