//! The tests: what can be done with them, how the last run ended, and each of them.

use super::case::Case;
use super::ci::CiDialog;
use crate::desk::Work;
use crate::page::{Page, page};
use crate::tests::Said;
use crate::verdict_line::slow;
use leptos::prelude::*;
use postproof_words::{cases as words, suite};

#[component]
pub(super) fn TestsPanel() -> impl IntoView {
    let page = page();
    let ci = RwSignal::new(false);
    let none = Memo::new(move |_| page.bench.with(|bench| bench.tests.is_empty()));
    let empty = Memo::new(move |_| {
        page.bench.with(|bench| bench.input(bench.shown_input).is_none_or(|input| input.text.content.is_empty()))
    });
    let count = Memo::new(move |_| page.tests.run.with(|run| run.as_ref().map_or(0, |run| run.run.file.cases.len())));
    view! {
        <div class="tests">
            <p class="more">{move || page.say(if empty.get() { words::NOTHING_TO_KEEP } else { words::KEEP_WHAT })}</p>
            <div class="buttons">
                <button
                    type="button"
                    class="primary"
                    disabled=move || empty.get()
                    on:click=move |_| page.keep_test()
                >
                    {page.words(words::KEEP)}
                </button>
                <button type="button" class="plain" on:click=move |_| page.open_file()>
                    {page.words(words::IMPORT)}
                </button>
                <button
                    type="button"
                    class="plain"
                    disabled=move || none.get()
                    on:click=move |_| page.export_tests()
                >
                    {page.words(words::EXPORT)}
                </button>
                <button type="button" class="plain" on:click=move |_| ci.set(true)>
                    {page.words(words::IN_CI)}
                </button>
            </div>
            <Progress />
            <div class="told" role="status">
                {move || page.tests.said.get().map(|said| told(page, said))}
                {move || summary(page, none.get())}
            </div>
            {move || wrong(page)}
            <ul class="cases" class:old=move || page.tests_are_old()>
                <For each=move || 0..count.get() key=|index| *index let(index)>
                    <Case index />
                </For>
            </ul>
            <CiDialog open=ci />
        </div>
    }
}

/// How far the work is, with a button that stops it. Shown only for work that a person notices.
#[component]
fn Progress() -> impl IntoView {
    let page = page();
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let now = page.tests.work.get() != Work::Idle;
        if busy.get_untracked() != now {
            busy.set(now);
        }
    });
    let slow = slow(busy);
    let far = move || match page.tests.work.get() {
        Work::Busy { done, all } if all > 0 => Some((done, all)),
        _ => None,
    };
    let words = move || match far() {
        Some((done, all)) => page.fill(words::RUN_OF, &[("done", &done.to_string()), ("all", &all.to_string())]),
        None => page.say(words::RUNNING).to_owned(),
    };
    move || {
        slow.get().then(|| {
            view! {
                <div class="work">
                    <span id="work-words">{words}</span>
                    <progress
                        aria-labelledby="work-words"
                        max=move || far().map(|(_, all)| all)
                        prop:value=move || far().map(|(done, _)| done)
                    ></progress>
                    <button type="button" class="plain" on:click=move |_| page.tests.desk().stop()>
                        {page.words(words::STOP)}
                    </button>
                </div>
            }
        })
    }
}

/// How the last run ended.
fn summary(page: Page, none: bool) -> AnyView {
    if none {
        return view! { <p class="nothing">{page.say(words::NONE_YET)}</p> }.into_any();
    }
    let Some(run) = page.tests.run.get() else { return ().into_any() };
    let (count, failed) = run.counts();
    if count == 0 {
        return ().into_any();
    }
    let (tone, words) = in_words(page, count, failed);
    let (fired, rules) = run.run.rules;
    let rules = page.fill(words::RULES_FIRED, &[("fired", &fired.to_string()), ("count", &rules.to_string())]);
    let old = page.tests_are_old();
    view! {
        <p class=format!("summary {tone}")>
            <strong>{words}</strong>
            <span class="more">{rules}</span>
            {old.then(|| view! { <em class="age">{page.say(words::OLD)}</em> })}
        </p>
    }
    .into_any()
}

/// How many tests pass, and its tone.
pub(crate) fn in_words(page: Page, count: usize, failed: usize) -> (&'static str, String) {
    let (all, bad) = (count.to_string(), failed.to_string());
    match (count, failed) {
        (1, 0) => ("pass", page.say(words::ONE_PASSES).to_owned()),
        (_, 0) => ("pass", page.fill(words::ALL_PASS, &[("count", &all)])),
        (_, 1) => ("reject", page.fill(words::ONE_FAILS, &[("count", &all)])),
        _ => ("reject", page.fill(words::SOME_FAIL, &[("failed", &bad), ("count", &all)])),
    }
}

/// Why the tests cannot be run.
fn wrong(page: Page) -> Option<AnyView> {
    let run = page.tests.run.get()?;
    let error = run.run.file.error.as_ref()?;
    let why = suite::problem(&error.problem, page.lang.get());
    Some(
        view! {
            <div class="hint reject" role="alert">
                <strong>{page.say(words::CANNOT_RUN)}</strong>
                {" "}
                {why}
            </div>
        }
        .into_any(),
    )
}

/// What is said about the tests.
fn told(page: Page, said: Said) -> AnyView {
    let lang = page.lang.get();
    match said {
        Said::Plain(phrase, name) => {
            let again = (phrase == words::STOPPED || phrase == words::DESK_BROKEN).then(|| {
                view! {
                    <button type="button" class="plain" on:click=move |_| page.run_tests()>
                        {page.say(words::RUN_AGAIN)}
                    </button>
                }
            });
            view! {
                <div class="hint warn">
                    <p>{phrase.fill(lang, &[("name", &name)])}</p>
                    {again}
                </div>
            }
            .into_any()
        }
        Said::Wrong(what, name, error) => view! {
            <div class="hint reject">
                <p>
                    <strong>{what.fill(lang, &[("name", &name)])}</strong>
                    {" "}
                    {suite::problem(&error.problem, lang)}
                    {(error.line > 0).then(|| format!(" ({})", suite::LINE.fill(lang, &[("line", &error.line.to_string())])))}
                </p>
            </div>
        }
        .into_any(),
        Said::Left { done, name, list, left_out } => {
            let tone = if left_out.is_empty() { "pass" } else { "warn" };
            let items = left_out
                .iter()
                .map(|left| view! { <li>{words::left_out(left, lang)}</li> })
                .collect_view();
            view! {
                <div class=format!("hint {tone}")>
                    <p>{done.fill(lang, &[("name", &name)])}</p>
                    {(!left_out.is_empty()).then(|| view! { <p>{list.say(lang)}</p> })}
                    <ul>{items}</ul>
                </div>
            }
            .into_any()
        }
    }
}
