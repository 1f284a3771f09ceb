//! SMTP sessions on the page: the project's main.cf as a server, its world, and what smtpd(8) says to a client.

use std::rc::Rc;

use crate::tables::Parsed;
use postproof_model::{
    Consequence, Diagnostic, Lines, MapProblem, Place, Problem, ProjectFile, Role, SmtpOutcome, Span, Unsettled,
};
use postproof_protocol::{EXCHANGES_LISTED, SessionVerdict};
use postproof_rules::content::ContentChecks;
use postproof_rules::maincf::MainCf;
use postproof_rules::maincf::project::{self, file_at};
use postproof_rules::smtpd::{Server, World};
use postproof_rules::table::source::Source;

/// How many restrictions a report lists for all lines of a session together.
const TRIED_LISTED: usize = 2_000;

/// A project's server, kept from one request to the next.
#[derive(Debug, Default)]
pub struct Sessions {
    last: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    files: Vec<ProjectFile>,
    made: Made,
}

/// What the files make.
#[derive(Clone, Debug)]
pub struct Made {
    /// The server; none where the project has no main.cf.
    server: Option<Rc<Server>>,
    world: Rc<World>,
    /// The lines of main.cf that Postfix refuses and that do not concern what becomes of messages alone.
    refused: Rc<[usize]>,
    /// What is wrong, by the index of the file it stands in.
    problems: Rc<[(usize, Diagnostic)]>,
}

impl Sessions {
    /// What the project's files make; the same as before if no file changed.
    pub fn of(&mut self, files: &[ProjectFile]) -> Made {
        match &self.last {
            Some(kept) if kept.files == files => kept.made.clone(),
            _ => {
                let made = make(files);
                self.last = Some(Kept { files: files.to_vec(), made: made.clone() });
                made
            }
        }
    }
}

fn make(files: &[ProjectFile]) -> Made {
    let mut problems = Vec::new();
    let mut refused = Vec::new();
    let world = files.iter().position(|file| file.role == Role::World).map(|index| {
        let file = files.get(index).map(|file| (&file.name, &file.content));
        let (name, content) = file.map_or((String::new(), [].as_slice()), |(name, content)| (name.clone(), content));
        let (world, bad) = World::parse(content);
        let source = Source::new(&name, content);
        for line in bad {
            let problem = Problem::NotAFact { text: line.text };
            let place = line_place(&source, line.line);
            problems.push((index, Diagnostic { problem, consequence: Consequence::Unknown, place }));
        }
        world
    });
    let server = MainCf::of_project(files).map(|(index, main_cf, found)| {
        let (server, more) = Server::new(main_cf, &mut |wanted| project::read(files, &wanted));
        let stops = |found: &&Diagnostic| found.consequence == Consequence::ConfigurationRefused;
        refused.extend(found.iter().filter(stops).map(|found| found.place.line));
        problems.extend(found.into_iter().chain(more).filter_map(|found| placed(found, files, index)));
        Rc::new(server)
    });
    problems.sort_by_key(|(index, found)| (*index, found.place.span));
    problems.dedup();
    Made { server, world: Rc::new(world.unwrap_or_default()), refused: refused.into(), problems: problems.into() }
}

/// The file that a finding is shown in. What is wrong with a table by itself is found where tables are parsed.
fn placed(mut found: Diagnostic, files: &[ProjectFile], main_cf: usize) -> Option<(usize, Diagnostic)> {
    let file = files.get(main_cf)?;
    if found.place.file == file.name {
        return Some((main_cf, found));
    }
    match found.problem {
        Problem::ClientKey(_) => {
            let table = file_at(files, &found.place.file)?;
            found.place.file.clone_from(&files.get(table)?.name);
            Some((table, found))
        }
        // A file that is not there has no place but where it is named.
        Problem::Map(MapProblem::CannotRead { .. }) => {
            let path = found.place.file.as_bytes();
            let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
            let at = find(&file.content, path).map(|at| (at, path.len()));
            let (at, len) = at.or_else(|| find(&file.content, name).map(|at| (at, name.len()))).unwrap_or_default();
            let line = file.content.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
            let source = Source::new(&file.name, &file.content);
            let problem = Problem::FileMissing { path: found.place.file.clone() };
            let span = Span::new(at, at + len);
            let place = source.place(span, Lines { first: line, last: line });
            Some((main_cf, Diagnostic { problem, consequence: Consequence::Unknown, place }))
        }
        _ => None,
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() { None } else { text.windows(part.len()).position(|window| window == part) }
}

/// Where a line stands, counted from 1.
fn line_place(source: &Source<'_>, line: usize) -> Place {
    let mut start = 0;
    for (index, text) in source.bytes.split(|&byte| byte == b'\n').enumerate() {
        if index + 1 == line {
            return source.place(Span::new(start, start + text.len()), Lines { first: line, last: line });
        }
        start += text.len() + 1;
    }
    source.place(Span::new(0, 0), Lines { first: 1, last: 1 })
}

impl Made {
    /// Adds what is wrong to what the tables' own parsing found.
    pub fn add_problems(&self, parsed: &mut [Parsed]) {
        for (index, problem) in self.problems.iter() {
            if let Some(parsed) = parsed.get_mut(*index) {
                parsed.problems.push(problem.clone());
            }
        }
    }

    /// What main.cf makes of the checks that the files' own uses make: its settings count, and the tables of the lists that
    /// it sets. Without a main.cf they stay as they are.
    #[must_use]
    pub fn checks(&self, own: ContentChecks) -> ContentChecks {
        let Some(server) = &self.server else { return own };
        let mut checks = server.main_cf().over(own, server.content());
        for &line in self.refused.iter() {
            let refused = Unsettled::Refused { line };
            if !checks.unsettled.contains(&refused) {
                checks.unsettled.push(refused);
            }
        }
        checks
    }

    /// What the server says to a client's lines.
    #[must_use]
    pub fn session(&self, transcript: &[u8]) -> SessionVerdict {
        let Some(server) = &self.server else {
            return SessionVerdict { no_main_cf: true, ..SessionVerdict::default() };
        };
        let mut exchanges = server.session(&self.world).run(transcript);
        let refused = |exchange: &&postproof_model::Exchange| match &exchange.outcome {
            SmtpOutcome::Said(lines) => lines.first().is_some_and(|line| matches!(line.first(), Some(b'4' | b'5'))),
            SmtpOutcome::Silent | SmtpOutcome::Unknown(_) => false,
        };
        let unknown = |exchange: &&postproof_model::Exchange| matches!(exchange.outcome, SmtpOutcome::Unknown(_));
        let mut verdict = SessionVerdict {
            refused: exchanges.iter().filter(refused).count(),
            unknown: exchanges.iter().filter(unknown).count(),
            total: exchanges.len(),
            ..SessionVerdict::default()
        };
        verdict.left_out = exchanges.len().saturating_sub(EXCHANGES_LISTED);
        exchanges.truncate(EXCHANGES_LISTED);
        let mut left = TRIED_LISTED;
        for exchange in &mut exchanges {
            exchange.tried.truncate(left);
            left -= exchange.tried.len();
        }
        verdict.exchanges = exchanges;
        verdict
    }
}
