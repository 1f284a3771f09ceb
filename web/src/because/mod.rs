//! The reasons: every rule that fired, on what, and what Postfix does because of it.

mod hosts;
mod key;
mod message;
mod session;

use crate::markup::{Drawn, Element, Markup, el, rule};
use crate::page::{Page, page};
use crate::tone;
use leptos::prelude::*;
use postproof_model::RuleRef;
use postproof_protocol::{Tone, Verdict};
use postproof_words::{Lang, Phrase, page as words};

#[component]
pub(crate) fn BecausePane() -> impl IntoView {
    let page = page();
    let content = Memo::new(move |_| reasons(page));
    view! {
        <section class="pane because" aria-labelledby="because-heading">
            <div class="pane-top">
                <h2 id="because-heading" class="pane-name">{page.words(words::WHY)}</h2>
            </div>
            // What scrolls must be reachable by keyboard.
            <div class="panel why" tabindex="0" role="group" aria-labelledby="because-heading">
                <Drawn class="reasons" content />
            </div>
            <p class="foot">{page.words(words::PRIVATE)}</p>
        </section>
    }
}

fn reasons(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    page.finding.with(|finding| match finding.as_ref().map(|finding| &finding.report.verdict) {
        None | Some(Verdict::Nothing) => vec![el("p").class("nothing").with(words::NO_VERDICT_YET.say(lang)).into()],
        Some(Verdict::Message(verdict)) => message::reasons(verdict, lang),
        Some(Verdict::Hosts(verdict)) => hosts::reasons(verdict, lang),
        Some(Verdict::Session(verdict)) => session::reasons(verdict, lang),
    })
}

/// What a card of the reasons is headed by.
struct Heading {
    tone: Tone,
    action: String,
    rule: Option<Element>,
    place: Element,
}

/// A card: its heading, and what is said under it.
fn card(heading: Heading, said: Vec<Markup>) -> Element {
    let Heading { tone, action, rule, place } = heading;
    let name = tone::name(tone);
    let top = el("div")
        .class("event-top")
        .with(el("span").class(format!("sign {name}")).silent().with(tone::sign(tone)))
        .with(el("span").class("action").with(action))
        .with_all(rule)
        .with(el("span").class("at").with(place));
    el("article").class(format!("event {name}")).with(top).with_all(said)
}

fn heading(phrase: Phrase, lang: Lang) -> Markup {
    el("h3").with(phrase.say(lang)).into()
}

/// Text that explains, less loud than what it explains.
fn more(text: impl Into<Markup>) -> Markup {
    el("p").class("more").with(text).into()
}

/// A sentence with a list of rules in it; nothing without rules.
fn with_rules(phrase: Phrase, rules: &[RuleRef], lang: Lang) -> Option<Markup> {
    if rules.is_empty() {
        return None;
    }
    let mut list: Vec<Markup> = Vec::new();
    for each in rules {
        if !list.is_empty() {
            list.push(", ".into());
        }
        list.push(rule(each, lang).into());
    }
    Some(el("p").class("more").with_all(crate::markup::sentence(phrase, lang, &[("rules", list)])).into())
}
