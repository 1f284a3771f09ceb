//! The input: a message or host names, the one in front in an editor, its size below.

use crate::answers::Pane;
use crate::input_dialog::{About, InputDialog};
use crate::measure;
use crate::page::page;
use crate::reading::{Reader, Switch};
use crate::rules_pane::{new_editor, too_big};
use crate::sign_button::sign_button;
use crate::tabs::{Act, Tab, Tabs};
use crate::workbench::{Trial, Workbench};
use leptos::html::Div;
use leptos::prelude::*;
use postproof_model::InputKind;
use postproof_protocol::Verdict;
use postproof_protocol::text::{to_bytes, to_text};
use postproof_words::{Lang, Phrase, editor, maillog, page as words, workspace};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

/// What CodeMirror says, in the page's language: its English on one side, ours on the other.
pub(crate) fn phrases(lang: Lang) -> JsValue {
    let phrases = js_sys::Object::new();
    for (_, phrase) in editor::ALL {
        // Setting a property of an object of our own never fails.
        let _ = js_sys::Reflect::set(&phrases, &phrase.en.into(), &phrase.say(lang).into());
    }
    phrases.into()
}

pub(crate) fn kind_word(kind: InputKind) -> Phrase {
    match kind {
        InputKind::Message => words::MESSAGE,
        InputKind::Hosts => words::HOSTS,
        InputKind::Session => words::SESSION,
        InputKind::Log => maillog::LOG,
    }
}

/// What an input is called: its name, or its kind, with a number where there are more of them.
pub(crate) fn name(bench: &Workbench, input: &Trial, lang: Lang) -> String {
    if !input.name.is_empty() {
        return input.name.clone();
    }
    let kind = kind_word(input.kind).say(lang);
    match bench.unnamed_before(input.text.key) {
        0 => kind.to_owned(),
        before => format!("{kind} {}", before + 1),
    }
}

#[component]
pub(crate) fn InputPane() -> impl IntoView {
    let page = page();
    let tabs = Memo::new(move |_| {
        let lang = page.lang.get();
        page.bench.with(|bench| {
            let tab = |input: &Trial| Tab { key: input.text.key, label: name(bench, input, lang), count: None };
            bench.inputs.iter().map(tab).collect::<Vec<_>>()
        })
    });
    let dialog = RwSignal::new(None::<About>);
    let shown = Memo::new(move |_| page.bench.with(|bench| Some(bench.shown_input)));
    let shown_name = move || {
        let lang = page.lang.get();
        page.bench
            .with(|bench| bench.input(bench.shown_input).map(|input| name(bench, input, lang)).unwrap_or_default())
    };
    let settings = move || page.fill(workspace::INPUT_SETTINGS, &[("name", &shown_name())]);
    let add = move || page.say(workspace::ADD_INPUT).to_owned();
    view! {
        <section class="pane input" id="input-pane" aria-label=page.words(words::INPUT)>
            <div class="pane-top">
                <Tabs
                    name="input"
                    label=page.words(words::INPUT)
                    tabs
                    shown
                    show=Callback::new(move |key| page.bench.update(|bench| bench.show_input(key)))
                    act=Callback::new(move |(key, act)| match act {
                        Act::Rename => dialog.set(Some(About::Input(key))),
                        Act::Remove => page.remove_input(key),
                        Act::Move(way) => page.move_input(key, way),
                    })
                />
                <Switch />
                {sign_button(settings, "⋯", move || dialog.set(shown.get_untracked().map(About::Input)))}
                {sign_button(add, "+", move || dialog.set(Some(About::New)))}
            </div>
            <div class="panel" id="input-panel" role="tabpanel" aria-label=shown_name>
                <InputEditor />
                <Reader />
            </div>
            <p class="foot">{move || measures(page)}</p>
            <InputDialog about=dialog />
        </section>
    }
}

/// How much there is, and how much of it was checked how fast.
fn measures(page: crate::page::Page) -> String {
    let lang = page.lang.get();
    let content = page.bench.with(|bench| bench.input(bench.shown_input).map(|input| input.text.content.clone()));
    let content = content.unwrap_or_default();
    let mut parts = vec![measure::lines(&content, lang), measure::size(content.len(), lang)];
    page.finding.with(|finding| {
        let Some(finding) = finding else { return };
        let milliseconds = measure::milliseconds(finding.milliseconds);
        match &finding.report.verdict {
            Verdict::Nothing => {}
            Verdict::Message(verdict) => parts.push(words::MESSAGE_CHECKED.fill(
                lang,
                &[
                    ("headers", &verdict.headers.to_string()),
                    ("lines", &verdict.body_lines.to_string()),
                    ("milliseconds", &milliseconds),
                ],
            )),
            Verdict::Session(verdict) => parts.push(
                words::SESSION_CHECKED
                    .fill(lang, &[("count", &verdict.total.to_string()), ("milliseconds", &milliseconds)]),
            ),
            Verdict::Log(verdict) => parts.push(
                maillog::CHECKED.fill(lang, &[("count", &verdict.read.to_string()), ("milliseconds", &milliseconds)]),
            ),
            Verdict::Hosts(verdict) => parts.push(
                words::HOSTS_CHECKED
                    .fill(lang, &[("count", &verdict.counts.total().to_string()), ("milliseconds", &milliseconds)]),
            ),
        }
    });
    parts.join(" · ")
}

#[component]
fn InputEditor() -> impl IntoView {
    let page = page();
    let host = NodeRef::<Div>::new();
    let shown = Memo::new(move |_| page.bench.with(|bench| bench.shown_input));
    let keys = Memo::new(move |_| page.keys());
    let label = move || {
        let lang = page.lang.get();
        let key = shown.get();
        let name = page
            .bench
            .with_untracked(|bench| bench.input(key).map(|input| name(bench, input, lang)).unwrap_or_default());
        page.fill(words::INPUT_EDITOR, &[("name", &name)])
    };

    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        if page.input_editor().is_some() {
            return;
        }
        let dropped = move |name: String, content: Option<Vec<u8>>, size: f64| match content {
            Some(content) => page.drop_input(&content.into()),
            None => too_big(page, name, size),
        };
        let editor = new_editor(page, Pane::Input, &host, dropped);
        let taken = Closure::new(move |key, text: String| page.take_input(key, &to_bytes(&text).into()));
        editor.asks(&taken);
        // The editor is there as long as the page.
        taken.forget();
        page.set_input_editor(editor);
    });
    Effect::new(move |_| {
        host.track();
        let (key, keys) = (shown.get(), keys.get());
        let Some(editor) = page.input_editor() else { return };
        editor.keep(keys);
        let (text, language) = page.bench.with_untracked(|bench| match bench.input(key) {
            Some(input) if input.kind == InputKind::Message => (to_text(&input.text.content), "message"),
            Some(input) => (to_text(&input.text.content), "plain"),
            None => (String::new(), "plain"),
        });
        editor.show(key, &text, language, &untrack(label));
    });
    Effect::new(move |_| {
        host.track();
        if let Some(editor) = page.input_editor() {
            editor.speak(phrases(page.lang.get()), &label());
        }
    });
    view! { <div class="editor" node_ref=host hidden=move || page.shows_decoded()></div> }
}
