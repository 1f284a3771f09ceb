//! What is wrong with the project's files: all that the engine tells, and what takes more looking, with what mends it.

use std::collections::BTreeSet;

use postproof_engine::evaluate::{Memory, evaluate};
use postproof_model::{Diagnostic, MapProblem, Problem, Project, ProjectFile, Role};
use postproof_protocol::Mark;
use postproof_protocol::desk::{CodePage, LintFinding, TextEdit};
use postproof_protocol::text::{Offsets, to_text};
use postproof_rules::lint::{self, Around, Reader, Suppressions};
use postproof_rules::maincf::{MainCf, project as named};
use postproof_rules::table::{Opener, Table, Wanted};
use postproof_words::{Lang, pages};

/// The most findings of one file.
const LISTED: usize = 1_000;

/// What is wrong, file by file in the project's order. What comments in a file leave out is left out.
#[must_use]
pub fn findings(project: &Project) -> Vec<Vec<LintFinding>> {
    let files = &project.files;
    // What the page knows from its engine comes first, so that it is there once.
    let alone = Project { inputs: Vec::new(), tests: String::new(), ..project.clone() };
    let mut found = evaluate(&alone, &mut Memory::default()).diagnostics;
    let main_cf = MainCf::of_project(files);
    let mut asked = BTreeSet::new();
    if let Some((_, main_cf, own)) = &main_cf {
        found.extend(own.iter().cloned());
        found.extend(lint::configuration(main_cf, &mut |wanted| {
            if let Wanted::File(path) = wanted {
                asked.extend(named::file_at(files, path));
            }
            named::read(files, &wanted)
        }));
    }
    let mime = files.iter().any(|file| file.role == Role::MimeHeaderChecks);
    let mime = mime || main_cf.as_ref().is_some_and(|(_, main_cf, _)| main_cf.is_set("mime_header_checks"));
    let around = Around { mime_elsewhere: mime, ..Around::default() };
    for (index, file) in files.iter().enumerate() {
        if file.role.is_table() && !asked.contains(&index) {
            let opener = Opener::of_role(file.role);
            let (table, own) = Table::parse_as(opener, file.kind, &file.name, &file.content);
            found.extend(own);
            found.extend(lint::asked(&table, reader(file), &around));
        }
    }
    let mut by_file: Vec<Vec<Diagnostic>> = files.iter().map(|_| Vec::new()).collect();
    for mut diagnostic in found {
        // What main.cf names and the project does not have, the engine tells at the name.
        if matches!(diagnostic.problem, Problem::Map(MapProblem::CannotRead { .. })) {
            continue;
        }
        let name = &diagnostic.place.file;
        let own = files.iter().position(|file| file.name == *name).or_else(|| named::file_at(files, name));
        let Some((index, file)) = own.and_then(|index| Some((index, files.get(index)?))) else { continue };
        diagnostic.place.file.clone_from(&file.name);
        if let Some(list) = by_file.get_mut(index)
            && !list.contains(&diagnostic)
            && list.len() < LISTED
        {
            list.push(diagnostic);
        }
    }
    files.iter().zip(by_file).map(|(file, found)| of_file(file, found)).collect()
}

/// Who asks a table, as far as its use or its name tells.
fn reader(file: &ProjectFile) -> Reader {
    match file.role {
        Role::Access => match Reader::of_file(&file.name) {
            Reader::Unknown => Reader::OtherAccess,
            reader => reader,
        },
        role => Reader::of_role(role),
    }
}

fn of_file(file: &ProjectFile, found: Vec<Diagnostic>) -> Vec<LintFinding> {
    let comments = Suppressions::read(&file.content);
    let offsets = Offsets::new(&file.content);
    let mark = |span: postproof_model::Span| Mark { from: offsets.utf16(span.start), to: offsets.utf16(span.end) };
    let kept = lint::once(found).into_iter().filter(|found| !comments.leave_out(found));
    kept.map(|diagnostic| {
        let edits = lint::fix(&diagnostic, &file.content).into_iter();
        let fix = edits.map(|edit| TextEdit { mark: mark(edit.span), text: to_text(&edit.text) }).collect();
        LintFinding { mark: mark(diagnostic.place.span), diagnostic, fix }
    })
    .collect()
}

/// The page of a code.
#[must_use]
pub fn code_page(code: postproof_model::Code, lang: Lang) -> CodePage {
    let page = pages::page(code);
    let files = |example: pages::Example| {
        example.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect()
    };
    CodePage {
        title: page.title.say(lang).to_owned(),
        why: page.why.say(lang).to_owned(),
        bad: files(page.bad),
        good: files(page.good),
        see: page.see.iter().map(|name| (*name).to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::TableKind;

    fn file(name: &str, role: Role, content: &str) -> ProjectFile {
        ProjectFile { name: name.to_owned(), role, kind: TableKind::Regexp, content: content.into() }
    }

    fn codes(files: Vec<ProjectFile>) -> Vec<Vec<(&'static str, usize, bool)>> {
        let found = findings(&Project { files, ..Project::default() });
        let of = |found: &LintFinding| {
            (found.diagnostic.problem.code().code(), found.diagnostic.place.line, !found.fix.is_empty())
        };
        found.iter().map(|list| list.iter().map(of).collect()).collect()
    }

    #[test]
    fn what_the_engine_tells_is_there_once_with_what_mends_it() {
        let found = codes(vec![file("header_checks", Role::HeaderChecks, "/~x/ WARN\n/(/ OK\n/y/ REJCET\n")]);
        assert_eq!(found, [[("PP201", 1, true), ("PP107", 2, false), ("PP301", 3, true)]]);
    }

    #[test]
    fn a_file_that_main_cf_names_is_looked_at_as_main_cf_uses_it() {
        let access = file("clients", Role::Access, "/x/ IGNORE\n");
        let main_cf = "smtpd_client_restrictions = check_client_access regexp:/etc/postfix/clients\n";
        let found = codes(vec![access, file("main.cf", Role::MainCf, main_cf)]);
        assert_eq!(found[0].iter().map(|(code, ..)| *code).collect::<Vec<_>>(), ["PP402"]);
        assert_eq!(found[1], [("PP806", 1, false)]);
    }

    #[test]
    fn comments_leave_findings_out() {
        let found = codes(vec![file("h", Role::HeaderChecks, "# postproof: ignore PP201\n/~x/ WARN\n/~y/ WARN\n")]);
        assert_eq!(found, [[("PP201", 3, true)]]);
    }

    #[test]
    fn a_fix_counts_as_the_editor_does_and_mends() {
        let files = vec![file("h", Role::HeaderChecks, "# カジノ😀\n/~x/ WARN\n")];
        let found = findings(&Project { files, ..Project::default() });
        assert_eq!(found[0][0].fix, [TextEdit { mark: Mark { from: 9, to: 10 }, text: "^".to_owned() }]);
    }

    #[test]
    fn every_code_has_its_page_in_both_languages() {
        for &code in postproof_model::Code::ALL {
            let (en, ja) = (code_page(code, Lang::En), code_page(code, Lang::Ja));
            assert!(en.title != ja.title && en.why != ja.why, "{code:?}");
        }
    }
}
