//! Many clients, counted: by what came of them, by the line that decided, by S25R's rules. What is kept grows with the rules
//! and restrictions that decide, not with the clients.

use std::collections::BTreeMap;

use postproof_model::{Counted, HostDecider, HostDecision, HostFate, HostSummary, S25rCounted};

/// What tells one that decides from another, in the order in which they are listed where they decide equally often: the
/// restriction, the table, the rule's line and place in it, what came of the clients.
type Key = (Option<(String, Vec<u8>)>, String, usize, usize, HostFate);

/// Counts so far.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    summary: HostSummary,
    deciders: BTreeMap<Key, (HostDecider, u64)>,
    s25r: [(u64, u64); 7],
}

impl Counts {
    /// Counts one client.
    pub fn add(&mut self, decision: &HostDecision) {
        let fate = decision.told.fate();
        let summary = &mut self.summary;
        summary.hosts += 1;
        *match fate {
            HostFate::Permitted => &mut summary.permitted,
            HostFate::Deferred => &mut summary.deferred,
            HostFate::Rejected => &mut summary.rejected,
            HostFate::Undecided => &mut summary.undecided,
            HostFate::Other => &mut summary.other,
            HostFate::Unknown => &mut summary.unknown,
        } += 1;
        if let Some(decider) = &decision.decider {
            let restriction = decider.restriction.as_ref().map(|(list, text)| (list.clone(), text.to_vec()));
            let rule = decider.rule.as_ref();
            let (table, line, start) =
                rule.map(|rule| (rule.table.clone(), rule.lines.first, rule.span.start)).unwrap_or_default();
            let counted = self.deciders.entry((restriction, table, line, start, fate));
            counted.or_insert_with(|| (HostDecider { key: None, ..decider.clone() }, 0)).1 += 1;
        }
        let decided = decision.decider.as_ref().and_then(|decider| decider.rule.as_ref()?.s25r);
        for (number, counts) in (0u8..).zip(&mut self.s25r) {
            counts.0 += u64::from(decided == Some(number));
            counts.1 += u64::from(decision.fired.iter().any(|fired| fired.number == number));
        }
    }

    /// All of them.
    #[must_use]
    pub fn summary(&self) -> HostSummary {
        let mut deciders: Vec<Counted> = self
            .deciders
            .iter()
            .map(|((.., fate), (decider, hosts))| Counted { decider: decider.clone(), fate: *fate, hosts: *hosts })
            .collect();
        deciders.sort_by_key(|counted| std::cmp::Reverse(counted.hosts));
        let s25r = (0u8..).zip(self.s25r).filter(|(_, (decided, matched))| decided + matched > 0);
        let s25r = s25r.map(|(number, (decided, matched))| S25rCounted { number, decided, matched });
        HostSummary { deciders, s25r: s25r.collect(), ..self.summary.clone() }
    }
}
