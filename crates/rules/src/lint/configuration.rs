//! A main.cf with all that it names.

use postproof_model::Diagnostic;

use super::reader::{Around, Reader};
use crate::maincf::MainCf;
use crate::smtpd::{LISTS, Server};
use crate::table::open::Read;
use crate::table::{Opener, Table};

/// How many tables are looked at.
const TABLES: usize = 500;

/// What is wrong with a main.cf's parameters, its lists of restrictions and all tables that these name, each once, as those
/// who ask it do. `read` gives the bytes of files, whose names are as main.cf writes them.
#[must_use]
pub fn configuration(main_cf: &MainCf, read: &mut Read<'_>) -> Vec<Diagnostic> {
    let mut opened = Vec::new();
    let mut tables: Vec<(Reader, Table)> = Vec::new();
    for (name, reader) in Reader::parameters() {
        // Where mime_header_checks is not set, it has header_checks' tables.
        if matches!(reader, Reader::MimeHeader | Reader::NestedHeader) && !main_cf.is_set(name) {
            continue;
        }
        let list = main_cf.open(&main_cf.get(name), Opener::CONTENT, read, &mut opened);
        tables.extend(list.into_iter().map(|table| (reader, table)));
    }
    let (server, mut found) = Server::new(main_cf.clone(), read);
    found.extend(opened);
    tables.extend(server.asked_tables().into_iter().map(|(reader, table)| (reader, table.clone())));
    let names = |wanted: Reader| -> Vec<String> {
        let of = tables.iter().filter(|(reader, _)| *reader == wanted);
        of.map(|(_, table)| table.name().to_owned()).collect()
    };
    let (header, mime) = (names(Reader::Header), names(Reader::MimeHeader));
    let classes = main_cf.get("smtpd_restriction_classes");
    let classes = classes.list().into_iter().map(|(_, name)| String::from_utf8_lossy(name).into_owned()).collect();
    let mut around = Around { classes: Some(classes), ..Around::default() };
    let mut said: Vec<(Reader, String)> = Vec::new();
    for (reader, table) in tables.iter().take(TABLES) {
        let key = (*reader, table.name().to_owned());
        if said.contains(&key) {
            continue;
        }
        around.mime_elsewhere = main_cf.is_set("mime_header_checks") && !mime.contains(&key.1);
        around.also_header = header.contains(&key.1);
        found.extend(super::asked(table, *reader, &around));
        said.push(key);
    }
    found.sort_by(|one, other| {
        let key = |found: &Diagnostic| (found.place.file.clone(), found.place.span, found.problem.code());
        key(one).cmp(&key(other))
    });
    found.dedup();
    found
}

impl Server {
    /// The tables that lists of restrictions ask, each with who asks it, once.
    fn asked_tables(&self) -> Vec<(Reader, &Table)> {
        let mut tables: Vec<(Reader, &Table)> = Vec::new();
        for list in LISTS {
            for (restriction, argument) in self.restrictions(list) {
                let Some(table) = self.table(&argument) else { continue };
                let reader = Reader::of_restriction(&restriction);
                if !tables.iter().any(|(known, other)| *known == reader && other.name() == table.name()) {
                    tables.push((reader, table));
                }
            }
        }
        tables
    }
}
