//! The rules: the tables in tabs, the one in front in an editor, what is wrong with it below.

use crate::answers::Pane;
use crate::editor::Editor;
use crate::notices::Notice;
use crate::page::{FILE_LIMIT, Page, page};
use crate::problems::Problems;
use crate::sign_button::sign_button;
use crate::table_dialog::{Subject, TableDialog};
use crate::tabs::{Act, Tab, Tabs};
use crate::workbench::{Key, Table};
use crate::{input_pane, keys, tone};
use leptos::html::Div;
use leptos::prelude::*;
use postproof_model::{Bytes, Code, TableKind};
use postproof_protocol::text::{to_bytes, to_text};
use postproof_protocol::{FileMarks, Tone};
use postproof_words::page as words;
use wasm_bindgen::prelude::Closure;

#[component]
pub(crate) fn RulesPane() -> impl IntoView {
    let page = page();
    let dialog = RwSignal::new(None::<Subject>);
    let tabs = Memo::new(move |_| tabs(page));
    let shown = Memo::new(move |_| page.bench.with(|bench| bench.shown_table));
    let shown_name = Memo::new(move |_| {
        page.bench.with(|bench| bench.shown_table().map(|table| table.name.clone()).unwrap_or_default())
    });
    let add = move || page.say(words::ADD_TABLE).to_owned();
    let settings = move || page.fill(words::TABLE_SETTINGS, &[("name", &shown_name.get())]);
    view! {
        <section class="pane rules" id="rules-pane" aria-label=page.words(words::RULES)>
            <div class="pane-top">
                <Tabs
                    name="table"
                    label=page.words(words::RULES)
                    tabs
                    shown
                    show=Callback::new(move |key| page.bench.update(|bench| bench.show_table(key)))
                    act=Callback::new(move |(key, act)| match act {
                        Act::Rename => dialog.set(Some(Subject::Table(key))),
                        Act::Remove => page.remove_table(key),
                        Act::Move(way) => page.move_table(key, way),
                    })
                />
                {move || shown.get().map(|key| {
                    sign_button(settings, "⋯", move || dialog.set(Some(Subject::Table(key))))
                })}
                {sign_button(add, "+", move || dialog.set(Some(Subject::New)))}
            </div>
            <div class="panel" id="table-panel" role="tabpanel" aria-label=move || shown_name.get()>
                <TableEditor />
                {move || shown.get().is_none().then(|| view! { <p class="nothing">{page.say(words::NO_TABLES)}</p> })}
            </div>
            <Problems />
            <TableDialog subject=dialog />
        </section>
    }
}

/// A tab for each table, with how often its rules fired.
fn tabs(page: Page) -> Vec<Tab> {
    let finding = page.finding.get();
    let counted = |key: Key| {
        let finding = finding.as_ref()?;
        let index = finding.tables.iter().position(|(table, _)| *table == key)?;
        count(finding.report.files.get(index)?)
    };
    page.bench.with(|bench| {
        let tab = |table: &Table| Tab { key: table.text.key, label: label(table), count: counted(table.text.key) };
        bench.tables.iter().map(tab).collect()
    })
}

/// The table's name, with its kind in front where that is not the usual one.
fn label(table: &Table) -> String {
    match table.kind {
        TableKind::Regexp => table.name.clone(),
        kind => format!("{}:{}", kind.name(), table.name),
    }
}

/// How often the rules of a table fired, in the tone of the weightiest of them.
fn count(marks: &FileMarks) -> Option<(usize, &'static str)> {
    let fired = marks.rules.iter().filter(|rule| rule.hits > 0);
    let hits = fired.clone().map(|rule| rule.hits).sum();
    let weight = |tone: Tone| match tone {
        Tone::Reject => 4,
        Tone::Unknown => 3,
        Tone::Change => 2,
        Tone::Warn => 1,
        Tone::Pass => 0,
    };
    let tone = fired.filter_map(|rule| rule.tone).max_by_key(|tone| weight(*tone))?;
    Some((hits, tone::name(tone)))
}

#[component]
fn TableEditor() -> impl IntoView {
    let page = page();
    let host = NodeRef::<Div>::new();
    let shown = Memo::new(move |_| page.bench.with(|bench| bench.shown_table));
    let keys = Memo::new(move |_| page.keys());
    let name = Memo::new(move |_| {
        page.bench.with(|bench| bench.shown_table().map(|table| table.name.clone()).unwrap_or_default())
    });
    let label = move || page.fill(words::TABLE_EDITOR, &[("name", &name.get())]);

    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        if page.table_editor().is_some() {
            return;
        }
        let dropped = move |name: String, content: Option<Vec<u8>>, size: f64| match content {
            Some(content) => page.drop_table(&name, content.into()),
            None => too_big(page, name, size),
        };
        page.set_table_editor(new_editor(page, Pane::Rules, &host, dropped));
    });
    Effect::new(move |_| {
        host.track();
        let keys = keys.get();
        let (Some(editor), Some(key)) = (page.table_editor(), shown.get()) else { return };
        editor.keep(keys);
        let shown = page.bench.with_untracked(|bench| {
            let table = bench.table(key)?;
            Some((to_text(&table.text.content), if table.role.is_table() { "table" } else { "plain" }))
        });
        let (text, language) = shown.unwrap_or_default();
        editor.show(key, &text, language, &untrack(label));
    });
    Effect::new(move |_| {
        host.track();
        if let Some(editor) = page.table_editor() {
            editor.speak(input_pane::phrases(page.lang.get()), &label());
        }
    });
    view! { <div class="editor" node_ref=host hidden=move || shown.get().is_none()></div> }
}

/// An editor that tells the page what a person does in it.
pub(crate) fn new_editor(
    page: Page,
    pane: Pane,
    host: &web_sys::HtmlElement,
    dropped: impl FnMut(String, Option<Vec<u8>>, f64) + 'static,
) -> Editor {
    let changed = Closure::new(move |key, text: String, version, step| {
        page.edited(key, Bytes::from(to_bytes(&text)), version, step);
    });
    let dropped = Closure::new(dropped);
    let explain = Closure::new(move |code: String| {
        if let Some(code) = Code::find(&code) {
            page.explain(code);
        }
    });
    let moved = Closure::new(move |key, at| page.moved(pane, key, at));
    #[allow(clippy::cast_precision_loss, reason = "a limit of some megabytes is exact")]
    let editor = Editor::new(host, FILE_LIMIT as f64, &changed, &dropped, &explain, &keys::of_editor(), &moved);
    // The editor is there as long as the page.
    changed.forget();
    dropped.forget();
    explain.forget();
    moved.forget();
    editor
}

/// A file was dropped that is too big to open.
pub(crate) fn too_big(page: Page, name: String, size: f64) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
    page.notice.set(Some(Notice::TooBig { name, size: size as usize }));
}
