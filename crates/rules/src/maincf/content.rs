//! What main.cf says of header and body checks.

use postproof_model::{Consequence, Diagnostic, MainCfProblem, Problem, Unsettled};

use super::MainCf;
use super::values::{State, Value};
use crate::content::{ContentChecks, DeliveryChecks};
use crate::message::{Limits, Strict};
use crate::table::open::Read;
use crate::table::{MapSpec, Opener, Table};

/// The limits of main.cf that decide how a message is taken apart, and the least that Postfix accepts.
const LEAST: &[(&str, Option<i64>)] = &[
    ("header_size_limit", Some(1)),
    ("line_length_limit", Some(512)),
    ("mime_nesting_limit", Some(1)),
    ("mime_boundary_length_limit", Some(1)),
    ("body_checks_size_limit", None),
    ("hopcount_limit", Some(1)),
];

/// Parameters of the content side that are yes or no.
const BOOLEAN: &[&str] = &[
    "cleanup_replace_stray_cr_lf",
    "disable_mime_input_processing",
    "disable_mime_output_conversion",
    "smtputf8_enable",
    "soft_bounce",
    "strict_7bit_headers",
    "strict_8bitmime",
    "strict_8bitmime_body",
    "strict_mime_encoding_domain",
    "strict_rfc821_envelopes",
];

impl MainCf {
    /// The parameters beside the lists of tables that decide what becomes of a message.
    pub const CONTENT_SETTINGS: &[&str] = &[
        "header_size_limit",
        "line_length_limit",
        "mime_nesting_limit",
        "mime_boundary_length_limit",
        "body_checks_size_limit",
        "hopcount_limit",
        "cleanup_replace_stray_cr_lf",
        "disable_mime_input_processing",
        "soft_bounce",
        "strict_7bit_headers",
        "strict_8bitmime",
        "strict_8bitmime_body",
        "strict_mime_encoding_domain",
        "message_drop_headers",
    ];

    /// The parameters that list tables of the content side.
    pub const CONTENT_MAPS: &[&str] = &[
        "header_checks",
        "mime_header_checks",
        "nested_header_checks",
        "body_checks",
        "milter_header_checks",
        "smtp_header_checks",
        "smtp_mime_header_checks",
        "smtp_nested_header_checks",
        "smtp_body_checks",
    ];

    /// The limits that decide how a message is taken apart. Where Postfix would refuse one, or where it cannot be told, its
    /// default stands here; [`MainCf::limit_problems`] says why.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let default = Limits::default();
        let number = |name: &str, otherwise: usize| {
            let least = LEAST.iter().find(|(limit, _)| *limit == name).and_then(|(_, least)| *least);
            match self.get(name).integer(least, None) {
                // Only body_checks_size_limit may be negative: then nothing is looked at, whatever stands here.
                Ok(Some(value)) => usize::try_from(value).unwrap_or_default(),
                Ok(None) | Err(_) => otherwise,
            }
        };
        let whole = |name: &str| self.get(name).integer(None, None).ok().flatten();
        let yes = |name: &str, otherwise: bool| self.get(name).boolean().ok().flatten().unwrap_or(otherwise);
        Limits {
            header_size_limit: number("header_size_limit", default.header_size_limit),
            line_length_limit: number("line_length_limit", default.line_length_limit),
            mime_nesting_limit: number("mime_nesting_limit", default.mime_nesting_limit),
            mime_boundary_length_limit: number("mime_boundary_length_limit", default.mime_boundary_length_limit),
            disable_mime_input_processing: yes("disable_mime_input_processing", false),
            body_checks_look: whole("body_checks_size_limit").is_none_or(|limit| limit >= 0),
            body_checks_size_limit: number("body_checks_size_limit", default.body_checks_size_limit),
            hopcount_limit: number("hopcount_limit", default.hopcount_limit),
            cleanup_replace_stray_cr_lf: yes("cleanup_replace_stray_cr_lf", default.cleanup_replace_stray_cr_lf),
            strict: Strict {
                headers: yes("strict_7bit_headers", false) || yes("strict_8bitmime", false),
                body: yes("strict_8bitmime_body", false) || yes("strict_8bitmime", false),
                encoding_domain: yes("strict_mime_encoding_domain", false),
            },
        }
    }

    /// What is wrong with the numbers and the yes or no of the content side.
    #[must_use]
    pub fn limit_problems(&self) -> Vec<Diagnostic> {
        let numbers = LEAST.iter().filter_map(|&(name, least)| {
            let value = self.get(name);
            let problem = value.integer(least, None).err();
            problem.map(|problem| (value, problem))
        });
        let booleans = BOOLEAN.iter().filter_map(|name| {
            let value = self.get(name);
            let problem = value.boolean().err();
            problem.map(|problem| (value, problem))
        });
        numbers.chain(booleans).map(|(value, problem)| self.refused(&value, problem)).collect()
    }

    fn refused(&self, value: &Value, problem: MainCfProblem) -> Diagnostic {
        let length = value.text().unwrap_or_default().len();
        let place = self.place(value, postproof_model::Span::new(0, length));
        Diagnostic { problem: Problem::MainCf(problem), consequence: Consequence::ConfigurationRefused, place }
    }

    /// The parameters that decide what cleanup(8) does to a message and that are not known; those that name tables only where
    /// the file sets them.
    #[must_use]
    pub fn content_unsettled(&self) -> Vec<Unsettled> {
        let of_cleanup = |name: &&&str| !name.starts_with("smtp_") && self.is_set(name);
        let names = Self::CONTENT_SETTINGS.iter().chain(Self::CONTENT_MAPS.iter().filter(of_cleanup));
        let why = |name: &&str| match self.get(name).state {
            State::Unknown { parameter } => Some(Unsettled::Machine { name: (*name).to_owned(), parameter }),
            State::TooBig => Some(Unsettled::TooBig { name: (*name).to_owned() }),
            State::Known(_) | State::Refused(_) => None,
        };
        let refused = self.limit_problems().into_iter().map(|found| Unsettled::Refused { line: found.place.line });
        names.filter_map(why).chain(refused).collect()
    }

    /// header_checks and the rest, opened as cleanup(8) opens them, with the limits that go with them. `read` gives the
    /// bytes of files, whose names are as main.cf writes them.
    ///
    /// mime_header_checks and nested_header_checks are none where they are not set, so that they have header_checks' tables;
    /// set to nothing, they have no tables. Diagnostics about what stands in main.cf have their places there, those about
    /// files in the files. Where a list cannot be told or is refused, one table stands for it that answers nothing but
    /// *unknown*.
    #[must_use]
    pub fn content_checks(&self, read: &mut Read<'_>) -> (ContentChecks, Vec<Diagnostic>) {
        let mut diagnostics = self.limit_problems();
        let mut open = |name: &str| self.open(&self.get(name), Opener::CONTENT, read, &mut diagnostics);
        let header = open("header_checks");
        let mime_header = self.is_set("mime_header_checks").then(|| open("mime_header_checks"));
        let nested_header = self.is_set("nested_header_checks").then(|| open("nested_header_checks"));
        let body = open("body_checks");
        let milter_header = open("milter_header_checks");
        let drop_headers = self.get("message_drop_headers");
        let drop_headers = drop_headers.list().into_iter();
        let checks = ContentChecks {
            header,
            mime_header,
            nested_header,
            body,
            milter_header,
            drop_headers: drop_headers.map(|(_, name)| String::from_utf8_lossy(name).into_owned()).collect(),
            limits: self.limits(),
            soft_bounce: self.get("soft_bounce").boolean().ok().flatten().unwrap_or(false),
            unsettled: self.content_unsettled(),
            version: self.version(),
            ..ContentChecks::default()
        };
        (checks, diagnostics)
    }

    /// smtp_header_checks and its siblings, opened as smtp(8) opens them, with the limits that go with them; as
    /// [`MainCf::content_checks`].
    #[must_use]
    pub fn delivery_checks(&self, read: &mut Read<'_>) -> (DeliveryChecks, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let line_length_limit = self.get("smtp_line_length_limit");
        let least = Some(0);
        let limit = match line_length_limit.integer(least, None) {
            Ok(limit) => limit.and_then(|limit| usize::try_from(limit).ok()),
            Err(problem) => {
                diagnostics.push(self.refused(&line_length_limit, problem));
                None
            }
        };
        let mut open = |name: &str| self.open(&self.get(name), Opener::CONTENT, read, &mut diagnostics);
        let checks = DeliveryChecks {
            header: open("smtp_header_checks"),
            mime_header: open("smtp_mime_header_checks"),
            nested_header: open("smtp_nested_header_checks"),
            body: open("smtp_body_checks"),
            limits: self.limits(),
            version: self.version(),
            ..DeliveryChecks::default()
        };
        let line_length_limit = limit.unwrap_or(checks.line_length_limit);
        (DeliveryChecks { line_length_limit, ..checks }, diagnostics)
    }

    /// Opens the tables of a parameter as a program does; diagnostics about its text get their places in main.cf.
    pub fn open(
        &self,
        value: &Value,
        opener: Opener,
        read: &mut Read<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Table> {
        if let State::Unknown { .. } | State::Refused(_) | State::TooBig = &value.state {
            // fail: answers every key with a failure, which no verdict takes for "not found".
            let spec = MapSpec::parse(format!("fail:{}", value.name).as_bytes());
            return vec![spec.open(opener, read).table];
        }
        let open = |spec: MapSpec| {
            let opened = spec.open(opener, read);
            let files = spec.files();
            for mut found in opened.diagnostics {
                let in_name = matches!(found.problem, Problem::Map(_));
                if in_name || !files.contains(&found.place.file.as_str()) {
                    found.place = self.place(value, found.place.span);
                }
                diagnostics.push(found);
            }
            opened.table
        };
        value.maps().into_iter().map(open).collect()
    }
}
