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

pub mod folder;
pub mod lint;
pub mod redact;
pub mod tests;

use js_sys::Function;
use postproof_protocol::desk::{Answer, Question, Request, Response};
use postproof_words::Lang;
use serde::Serialize as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

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
        Question::InputOf { project, case } => Answer::Input(postproof_suite::input_of_case(&project, case)),
    }
}

fn cases(tests: Result<String, postproof_model::report::FileError>) -> Answer {
    match tests {
        Ok(tests) => Answer::Cases { tests },
        Err(error) => Answer::Wrong(error),
    }
}
