//! The networks of a table by their lengths, so that a lookup costs as much as there are different lengths, however many
//! rules there are: published lists have tens of thousands.

use std::collections::HashMap;

use super::network::{Address, Network};
use super::rule::{Op, Rule, Test};

/// Where the first rule of each network is.
#[derive(Debug)]
pub(super) struct NetworkIndex {
    first: HashMap<Network, usize>,
    /// The lengths that occur, each with its family.
    lengths: Vec<(bool, u8)>,
}

/// With fewer rules than this it is quicker to try them one after another.
const WORTH_IT: usize = 16;

impl NetworkIndex {
    /// The index of a table; none for one with few rules, and for one with blocks or negations, where the order of the
    /// rules is more than which comes first.
    pub(super) fn new(rules: &[Rule]) -> Option<Self> {
        if rules.len() < WORTH_IT {
            return None;
        }
        let mut index = Self { first: HashMap::with_capacity(rules.len()), lengths: Vec::new() };
        for (at, rule) in rules.iter().enumerate() {
            let Op::Answer { condition, .. } = &rule.op else { return None };
            let Ok(Test::Network(network)) = &condition.test else { return None };
            if condition.negated {
                return None;
            }
            index.first.entry(*network).or_insert(at);
            let length = (network.is_six(), network.length());
            if !index.lengths.contains(&length) {
                index.lengths.push(length);
            }
        }
        Some(index)
    }

    /// The first rule whose network holds the address.
    pub(super) fn find(&self, address: Address) -> Option<usize> {
        let same_family = self.lengths.iter().filter(|(six, _)| *six == address.is_six());
        let found = same_family.filter_map(|&(_, length)| self.first.get(&Network::around(address, length)));
        found.min().copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::table::Table;
    use postproof_model::{Answer, TableKind};

    fn line(table: &Table, key: &str) -> Option<usize> {
        match table.lookup(key.as_bytes()) {
            Answer::Found(hit) => Some(hit.rule.lines.first),
            Answer::NotFound => None,
            Answer::Unknown { .. } => panic!("networks are always known"),
        }
    }

    #[test]
    fn the_first_rule_answers_whichever_way_it_is_found() {
        let networks =
            ["10.1.0.0/16", "10.0.0.0/8", "10.1.2.3", "2001:db8::/32", "2001:db8::1", "10.1.2.3/32", "0.0.0.0/0"];
        let many = networks.join(" x\n") + " x\n" + &"192.0.2.0/30 y\n".repeat(20);
        // A block that changes nothing keeps the table from being indexed.
        let in_order = many.clone() + "if ::/0\nendif\n";
        let parse = |source: &str| Table::parse(TableKind::Cidr, "t", source.as_bytes()).0;
        let (indexed, in_order) = (parse(&many), parse(&in_order));
        for key in ["10.1.2.3", "10.2.0.0", "11.0.0.1", "2001:db8::1", "2001:db9::", "192.0.2.1", "::", "x", ""] {
            assert_eq!(line(&indexed, key), line(&in_order, key), "{key}");
        }
        assert_eq!((line(&indexed, "10.1.2.3"), line(&indexed, "2001:db9::")), (Some(1), None));
    }
}
