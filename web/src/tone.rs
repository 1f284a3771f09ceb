//! Tones: what an action does, as a colour and, for those who see none, a shape and a word.

use postproof_model::{Disposition, HostOutcome, Severity};
use postproof_protocol::Tone;
use postproof_words::{Phrase, page};

/// The name of the colour in the style sheets.
pub(crate) const fn name(tone: Tone) -> &'static str {
    match tone {
        Tone::Reject => "reject",
        Tone::Warn => "warn",
        Tone::Pass => "pass",
        Tone::Change => "change",
        Tone::Unknown => "unknown",
    }
}

/// A sign that says the same without colour.
pub(crate) const fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Reject => "✕",
        Tone::Warn => "!",
        Tone::Pass => "✓",
        Tone::Change => "±",
        Tone::Unknown => "?",
    }
}

pub(crate) const fn of_disposition(disposition: Disposition) -> Tone {
    match disposition {
        Disposition::Accepted => Tone::Pass,
        Disposition::Rejected | Disposition::Deferred | Disposition::Discarded => Tone::Reject,
        Disposition::Held => Tone::Warn,
        Disposition::Redirected => Tone::Change,
        Disposition::Unknown => Tone::Unknown,
    }
}

pub(crate) const fn of_host(outcome: &HostOutcome) -> Tone {
    match outcome {
        HostOutcome::Permitted | HostOutcome::Undecided => Tone::Pass,
        HostOutcome::Rejected(_) => Tone::Reject,
        HostOutcome::Other(_) => Tone::Change,
        HostOutcome::Unknown => Tone::Unknown,
    }
}

/// A severity's colour and sign, and the word for it.
pub(crate) const fn of_severity(severity: Severity) -> (&'static str, &'static str, Phrase) {
    match severity {
        Severity::Error => ("reject", "✕", page::SEVERITY_ERROR),
        Severity::Warning => ("warn", "!", page::SEVERITY_WARNING),
        Severity::Unknown => ("unknown", "?", page::SEVERITY_UNKNOWN),
        Severity::Hint => ("warn", "~", page::SEVERITY_HINT),
    }
}
