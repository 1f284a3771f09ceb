//! What was seen, as a text that is kept in the test file. It is the same in all languages, and changes only when what
//! Postfix does changes.

use std::fmt::Write as _;

use postproof_model::report::UnknownSeen;

use crate::expect::rule_name;
use crate::limits;
use crate::observe::Observation;

/// The snapshot of a case.
pub(crate) fn of(observations: &[Observation]) -> String {
    let mut text = String::new();
    for observation in observations {
        if text.len() > limits::SNAPSHOT {
            text.push_str("…\n");
            break;
        }
        // A String takes all that is written to it.
        let _ = write(&mut text, observation);
    }
    text
}

fn write(text: &mut String, observation: &Observation) -> std::fmt::Result {
    let seen = &observation.seen;
    writeln!(text, "{}: {}", observation.label, seen.verdict.name())?;
    if let Some(reply) = seen.reply.as_ref().filter(|_| observation.transcript.is_empty()) {
        writeln!(text, "  reply: {}", shown(&reply.lossy()))?;
    }
    for fired in &seen.fired {
        let place = if fired.line > 0 { format!(" on line {}", fired.line) } else { String::new() };
        writeln!(text, "  {}{place}: {}", rule_name(&fired.rule), shown(&fired.result.lossy()))?;
    }
    for unknown in &seen.unknown {
        match unknown {
            UnknownSeen::Lookup { rule, .. } => writeln!(text, "  unknown: {}", rule_name(rule))?,
            UnknownSeen::Session { line, .. } => writeln!(text, "  unknown: line {line}")?,
        }
    }
    for line in &observation.transcript {
        writeln!(text, "  {}", shown(line))?;
    }
    if observation.changed {
        for (name, message) in [("after", &observation.message_after), ("sent", &observation.message_sent)] {
            // What is sent is told only where it is another message.
            let Some(message) =
                message.as_ref().filter(|_| name == "after" || observation.message_sent != observation.message_after)
            else {
                continue;
            };
            writeln!(text, "  {name}:")?;
            let message = message.lossy();
            for line in message.lines().take(1000) {
                writeln!(text, "{}", format!("    {}", shown(line)).trim_end())?;
            }
        }
    }
    Ok(())
}

/// A text on one line. TOML's literal strings take no control characters, and end at three single quotes.
fn shown(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() && c != '\t' { '·' } else { c }).collect();
    text.replace("'''", "''·")
}
