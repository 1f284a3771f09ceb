//! From a suite to something that can be run: files read, tables opened, inputs at hand.

use std::collections::{BTreeMap, BTreeSet};

use postproof_model::report::{Amount, FileError, FileProblem};
use postproof_model::{Diagnostic, InputKind, Project, Role, TableKind};
use postproof_rules::content::{ContentChecks, DeliveryChecks};
use postproof_rules::maincf::{MainCf, State, project};
use postproof_rules::smtpd::{LISTS, Server, World};
use postproof_rules::table::{MapSpec, Maps, Opener, Table, Wanted};
use postproof_rules::{lint, s25r};

use crate::coverage::Covered;
use crate::files::Files;
use crate::inputs::Input;
use crate::keep::clients_of_log;
use crate::limits;
use crate::read::{At, Kind, Placed, Suite, wrong};

/// Where Postfix is configured unless it was built otherwise.
const CONFIG_DIRECTORY: &str = "/etc/postfix";

/// A suite that is ready to run.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) suite: Suite,
    /// The tables of the test file and its main.cf.
    pub(crate) checks: Checks,
    /// Those of share links, by the number of the case.
    pub(crate) linked: BTreeMap<usize, Checks>,
    /// Those that keys are looked up in, by the number of the case.
    pub(crate) asked: BTreeMap<usize, Maps>,
    /// The server that main.cf makes: for sessions, and for hosts where no tables are named for them.
    pub(crate) server: Option<Server>,
    pub(crate) world: World,
    /// Those of share links with a main.cf, by the number of the case.
    pub(crate) linked_servers: BTreeMap<usize, (Server, World)>,
    /// The inputs of each case.
    pub(crate) inputs: Vec<Vec<Input>>,
    pub(crate) covered: Covered,
    /// What is wrong with tables and main.cf, though Postfix goes on.
    pub findings: Vec<Diagnostic>,
    /// Files that main.cf names without a folder.
    pub without_folder: Vec<String>,
}

/// The tables that messages and hosts go through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checks {
    pub(crate) content: ContentChecks,
    pub(crate) delivery: DeliveryChecks,
    pub(crate) access: Vec<Table>,
}

impl Prepared {
    /// Reads the files that a suite names, and opens its tables.
    ///
    /// # Errors
    ///
    /// The first that cannot be read, or that Postfix would refuse, and where the test file names it.
    pub fn new(mut suite: Suite, test_file: &str, files: &mut dyn Files) -> Result<Self, FileError> {
        let inline = std::mem::take(&mut suite.files);
        let mut loader = Loader {
            inline,
            test_file,
            config_directory: CONFIG_DIRECTORY.to_owned(),
            files,
            left: limits::BYTES,
            inputs: 0,
            findings: Vec::new(),
            without_folder: BTreeSet::new(),
        };
        let mut covered = Covered::default();
        let main_cf = loader.main_cf(&suite)?;
        let answers = loader.answers(&suite)?;
        let checks = loader.checks(&suite, main_cf.as_ref(), &answers, &mut covered)?;
        let hosts_of_server = !suite.tables.contains_key("client_access");
        let asks_server = |kind| kind == Kind::Session || (kind == Kind::Host && hosts_of_server);
        let asked = suite.cases.iter().any(|case| asks_server(case.kind));
        let server = match (&main_cf, &suite.main_cf) {
            (Some(main_cf), Some(named)) if asked => Some(loader.server(main_cf, named.at, &answers, &mut covered)?),
            _ => None,
        };
        let world = match &suite.world {
            Some(named) => loader.world(named)?,
            None => World::default(),
        };
        let (mut linked, mut linked_servers) = (BTreeMap::new(), BTreeMap::new());
        let (mut asked, mut inputs) = (BTreeMap::new(), Vec::new());
        let mut opened: BTreeMap<Vec<String>, Maps> = BTreeMap::new();
        for index in 0..suite.cases.len() {
            let Some(case) = suite.cases.get_mut(index) else { break };
            for text in case.expect.texts() {
                if let Some(file) = text.file.take() {
                    let bytes = loader.read(&file.value, file.at)?;
                    text.is = Some(String::from_utf8_lossy(&bytes).into_owned());
                }
            }
            let mut of_case = Vec::new();
            if case.kind == Kind::Link {
                let link = case.inline.first().cloned().unwrap_or_default();
                let project =
                    linked_project(&link).map_err(|reason| wrong(case.at, FileProblem::BadLink { reason }))?;
                for input in &project.inputs {
                    let (kind, content) = match input.kind {
                        InputKind::Message => (Kind::Message, input.content.clone()),
                        InputKind::Hosts => (Kind::Host, input.content.clone()),
                        InputKind::Session => (Kind::Session, input.content.clone()),
                        InputKind::Log => (Kind::Host, clients_of_log(&input.content.lossy()).join("\n").into()),
                    };
                    loader.split(kind, &input.name, &content, &mut of_case);
                }
                if project.inputs.iter().any(|input| input.kind == InputKind::Session) {
                    linked_servers.insert(index, loader.linked_server(&project, case.at)?);
                }
                linked.insert(index, loader.project(&project, case.at)?);
            } else {
                loader.inputs(case.kind, &case.inline, case.files.as_ref(), &mut of_case)?;
            }
            if of_case.is_empty() {
                return Err(wrong(case.at, FileProblem::NoInput));
            }
            loader.inputs += of_case.len();
            if loader.inputs > limits::INPUTS {
                return Err(wrong(case.at, FileProblem::TooMuch { what: Amount::Inputs, limit: limits::INPUTS }));
            }
            inputs.push(of_case);
            if let Some(table) = &case.table {
                let maps = match opened.get(&table.value) {
                    Some(maps) => maps.clone(),
                    None => Maps::new(loader.tables(table, Opener::POSTMAP, &answers, &mut covered)?),
                };
                opened.insert(table.value.clone(), maps.clone());
                asked.insert(index, maps);
            }
        }
        let without_folder = loader.without_folder.into_iter().collect();
        let mut findings = loader.findings;
        findings.sort_by(|one, other| (&one.place.file, one.place.span).cmp(&(&other.place.file, other.place.span)));
        findings.dedup();
        Ok(Self {
            suite,
            checks,
            linked,
            asked,
            server,
            world,
            linked_servers,
            inputs,
            covered,
            findings,
            without_folder,
        })
    }

    /// The suite.
    #[must_use]
    pub const fn suite(&self) -> &Suite {
        &self.suite
    }
}

pub(crate) type Loaded<T> = Result<T, FileError>;
type Answers = BTreeMap<String, Vec<u8>>;

/// What reads files and opens tables, and keeps count of how much.
pub(crate) struct Loader<'f> {
    /// The files that stand in the test file.
    pub(crate) inline: BTreeMap<String, String>,
    test_file: &'f str,
    /// Postfix's own folder, as main.cf has it.
    config_directory: String,
    pub(crate) files: &'f mut dyn Files,
    left: usize,
    inputs: usize,
    findings: Vec<Diagnostic>,
    /// Files that main.cf names without a folder.
    without_folder: BTreeSet<String>,
}

impl Loader<'_> {
    /// A name beside the test file: what stands in Postfix's own folder is looked for there.
    pub(crate) fn beside<'n>(&self, name: &'n str) -> &'n str {
        let rest = name.strip_prefix(&*self.config_directory).and_then(|rest| rest.strip_prefix('/'));
        let rest = rest.unwrap_or(name);
        rest.strip_prefix("./").unwrap_or(rest)
    }

    /// The bytes of a file, or why not.
    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let name = self.beside(name);
        if let Some(text) = self.inline.get(name) {
            return Ok(text.clone().into_bytes());
        }
        let bytes = self.files.read(name, self.left)?;
        self.left = self.left.saturating_sub(bytes.len());
        Ok(bytes)
    }

    pub(crate) fn read(&mut self, name: &str, at: At) -> Loaded<Vec<u8>> {
        if self.left == 0 {
            return Err(wrong(at, FileProblem::TooMuch { what: Amount::Bytes, limit: limits::BYTES }));
        }
        self.bytes(name).map_err(|reason| wrong(at, FileProblem::CannotReadFile { file: name.to_owned(), reason }))
    }

    fn wanted(&mut self, wanted: &Wanted<'_>, answers: &Answers) -> Result<Vec<u8>, String> {
        match *wanted {
            Wanted::File(name) => self.bytes(name),
            Wanted::Answers { kind, name } => {
                answers.get(&format!("{}:{name}", kind.name())).cloned().ok_or_else(String::new)
            }
        }
    }

    /// As [`Loader::wanted`], for what main.cf names: Postfix's programs take a name without a folder from queue_directory,
    /// where they run.
    fn named(&mut self, wanted: &Wanted<'_>, answers: &Answers) -> Result<Vec<u8>, String> {
        if let Wanted::File(name) = *wanted
            && !name.starts_with('/')
        {
            self.without_folder.insert(name.to_owned());
        }
        self.wanted(wanted, answers)
    }

    fn answers(&mut self, suite: &Suite) -> Loaded<Answers> {
        let mut answers = Answers::new();
        for (table, file) in &suite.answers {
            let kind = table.split_once(':').and_then(|(kind, _)| TableKind::from_name(kind));
            if !kind.is_some_and(TableKind::has_server) {
                return Err(wrong(file.at, FileProblem::NoTable { text: table.clone() }));
            }
            answers.insert(table.clone(), self.read(&file.value, file.at)?);
        }
        Ok(answers)
    }

    fn main_cf(&mut self, suite: &Suite) -> Loaded<Option<MainCf>> {
        let Some(named) = &suite.main_cf else { return Ok(None) };
        let bytes = self.read(&named.value, named.at)?;
        let (mut main_cf, found) = MainCf::parse_for(suite.version, &named.value, &bytes);
        main_cf.set_default("config_directory", CONFIG_DIRECTORY.as_bytes());
        self.found(found, named.at)?;
        if let Some(folder) = main_cf.get("config_directory").text() {
            self.config_directory = String::from_utf8_lossy(folder.strip_suffix(b"/").unwrap_or(folder)).into_owned();
        }
        Ok(Some(main_cf))
    }

    /// Keeps what is wrong. Fails where Postfix would, and where it goes on without a rule: no test of the rest says
    /// anything about the table that was meant.
    fn found(&mut self, found: Vec<Diagnostic>, at: At) -> Loaded<()> {
        if let Some(first) = found.iter().find(|found| found.consequence.is_loss()) {
            return Err(wrong(at, FileProblem::Refused(Box::new(first.clone()))));
        }
        self.findings.extend(found);
        Ok(())
    }

    /// Tables in their order.
    fn tables(
        &mut self,
        named: &Placed<Vec<String>>,
        opener: Opener,
        answers: &Answers,
        covered: &mut Covered,
    ) -> Loaded<Vec<Table>> {
        let mut tables = Vec::new();
        for text in &named.value {
            let spec = MapSpec::parse(text.as_bytes());
            if spec.refused().is_some() {
                return Err(wrong(named.at, FileProblem::NoTable { text: text.clone() }));
            }
            let opened = spec.open(opener, &mut |wanted| self.wanted(&wanted, answers));
            self.found(opened.diagnostics, named.at)?;
            self.findings.extend(lint::table(&opened.table));
            self.cover(&opened.table, covered);
            tables.push(opened.table);
        }
        Ok(tables)
    }

    /// Counts the table's rules, and those of the tables that it asks.
    fn cover(&self, table: &Table, covered: &mut Covered) {
        if table.tables().is_empty() {
            let name = self.beside(table.name());
            let is_inline = self.inline.contains_key(name);
            let shown = if is_inline { format!("{}#{name}", self.test_file) } else { self.files.shown(name) };
            covered.add(table, &shown, !is_inline && MapSpec::parse(table.source()).file().is_none());
        }
        for table in table.tables() {
            self.cover(table, covered);
        }
    }

    fn checks(
        &mut self,
        suite: &Suite,
        main_cf: Option<&MainCf>,
        answers: &Answers,
        covered: &mut Covered,
    ) -> Loaded<Checks> {
        let version = suite.version;
        let mut checks = Checks {
            content: ContentChecks { version, ..ContentChecks::default() },
            delivery: DeliveryChecks { version, ..DeliveryChecks::default() },
            access: Vec::new(),
        };
        // What a session does with its message is the server's own, and which rules fire there is not told.
        let is_content = |kind| matches!(kind, Kind::Header | Kind::BodyLine | Kind::Message);
        let messages = suite.cases.iter().any(|case| is_content(case.kind));
        if let (Some(main_cf), Some(named), true) = (main_cf, &suite.main_cf, messages) {
            for name in MainCf::CONTENT_MAPS.iter().chain(MainCf::CONTENT_SETTINGS) {
                if let State::Unknown { parameter } = &main_cf.get(name).state {
                    let problem =
                        FileProblem::MachineDecides { name: (*name).to_owned(), parameter: parameter.clone() };
                    return Err(wrong(named.at, problem));
                }
            }
            let (content, found) = main_cf.content_checks(&mut |wanted| self.named(&wanted, answers));
            let (delivery, more) = main_cf.delivery_checks(&mut |wanted| self.named(&wanted, answers));
            self.found(found, named.at)?;
            self.found(more, named.at)?;
            let own = [&content.mime_header, &content.nested_header].into_iter().flatten();
            let lists = [&content.header, &content.body, &content.milter_header].into_iter().chain(own);
            let later = [&delivery.header, &delivery.mime_header, &delivery.nested_header, &delivery.body];
            for table in lists.chain(later).flatten() {
                self.findings.extend(lint::table(table));
                self.cover(table, covered);
            }
            checks.content = content;
            checks.delivery = delivery;
        }
        for (name, named) in &suite.tables {
            let opener = if *name == "client_access" { Opener::ACCESS } else { Opener::CONTENT };
            let tables = self.tables(named, opener, answers, covered)?;
            match *name {
                "header_checks" => checks.content.header = tables,
                "mime_header_checks" => checks.content.mime_header = Some(tables),
                "nested_header_checks" => checks.content.nested_header = Some(tables),
                "body_checks" => checks.content.body = tables,
                "milter_header_checks" => checks.content.milter_header = tables,
                "smtp_header_checks" => checks.delivery.header = tables,
                "smtp_mime_header_checks" => checks.delivery.mime_header = tables,
                "smtp_nested_header_checks" => checks.delivery.nested_header = tables,
                "smtp_body_checks" => checks.delivery.body = tables,
                _ => checks.access = tables,
            }
        }
        // A server's lists say what becomes of its hosts; without one, S25R's rules do.
        if !suite.tables.contains_key("client_access") && suite.main_cf.is_none() {
            checks.access = vec![built_in()];
        }
        Ok(checks)
    }

    fn server(&mut self, main_cf: &MainCf, at: At, answers: &Answers, covered: &mut Covered) -> Loaded<Server> {
        let (server, found) = Server::new(main_cf.clone(), &mut |wanted| self.named(&wanted, answers));
        self.found(found, at)?;
        let classes = main_cf.get("smtpd_restriction_classes");
        let classes = classes.list().into_iter().map(|(_, name)| String::from_utf8_lossy(name).into_owned());
        let lists: Vec<String> = LISTS.iter().map(|name| (*name).to_owned()).chain(classes).collect();
        for name in lists {
            let value = main_cf.get(&name);
            let words = value.list();
            for (_, word) in words {
                let spec = MapSpec::parse(word);
                if let (Some(_), None, Some(table)) = (spec.file(), spec.refused(), server.table(word)) {
                    self.findings.extend(lint::table(table));
                    self.cover(table, covered);
                }
            }
        }
        Ok(server)
    }

    fn world(&mut self, named: &Placed<String>) -> Loaded<World> {
        let bytes = self.read(&named.value, named.at)?;
        let (world, bad) = World::parse(&bytes);
        match bad.into_iter().next() {
            None => Ok(world),
            Some(bad) => {
                let file = named.value.clone();
                Err(wrong(named.at, FileProblem::BadWorld { file, line: bad.line, text: bad.text }))
            }
        }
    }

    /// The server of a project in a link, and its world. main.cf names the other files by the last part of their paths.
    fn linked_server(&mut self, project: &Project, at: At) -> Loaded<(Server, World)> {
        let Some((_, main_cf, found)) = MainCf::of_project(&project.files) else {
            return Err(wrong(at, FileProblem::Missing { key: "main_cf".to_owned() }));
        };
        self.found(found, at)?;
        let (server, found) = Server::new(main_cf, &mut |wanted| project::read(&project.files, &wanted));
        self.found(found, at)?;
        let of_role = |role: Role| project.files.iter().find(|file| file.role == role);
        let world = match of_role(Role::World) {
            None => World::default(),
            Some(file) => match World::parse(&file.content) {
                (world, bad) if bad.is_empty() => world,
                (_, bad) => {
                    let (line, text) = bad.into_iter().next().map(|bad| (bad.line, bad.text)).unwrap_or_default();
                    return Err(wrong(at, FileProblem::BadWorld { file: file.name.clone(), line, text }));
                }
            },
        };
        Ok((server, world))
    }

    /// The tables of a project in a link.
    fn project(&mut self, project: &Project, at: At) -> Loaded<Checks> {
        let mut checks = Checks::default();
        for file in project.files.iter().filter(|file| file.role.is_table()) {
            let (table, found) = Table::parse_as(Opener::of_role(file.role), file.kind, &file.name, &file.content);
            self.found(found, at)?;
            self.findings.extend(lint::table(&table));
            match file.role {
                Role::HeaderChecks => checks.content.header.push(table),
                Role::MimeHeaderChecks => checks.content.mime_header.get_or_insert_default().push(table),
                Role::NestedHeaderChecks => checks.content.nested_header.get_or_insert_default().push(table),
                Role::BodyChecks => checks.content.body.push(table),
                Role::ClientAccess => checks.access.push(table),
                Role::Access | Role::MainCf | Role::World => {}
            }
        }
        if let Some((_, main_cf, mut found)) = MainCf::of_project(&project.files) {
            let (content, more) = main_cf.content_checks(&mut |wanted| project::read(&project.files, &wanted));
            found.extend(more);
            self.found(found, at)?;
            checks.content = main_cf.over(checks.content, &content);
        }
        if checks.access.is_empty() {
            checks.access.push(built_in());
        }
        Ok(checks)
    }
}

/// S25R's rules.
fn built_in() -> Table {
    Table::parse(TableKind::Regexp, s25r::TABLE_NAME, s25r::table_source().as_bytes()).0
}

/// The project in a link, or in its fragment alone.
fn linked_project(link: &str) -> Result<Project, String> {
    let fragment = link.trim().rsplit_once('#').map_or(link.trim(), |(_, fragment)| fragment);
    postproof_share::from_fragment(fragment).map_err(|error| error.to_string())
}
