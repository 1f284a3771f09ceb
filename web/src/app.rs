//! The page from top to bottom, and what ties its parts together.

use crate::answers;
use crate::because::BecausePane;
use crate::code_dialog::CodeDialog;
use crate::engine::{Client, Wires};
use crate::examples_dialog::ExamplesDialog;
use crate::help_dialog::HelpDialog;
use crate::input_pane::InputPane;
use crate::keeping;
use crate::keys::{Does, Where, pressed};
use crate::lighting;
use crate::make_dialog::MakeDialog;
use crate::marks;
use crate::notices::Notices;
use crate::page::Page;
use crate::panes::{self, Between, Border};
use crate::preferences;
use crate::rules_pane::RulesPane;
use crate::share_dialog::ShareDialog;
use crate::top_bar::TopBar;
use crate::verdict_line::VerdictLine;
use leptos::ev;
use leptos::prelude::*;
use postproof_words::page as words;

#[component]
pub(crate) fn App() -> impl IntoView {
    let page = Page::new();
    provide_context(page);
    let share = RwSignal::new(false);
    let help = RwSignal::new(false);
    tie(page);
    listen(page, help);
    view! {
        <TopBar share help />
        <Notices />
        <VerdictLine />
        <main id=panes::ID>
            <RulesPane />
            <Border between=Between::RulesAndInput />
            <InputPane />
            <Border between=Between::InputAndWhy />
            <BecausePane />
        </main>
        <ShareDialog open=share />
        <HelpDialog open=help />
        <ExamplesDialog />
        <CodeDialog />
        <MakeDialog />
    }
}

/// The effects: what happens outside the views when the state changes.
fn tie(page: Page) {
    Effect::new(move |before: Option<()>| preferences::use_lang(page.lang.get(), before.is_some()));
    Effect::new(move |_| preferences::use_theme(page.theme.get()));
    Effect::new(move |_| {
        let title = page.bench.with(|bench| bench.title.clone());
        let name = page.say(words::NAME);
        document().set_title(&if title.is_empty() { name.to_owned() } else { format!("{title} – {name}") });
    });

    page.set_client(Client::start(Wires {
        bench: page.bench,
        finding: page.finding,
        health: page.health,
        deadline: page.deadline,
        busy: page.busy,
    }));
    let revision = Memo::new(move |_| page.bench.with(|bench| bench.revision));
    Effect::new(move |_| {
        // A memo that is only tracked is never computed: it must be read.
        revision.get();
        page.ask();
    });

    let tested = Memo::new(move |_| page.bench.with(|bench| (bench.revision, bench.tests.clone())));
    Effect::new(move |_| {
        tested.get();
        page.run_tests();
    });

    Effect::new(move |_| {
        if page.finding.with(Option::is_some) {
            page.lint_soon();
        }
    });

    panes::tie(page);
    keeping::tie(page);
    answers::tie(page);
    lighting::tie(page);

    Effect::new(move |_| draw(page));
    let listener = window_event_listener(ev::hashchange, move |_| page.open_address());
    on_cleanup(move || listener.remove());
}

/// The keys that work wherever one is.
fn listen(page: Page, help: RwSignal<bool>) {
    let heard = move |event: ev::KeyboardEvent| {
        // What is behind a dialog waits until it is closed.
        let covered = document().query_selector("dialog[open]").ok().flatten().is_some();
        let Some(does) = pressed(Where::Page, &event).filter(|_| !covered && !event.default_prevented()) else {
            return;
        };
        event.prevent_default();
        match does {
            Does::Help => help.set(true),
            Does::Undo => page.undo(),
            Does::Redo => page.redo(),
            _ => {}
        }
    };
    let listener = window_event_listener(ev::keydown, heard);
    on_cleanup(move || listener.remove());
}

/// Draws the last finding over the editors' texts, in the page's language.
fn draw(page: Page) {
    let lang = page.lang.get();
    let Some(finding) = page.finding.get() else { return };
    if let Some(editor) = page.table_editor() {
        for (index, (key, version, found)) in page.problems().iter().enumerate() {
            editor.mark(*key, *version, marks::of_table(&finding.report, index, found, lang).into_js());
        }
    }
    if let Some(editor) = page.input_editor() {
        let (key, version) = finding.input;
        editor.mark(key, version, marks::of_input(&finding.report).into_js());
    }
}
