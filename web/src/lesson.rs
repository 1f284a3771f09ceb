//! What a first visit shows.

use postproof_model::{Input, InputKind, Project, ProjectFile, Role, TableKind};
use postproof_words::{Lang, lesson};

/// S25R's general rules with their usual results, as sites keep them in a file; see <https://www.gabacho-net.jp/en/anti-spam/>.
const REJECTIONS: &str = r"/^unknown$/ 450 reverse lookup failure, be patient
/^[^.]*[0-9][^0-9.]+[0-9].*\./ 450 S25R check, be patient
/^[^.]*[0-9]{5}/ 450 S25R check, be patient
/^([^.]+\.)?[0-9][^.]*\.[^.]+\..+\.[a-z]/ 450 S25R check, be patient
/^[^.]*[0-9]\.[^.]*[0-9]-[0-9]/ 450 S25R check, be patient
/^[^.]*[0-9]\.[^.]*[0-9]\.[^.]+\..+\./ 450 S25R check, be patient
/^(dhcp|dialup|ppp|[achrsvx]?dsl)[^.]*[0-9]/ 450 S25R check, be patient
";

const HOSTS: &str = "ppp1-2.example.net
mail.example.net
unknown[192.0.2.9]
mx1-2.example.co.jp
pc12345.example.ne.jp
";

/// The project.
pub(crate) fn project(lang: Lang) -> Project {
    let file = |name: &str, role, content: &str| ProjectFile {
        name: name.to_owned(),
        role,
        kind: TableKind::Regexp,
        content: content.into(),
    };
    let input = |kind, content: &str| Input { name: String::new(), kind, content: content.into() };
    Project {
        title: lesson::TITLE.say(lang).to_owned(),
        files: vec![
            file("header_checks", Role::HeaderChecks, lesson::HEADER_CHECKS.say(lang)),
            file("body_checks", Role::BodyChecks, lesson::BODY_CHECKS.say(lang)),
            file("white_list", Role::ClientAccess, lesson::WHITE_LIST.say(lang)),
            file("rejections", Role::ClientAccess, REJECTIONS),
        ],
        inputs: vec![input(InputKind::Message, lesson::MESSAGE.say(lang)), input(InputKind::Hosts, HOSTS)],
        tests: String::new(),
        shown_file: 0,
        shown_input: 0,
    }
}
