//! The verdict in one line: what happens, what the sender is told, which rule did it, on which line.

use crate::engine::{Finding, Health};
use crate::page::{Page, page};
use crate::sentence::{input_link, rule_link, sentence};
use crate::tone;
use leptos::prelude::*;
use postproof_model::{Disposition, Fault, FaultKind, MessageVerdict, Reply, UnknownKey};
use postproof_protocol::{HostsVerdict, Tone, Verdict};
use postproof_words::{Lang, Phrase, page as words, verdicts};

#[component]
pub(crate) fn VerdictLine() -> impl IntoView {
    let page = page();
    let tone = Memo::new(move |_| page.finding.with(|finding| tone_name(finding.as_deref())));
    // Only what is certainly old is said to be; an answer that is on its way is not.
    let old = Memo::new(move |_| page.health.get() != Health::Well && page.is_old());
    let busy = Memo::new(move |_| page.health.get() == Health::Well && page.is_old());
    view! {
        <section
            class=move || format!("verdict {}", tone.get())
            class:old=move || old.get()
            aria-label=move || page.say(words::VERDICT)
            aria-busy=move || if busy.get() { "true" } else { "false" }
        >
            <div role="status">
                {move || page.finding.with(|finding| match finding {
                    None if matches!(page.health.get(), Health::Missing { .. }) => {
                        big_toned(Tone::Unknown, page.say(verdicts::UNKNOWN).to_owned())
                    }
                    None => big("neutral", "…", page.say(words::STARTING).to_owned()),
                    Some(finding) => verdict(page, finding),
                })}
                {move || old.get().then(|| view! { <em class="age">{page.say(words::OLD)}</em> })}
            </div>
        </section>
    }
}

fn tone_name(finding: Option<&Finding>) -> &'static str {
    let tone = match finding.map(|finding| &finding.report.verdict) {
        None | Some(Verdict::Nothing) => return "neutral",
        Some(Verdict::Message(verdict)) => tone::of_disposition(verdict.disposition),
        Some(Verdict::Hosts(verdict)) => of_hosts(verdict),
    };
    tone::name(tone)
}

fn of_hosts(verdict: &HostsVerdict) -> Tone {
    let counts = &verdict.counts;
    if counts.unknown > 0 && counts.refused == 0 {
        Tone::Unknown
    } else if counts.refused > 0 {
        Tone::Reject
    } else {
        Tone::Pass
    }
}

/// The word that is seen first, with its sign.
fn big(tone: &'static str, sign: &'static str, word: String) -> AnyView {
    view! {
        <strong class="big">
            <span class=format!("sign {tone}") aria-hidden="true">{sign}</span>
            {word}
        </strong>
    }
    .into_any()
}

fn big_toned(tone: Tone, word: String) -> AnyView {
    big(tone::name(tone), tone::sign(tone), word)
}

fn verdict(page: Page, finding: &Finding) -> AnyView {
    let lang = page.lang.get();
    match &finding.report.verdict {
        Verdict::Nothing => view! {
            {big("neutral", "–", page.say(words::NO_INPUT).to_owned())}
            <span class="where">{page.say(words::NO_INPUT_HINT)}</span>
        }
        .into_any(),
        Verdict::Message(verdict) => message(verdict, lang),
        Verdict::Hosts(verdict) => hosts(verdict, lang),
    }
}

fn message(verdict: &MessageVerdict, lang: Lang) -> AnyView {
    let word = verdicts::disposition(verdict.disposition).say(lang).to_owned();
    let by = match verdict.disposition {
        Disposition::Unknown => verdict.unknown.first().map(|key| undecided(key, lang)),
        _ => decided_by(verdict, lang).or_else(|| Some(faulty(verdict.fault.as_ref()?, lang))),
    };
    let (means, if_misses) = (means(verdict, lang), if_it_misses(verdict, lang));
    let details = [by, means, if_misses].into_iter().flatten();
    view! {
        {big_toned(tone::of_disposition(verdict.disposition), word)}
        {verdict.reply.as_ref().map(reply)}
        <span class="where">{joined(details)}</span>
    }
    .into_any()
}

/// The reply line as it goes over the wire.
pub(crate) fn reply(reply: &Reply) -> AnyView {
    let text = reply.to_string();
    view! { <code class="reply">{text}</code> }.into_any()
}

fn decided_by(verdict: &MessageVerdict, lang: Lang) -> Option<AnyView> {
    let event = verdict.events.get(verdict.decided_by?)?;
    let place = words::ON_LINE.fill(lang, &[("line", &event.line.to_string())]);
    let values = vec![("rule", rule_link(&event.hit.rule, lang)), ("place", input_link(place, event.span))];
    Some(sentence(words::BY_RULE, lang, values))
}

/// What refuses the message whatever the rules say.
fn faulty(fault: &Fault, lang: Lang) -> AnyView {
    let phrase = match fault.kind {
        FaultKind::NestedTooDeep => words::FAULT_NESTED_TOO_DEEP,
        FaultKind::TooManyHops => words::FAULT_TOO_MANY_HOPS,
    };
    let place = words::ON_LINE.fill(lang, &[("line", &fault.line.to_string())]);
    let line = fault.line;
    let page = page();
    let go = view! { <button type="button" class="go" on:click=move |_| page.go_to_input_line(line)>{place}</button> };
    sentence(phrase, lang, vec![("place", go.into_any())])
}

fn undecided(key: &UnknownKey, lang: Lang) -> AnyView {
    let place = words::ON_LINE.fill(lang, &[("line", &key.line.to_string())]);
    let values = vec![("rule", rule_link(&key.rule, lang)), ("place", input_link(place, key.span))];
    sentence(words::MIGHT_DECIDE, lang, values)
}

/// What the disposition comes to.
fn means(verdict: &MessageVerdict, lang: Lang) -> Option<AnyView> {
    let say = |phrase: Phrase| phrase.say(lang).into_any();
    Some(match verdict.disposition {
        Disposition::Accepted => match verdict.events.len() + verdict.events_left_out {
            0 => say(words::NO_RULE_FIRED),
            1 => say(words::ONE_RULE_FIRED),
            count => words::RULES_FIRED.fill(lang, &[("count", &count.to_string())]).into_any(),
        },
        Disposition::Rejected => say(words::MEANS_REJECTED),
        Disposition::Deferred => say(words::MEANS_DEFERRED),
        Disposition::Discarded => say(words::MEANS_DISCARDED),
        Disposition::Held => say(words::MEANS_HELD),
        Disposition::Redirected => say(words::MEANS_REDIRECTED),
        Disposition::Unknown => return None,
    })
}

fn if_it_misses(verdict: &MessageVerdict, lang: Lang) -> Option<AnyView> {
    let verdict = verdicts::disposition(verdict.if_unknown_rules_miss?).say(lang);
    Some(words::IF_IT_MISSES.fill(lang, &[("verdict", verdict)]).into_any())
}

fn hosts(verdict: &HostsVerdict, lang: Lang) -> AnyView {
    let counts = &verdict.counts;
    let total = counts.total().to_string();
    let word = match counts.refused {
        0 => words::HOSTS_NONE_REFUSED.fill(lang, &[("total", &total)]),
        refused => words::HOSTS_REFUSED.fill(lang, &[("count", &refused.to_string()), ("total", &total)]),
    };
    let others = [
        (words::HOSTS_PERMITTED, counts.permitted),
        (words::HOSTS_UNDECIDED, counts.undecided),
        (words::HOSTS_OTHER, counts.other),
        (words::HOSTS_UNKNOWN, counts.unknown),
    ];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    let others = others.map(|(phrase, count)| phrase.fill(lang, &[("count", &count.to_string())]).into_any());
    view! {
        {big_toned(of_hosts(verdict), word)}
        <span class="where">{joined(others)}</span>
    }
    .into_any()
}

/// Details with a dot between them.
fn joined(details: impl Iterator<Item = AnyView>) -> Vec<AnyView> {
    let dot = || view! { <span class="dot" aria-hidden=move || "true">{" · "}</span> }.into_any();
    details.enumerate().flat_map(|(at, detail)| (at > 0).then(dot).into_iter().chain([detail])).collect()
}
