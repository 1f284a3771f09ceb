//! The page's second worker: what a person asks for beside the verdict. It is loaded when it is asked for the first time,
//! and a long run of tests in it holds up no verdict.
//!
//! The border is thin, as the engine's is: [`answer`] deserialises, delegates and serialises.
//!
//! | idea | file |
//! |---|---|
//! | the project's cases, run | [`tests`] |
//! | what gives people away, taken out | [`redact`] |
//! | what is wrong with the files, and the page of a code | [`lint`] |
//! | the project as a folder for Postfix | [`folder`] |
//! | what people read of a message | [`read`] |
//! | rules that catch a phrase where it is encoded | [`make`] |
//! | what results of a message | [`result`] |
//! | what a rule means, and how near it came | [`explain`] |

pub mod explain;
pub mod folder;
pub mod lint;
pub mod make;
pub mod read;
pub mod redact;
pub mod result;
pub mod tests;

use js_sys::Function;
use postproof_engine::evaluate::Memory;
use postproof_protocol::desk::{Answer, Question, Request, Response};
use postproof_words::Lang;
use serde::Serialize as _;
use std::cell::RefCell;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

thread_local! {
    /// The worker has one thread, and this is what it remembers of the tables between two questions.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Answers a [`Request`] with a [`Response`], both as plain JavaScript objects. `progress` is called with how much of how
/// much is done, where the work has parts.
///
/// # Errors
///
/// The request cannot be read; a defect of the page's or the desk's, never of the input's.
#[wasm_bindgen]
pub fn answer(request: JsValue, progress: &Function) -> Result<JsValue, JsValue> {
    let Request { id, question } = serde_wasm_bindgen::from_value(request).map_err(JsValue::from)?;
    let mut told = |done: usize, all: usize| {
        let (done, all) = (u32::try_from(done).unwrap_or(u32::MAX), u32::try_from(all).unwrap_or(u32::MAX));
        // A page that does not listen loses nothing but the bar.
        let _ = progress.call2(&JsValue::NULL, &done.into(), &all.into());
    };
    let answer = answered(question, &mut told);
    let response = Response { id, answer };
    response.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// The answer to a question.
pub fn answered(question: Question, progress: &mut dyn FnMut(usize, usize)) -> Answer {
    match question {
        Question::Test { project } => Answer::Tested(Box::new(tests::run(&project, progress))),
        Question::Keep { project, name } => cases(postproof_suite::keep(&project, &name)),
        Question::Change { project, change } => cases(postproof_suite::change(&project, &change)),
        Question::Export { project } => match postproof_suite::export(&project) {
            Ok(exported) => Answer::File { text: exported.text, left_out: exported.left_out },
            Err(error) => Answer::Wrong(error),
        },
        Question::Import { source } => match postproof_suite::import(&source) {
            Ok(imported) => Answer::Project { project: Box::new(imported.project), left_out: imported.left_out },
            Err(error) => Answer::Wrong(error),
        },
        Question::Redact { project } => Answer::Redacted(Box::new(redact::redact(&project, progress))),
        Question::Folder { project, lang } => Answer::Folder(folder::files(&project, Lang::from_tag(&lang))),
        Question::Lint { project } => Answer::Linted(lint::findings(&project)),
        Question::Code { code, lang } => Answer::Code(Box::new(lint::code_page(code, Lang::from_tag(&lang)))),
        Question::Read { project, lang } => {
            let lang = Lang::from_tag(&lang);
            Answer::Read(Box::new(MEMORY.with_borrow_mut(|memory| read::reading(&project, memory, lang))))
        }
        Question::Make { project, phrase, rule, class, lang } => {
            let wanted = make::Wanted { phrase: &phrase, rule: &rule, class };
            Answer::Made(Box::new(make::make(&project, wanted, Lang::from_tag(&lang))))
        }
        Question::Result { project } => {
            Answer::Result(MEMORY.with_borrow_mut(|memory| result::result(&project, memory)).map(Box::new))
        }
        Question::Explain { project, file, at, width, lang } => {
            let (wanted, lang) = (explain::Wanted { file, at, width }, Lang::from_tag(&lang));
            let explained = MEMORY.with_borrow_mut(|memory| explain::explain(&project, wanted, memory, lang));
            Answer::Explained(explained.map(Box::new))
        }
        Question::InputOf { project, case } => Answer::Input(postproof_suite::input_of_case(&project, case)),
    }
}

fn cases(tests: Result<String, postproof_model::report::FileError>) -> Answer {
    match tests {
        Ok(tests) => Answer::Cases { tests },
        Err(error) => Answer::Wrong(error),
    }
}

/// A project with these tables and this message in front.
#[cfg(test)]
fn of_message(files: &[(&str, postproof_model::Role, &str)], message: &str) -> postproof_model::Project {
    use postproof_model::{Input, InputKind, Project, ProjectFile, TableKind};
    let file = |(name, role, content): &(&str, postproof_model::Role, &str)| ProjectFile {
        name: (*name).to_owned(),
        role: *role,
        kind: TableKind::Regexp,
        content: (*content).into(),
    };
    Project {
        files: files.iter().map(file).collect(),
        inputs: vec![Input { name: String::new(), kind: InputKind::Message, content: message.into() }],
        ..Project::default()
    }
}
