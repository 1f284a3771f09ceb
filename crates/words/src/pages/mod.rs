//! A page for each code: what it is about, why it matters, a bad and a good example, and where Postfix's documentation
//! says so.
//!
//! | codes | file |
//! |---|---|
//! | PP1xx, lines of tables | [`lines`] |
//! | PP2xx, patterns | [`patterns`] |
//! | PP3xx, results | [`results`] |
//! | PP4xx, access tables | [`access`] |
//! | PP5xx and PP6xx, keys, and rules beside each other | [`keys`] |
//! | PP7xx and PP9xx, main.cf, names of tables, what cannot be told | [`main_cf`] |
//! | PP8xx, restrictions | [`restrictions`] |

pub mod access;
pub mod keys;
pub mod lines;
pub mod main_cf;
pub mod patterns;
pub mod restrictions;
pub mod results;

use postproof_model::Code;

use crate::{Lang, Phrase};

crate::phrases! {
    BAD: "Bad" / "悪い例";
    GOOD: "Good" / "良い例";
    SEE: "Postfix's documentation" / "Postfix の文書";
    LEAVE_OUT: "To leave it out for one rule, write before it:" / "一つのルールだけ除くには、その前にこう書きます。";
    LIST: "Codes of postproof lint" / "postproof lint のコード";
    LIST_ABOUT: "Each finding has a code that never changes. “postproof lint --explain CODE” shows its page." / "結果にはそれぞれ、変わることのないコードがあります。postproof lint --explain コード で説明を表示します。";
}

/// Files that show a slip, or do without it: a table's as `TYPE:NAME`, or a `main.cf` and what it names.
pub type Example = &'static [(&'static str, &'static str)];

/// The page of a code.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The code.
    pub code: Code,
    /// What it is about, in few words.
    pub title: Phrase,
    /// What Postfix does there, and why that is a slip.
    pub why: Phrase,
    /// Files with the slip.
    pub bad: Example,
    /// The same files without it.
    pub good: Example,
    /// Postfix's documents about it, by name; those of the C library and of PCRE2, too.
    pub see: &'static [&'static str],
}

macro_rules! pages {
    ($($code:ident {
        $title:literal / $title_ja:literal
        $why:literal / $why_ja:literal
        bad $bad:expr;
        good $good:expr;
        see $see:expr;
    })*) => {
        /// The pages.
        pub const PAGES: &[crate::pages::Page] = &[$(crate::pages::Page {
            code: postproof_model::Code::$code,
            title: crate::Phrase { en: $title, ja: $title_ja },
            why: crate::Phrase { en: $why, ja: $why_ja },
            bad: &$bad,
            good: &$good,
            see: &$see,
        }),*];

        /// The phrases, with names to tell them apart.
        pub const ALL: &[(&str, crate::Phrase)] = &[$(
            (concat!(stringify!($code), " title"), crate::Phrase { en: $title, ja: $title_ja }),
            (concat!(stringify!($code), " why"), crate::Phrase { en: $why, ja: $why_ja }),
        )*];
    };
}
use pages;

/// All pages, family by family.
const FAMILIES: [&[Page]; 7] =
    [lines::PAGES, patterns::PAGES, results::PAGES, access::PAGES, keys::PAGES, main_cf::PAGES, restrictions::PAGES];

/// The page of a code.
///
/// # Panics
///
/// Never: a test sees to it that every code has a page.
#[must_use]
pub fn page(code: Code) -> &'static Page {
    let mut pages = FAMILIES.iter().copied().flatten();
    #[allow(clippy::expect_used, reason = "a test sees to it that every code has one")]
    pages.find(|page| page.code == code).expect("a page for every code")
}

/// All pages as one document, a list of the codes first.
#[must_use]
pub fn document(lang: Lang) -> String {
    let mut text = format!("# {}\n\n{}\n\n", LIST.say(lang), LIST_ABOUT.say(lang));
    for code in Code::ALL {
        let anchor = code.code().to_ascii_lowercase();
        text.push_str(&format!("- [{} {}](#{anchor}): {}\n", code.code(), code.name(), page(*code).title.say(lang)));
    }
    for code in Code::ALL {
        let anchor = code.code().to_ascii_lowercase();
        let page = page(*code).body(lang, "###");
        text.push_str(&format!("\n<a id=\"{anchor}\"></a>\n\n## {page}"));
    }
    text
}

impl Page {
    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self, lang: Lang) -> String {
        let example = format!("\n{}\n\n```\n# postproof: ignore {}\n```\n", LEAVE_OUT.say(lang), self.code.code());
        format!("# {}{example}", self.body(lang, "##"))
    }

    /// What stands after the heading's mark; `mark` is that of the headings inside.
    fn body(&self, lang: Lang, mark: &str) -> String {
        let (code, name) = (self.code.code(), self.code.name());
        let mut text = format!("{code} {name}: {}\n\n{}\n", self.title.say(lang), self.why.say(lang));
        for (heading, files) in [(BAD, self.bad), (GOOD, self.good)] {
            if !files.is_empty() {
                text.push_str(&format!("\n{mark} {}\n", heading.say(lang)));
            }
            for (file, content) in files {
                let content = content.trim_end_matches('\n').replace(['\0', '\r'], "\u{fffd}");
                text.push_str(&format!("\n`{file}`\n\n```\n{content}\n```\n"));
            }
        }
        if !self.see.is_empty() {
            text.push_str(&format!("\n{mark} {}\n\n{}\n", SEE.say(lang), self.see.join(", ")));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page() {
        let codes: Vec<Code> = FAMILIES.iter().copied().flatten().map(|page| page.code).collect();
        for code in Code::ALL {
            assert_eq!(codes.iter().filter(|other| *other == code).count(), 1, "{code:?}");
        }
        assert_eq!(codes.len(), Code::ALL.len());
    }
}
