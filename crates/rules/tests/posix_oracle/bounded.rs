//! Patterns that the C library gets through in reasonable time.
//!
//! glibc computes what follows each step without taking bytes anew for every way that leads into a loop which can pass
//! without taking bytes, so `((a*){3,5}){3,5}` and the like take it hours to compile.

use postproof_rules::pattern::ast::{Assertion, Kind, Node};

/// Whether the oracle can be asked.
pub fn bounded(root: &Node) -> bool {
    let size = size(root);
    let forks = match (size.looping, size.references) {
        (0, 0) => usize::MAX,
        (_, 0) => 14,
        (0, _) => 8,
        // glibc takes such patterns round for ever, until its stack ends.
        (_, _) => return false,
    };
    size.steps <= 400 && size.forks <= forks
}

#[derive(Clone, Copy, Default)]
struct Size {
    /// Steps after repetitions are written out.
    steps: usize,
    /// Forks, after repetitions are written out.
    forks: usize,
    /// Forks inside loops that can pass without taking bytes.
    looping: usize,
    /// Back-references.
    references: usize,
    /// Whether it can match nothing.
    empty: bool,
}

fn size(node: &Node) -> Size {
    match &node.kind {
        Kind::Empty => Size { empty: true, ..Size::default() },
        Kind::Assertion(Assertion::WordBoundary | Assertion::NotWordBoundary) => {
            Size { steps: 3, forks: 3, empty: true, ..Size::default() }
        }
        Kind::Assertion(_) => Size { steps: 1, empty: true, ..Size::default() },
        Kind::Backreference(_) => Size { steps: 1, references: 1, empty: true, ..Size::default() },
        Kind::Group(group) => {
            let size = size(&group.node);
            Size { steps: size.steps + 2, ..size }
        }
        Kind::Repeat(repeat) => {
            let one = size(&repeat.node);
            let copies = repeat.max.map_or(repeat.min as usize + 1, |max| max as usize);
            let new = repeat.max.map_or(1, |max| (max - repeat.min) as usize);
            let forks = one.forks * copies + new;
            let looping = if repeat.max.is_none() && one.empty { one.forks + new } else { 0 }.max(one.looping * copies);
            Size {
                steps: one.steps * copies + new,
                forks,
                looping,
                references: one.references * copies,
                empty: one.empty || repeat.min == 0,
            }
        }
        Kind::Alternation(nodes) => nodes.iter().map(size).fold(Size::default(), |sum, one| Size {
            steps: sum.steps + one.steps + 1,
            forks: sum.forks + one.forks + 1,
            looping: sum.looping + one.looping,
            references: sum.references + one.references,
            empty: sum.empty || one.empty,
        }),
        Kind::Concat(nodes) => nodes.iter().map(size).fold(Size { empty: true, ..Size::default() }, |sum, one| Size {
            steps: sum.steps + one.steps,
            forks: sum.forks + one.forks,
            looping: sum.looping + one.looping,
            references: sum.references + one.references,
            empty: sum.empty && one.empty,
        }),
        _ => Size { steps: 1, ..Size::default() },
    }
}
