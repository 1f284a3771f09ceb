//! The page: rules on one side, input on the other, and why Postfix does what it does with them.
//!
//! Nothing is evaluated here. A change goes into the [`workbench`], the [`engine`] asks the worker about the project, and
//! what comes back is drawn; every word comes from `postproof-words`.
//!
//! | idea | where |
//! |---|---|
//! | the project in work, and what can be done to it | [`workbench`] |
//! | its steps, taken back and made again | [`history`] |
//! | all state of the page, and who may change it | [`page`] |
//! | the worker: requests, deadlines, replacement | [`engine`] |
//! | the second worker: tests, files | [`desk`], [`tests`], [`files`] |
//! | what is wrong with the files, found when there is time | [`lint`], [`problems`], [`code_dialog`] |
//! | closer answers: what people read, what results, what a rule means | [`answers`], [`reading`], [`make_dialog`] |
//! | rules and the lines they fired on, lit together | [`lighting`] |
//! | the project in the address | [`link`] |
//! | examples, by name | [`examples`], [`examples_dialog`], [`lesson_card`] |
//! | what is said about a report, as plain data | [`markup`] |
//! | the editors (CodeMirror, `web/editor`) | [`editor`], [`marks`] |
//! | what kind of input a text is | [`recognised`] |
//! | how wide the panes are, and the borders between them | [`panes`] |
//! | language, theme, deadline | [`preferences`] |
//! | what is kept on this device | [`keeping`] |
//! | every key, and what it does | [`keys`] |
//! | the views, from the top of the page to its end | [`app`], [`top_bar`], [`notices`], [`verdict_line`], [`rules_pane`], [`input_pane`], [`input_dialog`], [`because`], [`share_dialog`], [`help_dialog`] |

#![allow(unreachable_pub, reason = "the component macro makes every component pub")]

mod answers;
mod app;
mod because;
mod code_dialog;
mod desk;
mod dialog;
mod editor;
mod engine;
mod examples;
mod examples_dialog;
mod excerpt;
mod files;
mod help_dialog;
mod history;
mod input_dialog;
mod input_pane;
mod keeping;
mod keys;
mod lesson;
mod lesson_card;
mod lighting;
mod link;
mod lint;
mod make_dialog;
mod marks;
mod markup;
mod measure;
mod notices;
mod page;
mod panes;
mod preferences;
mod problems;
mod reading;
mod recognised;
mod rules_pane;
mod share_dialog;
mod sign_button;
mod table_dialog;
mod tabs;
mod tests;
mod tone;
mod top_bar;
mod verdict_line;
mod workbench;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the page; the module does so by itself as soon as it is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    leptos::mount::mount_to_body(app::App);
}
