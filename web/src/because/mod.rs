//! The reasons: every rule that fired, on what, and what Postfix does because of it.

mod hosts;
mod key;
mod message;

use crate::page::{Page, page};
use leptos::prelude::*;
use postproof_protocol::Verdict;
use postproof_words::page as words;

#[component]
pub(crate) fn BecausePane() -> impl IntoView {
    let page = page();
    view! {
        <section class="pane because" aria-labelledby="because-heading">
            <div class="pane-top">
                <h2 id="because-heading" class="pane-name">{move || page.say(words::WHY)}</h2>
            </div>
            // Scrollable regions must be reachable by keyboard.
            <div class="panel why" tabindex="0" role="group" aria-labelledby="because-heading">{move || reasons(page)}</div>
            <p class="foot">{move || page.say(words::PRIVATE)}</p>
        </section>
    }
}

fn reasons(page: Page) -> AnyView {
    let lang = page.lang.get();
    page.finding.with(|finding| match finding.as_ref().map(|finding| &finding.report.verdict) {
        None | Some(Verdict::Nothing) => view! { <p class="nothing">{page.say(words::NO_VERDICT_YET)}</p> }.into_any(),
        Some(Verdict::Message(verdict)) => message::reasons(verdict, lang),
        Some(Verdict::Hosts(verdict)) => hosts::reasons(verdict, lang),
    })
}
