//! A lookup told rule by rule, for people: `query --trace`.

use postproof_model::{Answer, Trace};
use postproof_rules::table::Table;
use postproof_words::{Lang, trace as words, verdicts};

use crate::host::rule_name;
use crate::marked::printable;

/// The trace in lines.
pub(crate) fn lines(trace: &Trace, table: &Table, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    write(trace, table, lang, "", &mut lines);
    lines
}

fn write(trace: &Trace, table: &Table, lang: Lang, indent: &str, lines: &mut Vec<String>) {
    let key = printable(&trace.key);
    let heading = words::ASKED.fill(lang, &[("table", &printable(trace.table.as_bytes())), ("key", &key)]);
    lines.push(format!("{indent}{heading}"));
    for step in &trace.steps {
        let mut said = words::outcome(&step.outcome, &trace.key, table.source(), lang).into_iter();
        let first = said.next().unwrap_or_default();
        let pattern = printable(&step.rule.text);
        lines.push(printable(format!("{indent}  {}: {pattern}: {first}", rule_name(&step.rule, lang)).as_bytes()));
        lines.extend(said.map(|more| printable(format!("{indent}      {more}").as_bytes())));
    }
    if trace.steps_left_out > 0 {
        let count = trace.steps_left_out.to_string();
        lines.push(format!("{indent}  {}", words::LEFT_OUT.fill(lang, &[("count", &count)])));
    }
    for (inner, table) in trace.tables.iter().zip(table.tables()) {
        write(inner, table, lang, &format!("{indent}  "), lines);
    }
    let end = match &trace.answer {
        Answer::NotFound => words::NOTHING_FOUND.say(lang).to_owned(),
        Answer::Found(hit) => words::FINDS.fill(lang, &[("result", &printable(&hit.result))]),
        Answer::Unknown { reason, .. } => verdicts::unknown_reason(reason, lang),
    };
    lines.push(printable(format!("{indent}  {end}").as_bytes()));
}
