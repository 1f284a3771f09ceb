//! What may be said on the command line, and the help. One definition feeds both, in the user's language.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use postproof_rules::message::Version;
use postproof_words::{Lang, Phrase, command as words, smtp as smtp_words};

use crate::outcome::Failure;

/// The language: `--lang`, else what the environment asks for as every other program reads it.
///
/// It is needed before the command line is parsed, since the parser's own help is in that language.
pub(crate) fn language(
    arguments: &mut dyn Iterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<String>,
) -> Lang {
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        if argument == "--lang" {
            return arguments.next().map_or_else(Lang::default, |tag| Lang::from_tag(&tag.to_string_lossy()));
        }
        if let Some(tag) = argument.strip_prefix("--lang=") {
            return Lang::from_tag(tag);
        }
    }
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(environment).find(|value| !value.is_empty());
    set.map_or_else(Lang::default, |tag| Lang::from_tag(&tag))
}

/// How answers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs: one object a line.
    Json,
}

impl Format {
    /// What `--format` says.
    pub(crate) fn of(matches: &ArgMatches) -> Self {
        match matches.get_one::<String>("format").map(String::as_str) {
            Some("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// The values of an argument that may be given several times.
pub(crate) fn values<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m str> {
    matches.get_many::<String>(name).unwrap_or_default().map(String::as_str).collect()
}

/// The release of Postfix that is asked about.
pub(crate) fn version(matches: &ArgMatches, lang: Lang) -> Result<Version, Failure> {
    let Some(text) = matches.get_one::<String>("postfix") else { return Ok(Version::NEWEST) };
    text.parse().map_err(|_| Failure::misuse(words::NO_VERSION.fill(lang, &[("version", text)])))
}

/// The whole command line.
pub(crate) fn command(lang: Lang) -> Command {
    let say = |phrase: Phrase| phrase.say(lang);
    let template = format!(
        "{{about}}\n\n{}: {{usage}}\n\n{}:\n{{subcommands}}\n\n{}:\n{{options}}\n",
        say(words::HELP_HEADING_USAGE),
        say(words::HELP_HEADING_COMMANDS),
        say(words::HELP_HEADING_OPTIONS),
    );
    Command::new("postproof")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(words::ABOUT))
        .help_template(template)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").long("help").short('h').action(ArgAction::Help).help(say(words::HELP_HELP)))
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).help(say(words::HELP_VERSION)))
        .arg(Arg::new("lang").long("lang").global(true).value_name("LANG").help(say(words::HELP_LANG)))
        .subcommand(query(lang))
        .subcommand(check(lang))
        .subcommand(host(lang))
        .subcommand(smtp(lang))
        .subcommand(explain(lang))
        .subcommand(encode(lang))
        .subcommand(test(lang))
        .subcommand(lint(lang))
        .subcommand(completions(lang))
        .subcommand(man(lang))
}

fn completions(lang: Lang) -> Command {
    let shell = Arg::new("shell")
        .value_name("SHELL")
        .required(true)
        .value_parser(clap::value_parser!(clap_complete::Shell))
        .hide_possible_values(true)
        .help(words::COMPLETIONS_SHELL.say(lang));
    bare("completions", words::COMPLETIONS_ABOUT, lang).arg(shell)
}

fn man(lang: Lang) -> Command {
    let name = Arg::new("command").value_name("COMMAND").help(words::MAN_COMMAND.say(lang));
    bare("man", words::MAN_ABOUT, lang).arg(name)
}

/// A subcommand with what all of them have. `-h` is left free for `query`, where it means headers.
fn subcommand(name: &'static str, about: Phrase, lang: Lang) -> Command {
    let format = Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(["text", "json"]))
        .hide_possible_values(true)
        .help(words::HELP_FORMAT.say(lang));
    bare(name, about, lang).arg(format)
}

/// A subcommand without a format.
fn bare(name: &'static str, about: Phrase, lang: Lang) -> Command {
    let template = format!(
        "{{about}}\n\n{}: {{usage}}\n\n{}:\n{{positionals}}\n\n{}:\n{{options}}\n",
        words::HELP_HEADING_USAGE.say(lang),
        words::HELP_HEADING_ARGUMENTS.say(lang),
        words::HELP_HEADING_OPTIONS.say(lang),
    );
    let help = Arg::new("help").long("help").action(ArgAction::Help).help(words::HELP_HELP.say(lang));
    let help = if name == "query" { help } else { help.short('h') };
    Command::new(name).about(about.say(lang)).help_template(template).disable_help_flag(true).arg(help)
}

fn query(lang: Lang) -> Command {
    let switch = |name: &'static str, short: char, help: Phrase| {
        Arg::new(name).short(short).action(ArgAction::SetTrue).help(help.say(lang))
    };
    subcommand("query", words::QUERY_ABOUT, lang)
        .arg(
            Arg::new("key")
                .short('q')
                .value_name("KEY")
                .required(true)
                .allow_hyphen_values(true)
                .value_parser(clap::value_parser!(OsString))
                .help(words::QUERY_KEY.say(lang)),
        )
        .arg(switch("headers", 'h', words::QUERY_HEADERS))
        .arg(switch("body", 'b', words::QUERY_BODY))
        .arg(switch("mime", 'm', words::QUERY_MIME))
        .arg(Arg::new("trace").long("trace").action(ArgAction::SetTrue).help(words::QUERY_TRACE.say(lang)))
        .arg(answers(lang))
        .arg(
            Arg::new("map")
                .value_name("TYPE:NAME")
                .required(true)
                .action(ArgAction::Append)
                .num_args(1..)
                .help(words::QUERY_MAP.say(lang)),
        )
}

/// What servers answer.
fn answers(lang: Lang) -> Arg {
    let option = Arg::new("answers").long("answers").value_name("TYPE:NAME=FILE").action(ArgAction::Append);
    option.help(words::ANSWERS.say(lang))
}

/// What DNS and policy servers answer: a file, and who is asked for what is not in it.
fn world(lang: Lang) -> [Arg; 3] {
    let option = |name: &'static str, value: &'static str, help: Phrase| {
        Arg::new(name).long(name).value_name(value).help(help.say(lang))
    };
    [
        option("world", "FILE", smtp_words::WORLD),
        option("dns", "live|ADDRESS[:PORT]", smtp_words::DNS),
        option("save-world", "FILE", smtp_words::SAVE_WORLD).requires("dns"),
    ]
}

/// A main.cf, and where its tables may be.
fn config(lang: Lang) -> [Arg; 2] {
    let config = Arg::new("config").long("config").short('c').value_name("FILE").help(words::CONFIG.say(lang));
    let folder = Arg::new("folder").long("folder").value_name("FOLDER").requires("config");
    [config, folder.action(ArgAction::Append).help(words::FOLDER.say(lang))]
}

/// An option that names a table and may be given several times.
fn map_option(name: &'static str, help: Phrase, lang: Lang) -> Arg {
    Arg::new(name).long(name).value_name("TYPE:NAME").action(ArgAction::Append).help(help.say(lang))
}

fn check(lang: Lang) -> Command {
    let option = |name: &'static str, value: &'static str, help: Phrase| {
        Arg::new(name).long(name).value_name(value).allow_hyphen_values(true).help(help.say(lang))
    };
    subcommand("check", words::CHECK_ABOUT, lang)
        .args(config(lang))
        .arg(map_option("header-checks", words::CHECK_HEADER, lang))
        .arg(map_option("mime-header-checks", words::CHECK_MIME_HEADER, lang))
        .arg(map_option("nested-header-checks", words::CHECK_NESTED_HEADER, lang))
        .arg(map_option("body-checks", words::CHECK_BODY, lang))
        .arg(map_option("milter-header-checks", words::CHECK_MILTER_HEADER, lang))
        .arg(option("milter-header", "HEADER", words::CHECK_ADDED_HEADER).action(ArgAction::Append))
        .arg(map_option("smtp-header-checks", words::CHECK_SMTP_HEADER, lang))
        .arg(map_option("smtp-mime-header-checks", words::CHECK_SMTP_MIME_HEADER, lang))
        .arg(map_option("smtp-nested-header-checks", words::CHECK_SMTP_NESTED_HEADER, lang))
        .arg(map_option("smtp-body-checks", words::CHECK_SMTP_BODY, lang))
        .arg(option("client", "NAME[ADDRESS]", words::CHECK_CLIENT))
        .arg(option("helo", "NAME", words::CHECK_HELO))
        .arg(option("proto", "PROTOCOL", words::CHECK_PROTO))
        .arg(option("sender", "ADDRESS", words::CHECK_SENDER))
        .arg(option("recipient", "ADDRESS", words::CHECK_RECIPIENT).action(ArgAction::Append))
        .arg(option("postfix", "VERSION", words::CHECK_POSTFIX))
        .arg(Arg::new("decoded").long("decoded").action(ArgAction::SetTrue).help(words::CHECK_DECODED.say(lang)))
        .arg(
            option("input", "KIND", words::CHECK_INPUT)
                .value_parser(PossibleValuesParser::new(["auto", "message", "mbox"]))
                .hide_possible_values(true),
        )
        .arg(answers(lang))
        .arg(
            Arg::new("message")
                .value_name("MESSAGE")
                .action(ArgAction::Append)
                .num_args(1..)
                .help(words::CHECK_MESSAGE.say(lang)),
        )
}

fn host(lang: Lang) -> Command {
    use postproof_words::host as own;
    let of_config = |name: &'static str, value: &'static str, help: Phrase| {
        let option = Arg::new(name).long(name).value_name(value).allow_hyphen_values(true);
        option.requires("config").help(help.say(lang))
    };
    let switch =
        |name: &'static str, help: Phrase| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.say(lang));
    let [config, folder] = config(lang);
    let hosts = Arg::new("host").value_name("HOST").action(ArgAction::Append).num_args(1..);
    subcommand("host", words::HOST_ABOUT, lang)
        .arg(map_option("table", words::HOST_TABLE, lang))
        .args([config.conflicts_with("table").help(own::CONFIG.say(lang)), folder])
        .args(world(lang).map(|option| option.requires("config")))
        .arg(of_config("helo", "NAME", own::HELO))
        .arg(of_config("sender", "ADDRESS", own::SENDER))
        .arg(of_config("recipient", "ADDRESS", own::RECIPIENT))
        .arg(of_config("postfix", "VERSION", words::CHECK_POSTFIX))
        .arg(switch("summary", own::SUMMARY).conflicts_with("propose"))
        .arg(switch("propose", own::PROPOSE))
        .arg(answers(lang))
        .arg(hosts.help(words::HOST_HOST.say(lang)))
}

fn smtp(lang: Lang) -> Command {
    let option = |name: &'static str, value: &'static str, help: Phrase| {
        Arg::new(name).long(name).value_name(value).help(help.say(lang))
    };
    let transcripts = Arg::new("transcript").value_name("TRANSCRIPT").action(ArgAction::Append).num_args(1..);
    subcommand("smtp", smtp_words::ABOUT, lang)
        .args(config(lang))
        .args(world(lang))
        .arg(option("client", "NAME[ADDRESS]", smtp_words::CLIENT))
        .arg(option("postfix", "VERSION", words::CHECK_POSTFIX))
        .arg(Arg::new("trace").long("trace").action(ArgAction::SetTrue).help(smtp_words::TRACE.say(lang)))
        .arg(answers(lang))
        .arg(transcripts.help(smtp_words::TRANSCRIPT.say(lang)))
}

fn explain(lang: Lang) -> Command {
    subcommand("explain", words::EXPLAIN_ABOUT, lang)
        .mut_arg("format", |format| {
            format
                .value_parser(PossibleValuesParser::new(["text", "json", "svg"]))
                .help(words::EXPLAIN_FORMAT.say(lang))
        })
        .arg(Arg::new("svg").long("svg").value_name("FILE").help(words::EXPLAIN_SVG.say(lang)))
        .arg(Arg::new("flags").long("flags").value_name("FLAGS").help(words::EXPLAIN_FLAGS.say(lang)))
        .arg(
            Arg::new("pattern")
                .value_name("TYPE:PATTERN")
                .required(true)
                .allow_hyphen_values(true)
                .help(words::EXPLAIN_PATTERN.say(lang)),
        )
}

fn encode(lang: Lang) -> Command {
    use postproof_words::encode as words;
    let option = |name: &'static str, value: &'static str, help: Phrase| {
        Arg::new(name).long(name).value_name(value).help(help.say(lang))
    };
    let one_of = |names: [&'static str; 2]| PossibleValuesParser::new(names);
    subcommand("encode", words::ABOUT, lang)
        .arg(option("charset", "CHARSET", words::CHARSET).action(ArgAction::Append))
        .arg(option("type", "TYPE", words::TYPE).value_parser(one_of(["regexp", "pcre"])).hide_possible_values(true))
        .arg(option("action", "ACTION", words::ACTION))
        .arg(option("part", "PART", words::PART).value_parser(one_of(["body", "header"])).hide_possible_values(true))
        .arg(
            Arg::new("phrase")
                .value_name("PHRASE")
                .required(true)
                .allow_hyphen_values(true)
                .help(words::PHRASE.say(lang)),
        )
}

fn test(lang: Lang) -> Command {
    use postproof_words::suite as words;
    let option = |name: &'static str, value: &'static str, help: Phrase| {
        Arg::new(name).long(name).value_name(value).help(help.say(lang))
    };
    let switch =
        |name: &'static str, help: Phrase| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.say(lang));
    subcommand("test", words::ABOUT, lang)
        .mut_arg("format", |format| {
            let formats = PossibleValuesParser::new(["pretty", "json", "junit", "tap", "github"]);
            format.value_parser(formats).help(words::FORMAT.say(lang))
        })
        .arg(option("output", "FILE", words::OUTPUT))
        .arg(option("filter", "TEXT", words::FILTER))
        .arg(option("folder", "FOLDER", words::FOLDER).action(ArgAction::Append))
        .arg(switch("coverage", words::COVERAGE))
        .arg(option("coverage-min", "PERCENT", words::COVERAGE_MIN))
        .arg(option("lcov", "FILE", words::LCOV))
        .arg(switch("update", words::UPDATE))
        .arg(switch("watch", words::WATCH).conflicts_with("update"))
        .arg(switch("fail-fast", words::FAIL_FAST))
        .arg(Arg::new("path").value_name("PATH").action(ArgAction::Append).num_args(1..).help(words::PATH.say(lang)))
}

fn lint(lang: Lang) -> Command {
    use postproof_words::lint as own;
    let option = |name: &'static str, value: &'static str, help: Phrase| {
        Arg::new(name).long(name).value_name(value).help(help.say(lang))
    };
    let switch =
        |name: &'static str, help: Phrase| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.say(lang));
    let [config, folder] = config(lang);
    let asked_by = crate::lint::options().map(|(name, parameter)| {
        let help = own::ASKED_BY.fill(lang, &[("parameter", parameter)]);
        Arg::new(name.clone()).long(name).value_name("TYPE:NAME").action(ArgAction::Append).help(help)
    });
    subcommand("lint", own::ABOUT, lang)
        .mut_arg("format", |format| {
            let formats = PossibleValuesParser::new(["text", "json", "sarif", "github"]);
            format.value_parser(formats).help(own::FORMAT.say(lang))
        })
        .args([config.help(own::CONFIG.say(lang)), folder])
        .args(asked_by)
        .arg(switch("fix", own::FIX).conflicts_with("diff"))
        .arg(switch("diff", own::DIFF))
        .arg(option("ignore", "CODE", own::IGNORE).action(ArgAction::Append))
        .arg(option("settings", "FILE", own::SETTINGS))
        .arg(option("baseline", "FILE", own::BASELINE))
        .arg(switch("update-baseline", own::UPDATE_BASELINE))
        .arg(option("explain", "CODE", own::EXPLAIN))
        .arg(option("postfix", "VERSION", words::CHECK_POSTFIX))
        .arg(answers(lang))
        .arg(Arg::new("table").value_name("TABLE").action(ArgAction::Append).num_args(1..).help(own::TABLE.say(lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_hold_together() {
        command(Lang::En).debug_assert();
        command(Lang::Ja).debug_assert();
    }

    #[test]
    fn the_language_is_asked_for_or_found() {
        let ask = |arguments: &[&str], environment: &[(&str, &str)]| {
            language(&mut arguments.iter().map(OsString::from), |name| {
                environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(ask(&["host", "--lang", "ja"], &[("LANG", "en_US.UTF-8")]), Lang::Ja);
        assert_eq!(ask(&["--lang=en"], &[("LANG", "ja_JP.UTF-8")]), Lang::En);
        assert_eq!(ask(&[], &[("LC_ALL", ""), ("LANG", "ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(ask(&[], &[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")]), Lang::En);
    }
}
