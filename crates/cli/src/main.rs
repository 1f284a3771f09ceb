//! The command `postproof`.
//!
//! | idea | file |
//! |---|---|
//! | what may be said on the command line, and the help | [`arguments`] |
//! | `TYPE:NAME`: from an argument to a table | [`map`] |
//! | `postproof query` | [`query`] |
//! | `postproof check` | [`check`] |
//! | `postproof host` | [`host`] |
//! | `postproof smtp` | [`smtp`] |
//! | `postproof explain` | [`explain`] |
//! | `postproof encode` | [`encode`] |
//! | `--dns`: a world that learns what it is asked for | [`live`] |
//! | DNS, asked as Postfix asks it | [`dns`] |
//! | `postproof test` | [`test`] |
//! | `postproof lint` | [`lint`] |
//! | `postproof completions`, `postproof man` | [`man`] |
//! | many inputs at once, with results in order | [`in_order`] |
//! | problems of tables on standard error | [`problems`] |
//! | a stretch of a line, marked for people's eyes | [`marked`] |
//! | standard output in blocks, as postmap writes it | [`stdout`] |
//! | a lookup told rule by rule | [`trace`] |
//! | how a run ends | [`outcome`] |

use std::process::ExitCode;

mod answers;
mod arguments;
mod check;
mod dns;
mod encode;
mod explain;
mod host;
mod in_order;
mod lines;
mod lint;
mod live;
mod main_cf;
mod man;
mod map;
mod marked;
mod outcome;
mod problems;
mod query;
mod smtp;
mod stdout;
mod test;
mod trace;

use outcome::Failure;

fn main() -> ExitCode {
    let lang = arguments::language(&mut std::env::args_os().skip(1), |name| std::env::var(name).ok());
    let matches = match arguments::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return outcome::usage(&error),
    };
    let result = match matches.subcommand() {
        Some(("query", matches)) => query::run(matches, lang),
        Some(("check", matches)) => check::run(matches, lang),
        Some(("host", matches)) => host::run(matches, lang),
        Some(("smtp", matches)) => smtp::run(matches, lang),
        Some(("explain", matches)) => explain::run(matches, lang),
        Some(("encode", matches)) => encode::run(matches, lang),
        Some(("test", matches)) => test::run(matches, lang),
        Some(("lint", matches)) => lint::run(matches, lang),
        Some(("completions", matches)) => man::completions(matches, lang),
        Some(("man", matches)) => man::page(matches, lang),
        _ => Err(Failure::misuse(String::new())),
    };
    outcome::exit(result, lang)
}
