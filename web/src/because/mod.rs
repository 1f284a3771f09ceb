//! The reasons: every rule that fired, on what, and what Postfix does because of it.

mod case;
mod ci;
mod hosts;
mod key;
mod log;
mod message;
mod session;
mod tests;

use crate::lesson_card::LessonCard;
use crate::markup::{Drawn, Element, Markup, el, rule};
use crate::page::{Page, page};
use crate::tabs::{Tab, Tabs};
use crate::tests::Side;
use crate::tone;
use crate::workbench::Key;
use tests::TestsPanel;

use leptos::prelude::*;
use postproof_model::RuleRef;
use postproof_protocol::{Tone, Verdict};
use postproof_words::{Lang, Phrase, cases, page as words};
pub(crate) use tests::in_words;

#[component]
pub(crate) fn BecausePane() -> impl IntoView {
    let page = page();
    let content = Memo::new(move |_| reasons(page));
    let tabs = Memo::new(move |_| {
        let count = page.tests.run.with(|run| run.as_ref().map(|run| run.counts()));
        let count = count.filter(|(count, _)| *count > 0);
        let count = count.map(|(count, failed)| if failed > 0 { (failed, "reject") } else { (count, "pass") });
        [(Side::Why, words::WHY, None), (Side::Tests, cases::TESTS, count)]
            .map(|(side, name, count)| Tab { key: key_of(side), label: page.say(name).to_owned(), count })
            .to_vec()
    });
    // The panel is made anew only when it is another.
    let side = Memo::new(move |_| page.tests.side.get());
    let name = move || page.say(if page.tests.side.get() == Side::Why { words::WHY } else { cases::TESTS });
    view! {
        <section class="pane because" aria-label=page.words(words::WHY)>
            <h2 class="unseen">{name}</h2>
            <div class="pane-top">
                <Tabs
                    name="because"
                    label=page.words(words::WHY)
                    tabs
                    shown=Signal::derive(move || Some(key_of(page.tests.side.get())))
                    show=Callback::new(move |key| page.tests.side.set(side_of(key)))
                />
            </div>
            // What scrolls must be reachable by keyboard.
            <div class="panel why" id="because-panel" tabindex="0" role="tabpanel" aria-label=name>
                {move || match side.get() {
                    Side::Why => view! {
                        <LessonCard />
                        <Drawn class="reasons" content />
                    }.into_any(),
                    Side::Tests => view! { <TestsPanel /> }.into_any(),
                }}
            </div>
            <p class="foot">{page.words(words::PRIVATE)}</p>
        </section>
    }
}

const fn key_of(side: Side) -> Key {
    match side {
        Side::Why => 0,
        Side::Tests => 1,
    }
}

const fn side_of(key: Key) -> Side {
    if key == 1 { Side::Tests } else { Side::Why }
}

fn reasons(page: Page) -> Vec<Markup> {
    let lang = page.lang.get();
    page.finding.with(|finding| match finding.as_ref().map(|finding| &finding.report.verdict) {
        None | Some(Verdict::Nothing) => vec![el("p").class("nothing").with(words::NO_VERDICT_YET.say(lang)).into()],
        Some(Verdict::Message(verdict)) => message::reasons(verdict, lang),
        Some(Verdict::Hosts(verdict)) => hosts::reasons(verdict, lang),
        Some(Verdict::Session(verdict)) => session::reasons(verdict, lang),
        Some(Verdict::Log(verdict)) => log::reasons(verdict, lang),
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
