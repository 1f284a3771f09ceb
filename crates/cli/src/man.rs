//! `postproof completions` and `postproof man`: what else follows from the definitions of the arguments.

use std::io::Write as _;

use clap::ArgMatches;
use clap_complete::Shell;
use clap_mangen::Man;
use postproof_words::{Lang, command as words};

use crate::arguments;
use crate::outcome::{Failure, SUCCESS};

/// Runs `completions`: a script for a shell.
pub(crate) fn completions(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let shell = matches.get_one::<Shell>("shell").copied().unwrap_or(Shell::Bash);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(lang), "postproof", &mut script);
    write(&script, lang)
}

/// Runs `man`: the manual page of the command, or of one of its subcommands.
pub(crate) fn page(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let mut command = arguments::command(lang);
    command.build();
    let command = match matches.get_one::<String>("command") {
        None => command,
        Some(name) => {
            let found = command.find_subcommand(name).cloned();
            let found = found.ok_or_else(|| {
                Failure::misuse(words::NO_SUCH_COMMAND.fill(lang, &[("name", &name.escape_debug().to_string())]))
            })?;
            found.name(format!("postproof-{name}"))
        }
    };
    let mut page = Vec::new();
    Man::new(command)
        .source(concat!("postproof ", env!("CARGO_PKG_VERSION")))
        .manual("Postproof")
        .render(&mut page)
        .map_err(|error| Failure::write(&error, lang))?;
    let page = String::from_utf8_lossy(&page);
    let lines = page.lines().map(|line| heading(line, lang) + "\n");
    write(lines.collect::<String>().as_bytes(), lang)
}

/// A line of a page; a heading in the user's language.
fn heading(line: &str, lang: Lang) -> String {
    let headings = [
        ("NAME", words::MAN_NAME),
        ("SYNOPSIS", words::MAN_SYNOPSIS),
        ("DESCRIPTION", words::MAN_DESCRIPTION),
        ("OPTIONS", words::MAN_OPTIONS),
        ("SUBCOMMANDS", words::MAN_SUBCOMMANDS),
        ("VERSION", words::MAN_VERSION),
    ];
    let found = line.strip_prefix(".SH ").and_then(|name| headings.into_iter().find(|(known, _)| *known == name));
    found.map_or_else(|| line.to_owned(), |(_, phrase)| format!(".SH \"{}\"", phrase.say(lang)))
}

fn write(bytes: &[u8], lang: Lang) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Failure::write(&error, lang))?;
    Ok(SUCCESS)
}
