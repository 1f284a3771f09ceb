//! One test: its name, what it expects, and where it fails, what was expected beside what there is.

use crate::page::{Page, page};
use crate::tone;
use leptos::prelude::*;
use postproof_model::CaseChange;
use postproof_model::report::{CaseOutcome, CaseReport, InputFailure, Verdict};
use postproof_protocol::Tone;
use postproof_words::{Phrase, cases as words, suite};

/// The tone of an outcome, and its words.
const fn outcome(outcome: CaseOutcome) -> (Tone, Phrase) {
    match outcome {
        CaseOutcome::Passed => (Tone::Pass, words::PASSES),
        CaseOutcome::Failed => (Tone::Reject, words::FAILS),
        CaseOutcome::Todo => (Tone::Warn, words::EXPECTED_TO_FAIL),
        CaseOutcome::TodoPassed => (Tone::Change, words::PASSES_NOW),
        CaseOutcome::NotRun => (Tone::Unknown, suite::NOT_RUN),
    }
}

/// The case at this place of the last run. Its name can be edited where it stands.
#[component]
pub(super) fn Case(index: usize) -> impl IntoView {
    let page = page();
    let case = Memo::new(move |_| {
        page.tests.run.with(|run| run.as_ref().and_then(|run| run.run.file.cases.get(index).cloned()))
    });
    let name = Memo::new(move |_| case.with(|case| case.as_ref().map(|case| case.name.clone()).unwrap_or_default()));
    let expected = Memo::new(move |_| {
        page.tests.run.with(|run| run.as_ref().and_then(|run| run.run.expected.get(index).cloned()))
    });
    let about = move |phrase: Phrase| page.fill(phrase, &[("name", &name.get())]);
    let said = move || outcome(case.with(|case| case.as_ref().map_or(CaseOutcome::NotRun, |case| case.outcome)));
    let class = move || format!("case {}", tone::name(said().0));
    let failed = move || said().0 != Tone::Pass;
    let rename = move |event| {
        let to = event_target_value(&event);
        // A test that was removed while its name had the focus has no name any more.
        let renamed = name.try_get_untracked().is_some_and(|name| name != to);
        if !to.trim().is_empty() && renamed {
            page.change_test(CaseChange::Rename(index, to));
        }
    };
    view! {
        <li class=class>
            <div class="case-top">
                <span class="sign" role="img" aria-label=move || page.say(said().1) title=move || page.say(said().1)>
                    {move || tone::sign(said().0)}
                </span>
                <input
                    type="text"
                    class="case-name"
                    maxlength="200"
                    spellcheck="false"
                    autocomplete="off"
                    aria-label=page.words(words::NAME)
                    prop:value=move || name.get()
                    on:change=rename
                />
            </div>
            <p class="expects">{move || expected.with(|expected| expected.as_ref().map(|(verdicts, reply)| in_words(page, verdicts, reply.as_deref())))}</p>
            {move || case.with(|case| case.as_ref().map(|case| failures(page, case)))}
            <div class="case-tools">
                <button
                    type="button"
                    class="quiet"
                    aria-label=move || about(words::SHOW_CASE)
                    on:click=move |_| page.show_test(index, name.get_untracked())
                >
                    {page.words(words::SHOW)}
                </button>
                {move || failed().then(|| view! {
                    <button
                        type="button"
                        class="quiet"
                        aria-label=move || about(words::ACCEPT_CASE)
                        on:click=move |_| page.change_test(CaseChange::Accept(index))
                    >
                        {page.words(words::ACCEPT)}
                    </button>
                })}
                <button
                    type="button"
                    class="quiet"
                    aria-label=move || about(words::REMOVE_CASE)
                    on:click=move |_| page.remove_test(index, &name.get_untracked())
                >
                    {page.words(words::REMOVE)}
                </button>
            </div>
        </li>
    }
}

/// What a case expects, in short.
fn in_words(page: Page, verdicts: &[Verdict], reply: Option<&str>) -> AnyView {
    let verdicts: Vec<&str> = verdicts.iter().map(|verdict| page.say(words::verdict(*verdict))).collect();
    let verdicts = if verdicts.is_empty() { page.say(suite::SNAPSHOT).to_owned() } else { verdicts.join(", ") };
    view! {
        {verdicts}
        {reply.map(|reply| view! { <code>{reply.to_owned()}</code> })}
    }
    .into_any()
}

/// What of a case is not met.
fn failures(page: Page, case: &CaseReport) -> AnyView {
    let lang = page.lang.get();
    let listed = case.failures.iter().map(|failure| failing(page, failure)).collect_view();
    let further = (case.failures_left_out > 0)
        .then(|| suite::FURTHER.fill(lang, &[("count", &case.failures_left_out.to_string())]));
    let todo = case.todo.clone().filter(|todo| !todo.is_empty());
    view! {
        {todo.map(|todo| view! { <p class="more">{todo}</p> })}
        {listed}
        {further.map(|further| view! { <p class="more">{further}</p> })}
    }
    .into_any()
}

fn failing(page: Page, failure: &InputFailure) -> AnyView {
    // A number alone is no name for a reader.
    let input = Some(failure.input.clone()).filter(|input| !input.is_empty() && !input.starts_with('#'));
    let rows = failure
        .mismatches
        .iter()
        .map(|mismatch| {
            let actual = mismatch.actual.clone();
            view! {
                <tr>
                    <th scope="row">{page.say(suite::expectation(mismatch.expectation))}</th>
                    <td class="expected">{mismatch.expected.clone()}</td>
                    <td class="actual">
                        {match actual {
                            Some(actual) => actual.into_any(),
                            None => view! { <em>{page.say(suite::NOTHING)}</em> }.into_any(),
                        }}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="compared">
            {input.map(|input| view! { <caption>{input}</caption> })}
            <thead>
                <tr>
                    <th scope="col">{page.say(words::WHAT)}</th>
                    <th scope="col">{page.say(suite::EXPECTED)}</th>
                    <th scope="col">{page.say(suite::ACTUAL)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
