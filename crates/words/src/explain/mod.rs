//! Words for patterns: what each part is, the labels of its diagram, what is easily overlooked.
//!
//! | idea | file |
//! |---|---|
//! | a pattern as lines, one a part | here |
//! | sets of characters | [`characters`] |
//! | how often | [`counts`] |
//! | what stands in the boxes of a diagram | [`label`] |
//! | the pattern's own characters, harmless and readable | [`shown`] |
//! | the phrases | [`phrases`] |

mod characters;
mod counts;
pub mod label;
pub mod phrases;
pub mod shown;

use postproof_model::Span;
use postproof_model::explain::{Case, Direction, Explanation, Group, Note, Part, Test, Text, What};

pub use phrases::ALL;

use crate::{Lang, Phrase};
use phrases as p;

/// How many characters of a pattern's own a sentence quotes at most.
const QUOTE: usize = 60;

/// A part in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The bytes of the pattern that it is about.
    pub span: Span,
    /// How deep it stands: 0 for the parts of the whole.
    pub depth: usize,
    /// The words. They end in a colon where deeper lines follow.
    pub words: String,
}

/// A pattern in words, part by part. Where one sentence says a part and all in it, that is one line.
#[must_use]
pub fn lines(explanation: &Explanation, lang: Lang) -> Vec<Line> {
    let speaker = Speaker::new(explanation, lang);
    let mut lines = Vec::new();
    if explanation.root.what == What::Sequence {
        for part in &explanation.root.parts {
            speaker.lines(part, None, 0, &mut lines);
        }
    } else {
        speaker.lines(&explanation.root, None, 0, &mut lines);
    }
    lines
}

/// The same as one text, for reading aloud: at most so many characters.
#[must_use]
pub fn description(explanation: &Explanation, lang: Lang, limit: usize) -> String {
    let mut text = String::new();
    let separator = if lang == Lang::En { "; " } else { "。" };
    for line in lines(explanation, lang) {
        if !text.is_empty() {
            text.push_str(if text.ends_with(':') { " " } else { separator });
        }
        text.push_str(&line.words);
        if text.chars().count() > limit {
            return shown::shortened(&text, limit);
        }
    }
    text
}

/// What is true of the pattern as a whole and what is easily overlooked, sentence by sentence.
#[must_use]
pub fn notes(explanation: &Explanation, lang: Lang) -> Vec<String> {
    let case = match explanation.case {
        Case::Neither => None,
        Case::Folded => Some(p::CASE_FOLDED),
        Case::Exact => Some(p::CASE_EXACT),
        Case::Mixed => Some(p::CASE_MIXED),
    };
    let case = case.map(|phrase| phrase.say(lang).to_owned());
    case.into_iter().chain(explanation.notes.iter().map(|note| self::note(explanation, *note, lang))).collect()
}

/// A note in a sentence.
#[must_use]
pub fn note(explanation: &Explanation, note: Note, lang: Lang) -> String {
    let about = |phrase: Phrase, span: Span| phrase.fill(lang, &[("part", &source(explanation, span))]);
    match note {
        Note::MatchesEverything => p::NOTE_EVERYTHING.say(lang).to_owned(),
        Note::Anywhere => p::NOTE_ANYWHERE.say(lang).to_owned(),
        Note::TakesNewlines => p::NOTE_NEWLINES.say(lang).to_owned(),
        Note::NeverMatches(span) => about(p::NOTE_NEVER, span),
        Note::SplitCharacter(span) => about(p::NOTE_SPLIT, span),
        Note::CountsBytes(span) => about(p::NOTE_BYTES, span),
        Note::Cut => p::NOTE_CUT.say(lang).to_owned(),
    }
}

/// The title of a pattern's diagram.
#[must_use]
pub fn title(explanation: &Explanation, lang: Lang) -> String {
    let whole = Span::new(0, explanation.source.len());
    p::DIAGRAM.fill(lang, &[("part", &source(explanation, whole))])
}

/// A part as it was written.
fn source(explanation: &Explanation, span: Span) -> String {
    shown::shortened(&shown::shown(explanation.source.slice(span)), QUOTE)
}

/// Numbers of groups: "1, 2, 3".
fn groups<'g>(numbers: impl Iterator<Item = &'g u32>) -> String {
    let numbers: Vec<String> = numbers.take(9).map(u32::to_string).collect();
    numbers.join(", ")
}

/// What is said of a part: the words, and the parts that lines of their own are for.
struct Said<'e> {
    words: String,
    list: &'e [Part],
    /// Whether the words have a head of their own: "group 1: …".
    headed: bool,
}

impl Said<'_> {
    const fn all(words: String) -> Self {
        Self { words, list: &[], headed: false }
    }
}

struct Speaker<'e> {
    explanation: &'e Explanation,
    lang: Lang,
}

impl<'e> Speaker<'e> {
    const fn new(explanation: &'e Explanation, lang: Lang) -> Self {
        Self { explanation, lang }
    }

    fn say(&self, phrase: Phrase) -> String {
        phrase.say(self.lang).to_owned()
    }

    fn fill(&self, phrase: Phrase, values: &[(&str, &str)]) -> String {
        phrase.fill(self.lang, values)
    }

    /// The lines of a part and of those in it. `head` is said first: "then".
    fn lines(&self, part: &'e Part, head: Option<&str>, depth: usize, lines: &mut Vec<Line>) {
        let said = match head {
            None => self.said(part),
            Some(head) => self.headed(head, part),
        };
        let conditional = matches!(part.what, What::Conditional { .. });
        lines.push(Line { span: part.span, depth, words: said.words });
        for (index, child) in said.list.iter().enumerate() {
            // The last two parts of a conditional are its ways.
            let head = match said.list.len() - index {
                2 if conditional => Some(p::THEN.say(self.lang)),
                1 if conditional => Some(p::OTHERWISE.say(self.lang)),
                _ => None,
            };
            self.lines(child, head, depth + 1, lines);
        }
    }

    /// A part in words.
    fn said(&self, part: &'e Part) -> Said<'e> {
        match &part.what {
            What::Nothing => Said::all(self.say(p::NOTHING)),
            What::Setting => Said::all(self.fill(p::SETTING, &[("part", &source(self.explanation, part.span))])),
            What::Comment => Said::all(self.say(p::REMARK)),
            What::Text(text) => Said::all(self.cased(self.text(text), text.case)),
            What::Never(text) => Said::all(self.fill(p::NEVER, &[("text", &self.text(text))])),
            What::Characters(characters) => Said::all(self.cased(self.one(characters), characters.case)),
            What::Any { newline } => Said::all(self.say(if *newline { p::ANY } else { p::ANY_BUT_NEWLINE })),
            What::At { anchor } => Said::all(self.say(p::anchor(*anchor).0)),
            What::Group(Group::Capture { index, name }) => {
                let index = index.to_string();
                let head = match name {
                    None => self.fill(p::GROUP, &[("index", &index)]),
                    Some(name) => {
                        let name = shown::shortened(&shown::shown(name.as_bytes()), QUOTE);
                        self.fill(p::NAMED_GROUP, &[("index", &index), ("name", &name)])
                    }
                };
                self.headed_inner(&head, part)
            }
            What::Group(Group::Plain) => {
                part.parts.first().map_or_else(|| Said::all(self.say(p::NOTHING)), |inner| self.said(inner))
            }
            What::Group(Group::Atomic) => self.headed_inner(p::ATOMIC.say(self.lang), part),
            What::Repeat(repeat) => self.repeated(repeat, part),
            What::Either => match self.texts(part) {
                Some(words) => Said::all(words),
                None => Said { words: self.say(p::ONE_OF_THESE), list: &part.parts, headed: false },
            },
            What::Sequence => Said { words: self.say(p::IN_THIS_ORDER), list: &part.parts, headed: false },
            What::SameAs { group, or, case } => {
                let words = if or.is_empty() {
                    self.fill(p::SAME_AS, &[("group", &group.to_string())])
                } else {
                    self.fill(p::SAME_AS_ONE, &[("groups", &groups(std::iter::once(group).chain(or)))])
                };
                Said::all(self.cased(words, *case))
            }
            What::Look { direction, negative } => {
                let head = match (direction, negative) {
                    (Direction::Ahead, false) => p::AHEAD,
                    (Direction::Ahead, true) => p::NOT_AHEAD,
                    (Direction::Behind, false) => p::BEHIND,
                    (Direction::Behind, true) => p::NOT_BEHIND,
                };
                self.headed_inner(head.say(self.lang), part)
            }
            What::Conditional { test } => {
                let words = self.fill(p::HEAD, &[("head", &self.test(test))]);
                Said { words, list: &part.parts, headed: true }
            }
            What::Again { group: 0 } => Said::all(self.say(p::AGAIN_WHOLE)),
            What::Again { group } => Said::all(self.fill(p::AGAIN, &[("group", &group.to_string())])),
            What::LineBreak { unicode: true } => Said::all(self.say(p::LINE_BREAK)),
            What::LineBreak { unicode: false } => Said::all(self.say(p::LINE_BREAK_PLAIN)),
            What::Grapheme => Said::all(self.say(p::GRAPHEME)),
            What::SingleByte => Said::all(self.say(p::SINGLE_BYTE)),
            What::Keep => Said::all(self.say(p::KEEP)),
            What::Verb { verb } => {
                let part = source(self.explanation, part.span);
                Said::all(self.fill(p::VERB, &[("part", &part), ("what", p::verb(*verb).say(self.lang))]))
            }
            What::AndSoOn { left_out } => Said::all(self.fill(p::AND_SO_ON, &[("count", &left_out.to_string())])),
        }
    }

    /// A part's one inner part, with a head in front.
    fn headed_inner(&self, head: &str, part: &'e Part) -> Said<'e> {
        match part.parts.first() {
            Some(inner) => self.headed(head, inner),
            None => Said::all(self.fill(p::HEAD_AND_ONE, &[("head", head), ("what", p::NOTHING.say(self.lang))])),
        }
    }

    /// A part with a head in front: "group 1: a digit", "group 1, one of these:", "group 1:".
    fn headed(&self, head: &str, part: &'e Part) -> Said<'e> {
        let said = self.said(part);
        let words = if said.words == p::IN_THIS_ORDER.say(self.lang) {
            // What stands in order needs no saying so.
            self.fill(p::HEAD, &[("head", head)])
        } else if said.headed || !said.list.is_empty() {
            self.fill(p::HEAD_AND_LIST, &[("head", head), ("what", &said.words)])
        } else {
            self.fill(p::HEAD_AND_ONE, &[("head", head), ("what", &said.words)])
        };
        Said { words, list: said.list, headed: true }
    }

    fn test(&self, test: &Test) -> String {
        let any = |phrase: Phrase, of: &[u32]| self.fill(phrase, &[("groups", &groups(of.iter()))]);
        match test {
            Test::AnyGroup(of) => any(p::IF_ANY_GROUP, of),
            Test::AnyRecursing(of) => any(p::IF_ANY_RECURSING, of),
            Test::Group(group) => self.fill(p::IF_GROUP, &[("group", &group.to_string())]),
            Test::Recursing(None) => self.say(p::IF_RECURSING),
            Test::Recursing(Some(group)) => self.fill(p::IF_RECURSING_INTO, &[("group", &group.to_string())]),
            Test::Look | Test::Always(true) => self.say(p::IF_LOOK),
            Test::Always(false) => self.say(p::IF_NEVER),
        }
    }

    /// A text in quotation marks.
    fn text(&self, text: &Text) -> String {
        let named = match &*text.text {
            b" " => Some(p::SPACE),
            b"\t" => Some(p::TAB),
            b"\n" => Some(p::NEWLINE),
            _ => None,
        };
        if let Some(phrase) = named {
            return self.say(phrase);
        }
        let mut quoted = shown::shortened(&shown::shown(&text.text), QUOTE);
        if text.cut && !quoted.ends_with('…') {
            quoted.push('…');
        }
        if std::str::from_utf8(&text.text).is_err() {
            let phrase = if text.text.len() == 1 { p::BYTE } else { p::BYTES };
            return self.fill(phrase, &[("text", &quoted)]);
        }
        self.fill(p::QUOTED, &[("text", &quoted)])
    }

    /// Adds whether case counts, where that differs from part to part.
    fn cased(&self, what: String, case: Case) -> String {
        if self.explanation.case != Case::Mixed {
            return what;
        }
        match case {
            Case::Folded => self.fill(p::FOLDED, &[("what", &what)]),
            Case::Exact => self.fill(p::EXACT, &[("what", &what)]),
            Case::Neither | Case::Mixed => what,
        }
    }

    /// Alternatives in one sentence, where they are but a few texts.
    fn texts(&self, part: &Part) -> Option<String> {
        let texts = part.parts.iter().map(|part| match &part.what {
            What::Text(text) => Some(self.cased(self.text(text), text.case)),
            What::Nothing => Some(self.say(p::NOTHING)),
            _ => None,
        });
        let texts: Vec<String> = texts.collect::<Option<_>>()?;
        let length: usize = texts.iter().map(|text| text.chars().count()).sum();
        (length <= 2 * QUOTE).then(|| self.or(&texts))
    }

    /// "a, b or c"
    fn or(&self, words: &[String]) -> String {
        let Some((last, more)) = words.split_last() else { return String::new() };
        let Some((first, more)) = more.split_first() else { return last.clone() };
        let more = more.iter().fold(first.clone(), |more, last| {
            // Japanese brackets side by side need no comma.
            if more.ends_with('」') && last.starts_with('「') {
                more + last
            } else {
                self.fill(p::LISTED, &[("more", &more), ("last", last)])
            }
        });
        self.fill(p::OR, &[("more", &more), ("last", last)])
    }
}

#[cfg(test)]
mod tests;
