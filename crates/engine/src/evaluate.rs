//! From a project to a report.

use crate::clients::ClientTables;
use crate::marks::{Marker, Seen};
use crate::session::Sessions;
use crate::tables::{Parsed, Tables};
use postproof_model::{InputKind, Project, Role};
use postproof_protocol::{Report, Verdict};
use postproof_rules::content::{Bounds, ContentChecks, Envelope, Received};
use postproof_rules::table::Table;

/// As much as a page can show. The resulting message is not shown, so it is not carried over.
const BOUNDS: Bounds = Bounds { events: 500, event_bytes: 1 << 20, message_bytes: 0 };

/// What is kept from one request to the next.
#[derive(Debug, Default)]
pub struct Memory {
    tables: Tables,
    sessions: Sessions,
}

/// What the project's files make of the input in front.
#[must_use]
pub fn evaluate(project: &Project, memory: &mut Memory) -> Report {
    let mut parsed = memory.tables.of(&project.files);
    let made = memory.sessions.of(&project.files);
    made.add_problems(&mut parsed);
    let mut marker = Marker::new(&project.files, &parsed);
    let (verdict, input) = match project.inputs.get(project.shown_input) {
        Some(input) if !input.content.is_empty() => {
            let mut seen = Seen::of(&input.content);
            let verdict = match input.kind {
                InputKind::Message => {
                    let verdict = made.checks(checks(project, &parsed)).evaluate(&input.content, &envelope());
                    marker.saw_message(&verdict);
                    seen.saw_message(&verdict);
                    Verdict::Message(Box::new(verdict))
                }
                InputKind::Session => {
                    let verdict = made.session(&input.content);
                    marker.saw_session(&verdict);
                    seen.saw_session(&verdict);
                    Verdict::Session(Box::new(verdict))
                }
                InputKind::Hosts => {
                    let tables = ClientTables::new(with_role(project, &parsed, Role::ClientAccess));
                    Verdict::Hosts(Box::new(tables.hosts(&input.content, &mut marker, &mut seen)))
                }
                InputKind::Log => {
                    let tables = ClientTables::new(with_role(project, &parsed, Role::ClientAccess));
                    Verdict::Log(Box::new(tables.log(&input.content, &mut marker, &mut seen)))
                }
            };
            (verdict, seen.marks())
        }
        _ => (Verdict::Nothing, Vec::new()),
    };
    Report {
        diagnostics: parsed.iter().flat_map(|parsed| parsed.problems.iter().cloned()).collect(),
        verdict,
        files: marker.marks(),
        input,
    }
}

/// The checks that the project's files make, main.cf's settings included. What a verdict of theirs may hold is the caller's
/// to say.
#[must_use]
pub fn content_checks(project: &Project, memory: &mut Memory) -> ContentChecks {
    let parsed = memory.tables.of(&project.files);
    memory.sessions.of(&project.files).checks(checks(project, &parsed))
}

/// The project's files as tables, in their order.
#[must_use]
pub fn tables(project: &Project, memory: &mut Memory) -> Vec<Table> {
    memory.tables.of(&project.files).into_iter().map(|parsed| parsed.table).collect()
}

/// The tables that one part of Postfix reads, in the order of the files.
fn with_role(project: &Project, parsed: &[Parsed], role: Role) -> Vec<Table> {
    let files = project.files.iter().zip(parsed);
    files.filter(|(file, _)| file.role == role).map(|(_, parsed)| parsed.table.clone()).collect()
}

/// A message that comes to a server, which puts a Received header on top before the rules see it.
#[must_use]
pub fn envelope() -> Envelope {
    Envelope { received: Some(Received::default()), ..Envelope::default() }
}

/// What cleanup(8) is given: a class without a file of its own has header_checks' tables, as in main.cf.
fn checks(project: &Project, parsed: &[Parsed]) -> ContentChecks {
    let own = |role| Some(with_role(project, parsed, role)).filter(|tables| !tables.is_empty());
    ContentChecks {
        header: with_role(project, parsed, Role::HeaderChecks),
        mime_header: own(Role::MimeHeaderChecks),
        nested_header: own(Role::NestedHeaderChecks),
        body: with_role(project, parsed, Role::BodyChecks),
        bounds: BOUNDS,
        ..ContentChecks::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::{Disposition, Input, ProjectFile, TableKind};
    use postproof_protocol::{FileMarks, HOSTS_LISTED, Mark, Tone};

    fn project(files: &[(&str, Role, &str)], kind: InputKind, input: &str) -> Project {
        let file = |(name, role, content): &(&str, Role, &str)| ProjectFile {
            name: (*name).to_owned(),
            role: *role,
            kind: TableKind::Regexp,
            content: (*content).into(),
        };
        Project {
            files: files.iter().map(file).collect(),
            inputs: vec![Input { name: String::new(), kind, content: input.into() }],
            ..Project::default()
        }
    }

    fn report(files: &[(&str, Role, &str)], kind: InputKind, input: &str) -> Report {
        evaluate(&project(files, kind, input), &mut Memory::default())
    }

    /// A stretch of a text that marks are about.
    fn cut(text: &str, mark: Mark) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        String::from_utf16(&units[mark.from as usize..mark.to as usize]).unwrap()
    }

    #[test]
    fn an_empty_project_says_nothing() {
        let report = evaluate(&Project::default(), &mut Memory::default());
        assert_eq!((report.verdict, report.files, report.input), (Verdict::Nothing, vec![], vec![]));
        assert_eq!(report.diagnostics, []);
    }

    #[test]
    fn an_index_of_no_input_says_nothing() {
        let mut project = project(&[], InputKind::Message, "From: a\n");
        project.shown_input = 7;
        assert_eq!(evaluate(&project, &mut Memory::default()).verdict, Verdict::Nothing);
    }

    #[test]
    fn a_rule_that_fires_is_marked_in_its_file_and_its_match_in_the_input() {
        let rules = "# カジノ\n/^Subject:.*casino/ REJECT no\n";
        let input = "From: a\nSubject: 😀 the\n casino opens\n\n";
        let report = report(&[("h", Role::HeaderChecks, rules)], InputKind::Message, input);
        let Verdict::Message(verdict) = &report.verdict else { panic!("a message") };
        assert_eq!(verdict.disposition, Disposition::Rejected);

        let [rule] = report.files[0].rules.as_slice() else { panic!("one rule fired") };
        assert_eq!(cut(rules, rule.whole), "/^Subject:.*casino/ REJECT no");
        assert_eq!((rule.hits, rule.would_hit, rule.tone, rule.decided), (1, 0, Some(Tone::Reject), true));

        let [mark] = report.input.as_slice() else { panic!("one key matched") };
        assert_eq!(cut(input, mark.lines), "Subject: 😀 the\n casino opens");
        let matched: Vec<String> = mark.matched.iter().map(|mark| cut(input, *mark)).collect();
        assert_eq!(matched.concat().replace('\n', ""), "Subject: 😀 the casino");
    }

    #[test]
    fn the_header_that_smtpd_adds_marks_no_line_of_the_input() {
        let rules = "/^Received: from/ WARN\n";
        let report = report(&[("h", Role::HeaderChecks, rules)], InputKind::Message, "From: a\n\n");
        assert_eq!(report.files[0].rules.iter().map(|rule| rule.hits).collect::<Vec<_>>(), [1]);
        assert_eq!(report.input, []);
    }

    #[test]
    fn carriage_returns_do_not_move_the_marks() {
        let input = "From: a\r\nSubject: the\r\n casino opens\r\n\r\n";
        let report = report(&[("h", Role::HeaderChecks, "/the\\s+casino/ WARN\n")], InputKind::Message, input);
        let matched: String = report.input[0].matched.iter().map(|mark| cut(input, *mark)).collect();
        assert_eq!(matched.replace(['\r', '\n'], ""), "the casino");
    }

    #[test]
    fn a_later_rule_that_would_have_fired_is_marked_as_such() {
        let rules = "/^Subject:/ WARN\n/casino/ REJECT\n/poker/ REJECT\n";
        let report = report(&[("h", Role::HeaderChecks, rules)], InputKind::Message, "Subject: casino\n\n");
        let seen: Vec<(usize, usize)> = report.files[0].rules.iter().map(|rule| (rule.hits, rule.would_hit)).collect();
        assert_eq!(seen, [(1, 0), (0, 1)]);
    }

    #[test]
    fn mime_headers_go_to_their_own_table_where_there_is_one() {
        let header = ("h", Role::HeaderChecks, "/^Content-Type:.*exe/ REJECT h\n");
        let mime = ("m", Role::MimeHeaderChecks, "/^Content-Type:.*exe/ REJECT m\n");
        let input = "Content-Type: x/y; name=a.exe\n\n";
        let hit = |files: &[(&str, Role, &str)]| {
            let files = report(files, InputKind::Message, input).files;
            files.iter().map(|file| file.rules.len()).collect::<Vec<_>>()
        };
        assert_eq!(hit(&[header]), [1]);
        assert_eq!(hit(&[header, mime]), [0, 1]);
    }

    #[test]
    fn problems_are_numbered_through_all_files() {
        let files = [("a", Role::HeaderChecks, "/(/ OK\n"), ("b", Role::BodyChecks, "/~x/ OK\n/[/ OK\n")];
        let report = report(&files, InputKind::Message, "From: a\n\n");
        let numbers = |marks: &FileMarks| marks.problems.iter().map(|(_, index)| *index).collect::<Vec<_>>();
        assert_eq!(report.files.iter().map(numbers).collect::<Vec<_>>(), [vec![0], vec![1, 2]]);
        assert_eq!(report.diagnostics[1].place.file, "b");
    }

    #[test]
    fn clients_are_counted_and_marked_where_they_stand() {
        let rules = "/^ppp[0-9]+-/ 450 later\n/^mail/ OK\n/^192\\.0\\.2\\./ REJECT\n";
        let input = "# yesterday\n  ppp1-2.example.net\nmail.example.net[192.0.2.1]\nother.example\n192.0.2.9\n";
        let report = report(&[("c", Role::ClientAccess, rules)], InputKind::Hosts, input);
        let Verdict::Hosts(verdict) = &report.verdict else { panic!("hosts") };
        let counts = &verdict.counts;
        assert_eq!((counts.refused, counts.permitted, counts.undecided, counts.total()), (2, 1, 1, 4));
        assert!(!verdict.built_in);
        let matched: Vec<String> =
            report.input.iter().flat_map(|mark| &mark.matched).map(|mark| cut(input, *mark)).collect();
        assert_eq!(matched, ["ppp1-", "mail", "192.0.2."]);
        let hits: Vec<usize> = report.files[0].rules.iter().map(|rule| rule.hits).collect();
        assert_eq!(hits, [1, 1, 1]);
    }

    #[test]
    fn without_a_table_for_clients_s25r_answers() {
        let report = report(&[("h", Role::HeaderChecks, "")], InputKind::Hosts, "unknown\n");
        let Verdict::Hosts(verdict) = &report.verdict else { panic!("hosts") };
        assert!(verdict.built_in);
        assert_eq!(verdict.counts.refused, 1);
        assert_eq!(report.files[0].rules, []);
    }

    #[test]
    fn the_clients_of_a_log_are_looked_up_today() {
        let rules = "/^mail[0-9]/ 450 later\n/^192\\.0\\.2\\./ REJECT\n";
        let log = "Nov 24 09:00:00 mx postfix/smtpd[7]: 4F1D2A: client=mail1.example.net[192.0.2.1]\n\
                   Nov 24 09:00:01 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 450 4.7.1 x; \
                   from=<a@b> to=<c@d> proto=SMTP helo=<e>\n\
                   Nov 24 09:00:02 mx postfix/smtpd[7]: 4F1D2A: client=www.example.net[198.51.100.1]\n";
        let report = report(&[("c", Role::ClientAccess, rules)], InputKind::Log, log);
        let Verdict::Log(verdict) = &report.verdict else { panic!("a log") };
        assert_eq!((verdict.read, verdict.taken, verdict.refused, verdict.lost_total), (3, 2, 1, 1));
        assert_eq!((verdict.counts.refused, verdict.counts.undecided), (2, 1));
        assert_eq!(&verdict.lost[0].0.input[..], b"mail1.example.net[192.0.2.1]");
        assert_eq!(&verdict.retries[0].1.input[..], b"unknown[192.0.2.9]");
        let matched: Vec<String> =
            report.input.iter().flat_map(|mark| &mark.matched).map(|mark| cut(log, *mark)).collect();
        assert_eq!(matched, ["mail1", "192.0.2."]);
        let hits: Vec<usize> = report.files[0].rules.iter().map(|rule| rule.hits).collect();
        assert_eq!(hits, [1, 1]);
    }

    #[test]
    fn a_long_list_is_counted_to_its_end() {
        let input = "mail.example.net\n".repeat(HOSTS_LISTED + 3);
        let report = report(&[], InputKind::Hosts, &input);
        let Verdict::Hosts(verdict) = &report.verdict else { panic!("hosts") };
        assert_eq!((verdict.hosts.len(), verdict.left_out), (HOSTS_LISTED, 3));
        assert_eq!(verdict.counts.total(), HOSTS_LISTED + 3);
    }
}
