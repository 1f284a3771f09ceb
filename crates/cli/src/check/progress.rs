//! How far a long run has come: on standard error, when that is a terminal and the answers go elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use postproof_words::{Lang, command};

/// A line that is written anew as the work goes on.
pub(super) struct Progress {
    bar: ProgressBar,
    lang: Lang,
    messages: u64,
    bytes: u64,
}

impl Progress {
    pub(super) fn new(lang: Lang) -> Self {
        let shown = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, lang, messages: 0, bytes: 0 }
    }

    /// Another message is done.
    pub(super) fn message(&mut self, bytes: usize) {
        self.messages += 1;
        self.bytes += bytes as u64;
        if !self.bar.is_hidden() {
            let (messages, bytes) = (self.messages.to_string(), HumanBytes(self.bytes).to_string());
            self.bar
                .set_message(command::CHECKED_SO_FAR.fill(self.lang, &[("messages", &messages), ("bytes", &bytes)]));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
