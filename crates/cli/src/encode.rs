//! `postproof encode`: rules that catch a phrase where it is encoded.

use std::io::{BufWriter, Write};

use clap::ArgMatches;
use postproof_model::encoded::{Charset, EncodedRule, EncodedRules};
use postproof_model::{Class, TableKind};
use postproof_rules::encode;
use postproof_words::{Lang, encode as words};

use crate::arguments::{Format, values};
use crate::marked::printable;
use crate::outcome::{FINDING, Failure, SUCCESS, complain};

/// Runs it. Ends with a finding where there are no rules.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let kind = if text("type") == Some("pcre") { TableKind::Pcre } else { TableKind::Regexp };
    let action = text("action").unwrap_or("REJECT");
    let phrase = text("phrase").unwrap_or_default();
    let mut made = encode::rules(phrase, &charsets(matches, lang)?, kind, action)
        .map_err(|problem| Failure::misuse(words::problem(problem, &printable(action.as_bytes()), lang)))?;
    let classes = match text("part") {
        Some("body") => vec![Class::Body],
        Some("header") => vec![Class::Header],
        _ => vec![Class::Body, Class::Header],
    };
    made.rules.retain(|rule| classes.contains(&rule.class));

    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = match Format::of(matches) {
        Format::Text => tables(&mut out, &made, &classes, kind, lang),
        Format::Json => serde_json::to_string(&made).map_err(Into::into).and_then(|line| writeln!(out, "{line}")),
    };
    written.and_then(|()| out.flush()).map_err(|error| Failure::write(&error, lang))?;
    if Format::of(matches) == Format::Text && !made.not_caught.is_empty() {
        complain(words::NOT_CAUGHT.say(lang));
        for limit in &made.not_caught {
            complain(&format!("  {}", words::limit(limit, lang)));
        }
    }
    Ok(if made.rules.is_empty() { FINDING } else { SUCCESS })
}

/// The charsets that are asked for; all that are known where none is.
fn charsets(matches: &ArgMatches, lang: Lang) -> Result<Vec<Charset>, Failure> {
    let names = values(matches, "charset");
    if names.is_empty() {
        return Ok(Charset::ALL.to_vec());
    }
    let read = |name: &str| {
        Charset::from_name(name).ok_or_else(|| {
            let known = words::charsets(&Charset::ALL, lang);
            let values = [("name", &*printable(name.as_bytes())), ("known", &*known)];
            Failure::misuse(words::UNKNOWN_CHARSET.fill(lang, &values))
        })
    };
    names.into_iter().map(read).collect()
}

/// Tables ready to be pasted, one for each class.
fn tables(
    out: &mut impl Write,
    made: &EncodedRules,
    classes: &[Class],
    kind: TableKind,
    lang: Lang,
) -> std::io::Result<()> {
    for (index, &class) in classes.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let parameter = if class == Class::Body { "body_checks" } else { "header_checks" };
        let values = [("parameter", parameter), ("kind", kind.name()), ("phrase", &made.phrase)];
        writeln!(out, "{}", words::TABLE.fill(lang, &values))?;
        let rules: Vec<&EncodedRule> = made.rules.iter().filter(|rule| rule.class == class).collect();
        if rules.is_empty() {
            writeln!(out, "{}", words::NO_RULES.say(lang))?;
        }
        for rule in rules {
            writeln!(out, "{}", words::comment(rule, lang))?;
            if std::str::from_utf8(&rule.text).is_err() {
                writeln!(out, "{}", words::BYTES.say(lang))?;
            }
            out.write_all(&rule.text)?;
            writeln!(out)?;
        }
    }
    Ok(())
}
