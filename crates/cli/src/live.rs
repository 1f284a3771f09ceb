//! `--dns`: a world that learns what it is asked for.
//!
//! The rules know no network. So what they compute is computed with what the world says; what they had to ask for and was
//! not in it is asked of DNS and put there; and so again, until nothing new is asked. What was in the world before stays as
//! it was.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use clap::ArgMatches;
use postproof_model::{Exchange, HostTold, ServedVerdict, SmtpOutcome, SmtpUnknown, Tried, TriedOutcome};
use postproof_rules::smtpd::World;
use postproof_words::{Lang, smtp as words};

use crate::dns::{Answer, Question, Resolver};
use crate::outcome::{Failure, complain};

/// How many times the work is done anew: lists that ask one question after the other need a round for each.
const MOST_ROUNDS: usize = 200;

/// How many questions are asked in one run of the command.
const MOST_QUESTIONS: usize = 2_000;

/// How long asking may take in all.
const MOST_TIME: Duration = Duration::from_secs(300);

/// The world of a run, and who is asked for what is not in it.
pub(crate) struct Live {
    /// What is known.
    pub(crate) world: World,
    resolver: Option<Resolver>,
    /// Where the resolver was looked for.
    place: String,
    /// Whether it ever answered.
    answered: bool,
    source: Vec<u8>,
    learned: String,
    save: Option<String>,
    lang: Lang,
}

impl Live {
    /// What `--world`, `--dns` and `--save-world` say.
    ///
    /// # Errors
    ///
    /// The file of the world cannot be read or understood, or there is no such resolver.
    pub(crate) fn of(matches: &ArgMatches, lang: Lang) -> Result<Self, Failure> {
        let source = match matches.get_one::<String>("world") {
            Some(file) => std::fs::read(file).map_err(|error| Failure::read(file, &error, lang))?,
            None => Vec::new(),
        };
        let (world, bad) = World::parse(&source);
        if let (Some(bad), Some(file)) = (bad.first(), matches.get_one::<String>("world")) {
            let values = [("file", file.as_str()), ("line", &bad.line.to_string()), ("text", &bad.text)];
            return Err(Failure::misuse(words::BAD_WORLD.fill(lang, &values)));
        }
        let place = matches.get_one::<String>("dns").cloned().unwrap_or_default();
        let resolver = if place.is_empty() { None } else { Some(Resolver::new(&place)) };
        let resolver = resolver.transpose().map_err(|reason| {
            Failure::misuse(words::NO_RESOLVER.fill(lang, &[("place", &place), ("reason", &reason)]))
        })?;
        let save = matches.get_one::<String>("save-world").cloned();
        Ok(Self { world, resolver, place, answered: false, source, learned: String::new(), save, lang })
    }

    /// Does something with the world until it asks for nothing that can be learned. `asks` gives the questions that stayed
    /// open.
    pub(crate) fn settle<T>(&mut self, run: impl Fn(&World) -> T, asks: impl Fn(&T) -> Vec<Question>) -> T {
        let mut result = run(&self.world);
        let began = Instant::now();
        let mut asked = HashSet::new();
        for _ in 0..MOST_ROUNDS {
            let Some(resolver) = &self.resolver else { break };
            let mut new = asks(&result);
            new.retain(|question| asked.insert(question.clone()));
            if new.is_empty() {
                return result;
            }
            if asked.len() > MOST_QUESTIONS || began.elapsed() > MOST_TIME {
                complain(words::ENOUGH_ASKED.say(self.lang));
                break;
            }
            let answers = resolver.ask(&new);
            self.answered |= answers.iter().any(|answer| *answer != Answer::Without("timeout"));
            if !self.answered {
                // That nobody is there says nothing about these names.
                complain(&words::RESOLVER_SILENT.fill(self.lang, &[("place", &self.place)]));
                self.resolver = None;
                break;
            }
            for (question, answer) in new.iter().zip(&answers) {
                self.learn(question, answer);
            }
            result = run(&self.world);
        }
        result
    }

    /// Whether there is somebody to ask.
    pub(crate) const fn asks(&self) -> bool {
        self.resolver.is_some()
    }

    fn learn(&mut self, question: &Question, answer: &Answer) {
        let lines = match answer {
            Answer::Records(records) => records.clone(),
            Answer::Without(why) => vec![(*why).to_owned()],
            Answer::NotKnown(reason) => {
                let values = [("name", question.name.as_str()), ("record", &question.record), ("reason", reason)];
                return complain(&words::NOT_ASKED.fill(self.lang, &values));
            }
        };
        if lines == ["timeout"] {
            let values = [("name", question.name.as_str()), ("record", &question.record)];
            complain(&words::NO_ANSWER.fill(self.lang, &values));
        }
        if self.world.dns(&question.name, &question.record).is_some() {
            return;
        }
        for data in lines {
            let line = format!("{} {} {data}", question.name, question.record);
            if self.world.tell(line.as_bytes()) {
                self.learned += &line;
                self.learned.push('\n');
            }
        }
    }

    /// Writes the world as it is now, where `--save-world` asks for it: what was given, then what was learned.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let Some(file) = &self.save else { return Ok(()) };
        let mut text = self.source.clone();
        if !text.is_empty() && !text.ends_with(b"\n") {
            text.push(b'\n');
        }
        if !self.learned.is_empty() {
            let from = words::LEARNED.fill(self.lang, &[("place", &self.place)]);
            text.extend(format!("# {from}\n{}", self.learned).into_bytes());
        }
        std::fs::write(file, text).map_err(|error| {
            let values = [("file", file.as_str()), ("reason", &error.to_string())];
            Failure::misuse(words::NOT_SAVED.fill(self.lang, &values))
        })
    }
}

/// The question that an unknown answer needs, if DNS is what it needs.
pub(crate) fn question(unknown: &SmtpUnknown) -> Option<Question> {
    match unknown {
        SmtpUnknown::NeedsDns { record, name } => {
            Some(Question { name: name.to_ascii_lowercase(), record: record.to_ascii_uppercase() })
        }
        _ => None,
    }
}

/// The questions that sessions left open.
pub(crate) fn questions<'e>(exchanges: impl IntoIterator<Item = &'e Exchange>) -> Vec<Question> {
    let mut open = Vec::new();
    for exchange in exchanges {
        if let SmtpOutcome::Unknown(unknown) = &exchange.outcome {
            open.extend(question(unknown));
        }
        open.extend(open_in(&exchange.tried));
    }
    open
}

/// The questions that what a server tells a client left open.
pub(crate) fn questions_of_client(verdict: &ServedVerdict) -> Vec<Question> {
    let told = match &verdict.told {
        HostTold::Unknown(Some(unknown)) => question(unknown),
        _ => None,
    };
    told.into_iter().chain(open_in(&verdict.tried)).collect()
}

fn open_in(tried: &[Tried]) -> impl Iterator<Item = Question> + '_ {
    tried.iter().filter_map(|tried| match &tried.outcome {
        TriedOutcome::Unknown(unknown) => question(unknown),
        _ => None,
    })
}
