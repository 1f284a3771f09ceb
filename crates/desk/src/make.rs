//! Rules that catch a phrase where it is encoded, and whether they do so on the message in front.

use postproof_engine::evaluate::{Memory, content_checks, envelope};
use postproof_model::encoded::{Charset, EncodedRule};
use postproof_model::project::means;
use postproof_model::{Bytes, Class, Project, ProjectFile, RuleRef, Span, TableKind};
use postproof_protocol::Mark;
use postproof_protocol::answers::{MadeRule, MadeRules};
use postproof_protocol::desk::TextEdit;
use postproof_protocol::text::{Offsets, to_text};
use postproof_rules::encode;
use postproof_rules::maincf::project::file_at;
use postproof_words::{Lang, encode as words};

/// What the page asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What people read.
    pub phrase: &'a str,
    /// The rule that does not match: the new one stands below it and does the same.
    pub rule: &'a RuleRef,
    /// For which class of keys.
    pub class: Class,
}

/// The rules, each with the edit that puts it below the rule that does not match.
#[must_use]
pub fn make(project: &Project, wanted: Wanted<'_>, lang: Lang) -> MadeRules {
    let Wanted { phrase, rule, class } = wanted;
    let named = project.files.iter().position(|file| file.name == rule.table);
    let Some(index) = named.or_else(|| file_at(&project.files, &rule.table)) else { return MadeRules::default() };
    let Some(file) = project.files.get(index) else { return MadeRules::default() };
    let kind = if file.kind == TableKind::Pcre { TableKind::Pcre } else { TableKind::Regexp };
    let action = action(file, rule);
    let made = match encode::rules(phrase, &Charset::ALL, kind, &action) {
        Ok(made) => made,
        Err(problem) => {
            return MadeRules { problem: Some(words::problem(problem, &action, lang)), ..MadeRules::default() };
        }
    };
    let of_class = |made: &&EncodedRule| (made.class == Class::Body) == (class == Class::Body);
    let offsets = Offsets::new(&file.content);
    let mut rules: Vec<MadeRule> = made
        .rules
        .iter()
        .filter(of_class)
        .map(|made| {
            let (at, text) = insertion(&file.content, rule.span, &made.text);
            let edit = TextEdit { mark: Mark { from: offsets.utf16(at), to: offsets.utf16(at) }, text: to_text(&text) };
            MadeRule {
                fires: fires(project, index, at, &text),
                about: about(made, lang),
                proofs: made.proved_on.len(),
                text: made.text.clone(),
                edit,
            }
        })
        .collect();
    rules.sort_by_key(|rule| !rule.fires);
    MadeRules { rules, limits: made.not_caught.iter().map(|limit| words::limit(limit, lang)).collect(), problem: None }
}

fn about(made: &EncodedRule, lang: Lang) -> String {
    let encoding = words::encoding(made.encoding, made.class, lang);
    format!("{encoding}{}{}", words::AND.say(lang), words::charsets(&made.charsets, lang))
}

/// What the rule says; its first word where groups stand in it, which the new pattern does not have.
fn action(file: &ProjectFile, rule: &RuleRef) -> String {
    let text = String::from_utf8_lossy(file.content.slice(Span::new(rule.pattern.end, rule.span.end)));
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = !words.iter().any(|word| word.contains('$'));
    match words.first() {
        None => "REJECT".to_owned(),
        Some(_) if plain => words.join(" "),
        Some(first) => (*first).to_owned(),
    }
}

/// Where the line goes, and the text that makes it one.
fn insertion(content: &Bytes, rule: Span, line: &[u8]) -> (usize, Bytes) {
    let end = rule.end.min(content.len());
    let from = content.get(end..).unwrap_or_default();
    // The span of a rule ends before its line's end.
    match from.iter().position(|byte| *byte == b'\n') {
        Some(at) => (end + at + 1, [line, b"\n"].concat().into()),
        None => (content.len(), [b"\n", line, b"\n"].concat().into()),
    }
}

/// Whether the new line fires on the message in front.
fn fires(project: &Project, index: usize, at: usize, text: &[u8]) -> bool {
    let mut edited = project.clone();
    let Some(file) = edited.files.get_mut(index) else { return false };
    let (before, after) = file.content.split_at(at.min(file.content.len()));
    let content: Bytes = [before, text, after].concat().into();
    let name = file.name.clone();
    file.content = content;
    let Some(input) = edited.inputs.get(edited.shown_input) else { return false };
    let verdict = content_checks(&edited, &mut Memory::default()).evaluate(&input.content, &envelope());
    let new = Span::new(at, at + text.len());
    verdict.events.iter().any(|event| {
        means(&event.hit.rule.table, &name)
            && new.start <= event.hit.rule.span.start
            && event.hit.rule.span.end <= new.end
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::of_message;
    use crate::read::reading;
    use postproof_model::{Disposition, Role};
    use postproof_protocol::text::to_bytes;

    fn made(rules: &str, role: Role, message: &str) -> (Project, MadeRules) {
        let project = of_message(&[("t", role, rules)], message);
        let read = reading(&project, &mut Memory::default(), Lang::En);
        let only = read.only.first().expect("a rule that matches only what is decoded");
        let wanted = Wanted { phrase: &only.phrase, rule: &only.found.rule, class: only.found.class };
        let made = make(&project, wanted, Lang::En);
        (project, made)
    }

    /// The project with a rule added as the page adds it.
    fn added(project: &Project, rule: &MadeRule) -> Project {
        let mut edited = project.clone();
        let mut text: Vec<u16> = to_text(&edited.files[0].content).encode_utf16().collect();
        let at = rule.edit.mark.from as usize;
        text.splice(at..at, rule.edit.text.encode_utf16());
        edited.files[0].content = to_bytes(&String::from_utf16(&text).unwrap()).into();
        edited
    }

    #[test]
    fn the_first_rule_fires_and_does_what_the_other_should_have_done() {
        let message = "Subject: x\nContent-Transfer-Encoding: base64\n\nRGVhciBmcmllbmQsCmFuIHVuYmVsaWV2YWJsZSBvZmZlciB3YWl0cyBmb3IgeW91Lgo=\n";
        let (project, made) = made("# カジノ\n/unbelievable offer/ REJECT no offers", Role::BodyChecks, message);
        assert!(made.rules[0].fires && !made.rules.last().unwrap().fires);
        let edited = added(&project, &made.rules[0]);
        let input = &edited.inputs[0].content;
        let verdict = content_checks(&edited, &mut Memory::default()).evaluate(input, &envelope());
        assert_eq!(verdict.disposition, Disposition::Rejected);
        assert_eq!(verdict.reply.unwrap().text.lossy(), "no offers");
        assert!(!made.limits.is_empty());
    }

    #[test]
    fn headers_have_rules_of_their_own_and_groups_are_left_out_of_the_action() {
        let (_, made) = made(
            "/^Subject:.*(カジノ)/ REJECT no $1\n",
            Role::HeaderChecks,
            "Subject: =?UTF-8?B?44Kr44K444OO?=\n\nx\n",
        );
        assert!(made.rules[0].fires);
        assert!(made.rules.iter().all(|rule| rule.text.ends_with(b" REJECT")), "{:?}", made.rules);
    }

    #[test]
    fn a_phrase_of_nothing_is_told() {
        let project = of_message(&[("t", Role::BodyChecks, "/a/ REJECT\n")], "Subject: x\n\na\n");
        let rule = postproof_rules::table::Table::parse(TableKind::Regexp, "t", b"/a/ REJECT\n").0.rule_ref(0);
        let made = make(&project, Wanted { phrase: " ", rule: &rule, class: Class::Body }, Lang::En);
        assert_eq!(made.problem.as_deref(), Some("the phrase is empty"));
    }
}
