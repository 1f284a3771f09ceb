//! `postproof check`: messages through header and body checks.

mod diff;
mod envelope;
mod inputs;
mod json;
mod progress;
mod text;

use std::io::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;
use postproof_model::Disposition;
use postproof_rules::content::{ContentChecks, DeliveryChecks, decoded_only};
use postproof_rules::maincf::MainCf;
use postproof_rules::message::decode::{Bounds, decode};
use postproof_rules::table::{Opener, Table};
use postproof_words::{Lang, command};

use crate::answers::Answers;
use crate::arguments::{Format, values, version};
use crate::in_order::in_order;
use crate::main_cf::Configuration;
use crate::map::Map;
use crate::outcome::{FINDING, Failure, SUCCESS};
use inputs::{Found, Inputs, Kind, Message};
use json::People;
use progress::Progress;

/// A message, checked.
struct Checked {
    /// What is written about it.
    out: Vec<u8>,
    /// Whether anything about it is unknown.
    unknown: bool,
    /// How long it is.
    bytes: usize,
}

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let Checks { arrival: checks, delivery } = checks(matches, lang)?;
    let envelope = envelope::envelope(matches, lang)?;
    let names = values(matches, "message");
    if names.is_empty() {
        return Err(Failure::misuse(command::NO_MESSAGES.say(lang).to_owned()));
    }
    let kind = match matches.get_one::<String>("input").map(String::as_str) {
        Some("message") => Kind::Message,
        Some("mbox") => Kind::Mbox,
        _ => Kind::Auto,
    };
    let format = Format::of(matches);
    let with_decoded = matches.get_flag("decoded");
    let one = |found: Found| -> Result<Checked, Failure> {
        let Message { name, bytes } = found.map_err(|(name, error)| Failure::read(&name, &error, lang))?;
        let verdict = checks.evaluate(&bytes, &envelope);
        let queued = verdict.message_after.as_ref().filter(|_| verdict.disposition != Disposition::Held);
        let delivered = delivery.as_ref().zip(queued).map(|(checks, queued)| checks.evaluate(queued));
        let decoded_only = checks.decoded_only(&bytes, &decoded_only::Bounds::default());
        let read = with_decoded.then(|| decode(&bytes, &checks.limits, &Bounds::default()));
        let mut out = Vec::new();
        let written = match format {
            Format::Text => text::write(&mut out, &name, &verdict, lang)
                .and_then(|()| text::decoded_only(&mut out, &decoded_only, lang))
                .and_then(|()| text::decoded(&mut out, read.as_ref(), lang))
                .and_then(|()| text::changes(&mut out, &bytes, &envelope, &verdict, lang))
                .and_then(|()| text::delivery(&mut out, queued, delivered.as_ref(), lang)),
            Format::Json => {
                let people = People { decoded_only: &decoded_only, decoded: read.as_ref() };
                json::write(&mut out, &name, &verdict, people, delivered.as_ref())
            }
        };
        written.map_err(|error| Failure::write(&error, lang))?;
        let unknown = verdict.disposition == Disposition::Unknown
            || delivered.as_ref().is_some_and(|delivered| !delivered.unknown.is_empty());
        Ok(Checked { out, unknown, bytes: bytes.len() })
    };
    let mut progress = Progress::new(lang);
    let mut status = SUCCESS;
    let mut count = 0;
    let paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
    let size = |found: &Found| found.as_ref().map_or(0, |message| message.bytes.len());
    in_order(
        move || Inputs::new(paths, kind),
        size,
        one,
        |checked| {
            let Checked { out, unknown, bytes } = checked?;
            count += 1;
            if unknown {
                status = FINDING;
            }
            let mut to = std::io::stdout().lock();
            to.write_all(&out).and_then(|()| to.flush()).map_err(|error| Failure::write(&error, lang))?;
            progress.message(bytes);
            Ok(())
        },
    )?;
    if count == 0 {
        return Err(Failure::misuse(command::NO_MESSAGES_IN.fill(lang, &[("names", &names.join(" "))])));
    }
    Ok(status)
}

/// The checks of a message that comes in, and of one that is delivered, where there are any.
struct Checks {
    arrival: ContentChecks,
    delivery: Option<DeliveryChecks>,
}

/// The tables of main.cf, where there is one; those that options name take their places.
fn checks(matches: &ArgMatches, lang: Lang) -> Result<Checks, Failure> {
    let answers = Answers::read(matches, lang)?;
    let version = version(matches, lang)?;
    let configuration = Configuration::read(matches, version, lang)?;
    let (mut arrival, mut delivery) = match &configuration {
        Some(configuration) => of_main_cf(configuration, &answers, lang)?,
        None => (
            ContentChecks { version, ..ContentChecks::default() },
            DeliveryChecks { version, ..DeliveryChecks::default() },
        ),
    };
    let mut named = 0;
    let mut open = |option: &str| -> Result<Option<Vec<Table>>, Failure> {
        let maps = values(matches, option);
        named += maps.len();
        let tables = maps.iter().map(|map| Map::parse(map, lang)?.open_with_findings(Opener::CONTENT, &answers, lang));
        let tables = tables.collect::<Result<Vec<_>, String>>().map_err(Failure::misuse)?;
        Ok((!tables.is_empty()).then_some(tables))
    };
    for (option, tables) in [
        ("header-checks", &mut arrival.header),
        ("body-checks", &mut arrival.body),
        ("milter-header-checks", &mut arrival.milter_header),
        ("smtp-header-checks", &mut delivery.header),
        ("smtp-mime-header-checks", &mut delivery.mime_header),
        ("smtp-nested-header-checks", &mut delivery.nested_header),
        ("smtp-body-checks", &mut delivery.body),
    ] {
        if let Some(named) = open(option)? {
            *tables = named;
        }
    }
    for (option, tables) in
        [("mime-header-checks", &mut arrival.mime_header), ("nested-header-checks", &mut arrival.nested_header)]
    {
        if let Some(named) = open(option)? {
            *tables = Some(named);
        }
    }
    if named == 0 && configuration.is_none() {
        return Err(Failure::misuse(command::NO_TABLES.say(lang).to_owned()));
    }
    let delivers = !(delivery.header.is_empty()
        && delivery.mime_header.is_empty()
        && delivery.nested_header.is_empty()
        && delivery.body.is_empty());
    Ok(Checks { arrival, delivery: delivers.then_some(delivery) })
}

fn of_main_cf(
    configuration: &Configuration,
    answers: &Answers,
    lang: Lang,
) -> Result<(ContentChecks, DeliveryChecks), Failure> {
    configuration.open(
        &[MainCf::CONTENT_MAPS, MainCf::CONTENT_SETTINGS].concat(),
        answers,
        lang,
        |main_cf, read| {
            let (arrival, mut found) = main_cf.content_checks(read);
            let (delivery, more) = main_cf.delivery_checks(read);
            found.extend(more);
            ((arrival, delivery), found)
        },
        |(arrival, delivery)| {
            let own = [&arrival.mime_header, &arrival.nested_header].into_iter().flatten();
            let lists = [&arrival.header, &arrival.body, &arrival.milter_header].into_iter().chain(own);
            let later = [&delivery.header, &delivery.mime_header, &delivery.nested_header, &delivery.body];
            lists.chain(later).flatten().collect()
        },
    )
}
