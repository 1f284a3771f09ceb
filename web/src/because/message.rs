//! Why a message is treated as it is: the rules that fired, in the order Postfix looks.

use super::key::{groups, key};
use crate::sentence::{input_link, rule_link, sentence};
use crate::tone;
use leptos::prelude::*;
use postproof_model::{Event, MessageVerdict, RuleRef, UnknownKey};
use postproof_protocol::Tone;
use postproof_words::{Lang, page as words, verdicts};

pub(super) fn reasons(verdict: &MessageVerdict, lang: Lang) -> AnyView {
    let events = verdict.events.iter().map(|event| fired(event, lang)).collect::<Vec<_>>();
    let unknown = verdict.unknown.iter().map(|key| undecided(key, lang)).collect::<Vec<_>>();
    let nothing = events.is_empty() && unknown.is_empty() && verdict.reply.is_none();
    let heading = (!events.is_empty()).then(|| view! { <h3>{words::IN_ORDER.say(lang)}</h3> });
    let unknown_heading = (!unknown.is_empty()).then(|| view! { <h3>{words::NOT_TOLD.say(lang)}</h3> });
    let left_out = (verdict.events_left_out > 0)
        .then(|| words::EVENTS_LEFT_OUT.fill(lang, &[("count", &verdict.events_left_out.to_string())]));
    view! {
        {nothing.then(|| view! { <p class="nothing">{words::NOTHING_FIRED.say(lang)}</p> })}
        {unknown_heading}
        {unknown}
        {heading}
        {events}
        {left_out.map(|left_out| view! { <p class="more">{left_out}</p> })}
        {told(verdict, lang)}
        {logged(verdict, lang)}
    }
    .into_any()
}

fn fired(event: &Event, lang: Lang) -> AnyView {
    let tone = postproof_protocol::tone_of_effect(&event.effect);
    let also = (!event.also.is_empty()).then(|| rules(words::ALSO, &event.also, lang));
    let within = (!event.hit.conditions.is_empty()).then(|| rules(words::WITHIN, &event.hit.conditions, lang));
    let place = place(verdicts::class(event.class).say(lang), event.line, lang);
    view! {
        <article class=format!("event {}", tone::name(tone))>
            <div class="event-top">
                <span class=format!("sign {}", tone::name(tone)) aria-hidden="true">{tone::sign(tone)}</span>
                <span class="action">{verdicts::action_name(&event.action)}</span>
                <span>{rule_link(&event.hit.rule, lang)}</span>
                <span class="at">{input_link(place, event.span)}</span>
            </div>
            {key(&event.key, event.hit.matched, lang)}
            {groups(&event.hit, &event.key, lang)}
            <p>{verdicts::effect(&event.effect, lang)}</p>
            {within}
            {also}
        </article>
    }
    .into_any()
}

fn undecided(unknown: &UnknownKey, lang: Lang) -> AnyView {
    let place = place(verdicts::class(unknown.class).say(lang), unknown.line, lang);
    view! {
        <article class="event unknown">
            <div class="event-top">
                <span class="sign unknown" aria-hidden="true">{tone::sign(Tone::Unknown)}</span>
                <span class="action">{verdicts::UNKNOWN.say(lang)}</span>
                <span>{rule_link(&unknown.rule, lang)}</span>
                <span class="at">{input_link(place, unknown.span)}</span>
            </div>
            {key(&unknown.key, None, lang)}
            <p>{verdicts::unknown_reason(&unknown.reason, lang)}</p>
        </article>
    }
    .into_any()
}

/// Which line of the input, and what kind of line it is.
fn place(class: &str, line: usize, lang: Lang) -> String {
    format!("{class}, {}", words::ON_LINE.fill(lang, &[("line", &line.to_string())]))
}

/// A sentence with a list of rules in it.
fn rules(phrase: postproof_words::Phrase, rules: &[RuleRef], lang: Lang) -> AnyView {
    let links = rules.iter().enumerate().map(|(at, rule)| {
        let comma = (at > 0).then_some(", ");
        view! { {comma}{rule_link(rule, lang)} }
    });
    let links = links.collect::<Vec<_>>().into_any();
    view! { <p class="more">{sentence(phrase, lang, vec![("rules", links)])}</p> }.into_any()
}

fn told(verdict: &MessageVerdict, lang: Lang) -> Option<AnyView> {
    let reply = verdict.reply.as_ref()?.to_string();
    let told = view! {
        <h3>{words::TOLD.say(lang)}</h3>
        <pre class="wire">{reply}</pre>
    };
    Some(told.into_any())
}

fn logged(verdict: &MessageVerdict, lang: Lang) -> Option<AnyView> {
    let fault = verdict.fault.iter().filter_map(|fault| fault.log.as_ref());
    let lines: Vec<String> = verdict
        .events
        .iter()
        .filter_map(|event| event.log.as_ref())
        .chain(fault)
        .map(|line| line.lossy().into_owned())
        .collect();
    if lines.is_empty() {
        return None;
    }
    let logged = view! {
        <h3>{words::LOGGED.say(lang)}</h3>
        <pre class="wire">{lines.join("\n")}</pre>
    };
    Some(logged.into_any())
}
