//! Projects to look at, by name: `#example/s25r` opens one. Their files are those of `tests/examples`, which the command's
//! tests run as well.

use postproof_model::{Input, InputKind, Project, ProjectFile, Role, TableKind};
use postproof_words::{Lang, lesson};

/// The name of the practice that S25R's users follow: DNS lists, own networks, white lists, rules.
const S25R: &str = "s25r";

/// The example of this name.
pub(crate) fn project(name: &str, lang: Lang) -> Option<Project> {
    (name == S25R).then(|| s25r(lang))
}

fn s25r(lang: Lang) -> Project {
    macro_rules! file {
        ($name:literal, $role:ident) => {
            ProjectFile {
                name: $name.to_owned(),
                role: Role::$role,
                kind: TableKind::Regexp,
                content: include_str!(concat!("../../tests/examples/s25r/", $name)).into(),
            }
        };
    }
    let input = |kind, content: &str| Input { name: String::new(), kind, content: content.into() };
    Project {
        title: lesson::S25R_TITLE.say(lang).to_owned(),
        files: vec![
            file!("main.cf", MainCf),
            file!("white-list.txt", ClientAccess),
            file!("white_list", ClientAccess),
            file!("rejections", ClientAccess),
            file!("world", World),
        ],
        inputs: vec![
            input(InputKind::Session, include_str!("../../tests/examples/s25r/session")),
            input(InputKind::Hosts, include_str!("../../tests/examples/s25r/hosts")),
        ],
        tests: String::new(),
        shown_file: 0,
        shown_input: 0,
    }
}
