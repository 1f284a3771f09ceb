//! The worker's engine: a request in, a response out.
//!
//! The border is thin: [`handle`] deserialises, delegates and serialises. What a report holds is decided in
//! [`evaluate`](evaluate::evaluate), a function from a project to a report that tests call without a browser.
//!
//! | idea | file |
//! |---|---|
//! | from a project to a report | [`evaluate`] |
//! | clients through the tables, of a list or a log | [`clients`] |
//! | the project as a server, and a session with it (feature `server`) | [`session`] |
//! | a project without a main.cf, where that is all that can be answered | `no_server` |
//! | parsed tables, kept from one request to the next | [`tables`] |
//! | what the editors draw | [`marks`] |
//!
//! ```
//! use postproof_engine::evaluate::{Memory, evaluate};
//! use postproof_model::{Input, InputKind, Project, ProjectFile, Role, TableKind};
//! use postproof_protocol::Verdict;
//!
//! let project = Project {
//!     files: vec![ProjectFile {
//!         name: "rejections".to_owned(),
//!         role: Role::ClientAccess,
//!         kind: TableKind::Regexp,
//!         content: "/^unknown$/ 450 be patient\n".into(),
//!     }],
//!     inputs: vec![Input { name: String::new(), kind: InputKind::Hosts, content: "unknown\nmail.example.net\n".into() }],
//!     ..Project::default()
//! };
//! let report = evaluate(&project, &mut Memory::default());
//! let Verdict::Hosts(verdict) = report.verdict else { panic!("the input is a list of hosts") };
//! assert_eq!((verdict.counts.refused, verdict.counts.undecided), (1, 1));
//! ```

pub mod clients;
pub mod evaluate;
pub mod marks;
#[cfg_attr(not(feature = "server"), path = "no_server.rs")]
pub mod session;
pub mod tables;

use evaluate::Memory;
use postproof_model::Project;
use postproof_protocol::{Request, Response};
use serde::Serialize as _;
use std::cell::RefCell;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

thread_local! {
    /// The worker has one thread, and this is what it remembers between two requests.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Answers a [`Request`] with a [`Response`], both as plain JavaScript objects.
#[wasm_bindgen]
#[must_use]
pub fn handle(request: JsValue) -> JsValue {
    let response = match serde_wasm_bindgen::from_value(request) {
        Ok(Request::Evaluate { id, project }) if needs_server(&project) && !cfg!(feature = "server") => {
            Response::NeedsServer { id }
        }
        Ok(Request::Evaluate { id, project }) => {
            let report = MEMORY.with_borrow_mut(|memory| evaluate::evaluate(&project, memory));
            Response::Evaluated { id, report: Box::new(report) }
        }
        Err(error) => Response::Misunderstood { detail: error.to_string() },
    };
    response.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_else(JsValue::from)
}

/// Whether a project has more than tables, so that only an engine with the feature `server` can answer.
fn needs_server(project: &Project) -> bool {
    project.files.iter().any(|file| !file.role.is_table())
}
