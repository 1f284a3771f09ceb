//! The words that patterns need, all looked for at once.
//!
//! For each pattern that needs words, one set of them is chosen: words that are long, and that few other rules need. The
//! words of all rules then make one automaton (Aho and Corasick's), which reads each byte of a key once.

use std::collections::HashMap;

use aho_corasick::automaton::Automaton as _;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::{Candidate, Scratch};
use crate::pattern::Required;

/// The shortest word that is worth looking for: shorter ones are in nearly every key.
const SHORTEST: usize = 3;
/// How many bytes all words of a table may have. What goes beyond is told by automata.
const ALL_WORDS: usize = 4 << 20;

/// What a rule needs.
#[derive(Clone, Copy)]
pub(super) struct Needs<'r> {
    pub(super) rule: u32,
    pub(super) required: &'r Required,
}

/// The words of many rules.
#[derive(Debug)]
pub(super) struct WordIndex {
    automaton: NFA,
    /// For each word, where its rules end in the list of rules: they begin where those of the word before it end.
    ends: Box<[u32]>,
    rules: Box<[u32]>,
}

impl WordIndex {
    /// An index of the words that these rules need, and the rules that it does not tell of.
    pub(super) fn new(all_needs: Vec<Needs<'_>>) -> (Option<Self>, Vec<Needs<'_>>) {
        let mut sharers: HashMap<&[u8], u32> = HashMap::new();
        for word in all_needs.iter().flat_map(|needs| &needs.required.sets).flatten() {
            *sharers.entry(word).or_default() += 1;
        }
        let all = all_needs.len() as f64;
        // How often a word will be found, more or less: a long one seldom, but one that many rules of the table need is
        // one that is common in its keys.
        let often = |word: &Vec<u8>| {
            let shared = sharers.get(word.as_slice()).copied().unwrap_or(1).saturating_sub(1);
            0.1_f64.powi(i32::try_from(word.len()).unwrap_or(i32::MAX)) + f64::from(shared) / all
        };
        let mut chosen: HashMap<&[u8], Vec<u32>> = HashMap::new();
        let mut rest = Vec::new();
        let mut bytes = 0;
        for &needs in &all_needs {
            let sets = needs.required.sets.iter().filter(|words| words.iter().all(|word| word.len() >= SHORTEST));
            let costs = sets.map(|words| (words.iter().map(often).sum::<f64>(), words));
            let best = costs.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, words)| words);
            let size = best.map_or(0, |words| words.iter().map(Vec::len).sum());
            match best {
                Some(words) if bytes + size <= ALL_WORDS => {
                    bytes += size;
                    words.iter().for_each(|word| chosen.entry(word).or_default().push(needs.rule));
                }
                _ => rest.push(needs),
            }
        }
        let mut chosen: Vec<(&[u8], Vec<u32>)> = chosen.into_iter().collect();
        chosen.sort_unstable();
        let automaton =
            NFA::builder().match_kind(MatchKind::Standard).prefilter(false).build(chosen.iter().map(|(word, _)| word));
        let Ok(automaton) = automaton else {
            // There are more words than such an automaton can have.
            return (None, all_needs);
        };
        let mut ends = Vec::with_capacity(chosen.len());
        let mut rules = Vec::new();
        for (_, of_word) in chosen {
            rules.extend(of_word);
            ends.push(u32::try_from(rules.len()).unwrap_or(u32::MAX));
        }
        (Some(Self { automaton, ends: ends.into(), rules: rules.into() }), rest)
    }

    /// Finds the rules that have words in a key.
    pub(super) fn pass(&self, key: &[u8], scratch: &mut Scratch) {
        let Ok(mut state) = self.automaton.start_state(Anchored::No) else { return };
        scratch.words.begin(self.ends.len());
        for byte in key {
            // Words are in lower case.
            state = self.automaton.next_state(Anchored::No, state, byte.to_ascii_lowercase());
            if self.automaton.is_special(state) && self.automaton.is_match(state) {
                // Beside the word itself, the words that it ends with.
                for index in 0..self.automaton.match_len(state) {
                    let word = self.automaton.match_pattern(state, index).as_usize();
                    if scratch.words.is_new(u32::try_from(word).unwrap_or(u32::MAX)) {
                        self.found(word, scratch);
                    }
                }
            }
        }
    }

    fn found(&self, word: usize, scratch: &mut Scratch) {
        let end = self.ends.get(word).copied().unwrap_or_default();
        let start = word.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        for &rule in self.rules.get(start as usize..end as usize).unwrap_or_default() {
            if scratch.rules.is_new(rule) {
                scratch.found.push(Candidate { rule, certain: false });
            }
        }
    }
}
