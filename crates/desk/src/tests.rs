//! The project's cases, run: as the test file that an export would make of them, by the runner of `postproof test`.

use postproof_model::Project;
use postproof_model::report::{FileError, FileReport, Report};
use postproof_protocol::desk::TestRun;
use postproof_suite::{Hits, NoFiles, Prepared, export, read};

/// The name of the test file.
const NAME: &str = "project.postproof.toml";

/// Runs all cases. A project without cases has an empty report. `progress` hears how many cases are done, of how many.
#[must_use]
pub fn run(project: &Project, progress: &mut dyn FnMut(usize, usize)) -> TestRun {
    if project.tests.trim().is_empty() {
        return TestRun::default();
    }
    match prepare(project) {
        Ok(prepared) => run_all(&prepared, progress),
        Err(error) => {
            let file = FileReport { file: NAME.to_owned(), error: Some(error), ..FileReport::default() };
            TestRun { file, ..TestRun::default() }
        }
    }
}

fn prepare(project: &Project) -> Result<Prepared, FileError> {
    let text = export(project)?.text;
    Prepared::new(read(text.as_bytes())?, NAME, &mut NoFiles)
}

fn run_all(prepared: &Prepared, progress: &mut dyn FnMut(usize, usize)) -> TestRun {
    let all = prepared.suite().cases();
    let mut run = TestRun::default();
    let mut hits = Hits::default();
    progress(0, all);
    for index in 0..all {
        if let Some(case) = prepared.run(index) {
            hits.add(&case.hits);
            run.file.cases.push(case.report);
        }
        let (verdicts, reply) = prepared.expected(index);
        run.expected.push((verdicts.to_vec(), reply.map(str::to_owned)));
        progress(index + 1, all);
    }
    run.file.file = NAME.to_owned();
    run.file.title.clone_from(&prepared.suite().title);
    run.file.without_folder.clone_from(&prepared.without_folder);
    run.rules = Report { coverage: prepared.coverage(&hits), ..Report::default() }.rules();
    run
}

#[cfg(test)]
mod checks {
    use super::*;
    use postproof_model::report::CaseOutcome;
    use postproof_model::{Input, InputKind, ProjectFile, Role, TableKind};

    #[test]
    fn the_cases_of_a_project_are_run_and_their_progress_told() {
        let mut project = Project {
            files: vec![ProjectFile {
                name: "header_checks".to_owned(),
                role: Role::HeaderChecks,
                kind: TableKind::Regexp,
                content: "/x/ REJECT no\n/y/ OK\n".into(),
            }],
            inputs: vec![Input { name: String::new(), kind: InputKind::Message, content: "Subject: x\n\n".into() }],
            ..Project::default()
        };
        assert_eq!(run(&project, &mut |_, _| ()), TestRun::default());
        project.tests = postproof_suite::keep(&project, "x").unwrap();
        let mut told = Vec::new();
        let found = run(&project, &mut |done, all| told.push((done, all)));
        assert_eq!(told, [(0, 1), (1, 1)]);
        assert_eq!(found.file.cases[0].outcome, CaseOutcome::Passed);
        assert_eq!(found.rules, (1, 2));
        assert_eq!(found.expected[0].1.as_deref(), Some("550 5.7.1 no"));
        project.files[0].content = "/(/ REJECT\n".into();
        assert!(run(&project, &mut |_, _| ()).file.error.is_some());
    }
}
