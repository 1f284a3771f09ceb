//! Answers for people.

use std::io::{Result, Write};

use postproof_model::{
    Answer, HostDecider, HostFate, HostOutcome, HostSummary, HostTold, HostVerdict, KeyLookup, Proposal, RuleRef,
    S25rFired, Saved, ServedVerdict, SmtpUnknown,
};
use postproof_rules::host::Verdict;
use postproof_rules::s25r;
use postproof_words::{Lang, command, host as words, s25r as reasons, smtp, verdicts};

use super::Answered;
use crate::marked::{self, printable};

/// One client.
pub(super) fn answer(out: &mut impl Write, answered: &Answered<'_>, lang: Lang) -> Result<()> {
    let said = match answered.verdict {
        Verdict::Tables(verdict) => of_tables(out, verdict, lang),
        Verdict::Server(verdict) => of_server(out, verdict, lang),
    };
    said?;
    if let Some(saved) = &answered.saved {
        otherwise(out, saved, lang)?;
    }
    match &answered.proposals {
        Some(proposals) if matches!(answered.verdict.decision().told, HostTold::Rejected(_)) => {
            proposed(out, proposals, lang)
        }
        _ => Ok(()),
    }
}

fn of_tables(out: &mut impl Write, verdict: &HostVerdict, lang: Lang) -> Result<()> {
    let outcome = verdicts::host_outcome(&verdict.outcome, lang);
    writeln!(out, "{}: {outcome}", printable(&verdict.input))?;
    if let HostOutcome::Rejected(reply) = &verdict.outcome {
        writeln!(out, "    {}", printable(reply.to_string().as_bytes()))?;
    }
    if let Some(why) = &verdict.unknown {
        writeln!(out, "    {}", printable(smtp::unknown(why, lang).as_bytes()))?;
    }
    // The lookup that decided, or the last that found something.
    match verdict.lookups.iter().rev().find(|lookup| lookup.answer != Answer::NotFound) {
        None => writeln!(out, "    {}", command::NOTHING_FIRES.say(lang))?,
        Some(lookup) => found(out, lookup, &verdict.fired, lang)?,
    }
    if verdict.address.is_none() && verdict.outcome == HostOutcome::Undecided {
        writeln!(out, "    {}", command::ADDRESS_NOT_GIVEN.say(lang))?;
    }
    Ok(())
}

/// What a table was asked and answered, why S25R's rules fire, and which rules would have, too.
fn found(out: &mut impl Write, lookup: &KeyLookup, fired: &[S25rFired], lang: Lang) -> Result<()> {
    let hit = match &lookup.answer {
        Answer::NotFound => return Ok(()),
        Answer::Unknown { rule, reason } => {
            let name = rule_name(rule, lang);
            return writeln!(out, "    {}: {}", printable(name.as_bytes()), verdicts::unknown_reason(reason, lang));
        }
        Answer::Found(hit) => hit,
    };
    writeln!(out, "    {}: {}", printable(rule_name(&hit.rule, lang).as_bytes()), printable(&hit.rule.text))?;
    for line in marked::lines(&lookup.key, hit.matched, "        ") {
        writeln!(out, "{line}")?;
    }
    let is = |fired: &S25rFired, rule: &RuleRef| {
        fired.table == rule.table && fired.line == rule.lines.first && rule.s25r == Some(fired.number)
    };
    let reason = |rule: &RuleRef| {
        let fired = fired.iter().find(|fired| is(fired, rule))?;
        Some(printable(reasons::reason(&fired.reason, &fired.key, lang).as_bytes()))
    };
    if let Some(reason) = reason(&hit.rule) {
        writeln!(out, "        {reason}")?;
    }
    if !lookup.also.is_empty() {
        let rules: Vec<String> = lookup.also.iter().map(|rule| rule_name(rule, lang)).collect();
        let also = command::ALSO.fill(lang, &[("rules", &rules.join(", "))]);
        writeln!(out, "    {}", printable(also.as_bytes()))?;
        for reason in lookup.also.iter().filter_map(reason) {
            writeln!(out, "        {reason}")?;
        }
    }
    Ok(())
}

fn of_server(out: &mut impl Write, verdict: &ServedVerdict, lang: Lang) -> Result<()> {
    writeln!(out, "{}: {}", printable(&verdict.input), told_by_server(&verdict.told, lang))?;
    match &verdict.told {
        HostTold::Rejected(reply) => writeln!(out, "    {}", printable(reply))?,
        HostTold::Unknown(Some(SmtpUnknown::NeedsClient)) => writeln!(out, "    {}", words::NEEDS_ADDRESS.say(lang))?,
        HostTold::Unknown(Some(why)) => writeln!(out, "    {}", printable(smtp::unknown(why, lang).as_bytes()))?,
        _ => {}
    }
    let refused = !matches!(verdict.told, HostTold::Permitted | HostTold::Unknown(Some(SmtpUnknown::NeedsClient)));
    if refused && !verdict.command.to_ascii_uppercase().starts_with(b"RCPT ") {
        let at = match &verdict.command[..] {
            [] => words::AT_GREETING.say(lang).to_owned(),
            command => words::AT_COMMAND.fill(lang, &[("command", &printable(command))]),
        };
        writeln!(out, "    {at}")?;
    }
    match verdict.decided.and_then(|index| verdict.tried.get(index)) {
        Some(tried) => {
            let (restriction, list) = (tried.restriction.lossy(), tried.list.as_str());
            let by = words::BY_RESTRICTION.fill(lang, &[("restriction", &restriction), ("list", list)]);
            writeln!(out, "    {}", printable(by.as_bytes()))?;
            for asked in &tried.asked {
                let values = [("question", asked.question.as_str()), ("answer", &asked.answer)];
                writeln!(out, "        {}", printable(smtp::ASKED.fill(lang, &values).as_bytes()))?;
            }
            // The rule, be it of a table whose result led to this restriction.
            let led = verdict.tried.get(..=verdict.decided.unwrap_or_default()).unwrap_or_default().iter().rev();
            let mut led = led.filter(|other| {
                other.list == tried.list && (std::ptr::eq(*other, tried) || is_around(&other.within, &tried.within))
            });
            let lookup =
                led.find_map(|tried| tried.lookups.iter().rev().find(|found| found.answer != Answer::NotFound));
            if let Some(lookup) = lookup {
                found(out, lookup, &verdict.fired, lang)?;
            }
        }
        None if verdict.told == HostTold::Permitted => writeln!(out, "    {}", words::NOTHING_REFUSES.say(lang))?,
        None => {}
    }
    Ok(())
}

/// Whether what stands within `inner` stands within `outer`, too, and deeper.
fn is_around<T: PartialEq>(outer: &[T], inner: &[T]) -> bool {
    outer.len() < inner.len() && inner.starts_with(outer)
}

/// What a server tells a client: whom it lets in, it has accepted.
fn told_by_server(told: &HostTold, lang: Lang) -> String {
    match told {
        HostTold::Permitted => verdicts::ACCEPTED.say(lang).to_owned(),
        _ => words::told(told, lang),
    }
}

/// What would come of a client without the lines that let it in.
fn otherwise(out: &mut impl Write, saved: &Saved, lang: Lang) -> Result<()> {
    let lines: Vec<String> = saved.by.iter().map(|by| decider(by, lang)).collect();
    let decision = &saved.otherwise;
    let outcome = words::told(&decision.told, lang);
    let without = words::WITHOUT.fill(lang, &[("lines", &lines.join(words::AND.say(lang))), ("outcome", &outcome)]);
    writeln!(out, "    {}", printable(without.as_bytes()))?;
    match &decision.told {
        HostTold::Rejected(reply) => writeln!(out, "        {}", printable(reply))?,
        HostTold::Unknown(Some(why)) => writeln!(out, "        {}", printable(smtp::unknown(why, lang).as_bytes()))?,
        _ => {}
    }
    let Some(by) = &decision.decider else { return Ok(()) };
    let pattern = by.rule.as_ref().map(|rule| format!(": {}", rule.text.lossy())).unwrap_or_default();
    writeln!(out, "        {}", printable(format!("{}{pattern}", decider(by, lang)).as_bytes()))?;
    let Some(rule) = &by.rule else { return Ok(()) };
    let fired = decision.fired.iter().find(|fired| fired.table == rule.table && fired.line == rule.lines.first);
    match fired {
        Some(fired) => {
            writeln!(out, "        {}", printable(reasons::reason(&fired.reason, &fired.key, lang).as_bytes()))
        }
        None => Ok(()),
    }
}

/// What decided, by name: the rule where there is one, else the restriction.
fn decider(decider: &HostDecider, lang: Lang) -> String {
    let restriction = || {
        let (list, text) = decider.restriction.as_ref()?;
        Some(words::RESTRICTION.fill(lang, &[("restriction", &text.lossy()), ("list", list)]))
    };
    match &decider.rule {
        Some(rule) => rule_name(rule, lang),
        None => restriction().unwrap_or_default(),
    }
}

fn proposed(out: &mut impl Write, proposals: &[Proposal], lang: Lang) -> Result<()> {
    let Some(first) = proposals.first() else {
        return writeln!(out, "    {}", words::NOTHING_PROPOSED.say(lang));
    };
    let phrase = if proposals.len() == 1 { words::PROPOSED } else { words::PROPOSED_SEVERAL };
    writeln!(out, "    {}", printable(phrase.fill(lang, &[("place", &first.before.lossy())]).as_bytes()))?;
    let longest = proposals.iter().map(|proposal| proposal.line.len()).max().unwrap_or_default();
    for proposal in proposals {
        let phrase = match proposal.frees {
            _ if proposal.or_more => words::FREES_OR_MORE,
            0 => words::FREES_NONE,
            1 => words::FREES_ONE,
            _ => words::FREES,
        };
        let frees = phrase.fill(lang, &[("count", &proposal.frees.to_string())]);
        writeln!(out, "        {:longest$}  # {frees}", proposal.line)?;
    }
    Ok(())
}

/// Many clients, counted.
pub(super) fn summary(out: &mut impl Write, summary: &HostSummary, served: bool, lang: Lang) -> Result<()> {
    let width = summary.hosts.to_string().len();
    writeln!(out, "{}", words::HOSTS_COUNTED.fill(lang, &[("count", &summary.hosts.to_string())]))?;
    let fate = |fate: HostFate| match fate {
        HostFate::Permitted if served => verdicts::ACCEPTED.say(lang),
        fate => words::fate(fate).say(lang),
    };
    for (count, of) in [
        (summary.deferred, HostFate::Deferred),
        (summary.rejected, HostFate::Rejected),
        (summary.permitted, HostFate::Permitted),
        (summary.undecided, HostFate::Undecided),
        (summary.other, HostFate::Other),
        (summary.unknown, HostFate::Unknown),
    ] {
        if count > 0 {
            writeln!(out, "    {count:width$}  {}", fate(of))?;
        }
    }
    if !summary.deciders.is_empty() {
        writeln!(out, "{}", words::BY_DECIDER.say(lang))?;
    }
    for counted in &summary.deciders {
        let by = &counted.decider;
        let pattern = by.rule.as_ref().map(|rule| format!(": {}", rule.text.lossy())).unwrap_or_default();
        let name = printable(format!("{}{pattern}", decider(by, lang)).as_bytes());
        writeln!(out, "    {:width$}  {}, {name}", counted.hosts, fate(counted.fate))?;
    }
    if !summary.s25r.is_empty() {
        writeln!(out, "{}", words::BY_S25R.say(lang))?;
    }
    for counted in &summary.s25r {
        let rule = verdicts::S25R_RULE.fill(lang, &[("number", &counted.number.to_string())]);
        let values = [
            ("rule", rule.as_str()),
            ("decided", &counted.decided.to_string()),
            ("matched", &counted.matched.to_string()),
        ];
        writeln!(out, "    {}", words::S25R_COUNTED.fill(lang, &values))?;
    }
    Ok(())
}

/// A rule's name: S25R's own where it is one of its rules, and where it stands.
pub(crate) fn rule_name(rule: &RuleRef, lang: Lang) -> String {
    let at = verdicts::rule_at(rule, lang);
    match rule.s25r {
        None => at,
        Some(number) => {
            let name = verdicts::S25R_RULE.fill(lang, &[("number", &number.to_string())]);
            if rule.table == s25r::TABLE_NAME { name } else { format!("{at} ({name})") }
        }
    }
}
