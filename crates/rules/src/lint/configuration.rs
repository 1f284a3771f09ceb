//! A main.cf with all that it names.

use postproof_model::Diagnostic;

use super::reader::{Around, Reader};
use crate::maincf::MainCf;
use crate::smtpd::{LISTS, Server};
use crate::table::Table;
use crate::table::open::Read;

/// How many tables are looked at.
const TABLES: usize = 500;

/// What is wrong with a main.cf's parameters, its lists of restrictions and all tables that these name, each once, as those
/// who ask it do. `read` gives the bytes of files, whose names are as main.cf writes them.
#[must_use]
pub fn configuration(main_cf: &MainCf, read: &mut Read<'_>) -> Vec<Diagnostic> {
    let (server, mut found) = Server::new(main_cf.clone(), read);
    let (delivery, more) = main_cf.delivery_checks(read);
    found.extend(more);
    let content = server.content();
    // Where mime_header_checks is not set, it has header_checks' tables.
    let (mime, nested) = (content.mime_header.as_deref(), content.nested_header.as_deref());
    let lists: [(Reader, &[Table]); 9] = [
        (Reader::Header, &content.header),
        (Reader::MimeHeader, mime.unwrap_or_default()),
        (Reader::NestedHeader, nested.unwrap_or_default()),
        (Reader::Body, &content.body),
        (Reader::MilterHeader, &content.milter_header),
        (Reader::SmtpHeader, &delivery.header),
        (Reader::SmtpMimeHeader, &delivery.mime_header),
        (Reader::SmtpNestedHeader, &delivery.nested_header),
        (Reader::SmtpBody, &delivery.body),
    ];
    let mut tables: Vec<(Reader, &Table)> =
        lists.into_iter().flat_map(|(reader, list)| list.iter().map(move |table| (reader, table))).collect();
    tables.extend(server.asked_tables());
    let names = |wanted: Reader| -> Vec<String> {
        let of = tables.iter().filter(|(reader, _)| *reader == wanted);
        of.map(|(_, table)| table.name().to_owned()).collect()
    };
    let (header, mime) = (names(Reader::Header), names(Reader::MimeHeader));
    let classes = main_cf.get("smtpd_restriction_classes");
    let classes = classes.list().into_iter().map(|(_, name)| String::from_utf8_lossy(name).into_owned()).collect();
    let mut around = Around { classes: Some(classes), ..Around::default() };
    let mut said: Vec<(Reader, String)> = Vec::new();
    for &(reader, table) in tables.iter().take(TABLES) {
        let key = (reader, table.name().to_owned());
        if said.contains(&key) {
            continue;
        }
        around.mime_elsewhere = main_cf.is_set("mime_header_checks") && !mime.contains(&key.1);
        around.also_header = header.contains(&key.1);
        found.extend(super::asked(table, reader, &around));
        said.push(key);
    }
    super::once(found)
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
