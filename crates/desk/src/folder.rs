//! A project as a folder that Postfix can use: the tables under their names, the lines of main.cf that name them, the inputs,
//! and the commands of Postfix that ask the same.

use postproof_model::{Bytes, Input, InputKind, Project, ProjectFile, Role, TableKind, TableSource};
use postproof_words::{Lang, folder as words};
use std::fmt::Write as _;

/// What is written about the folder.
const READ_ME: &str = "README.txt";

/// The parameters that name tables of messages, in main.cf's order.
const PARAMETERS: [(Role, &str); 4] = [
    (Role::HeaderChecks, "header_checks"),
    (Role::MimeHeaderChecks, "mime_header_checks"),
    (Role::NestedHeaderChecks, "nested_header_checks"),
    (Role::BodyChecks, "body_checks"),
];

/// The files, by their paths in the folder. Every path is relative and leads nowhere else, whatever the names are.
#[must_use]
pub fn files(project: &Project, lang: Lang) -> Vec<(String, Bytes)> {
    let mut names = Names::default();
    let tables: Vec<(String, &ProjectFile)> = project.files.iter().map(|file| (names.free(&file.name), file)).collect();
    let inputs = project.inputs.iter().filter(|input| !input.content.is_empty());
    let inputs: Vec<(String, &Input)> = inputs.map(|input| (names.free(&input_name(input)), input)).collect();
    let test_file = Some(&project.tests).filter(|tests| !tests.is_empty());
    let test_file = test_file.and_then(|_| postproof_suite::export(project).ok());
    let test_file = test_file.map(|exported| (names.free("rules.postproof.toml"), exported.text));

    let mut all: Vec<(String, Bytes)> = Vec::new();
    all.extend(tables.iter().map(|(name, file)| (name.clone(), file.content.clone())));
    all.extend(inputs.iter().map(|(name, input)| (name.clone(), input.content.clone())));
    let snippet = snippet(&tables, lang);
    let text = read_me(&tables, &inputs, test_file.as_ref().map(|(name, _)| name.as_str()), !snippet.is_empty(), lang);
    if !snippet.is_empty() {
        all.push((names.free("main.cf.snippet"), snippet.into()));
    }
    if let Some((name, text)) = test_file {
        all.push((name, text.into()));
    }
    all.push((names.free(READ_ME), text.into()));
    all
}

/// Names that are taken.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    /// A name for a file: without folders, without what shells and main.cf take apart, and no other's.
    fn free(&mut self, wanted: &str) -> String {
        let last = wanted.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
        let name: String = last.chars().map(plain).take(100).collect();
        let name = name.trim_start_matches(['.', '-']);
        let name = if name.is_empty() { "file" } else { name };
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let free = candidates.find(|name| !self.0.iter().any(|taken| taken.eq_ignore_ascii_case(name)));
        let free = free.unwrap_or_default();
        self.0.push(free.clone());
        free
    }
}

fn input_name(input: &Input) -> String {
    if !input.name.is_empty() {
        return format!("{}.txt", input.name);
    }
    match input.kind {
        InputKind::Message => "message.eml",
        InputKind::Hosts => "hosts.txt",
        InputKind::Session => "session.txt",
        InputKind::Log => "maillog",
    }
    .to_owned()
}

/// A table as main.cf names it.
fn named(name: &str, file: &ProjectFile) -> String {
    format!("{}:$config_directory/{name}", file.kind.name())
}

/// The lines of main.cf; none where the project has a main.cf.
fn snippet(tables: &[(String, &ProjectFile)], lang: Lang) -> String {
    let mut text = String::new();
    if tables.iter().any(|(_, file)| file.role == Role::MainCf) {
        return text;
    }
    let of = |role| tables.iter().filter(move |(_, file)| file.role == role).map(|(name, file)| named(name, file));
    for (role, parameter) in PARAMETERS {
        let list: Vec<String> = of(role).collect();
        if !list.is_empty() {
            // A String takes all that is written to it.
            let _ = writeln!(text, "{parameter} = {}", list.join(" "));
        }
    }
    let clients: Vec<String> = of(Role::ClientAccess).collect();
    if !clients.is_empty() {
        let _ = writeln!(text, "# {}", words::CLIENTS.say(lang));
        let _ = writeln!(text, "smtpd_client_restrictions =\n  permit_mynetworks");
        for client in clients {
            let _ = writeln!(text, "  check_client_access {client}");
        }
    }
    text
}

fn read_me(
    tables: &[(String, &ProjectFile)],
    inputs: &[(String, &Input)],
    test_file: Option<&str>,
    has_snippet: bool,
    lang: Lang,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut part = |words: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let lines: Vec<String> = lines.into_iter().map(|line| format!("    {line}")).collect();
            parts.push(format!("{words}\n\n{}\n", lines.join("\n")));
        }
    };
    let is_table = |file: &ProjectFile| file.role.is_table();
    let listed = tables.iter().filter(|(_, file)| is_table(file)).map(|(name, _)| name.clone());
    part(words::TABLES.say(lang), listed.collect());
    let indexed = |kind: TableKind| kind.source() == TableSource::Entries && kind != TableKind::Texthash;
    let made = tables.iter().filter(|(_, file)| is_table(file) && indexed(file.kind));
    part(words::INDEXED.say(lang), made.map(|(name, file)| format!("postmap {}:{name}", file.kind.name())).collect());
    if has_snippet {
        part(words::SNIPPET.say(lang), vec!["postfix reload".to_owned()]);
    }
    let mut asked = Vec::new();
    for (input_name, input) in inputs {
        for (name, file) in tables {
            let table = format!("{}:{name}", file.kind.name());
            match (input.kind, file.role) {
                (InputKind::Message, Role::HeaderChecks | Role::MimeHeaderChecks | Role::NestedHeaderChecks) => {
                    asked.push(format!("postmap -h -m -q - {table} <{input_name}"));
                }
                (InputKind::Message, Role::BodyChecks) => {
                    asked.push(format!("postmap -b -m -q - {table} <{input_name}"));
                }
                (InputKind::Hosts, Role::ClientAccess) => asked.push(format!("postmap -q - {table} <{input_name}")),
                _ => {}
            }
        }
    }
    part(words::ASK.say(lang), asked);
    let main_cf = tables.iter().find(|(_, file)| file.role == Role::MainCf).map(|(name, _)| name);
    let world = tables.iter().find(|(_, file)| file.role == Role::World).map(|(name, _)| name);
    let sessions = inputs.iter().filter(|(_, input)| input.kind == InputKind::Session);
    let played = sessions.filter_map(|(session, _)| {
        let world = world.map(|world| format!(" --world {world}")).unwrap_or_default();
        Some(format!("postproof smtp -c {}{world} {session}", main_cf?))
    });
    part(words::SESSION.say(lang), played.collect());
    part(words::TESTS.say(lang), test_file.map(|name| format!("postproof test {name}")).into_iter().collect());
    parts.join("\n")
}

#[cfg(test)]
mod checks {
    use super::*;

    fn file(name: &str, role: Role, kind: TableKind) -> ProjectFile {
        ProjectFile { name: name.to_owned(), role, kind, content: "x\n".into() }
    }

    #[test]
    fn tables_have_their_names_and_main_cf_its_lines() {
        let project = Project {
            files: vec![
                file("header_checks", Role::HeaderChecks, TableKind::Regexp),
                file("white", Role::ClientAccess, TableKind::Hash),
                file("rejections", Role::ClientAccess, TableKind::Regexp),
            ],
            inputs: vec![
                Input { name: String::new(), kind: InputKind::Message, content: "Subject: x\n".into() },
                Input { name: String::new(), kind: InputKind::Hosts, content: "unknown\n".into() },
            ],
            ..Project::default()
        };
        let files = files(&project, Lang::En);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let expected =
            ["header_checks", "white", "rejections", "message.eml", "hosts.txt", "main.cf.snippet", "README.txt"];
        assert_eq!(names, expected);
        let snippet = files[5].1.lossy().into_owned();
        assert!(snippet.starts_with("header_checks = regexp:$config_directory/header_checks\n"), "{snippet}");
        assert!(snippet.contains("  check_client_access hash:$config_directory/white\n  check_client_access regexp:"));
        let text = files[6].1.lossy().into_owned();
        for line in [
            "postmap hash:white",
            "postmap -h -m -q - regexp:header_checks <message.eml",
            "postmap -q - regexp:rejections <hosts.txt",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let names = ["../../etc/passwd", "/etc/postfix/a", "..", "a b;rm", "README.txt", "readme.TXT", "-x"];
        let files: Vec<ProjectFile> =
            names.iter().map(|name| file(name, Role::HeaderChecks, TableKind::Regexp)).collect();
        let project = Project { files, ..Project::default() };
        let names: Vec<String> = super::files(&project, Lang::Ja).into_iter().map(|(name, _)| name).collect();
        let expected =
            ["passwd", "a", "file", "a_b_rm", "README.txt", "readme.TXT_2", "x", "main.cf.snippet", "README.txt_3"];
        assert_eq!(names, expected);
    }
}
