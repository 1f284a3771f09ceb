//! What results of the message in front: what is queued beside what came, and where it goes.

use std::time::Duration;

use postproof_engine::evaluate::{Memory, content_checks, envelope};
use postproof_model::{Bytes, Effect, InputKind, MessageVerdict, Project};
use postproof_protocol::answers::{By, Queued, ResultLine, Resulting, WayChange};
use postproof_rules::content::{Bounds, ContentChecks};
use postproof_rules::table::Table;
use similar::{DiffOp, TextDiff};

/// As much of a verdict as a page can show, and a message that a page can compare.
const BOUNDS: Bounds = Bounds { events: 500, event_bytes: 1 << 20, message_bytes: 4 << 20 };
/// How long a comparison may take; after that it is coarser.
const TIME: Duration = Duration::from_millis(400);
/// How many lines are shown around what differs.
const AROUND: usize = 3;
/// The most lines listed.
const LISTED: usize = 1_000;

/// What results; none where the input is no message.
#[must_use]
pub fn result(project: &Project, memory: &mut Memory) -> Option<Resulting> {
    let input = project.inputs.get(project.shown_input)?;
    if input.kind != InputKind::Message || input.content.is_empty() {
        return None;
    }
    let checks = ContentChecks { bounds: BOUNDS, ..content_checks(project, memory) };
    let mut verdict = checks.evaluate(&input.content, &envelope());
    let after = verdict.message_after.take();
    // As it would be queued without rules: what differs from what came is Postfix's own doing.
    let plain = ContentChecks::<Table> {
        limits: checks.limits,
        drop_headers: checks.drop_headers.clone(),
        version: checks.version,
        bounds: BOUNDS,
        ..ContentChecks::default()
    };
    let plain = after.is_some().then(|| plain.evaluate(&input.content, &envelope()).message_after).flatten();
    let queued = plain.zip(after).map(|(plain, after)| compare(&input.content, &plain, &after));
    let decided_by = verdict.decided_by.and_then(|index| verdict.events.get(index));
    Some(Resulting {
        disposition: verdict.disposition,
        decided_by: decided_by.map(|event| event.hit.rule.clone()),
        way: way(&verdict),
        reply: verdict.reply,
        queued,
    })
}

/// What the rules made of the message's way.
fn way(verdict: &MessageVerdict) -> Vec<WayChange> {
    let changes = verdict.events.iter().filter(|event| {
        matches!(event.effect, Effect::Redirects(_) | Effect::AddsRecipient(_) | Effect::Filters(_) | Effect::Holds)
    });
    let mut way: Vec<WayChange> = changes
        .map(|event| WayChange { rule: event.hit.rule.clone(), effect: event.effect.clone(), stands: true })
        .collect();
    // Of several filters and of several addresses the last one counts.
    let (mut filter, mut redirect) = (verdict.filter.as_ref(), verdict.redirect.as_ref());
    for change in way.iter_mut().rev() {
        change.stands = match &change.effect {
            Effect::Filters(text) => filter.take_if(|last| *last == text).is_some(),
            Effect::Redirects(text) => redirect.take_if(|last| *last == text).is_some(),
            _ => true,
        };
    }
    way
}

/// The lines of a text. A carriage return before a line's end is part of that end, as in SMTP.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect()
}

fn diff(before: &[&[u8]], after: &[&[u8]]) -> Vec<DiffOp> {
    TextDiff::configure().timeout(TIME).diff_slices(before, after).ops().to_vec()
}

/// What came, what Postfix makes of it without rules, and what is queued, in one list.
fn compare(came: &Bytes, plain: &Bytes, after: &Bytes) -> Queued {
    let (came, plain, after) = (lines(came), lines(plain), lines(after));
    // For each line of `plain`, whether Postfix added it; what it took away before it.
    let mut added = vec![false; plain.len()];
    let mut taken: Vec<Vec<&[u8]>> = vec![Vec::new(); plain.len() + 1];
    for op in diff(&came, &plain) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        if let Some(lines) = taken.get_mut(op.new_range().start) {
            lines.extend(came.get(op.old_range()).unwrap_or_default());
        }
        added.get_mut(op.new_range()).unwrap_or_default().fill(true);
    }
    let by = |index: usize| if added.get(index).copied().unwrap_or(false) { By::Postfix } else { By::Rule };
    let mut all: Vec<ResultLine> = Vec::new();
    let mut changed = false;
    let take = |all: &mut Vec<ResultLine>, index: usize| {
        let taken = taken.get(index).into_iter().flatten();
        all.extend(taken.map(|line| ResultLine::Removed((*line).into(), By::Postfix)));
    };
    for op in diff(&plain, &after) {
        let equal = matches!(op, DiffOp::Equal { .. });
        changed |= !equal;
        for index in op.old_range() {
            take(&mut all, index);
            let Some(line) = plain.get(index) else { continue };
            match (equal, by(index)) {
                (true, By::Postfix) => all.push(ResultLine::Added((*line).into(), By::Postfix)),
                (true, By::Rule) => all.push(ResultLine::Kept((*line).into())),
                // What Postfix added and a rule took away again never was in what came.
                (false, By::Postfix) => {}
                (false, By::Rule) => all.push(ResultLine::Removed((*line).into(), By::Rule)),
            }
        }
        if !equal {
            let new = after.get(op.new_range()).unwrap_or_default();
            all.extend(new.iter().map(|line| ResultLine::Added((*line).into(), By::Rule)));
        }
    }
    take(&mut all, plain.len());
    let (lines, cut) = near(all);
    Queued { lines, changed, cut }
}

/// The lines near to a change; the others are counted.
fn near(all: Vec<ResultLine>) -> (Vec<ResultLine>, bool) {
    let kept = |line: &ResultLine| matches!(line, ResultLine::Kept(_));
    let mut shown = vec![false; all.len()];
    for (index, _) in all.iter().enumerate().filter(|(_, line)| !kept(line)) {
        let (from, to) = (index.saturating_sub(AROUND), (index + AROUND + 1).min(all.len()));
        shown.get_mut(from..to).unwrap_or_default().fill(true);
    }
    let mut lines = Vec::new();
    for (line, shown) in all.into_iter().zip(shown) {
        if lines.len() >= LISTED {
            return (lines, true);
        }
        match (shown, lines.last_mut()) {
            (true, _) => lines.push(line),
            (false, Some(ResultLine::Gap(count))) => *count += 1,
            (false, _) => lines.push(ResultLine::Gap(1)),
        }
    }
    (lines, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::of_message;
    use postproof_model::{Disposition, Role};

    fn told(rules: &str, message: &str) -> (Resulting, Vec<String>) {
        let resulting = result(&of_message(&[("h", Role::HeaderChecks, rules)], message), &mut Memory::default());
        let resulting = resulting.expect("a message");
        let lines = resulting.queued.iter().flat_map(|queued| &queued.lines).map(|line| match line {
            ResultLine::Kept(text) => format!("  {}", text.lossy()),
            ResultLine::Added(text, By::Rule) => format!("+ {}", text.lossy()),
            ResultLine::Added(_, By::Postfix) => "+ Postfix".to_owned(),
            ResultLine::Removed(text, By::Rule) => format!("- {}", text.lossy()),
            ResultLine::Removed(text, By::Postfix) => format!("- {} (Postfix)", text.lossy()),
            ResultLine::Gap(count) => format!("… {count}"),
        });
        let lines = lines.collect();
        (resulting, lines)
    }

    const RECEIVED: [&str; 3] = ["+ Postfix", "+ Postfix", "+ Postfix"];

    #[test]
    fn lines_are_told_apart_by_who_changed_them() {
        let rules = "/^Subject: a/ PREPEND X-New: 1\n/^X-Old:/ IGNORE\n/^From:/ REPLACE From: b\n";
        let (resulting, lines) =
            told(rules, "From: a\r\nSubject: a\r\nBcc: c\r\nX-Old: 2\r\n\r\n1\r\n2\r\n3\r\n4\r\n5\r\n");
        let own = [
            "- From: a",
            "+ From: b",
            "+ X-New: 1",
            "  Subject: a",
            "- Bcc: c (Postfix)",
            "- X-Old: 2",
            "  ",
            "  1",
            "  2",
            "… 3",
        ];
        let expected: Vec<&str> = RECEIVED.iter().chain(&own).copied().collect();
        assert_eq!(lines, expected);
        assert!(resulting.queued.unwrap().changed);
    }

    #[test]
    fn without_rules_only_what_postfix_does_is_told() {
        let (resulting, lines) = told("", "From: a\n\n");
        assert_eq!(lines.last().map(String::as_str), Some("  "));
        assert!(!resulting.queued.unwrap().changed);
    }

    #[test]
    fn a_rule_may_take_away_what_postfix_added() {
        let (resulting, lines) = told("/^Received:/ IGNORE\n", "From: a\n\n");
        assert_eq!(lines, ["… 2"]);
        assert!(resulting.queued.unwrap().changed);
    }

    #[test]
    fn what_is_refused_is_not_queued() {
        let (resulting, lines) = told("/^From:/ REJECT no\n", "From: a\n\n");
        assert_eq!((resulting.disposition, lines.len()), (Disposition::Rejected, 0));
        assert_eq!(resulting.decided_by.unwrap().lines.first, 1);
    }

    #[test]
    fn of_two_filters_the_last_stands() {
        let (resulting, _) =
            told("/^From:/ FILTER a:b\n/^To:/ FILTER c:d\n/^Cc:/ BCC x@example.net\n", "From: a\nTo: b\nCc: c\n\n");
        let stands: Vec<bool> = resulting.way.iter().map(|change| change.stands).collect();
        assert_eq!(stands, [false, true, true]);
    }
}
