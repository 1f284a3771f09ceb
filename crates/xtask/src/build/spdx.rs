//! Licence expressions as packages state them (SPDX, with Cargo's old `/` for OR).

/// Licences under which others' code may be part of the site: all allow it with their text beside it.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether an expression leaves a choice that is accepted.
pub(crate) fn accepted(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+WITH+");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at) == Some(true) && at == words.len()
}

/// Alternatives; `None` for an expression that isn't one.
fn any(words: &[&str], at: &mut usize) -> Option<bool> {
    let mut accepted = all(words, at)?;
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        let next = all(words, at)?;
        accepted |= next;
    }
    Some(accepted)
}

fn all(words: &[&str], at: &mut usize) -> Option<bool> {
    let mut accepted = one(words, at)?;
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        let next = one(words, at)?;
        accepted &= next;
    }
    Some(accepted)
}

fn one(words: &[&str], at: &mut usize) -> Option<bool> {
    let word = *words.get(*at)?;
    *at += 1;
    if word == "(" {
        let inner = any(words, at)?;
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return closed.then_some(inner);
    }
    if matches!(word, ")" | "AND" | "OR") {
        return None;
    }
    Some(ACCEPTED.contains(&word.replace("+WITH+", " WITH ").as_str()))
}

#[cfg(test)]
mod tests {
    use super::accepted;

    #[test]
    fn one_accepted_choice_is_enough() {
        for expression in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        ] {
            assert!(accepted(expression), "{expression}");
        }
    }

    #[test]
    fn what_is_not_accepted_or_not_understood_is_refused() {
        for expression in
            ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT)", "MIT OR", "MIT Apache-2.0", "SEE LICENSE IN X"]
        {
            assert!(!accepted(expression), "{expression}");
        }
    }
}
