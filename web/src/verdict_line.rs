//! The verdict in one line: what happens, what the sender is told, which rule did it, on which line.

use crate::engine::{Finding, Health};
use crate::markup::{Drawn, Element, Markup, Place, el, go, rule, sentence};
use crate::page::page;
use crate::tone;
use leptos::prelude::*;
use postproof_model::{Disposition, MessageVerdict, Reply, SmtpOutcome};
use postproof_protocol::{HostCounts, HostsVerdict, LogVerdict, SessionVerdict, Tone, Verdict, tone_of_exchange};
use postproof_words::{Lang, Phrase, cases, maillog, page as words, sharing, smtp, verdicts};
use std::time::Duration;

#[component]
pub(crate) fn VerdictLine() -> impl IntoView {
    let page = page();
    let tone = Memo::new(move |_| page.finding.with(|finding| tone_name(finding.as_deref())));
    let well = Memo::new(move |_| page.health.get() == Health::Well);
    let late = Memo::new(move |_| page.is_old());
    let missing = Memo::new(move |_| matches!(page.health.get(), Health::Missing { .. }));
    let content = Memo::new(move |_| {
        let lang = page.lang.get();
        let mut content = page.finding.with(|finding| match finding {
            Some(finding) => verdict(&finding.report.verdict, lang),
            None if missing.get() => vec![big(tone::name(Tone::Unknown), "?", verdicts::UNKNOWN.say(lang)).into()],
            None => vec![big("neutral", "…", words::STARTING.say(lang)).into()],
        });
        // Only what will stay old is said to be; while an answer is on its way, the old one will do.
        if late.get() && !well.get() && page.finding.with(Option::is_some) {
            content.push(el("em").class("age").with(words::OLD.say(lang)).into());
        }
        content
    });
    let slow = slow(page.busy);
    view! {
        <section
            class=move || format!("verdict {}", tone.get())
            class:old=move || late.get() && !well.get()
            aria-label=page.words(words::VERDICT)
            aria-busy=move || if late.get() && well.get() { "true" } else { "false" }
        >
            <div role="status">
                <Drawn class="line" content />
            </div>
            {move || slow.get().then(|| view! {
                <div class="work">
                    <span id=WORK>{page.words(sharing::WORKING)}</span>
                    <progress aria-labelledby=WORK></progress>
                    <button type="button" class="plain" on:click=move |_| page.stop()>{page.words(cases::STOP)}</button>
                </div>
            })}
        </section>
    }
}

/// Whether work takes so long that a person notices.
pub(crate) fn slow(busy: RwSignal<bool>) -> RwSignal<bool> {
    let slow = RwSignal::new(false);
    let count = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let number = count.try_update_value(|count| {
            *count = count.wrapping_add(1);
            *count
        });
        if !busy.get() {
            slow.set(false);
            return;
        }
        // Only if the same work is still under way by then.
        let still = move || {
            // The view may be gone by then.
            if number.is_some() && count.try_get_value() == number {
                let _ = slow.try_set(true);
            }
        };
        set_timeout(still, Duration::from_millis(PATIENCE));
    });
    slow
}

/// The id of the words beside the bar.
const WORK: &str = "verdict-work";

/// How long work may take before it is shown, in milliseconds.
const PATIENCE: u64 = 300;

fn tone_name(finding: Option<&Finding>) -> &'static str {
    match finding.map(|finding| &finding.report.verdict) {
        None | Some(Verdict::Nothing) => "neutral",
        Some(Verdict::Message(verdict)) => tone::name(tone::of_disposition(verdict.disposition)),
        Some(Verdict::Hosts(verdict)) => tone::name(of_hosts(verdict)),
        Some(Verdict::Session(verdict)) => tone::name(of_session(verdict)),
        Some(Verdict::Log(verdict)) => of_log(verdict).map_or("neutral", tone::name),
    }
}

/// None where the log says nothing of a client.
fn of_log(verdict: &LogVerdict) -> Option<Tone> {
    match verdict {
        LogVerdict { read: 0, .. } => None,
        LogVerdict { lost_total: 1.., .. } => Some(Tone::Reject),
        LogVerdict { counts: HostCounts { unknown: 1.., .. }, .. } => Some(Tone::Unknown),
        _ => Some(Tone::Pass),
    }
}

fn of_hosts(verdict: &HostsVerdict) -> Tone {
    let counts = &verdict.counts;
    if counts.refused > 0 {
        Tone::Reject
    } else if counts.unknown > 0 {
        Tone::Unknown
    } else {
        Tone::Pass
    }
}

fn of_session(verdict: &SessionVerdict) -> Tone {
    if verdict.refused > 0 {
        Tone::Reject
    } else if verdict.unknown > 0 || verdict.no_main_cf {
        Tone::Unknown
    } else {
        Tone::Pass
    }
}

/// The word that is seen first, with its sign.
fn big(tone: &str, sign: &str, word: impl Into<Markup>) -> Element {
    el("strong").class("big").with(el("span").class(format!("sign {tone}")).silent().with(sign)).with(word)
}

/// The reply line as it goes over the wire.
pub(crate) fn reply(reply: &Reply) -> Element {
    el("code").class("reply").with(reply.to_string())
}

/// Details with a dot between them.
fn joined(details: Vec<Vec<Markup>>) -> Element {
    let dot = || el("span").class("dot").silent().with(" · ");
    let mut line = el("span").class("where");
    for (at, detail) in details.into_iter().enumerate() {
        if at > 0 {
            line = line.with(dot());
        }
        line = line.with_all(detail);
    }
    line
}

fn verdict(verdict: &Verdict, lang: Lang) -> Vec<Markup> {
    match verdict {
        Verdict::Nothing => vec![
            big("neutral", "–", words::NO_INPUT.say(lang)).into(),
            joined(vec![vec![words::NO_INPUT_HINT.say(lang).into()]]).into(),
        ],
        Verdict::Message(verdict) => message(verdict, lang),
        Verdict::Hosts(verdict) => hosts(verdict, lang),
        Verdict::Session(verdict) => session(verdict, lang),
        Verdict::Log(verdict) => log(verdict, lang),
    }
}

/// Whether mail that was let in would be lost; then what the log says, and what becomes of its clients today.
fn log(verdict: &LogVerdict, lang: Lang) -> Vec<Markup> {
    let Some(tone) = of_log(verdict) else {
        let hint = vec![maillog::NOTHING_READ_HINT.say(lang).into()];
        return vec![big("neutral", "–", maillog::NOTHING_READ.say(lang)).into(), joined(vec![hint]).into()];
    };
    let fill = |phrase: Phrase, count: usize| phrase.fill(lang, &[("count", &count.to_string())]);
    let total = verdict.taken.to_string();
    let word = match verdict.lost_total {
        0 => maillog::LOST_NONE.fill(lang, &[("total", &total)]),
        lost => maillog::LOST.fill(lang, &[("count", &lost.to_string()), ("total", &total)]),
    };
    let counts = &verdict.counts;
    let today = maillog::TODAY.fill(
        lang,
        &[
            ("refused", &counts.refused.to_string()),
            ("permitted", &counts.permitted.to_string()),
            ("undecided", &counts.undecided.to_string()),
        ],
    );
    let mut details = vec![today, fill(maillog::REFUSED_LINES, verdict.refused)];
    if verdict.servers > 0 {
        details.push(fill(maillog::SERVERS, verdict.servers));
    }
    for (phrase, count) in [(words::HOSTS_OTHER, counts.other), (words::HOSTS_UNKNOWN, counts.unknown)] {
        if count > 0 {
            details.push(fill(phrase, count));
        }
    }
    let details = details.into_iter().map(|detail| vec![detail.into()]).collect();
    vec![big(tone::name(tone), tone::sign(tone), word).into(), joined(details).into()]
}

fn message(verdict: &MessageVerdict, lang: Lang) -> Vec<Markup> {
    let tone = tone::of_disposition(verdict.disposition);
    let word = verdicts::disposition(verdict.disposition).say(lang);
    let why = match verdict.disposition {
        Disposition::Unknown => undecided(verdict, lang),
        _ => decided(verdict, lang).or_else(|| faulty(verdict, lang)),
    };
    let details = [why, means(verdict, lang), if_it_misses(verdict, lang)];
    let mut content: Vec<Markup> = vec![big(tone::name(tone), tone::sign(tone), word).into()];
    content.extend(verdict.reply.as_ref().map(|told| reply(told).into()));
    content.push(joined(details.into_iter().flatten().collect()).into());
    content
}

/// `line 3`, leading there; the header that smtpd adds stands on no line.
fn line(line: usize, place: Place, lang: Lang) -> Vec<Markup> {
    if line == 0 {
        return vec![words::ADDED_RECEIVED.say(lang).into()];
    }
    vec![go(words::ON_LINE.fill(lang, &[("line", &line.to_string())]), place).into()]
}

fn decided(verdict: &MessageVerdict, lang: Lang) -> Option<Vec<Markup>> {
    let event = verdict.events.get(verdict.decided_by?)?;
    let place = line(event.line, Place::Input(event.span), lang);
    Some(sentence(words::BY_RULE, lang, &[("rule", vec![rule(&event.hit.rule, lang).into()]), ("place", place)]))
}

/// What keeps the message from being delivered, though no rule says so.
fn faulty(verdict: &MessageVerdict, lang: Lang) -> Option<Vec<Markup>> {
    let fault = verdict.fault()?;
    Some(sentence(words::fault(fault.kind), lang, &[("place", line(fault.line, Place::InputLine(fault.line), lang))]))
}

fn undecided(verdict: &MessageVerdict, lang: Lang) -> Option<Vec<Markup>> {
    if let Some(unsettled) = verdict.unsettled.first() {
        return Some(vec![verdicts::unsettled(unsettled, lang).into()]);
    }
    let key = verdict.unknown.first()?;
    let place = line(key.line, Place::Input(key.span), lang);
    Some(sentence(words::MIGHT_DECIDE, lang, &[("rule", vec![rule(&key.rule, lang).into()]), ("place", place)]))
}

/// What the disposition comes to.
fn means(verdict: &MessageVerdict, lang: Lang) -> Option<Vec<Markup>> {
    let say = |phrase: Phrase| phrase.say(lang).to_owned();
    let words = match verdict.disposition {
        Disposition::Accepted => match verdict.events.len() + verdict.events_left_out {
            0 => say(words::NO_RULE_FIRED),
            1 => say(words::ONE_RULE_FIRED),
            count => words::RULES_FIRED.fill(lang, &[("count", &count.to_string())]),
        },
        Disposition::Rejected => say(words::MEANS_REJECTED),
        Disposition::Deferred => say(words::MEANS_DEFERRED),
        Disposition::Discarded => say(words::MEANS_DISCARDED),
        Disposition::Held => say(words::MEANS_HELD),
        Disposition::Redirected => say(words::MEANS_REDIRECTED),
        Disposition::Unknown => return None,
    };
    Some(vec![words.into()])
}

fn if_it_misses(verdict: &MessageVerdict, lang: Lang) -> Option<Vec<Markup>> {
    let verdict = verdicts::disposition(verdict.if_unknown_rules_miss?).say(lang);
    Some(vec![words::IF_IT_MISSES.fill(lang, &[("verdict", verdict)]).into()])
}

/// The first line that is refused, with what the client is told and the restriction that decided; or the first whose answer
/// is unknown.
fn session(verdict: &SessionVerdict, lang: Lang) -> Vec<Markup> {
    let tone = of_session(verdict);
    let big = |word: String| big(tone::name(tone), tone::sign(tone), word).into();
    if verdict.no_main_cf {
        return vec![
            big(verdicts::UNKNOWN.say(lang).to_owned()),
            joined(vec![vec![words::NO_MAIN_CF.say(lang).into()]]).into(),
        ];
    }
    let total = verdict.total.to_string();
    let word = match verdict.refused {
        0 if verdict.unknown > 0 => verdicts::UNKNOWN.say(lang).to_owned(),
        0 => words::SESSION_PASSES.say(lang).to_owned(),
        count => words::SESSION_REFUSED.fill(lang, &[("count", &count.to_string()), ("total", &total)]),
    };
    let mut content = vec![big(word)];
    let mut details = Vec::new();
    let first = verdict.exchanges.iter().find(|exchange| tone_of_exchange(&exchange.outcome) == tone);
    if let Some(exchange) = first.filter(|_| tone != Tone::Pass) {
        match &exchange.outcome {
            SmtpOutcome::Said(lines) => {
                let told = lines.first().map(|line| line.lossy().into_owned()).unwrap_or_default();
                content.push(el("code").class("reply").with(told).into());
            }
            SmtpOutcome::Unknown(why) => details.push(vec![smtp::unknown(why, lang).into()]),
            SmtpOutcome::Silent => {}
        }
        if let Some(decided) = exchange.tried.last() {
            let by = format!("{} ({})", decided.restriction.lossy(), decided.list);
            details.push(vec![words::BY_RESTRICTION.fill(lang, &[("restriction", &by)]).into()]);
        }
        if exchange.line > 0 {
            details.push(line(exchange.line, Place::InputLine(exchange.line), lang));
        }
    }
    if verdict.unknown > 0 && verdict.refused > 0 {
        details.push(vec![words::HOSTS_UNKNOWN.fill(lang, &[("count", &verdict.unknown.to_string())]).into()]);
    }
    content.push(joined(details).into());
    content
}

fn hosts(verdict: &HostsVerdict, lang: Lang) -> Vec<Markup> {
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
    let others = others.map(|(phrase, count)| vec![phrase.fill(lang, &[("count", &count.to_string())]).into()]);
    let tone = of_hosts(verdict);
    vec![big(tone::name(tone), tone::sign(tone), word).into(), joined(others.collect()).into()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::tests::text;

    #[test]
    fn hosts_are_counted_by_what_becomes_of_them() {
        let counts = HostCounts { refused: 2, permitted: 1, undecided: 0, other: 0, unknown: 3 };
        let said = |lang| text(&hosts(&HostsVerdict { counts, ..HostsVerdict::default() }, lang));
        assert_eq!(said(Lang::En), "✕ 2 of 6 refused permitted: 1 · unknown: 3");
        assert_eq!(said(Lang::Ja), "✕ 6 件中 2 件を拒否 許可: 1 件 · 不明: 3 件");
    }

    #[test]
    fn nothing_is_no_verdict() {
        assert!(text(&verdict(&Verdict::Nothing, Lang::En)).contains("Nothing to try the rules on"));
    }
}
