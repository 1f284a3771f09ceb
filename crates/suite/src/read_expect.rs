//! From what a case's TOML expects to what is compared.

use postproof_model::report::FileProblem;
use toml::Spanned;

use crate::expect::{Expectations, RuleName, Text};
use crate::raw;
use crate::read::{At, Kind, Placed, Read, Reader, wrong};

impl Reader {
    /// Reads what a case expects of its inputs.
    pub(crate) fn expect(&self, raw: raw::Expect, kind: Kind, case: At) -> Read<Expectations> {
        let mut expect = Expectations::default();
        let not_here = |at: At, key: &str| wrong(at, FileProblem::NotHere { key: key.to_owned() });
        if let Some(verdicts) = raw.verdict.map(|verdicts| self.placed(verdicts)) {
            expect.verdict = verdicts.value.0.into_iter().map(|verdict| verdict.0).collect();
            if let Some(other) = expect.verdict.iter().find(|verdict| !kind.verdicts().contains(verdict)) {
                return Err(not_here(verdicts.at, &format!("verdict = {:?}", other.name())));
            }
        }
        if let Some(reply) = raw.reply.map(|reply| self.placed(reply)) {
            if kind == Kind::Key {
                return Err(not_here(reply.at, "reply"));
            }
            expect.reply = Some(text(reply));
        }
        expect.rule = raw.rule.map(|name| rule(name.get_ref(), self.at(&name.span()))).transpose()?;
        expect.pattern = raw.pattern.map(Spanned::into_inner);
        if let Some(action) = raw.action.map(|action| self.placed(action)) {
            if kind == Kind::Key {
                return Err(not_here(action.at, "action"));
            }
            expect.action = Some(action.value);
        }
        expect.result = raw.result.map(|result| text(self.placed(result)));
        expect.matched = raw.matched.map(|matched| text(self.placed(matched)));
        if let Some(groups) = raw.groups.map(|groups| self.placed(groups)) {
            match groups.value {
                raw::Groups::All(all) => expect.groups = Some(all),
                raw::Groups::Some(some) => {
                    for (number, value) in some {
                        let Some(index) = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) else {
                            return Err(wrong(groups.at, FileProblem::NoGroup { text: number }));
                        };
                        expect.some_groups.push((index, value));
                    }
                }
            }
        }
        expect.s25r = raw.s25r.map(Spanned::into_inner);
        if let Some(rules) = raw.rules.map(|rules| self.placed(rules)) {
            let names = rules.value.iter().map(|name| {
                let rule = rule(name, rules.at)?;
                // A table alone would leave open which of its rules fires.
                let text = || rule.to_string();
                if rule.line.is_some() { Ok(rule) } else { Err(wrong(rules.at, FileProblem::NoRule { text: text() })) }
            });
            expect.rules = Some(names.collect::<Read<_>>()?);
        }
        if let Some(rules) = self.texts(raw.no_rule) {
            let names = rules.value.iter().map(|name| rule(name, rules.at));
            expect.no_rule = names.collect::<Read<_>>()?;
        }
        for (key, raw, into) in [
            ("message_after", raw.message_after, &mut expect.message_after),
            ("message_sent", raw.message_sent, &mut expect.message_sent),
        ] {
            let Some(raw) = raw.map(|raw| self.placed(raw)) else { continue };
            if !kind.is_content() && kind != Kind::Link {
                return Err(not_here(raw.at, key));
            }
            *into = Some(text(raw));
        }
        expect.snapshot = raw.snapshot.map(Spanned::into_inner);
        if expect.is_empty() {
            return Err(wrong(case, FileProblem::NoExpectation));
        }
        Ok(expect)
    }
}

fn rule(name: &str, at: At) -> Read<RuleName> {
    RuleName::parse(name).ok_or_else(|| wrong(at, FileProblem::NoRule { text: name.to_owned() }))
}

fn text(raw: Placed<raw::Text>) -> Text {
    let raw::Text { is, parts } = raw.value;
    let raw::TextParts { contains, lacks, file } = parts;
    Text { is, contains: contains.0, lacks: lacks.0, file: file.map(|file| Placed { value: file, at: raw.at }) }
}
