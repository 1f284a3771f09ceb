//! `postproof completions` and `postproof man`: bash and groff read what is printed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "it is nothing but tests")]

mod support;

use std::process::{Command, Stdio};

use support::{file, folder, postproof};

/// What a program of this system says; none where it is not there.
fn said(program: &str, arguments: &[&str]) -> Option<(String, String)> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Some((text(&output.stdout), text(&output.stderr)))
}

const COMMANDS: [&str; 9] = ["query", "check", "host", "smtp", "explain", "encode", "test", "completions", "man"];

#[test]
fn bash_completes() {
    let script = postproof(&["completions", "bash"], b"");
    assert_eq!(script.status, Some(0), "{}", script.stderr);
    let path = file(&folder("bash_completes"), "postproof.bash", &script.stdout);
    let complete = |words: &str| {
        let ask = format!(
            "source '{path}'; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _postproof postproof \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let (output, errors) = said("bash", &["--norc", "-c", &ask]).unwrap();
        assert_eq!(errors, "", "{words}");
        output.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete("postproof qu"), ["query"]);
    assert_eq!(complete("postproof smtp --sav"), ["--save-world"]);
    assert_eq!(complete("postproof test --format ju"), ["junit"]);
    assert_eq!(complete("postproof completions z"), ["zsh"]);
    let all = complete("postproof ''");
    for command in COMMANDS {
        assert!(all.iter().any(|word| word == command), "{command}: {all:?}");
    }
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = postproof(&["completions", shell], b"");
        assert_eq!(script.status, Some(0), "{shell}: {}", script.stderr);
        let text = String::from_utf8(script.stdout).unwrap();
        assert!(COMMANDS.iter().all(|command| text.contains(command)), "{shell}");
    }
    assert_eq!(postproof(&["completions", "csh"], b"").status, Some(2));
    assert_eq!(postproof(&["completions"], b"").status, Some(2));
}

#[test]
fn pages_are_pages() {
    let folder = folder("pages_are_pages");
    let headings =
        [("en", ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"]), ("ja", ["名前", "書式", "説明", "オプション"])];
    for (lang, headings) in headings {
        for command in COMMANDS.map(Some).into_iter().chain([None]) {
            let name = command.map_or("postproof".to_owned(), |command| format!("postproof-{command}"));
            let arguments = ["--lang", lang, "man"].into_iter().chain(command);
            let page = postproof(&arguments.collect::<Vec<_>>(), b"");
            assert_eq!(page.status, Some(0), "{name}: {}", page.stderr);
            let text = String::from_utf8(page.stdout.clone()).unwrap();
            assert!(text.contains(&format!(".TH {name} 1")), "{name}");
            for heading in headings {
                assert!(text.contains(&format!(".SH \"{heading}\"")), "{name} {heading}");
            }
            // As man(1) would show it.
            let path = file(&folder, &format!("{name}.{lang}"), &page.stdout);
            let Some((shown, warnings)) =
                said("groff", &["-k", "-K", "utf8", "-T", "utf8", "-P", "-cbou", "-man", "-ww", &path])
            else {
                println!("groff is not here: {name} was not shown");
                continue;
            };
            assert!(!warnings.contains("warning: macro") && !warnings.contains("error"), "{name}: {warnings}");
            assert!(shown.contains(headings[0]) && shown.contains("--help"), "{name}: {shown}");
        }
    }
    let unknown = postproof(&["man", "nothing"], b"");
    assert_eq!((unknown.status, unknown.stdout.as_slice()), (Some(2), &b""[..]));
    assert!(unknown.stderr.contains("nothing"), "{}", unknown.stderr);
}
