//! Why each client is treated as it is: the lookup that decided, S25R's rule by its number.

use super::key::key;
use crate::page::page;
use crate::sentence::rule_link;
use crate::tone;
use leptos::prelude::*;
use postproof_model::{Answer, HostOutcome, HostVerdict, KeyLookup, RuleRef};
use postproof_protocol::HostsVerdict;
use postproof_words::{Lang, page as words, s25r, verdicts};

pub(super) fn reasons(verdict: &HostsVerdict, lang: Lang) -> AnyView {
    let hosts = verdict.hosts.iter().map(|host| client(host, lang)).collect::<Vec<_>>();
    let left_out =
        (verdict.left_out > 0).then(|| words::HOSTS_LEFT_OUT.fill(lang, &[("count", &verdict.left_out.to_string())]));
    view! {
        {verdict.built_in.then(|| view! { <p class="hint">{words::BUILT_IN.say(lang)}</p> })}
        <h3>{words::CLIENTS_IN_ORDER.say(lang)}</h3>
        {hosts}
        {left_out.map(|left_out| view! { <p class="more">{left_out}</p> })}
    }
    .into_any()
}

fn client(host: &HostVerdict, lang: Lang) -> AnyView {
    let page = page();
    let tone = tone::of_host(&host.outcome);
    let decided = host.lookups.last();
    let action = host.action.as_ref().map(|(action, _)| verdicts::action_name(action));
    let reply = match &host.outcome {
        HostOutcome::Rejected(reply) => Some(reply.to_string()),
        _ => None,
    };
    let matched = decided.and_then(|lookup| match &lookup.answer {
        Answer::Found(hit) => hit.matched,
        _ => None,
    });
    let line = words::LINE.fill(lang, &[("line", &host.line.to_string())]);
    let number = host.line;
    let go = move |_| page.go_to_input_line(number);
    let by_address =
        decided.is_some_and(|lookup| Some(&lookup.key) == host.address.as_ref() && lookup.key != host.name);
    view! {
        <article class=format!("event {}", tone::name(tone))>
            <div class="event-top">
                <span class=format!("sign {}", tone::name(tone)) aria-hidden="true">{tone::sign(tone)}</span>
                <span class="action">{action.unwrap_or_else(|| verdicts::host_outcome(&host.outcome, lang))}</span>
                {decided.and_then(|lookup| rule_of(lookup)).map(|rule| view! { <span>{named(rule, lang)}</span> })}
                <span class="at"><button type="button" class="go" on:click=go>{line}</button></span>
            </div>
            {match decided {
                Some(lookup) => key(&lookup.key, matched, lang),
                None => key(&host.name, None, lang),
            }}
            {by_address.then(|| view! { <p class="more">{words::ADDRESS.say(lang)}</p> })}
            {decided.and_then(|lookup| why(lookup, lang))}
            {reply.map(|reply| view! { <p class="told"><code class="reply">{reply}</code></p> })}
        </article>
    }
    .into_any()
}

/// The rule that decided, or that might.
fn rule_of(lookup: &KeyLookup) -> Option<&RuleRef> {
    match &lookup.answer {
        Answer::Found(hit) => Some(&hit.rule),
        Answer::Unknown { rule, .. } => Some(rule),
        Answer::NotFound => None,
    }
}

/// The rule by its number in S25R, if it has one, and by where it stands.
fn named(rule: &RuleRef, lang: Lang) -> AnyView {
    let number = rule.s25r.map(|number| {
        let name = verdicts::S25R_RULE.fill(lang, &[("number", &number.to_string())]);
        view! { <strong class="s25r">{name}</strong>{" "} }
    });
    view! { {number}{rule_link(rule, lang)} }.into_any()
}

/// What the rule looks for, or why nobody can tell.
fn why(lookup: &KeyLookup, lang: Lang) -> Option<AnyView> {
    let words = match &lookup.answer {
        Answer::Found(hit) => s25r::meaning(hit.rule.s25r?)?.say(lang).to_owned(),
        Answer::Unknown { reason, .. } => verdicts::unknown_reason(reason, lang),
        Answer::NotFound => return None,
    };
    Some(view! { <p>{words}</p> }.into_any())
}
