//! The line of a white list that let a client in: what would come of the client if it were not there.

use postproof_model::{HostDecider, HostTold, Saved};

use super::judge::{Judge, Verdict};
use super::served;

/// How many lines are left out, one after the other, to find what they save a client from.
const MOST_LINES: usize = 10;

/// What let a client in. None for a client that is not let in by anything, and where it cannot be told what would come of it
/// otherwise.
///
/// Where a second line lets the client in as well, that is left out, too, and so on: what a white list saves from is what is
/// behind all of it. With a main.cf, a permit that makes no difference to the reply saves from nothing.
#[must_use]
pub fn saved(judge: &Judge<'_>, verdict: &Verdict) -> Option<Saved> {
    let mut by: Vec<HostDecider> = Vec::new();
    let mut judge = judge.clone();
    let mut verdict = verdict.clone();
    loop {
        let decision = verdict.decision();
        let next = match decision.told {
            HostTold::Permitted if by.len() < MOST_LINES => without_one(&judge, &verdict, &by),
            _ => None,
        };
        let Some((decider, less, asked_again)) = next else {
            let saves = match (&verdict, &decision.told) {
                // A server lets in whom nothing refuses.
                (Verdict::Server(_), HostTold::Permitted) => false,
                _ => !by.is_empty(),
            };
            return saves.then_some(Saved { by, otherwise: decision });
        };
        by.push(decider);
        judge = less;
        verdict = asked_again;
    }
}

/// The first of what permits that can be left out.
fn without_one<'w>(
    judge: &Judge<'w>,
    verdict: &Verdict,
    by: &[HostDecider],
) -> Option<(HostDecider, Judge<'w>, Verdict)> {
    let deciders: Vec<HostDecider> = match verdict {
        Verdict::Tables(_) => verdict.decision().decider.into_iter().collect(),
        Verdict::Server(verdict) => {
            let permits = served::permits(&verdict.tried).take(MOST_LINES);
            permits.filter_map(|index| served::decider(&verdict.tried, index)).collect()
        }
    };
    deciders.into_iter().filter(|decider| !by.contains(decider)).find_map(|decider| {
        let less = judge.without(&decider)?;
        let asked_again = less.evaluate(verdict.input(), 1);
        Some((decider, less, asked_again))
    })
}
