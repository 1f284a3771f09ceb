//! Every word a user sees, in English and Japanese, from one place.
//!
//! Other crates answer in types; here the types get their words. Whatever shows text to a person — the page, the
//! command — asks this crate in the person's language. A phrase is written in both languages or does not compile, and
//! tests hold the two against each other: the same placeholders, nothing empty.
//!
//! | words for | file |
//! |---|---|
//! | closer answers beside the verdict | [`answers`] |
//! | the page's tests | [`cases`] |
//! | the command: help, errors, labels | [`command`] |
//! | what people see of a message | [`decoded`] |
//! | the editor's own words | [`editor`] |
//! | rules for a phrase in its encodings | [`encode`] |
//! | the list of examples, and the lesson beside one | [`examples`] |
//! | patterns, part by part | [`explain`] |
//! | findings about rules that Postfix takes as they are | [`findings`] |
//! | a project as a folder | [`folder`] |
//! | clients: what let them in, what would, many counted | [`host`] |
//! | keys | [`keys`] |
//! | the project that a first visit shows | [`lesson`] |
//! | lint: its options, a run in a line | [`lint`] |
//! | mail logs | [`maillog`] |
//! | main.cf | [`main_cf`] |
//! | networks, keys and values, names of tables | [`maps`] |
//! | the page | [`page`] |
//! | a page for each code of lint | [`pages`] |
//! | the borders between panes | [`panes`] |
//! | what PCRE2 refuses | [`pcre`] |
//! | problems of tables, their consequences, how to mend them | [`problems`] |
//! | a text whose kind was recognised | [`recognised`] |
//! | S25R's rules | [`s25r`] |
//! | links, files, what is kept on the device | [`sharing`] |
//! | SMTP sessions | [`smtp`] |
//! | test files | [`suite`] |
//! | a lookup told rule by rule | [`trace`] |
//! | verdicts: what happens, why, what each action does | [`verdicts`] |
//! | the workspace: inputs, steps taken back | [`workspace`] |
//!
//! ```
//! use postproof_words::{Lang, phrases};
//!
//! phrases! {
//!     GREETING: "Hello, {name}" / "{name}さん、こんにちは";
//! }
//! assert_eq!(GREETING.fill(Lang::Ja, &[("name", "山田")]), "山田さん、こんにちは");
//! assert_eq!(GREETING.fill(Lang::En, &[("name", "Yamada")]), "Hello, Yamada");
//! ```

pub mod answers;
pub mod cases;
pub mod command;
pub mod decoded;
pub mod editor;
pub mod encode;
pub mod examples;
pub mod explain;
pub mod findings;
pub mod folder;
pub mod host;
pub mod keys;
pub mod lesson;
pub mod lint;
pub mod maillog;
pub mod main_cf;
pub mod maps;
pub mod page;
pub mod pages;
pub mod panes;
pub mod pcre;
pub mod problems;
pub mod recognised;
pub mod restrictions;
pub mod s25r;
pub mod sharing;
pub mod smtp;
pub mod suite;
pub mod trace;
pub mod verdicts;
pub mod workspace;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

impl Lang {
    /// The language that a tag or a locale name asks for: `ja`, `ja-JP`, `ja_JP.UTF-8` are Japanese, all others English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("ja") { Self::Ja } else { Self::En }
    }

    /// The language's tag, as `lang=` in HTML has it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }
}

/// A phrase in both languages. `{name}` is a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The phrase in English.
    pub en: &'static str,
    /// The phrase in Japanese.
    pub ja: &'static str,
}

impl Phrase {
    /// The phrase in a language, placeholders as they are.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        }
    }

    /// The phrase in pieces, for where a value is more than text: a link in the middle of a sentence.
    #[must_use]
    pub fn parts(self, lang: Lang) -> Vec<Part> {
        let mut parts = Vec::new();
        let text = self.say(lang);
        let (mut from, mut at) = (0, 0);
        while let Some(open) = text.get(at..).and_then(|rest| rest.find('{')).map(|found| at + found) {
            at = open + 1;
            let Some((name, tail)) = text.get(at..).and_then(placeholder) else { continue };
            parts.extend(text.get(from..open).filter(|words| !words.is_empty()).map(Part::Words));
            parts.push(Part::Value(name));
            at = text.len() - tail.len();
            from = at;
        }
        parts.extend(text.get(from..).filter(|words| !words.is_empty()).map(Part::Words));
        parts
    }

    /// The phrase with its placeholders filled. A value is put in as it is: braces in it are not looked at again.
    #[must_use]
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        for part in self.parts(lang) {
            match part {
                Part::Words(words) => filled.push_str(words),
                Part::Value(name) => match values.iter().find(|(key, _)| *key == name) {
                    Some((_, value)) => filled.push_str(value),
                    None => filled.extend(["{", name, "}"]),
                },
            }
        }
        filled
    }

    /// The names of the placeholders in one language's text, sorted.
    #[must_use]
    pub fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| placeholder(part).map(|(name, _)| name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A piece of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words as they are.
    Words(&'static str),
    /// The place of the value with this name.
    Value(&'static str),
}

/// The placeholder's name and what follows it, where `after`, the text behind a brace, starts with one.
fn placeholder(after: &str) -> Option<(&str, &str)> {
    let (name, tail) = after.split_once('}')?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')).then_some((name, tail))
}

/// Writes phrases down: `NAME: "English" / "日本語";`. Each becomes a public constant, and `ALL` lists them for the tests.
#[macro_export]
macro_rules! phrases {
    ($($(#[$meta:meta])* $name:ident: $en:literal / $ja:literal;)+) => {
        $($(#[$meta])* #[allow(missing_docs, reason = "the phrase says what it says")]
        pub const $name: $crate::Phrase = $crate::Phrase { en: $en, ja: $ja };)+
        /// All phrases of this file, by name.
        pub const ALL: &[(&str, $crate::Phrase)] = &[$((stringify!($name), $name)),+];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file of phrases. A new file must be listed here; `no_file_is_forgotten` sees to that.
    const FILES: &[(&str, &[(&str, Phrase)])] = &[
        ("answers", answers::ALL),
        ("cases", cases::ALL),
        ("command", command::ALL),
        ("decoded", decoded::ALL),
        ("editor", editor::ALL),
        ("encode", encode::ALL),
        ("examples", examples::ALL),
        ("explain", explain::ALL),
        ("findings", findings::ALL),
        ("folder", folder::ALL),
        ("host", host::ALL),
        ("keys", keys::ALL),
        ("lesson", lesson::ALL),
        ("lint", lint::ALL),
        ("maillog", maillog::ALL),
        ("main_cf", main_cf::ALL),
        ("maps", maps::ALL),
        ("page", page::ALL),
        ("pages", pages::ALL),
        ("pages/access", pages::access::ALL),
        ("pages/keys", pages::keys::ALL),
        ("pages/lines", pages::lines::ALL),
        ("pages/main_cf", pages::main_cf::ALL),
        ("pages/patterns", pages::patterns::ALL),
        ("pages/restrictions", pages::restrictions::ALL),
        ("pages/results", pages::results::ALL),
        ("panes", panes::ALL),
        ("pcre", pcre::ALL),
        ("problems", problems::ALL),
        ("recognised", recognised::ALL),
        ("restrictions", restrictions::ALL),
        ("s25r", s25r::ALL),
        ("sharing", sharing::ALL),
        ("smtp", smtp::ALL),
        ("suite", suite::ALL),
        ("trace", trace::ALL),
        ("verdicts", verdicts::ALL),
        ("workspace", workspace::ALL),
    ];

    #[test]
    fn both_languages_say_something_with_the_same_placeholders() {
        for (file, phrases) in FILES {
            for (name, phrase) in *phrases {
                assert!(!phrase.en.trim().is_empty() && !phrase.ja.trim().is_empty(), "{file}::{name} is empty");
                assert_eq!(
                    Phrase::placeholders(phrase.en),
                    Phrase::placeholders(phrase.ja),
                    "{file}::{name} has other placeholders in Japanese"
                );
                // A phrase may be the same in both languages only where it holds no word to translate.
                let words = phrase
                    .parts(Lang::En)
                    .into_iter()
                    .filter_map(|part| if let Part::Words(words) = part { Some(words) } else { None })
                    .flat_map(|words| words.split(|c: char| !c.is_ascii_alphabetic()))
                    .filter(|word| word.len() > 3)
                    .count();
                assert!(
                    words == 0 || !phrase.ja.is_ascii() || phrase.en == "Postproof",
                    "{file}::{name} is not translated"
                );
            }
        }
    }

    #[test]
    fn no_file_is_forgotten() {
        let declared: Vec<&str> = include_str!("lib.rs")
            .lines()
            .filter_map(|line| line.strip_prefix("pub mod ").and_then(|line| line.strip_suffix(';')))
            .collect();
        // The pages of a folder are counted there: every code must have one.
        let listed: Vec<&str> = FILES.iter().map(|(file, _)| *file).filter(|file| !file.contains('/')).collect();
        assert_eq!(declared, listed);
    }

    #[test]
    fn a_phrase_comes_apart_at_its_placeholders() {
        const PHRASE: Phrase = Phrase { en: "by {rule}, on {place}", ja: "{place} が /x{2,3}/ {と {rule}" };
        use Part::{Value, Words};
        assert_eq!(PHRASE.parts(Lang::En), [Words("by "), Value("rule"), Words(", on "), Value("place")]);
        assert_eq!(PHRASE.parts(Lang::Ja), [Value("place"), Words(" が /x{2,3}/ {と "), Value("rule")]);
    }

    #[test]
    fn a_value_with_braces_stays_as_it_is() {
        const PHRASE: Phrase = Phrase { en: "{a} and {b}", ja: "{a}と{b}" };
        assert_eq!(PHRASE.fill(Lang::En, &[("a", "{b}"), ("b", "x")]), "{b} and x");
    }

    #[test]
    fn tags_and_locales_name_a_language() {
        for (tag, lang) in [
            ("ja", Lang::Ja),
            ("ja_JP.UTF-8", Lang::Ja),
            ("JA-jp", Lang::Ja),
            ("en", Lang::En),
            ("C", Lang::En),
            ("jam", Lang::En),
        ] {
            assert_eq!(Lang::from_tag(tag), lang, "{tag}");
        }
    }
}
