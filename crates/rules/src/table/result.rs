//! From a key to a result, for whoever has many keys and asks for no more than what each is answered: not which part of the
//! key matched, with which groups, inside which `if`s.

use std::borrow::Cow;

use postproof_model::{Answer, UnknownReason};

use super::lookup::Key;
use super::remark::Remark;
use super::rule::Op;
use super::source::c_string;
use super::{Body, Table};
use crate::pattern::Steps;

/// What a key is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'t> {
    /// Nothing.
    NotFound,
    /// This result.
    Found(Cow<'t, [u8]>),
    /// That cannot be told, for this reason.
    Unknown(UnknownReason),
}

impl Outcome<'_> {
    /// Whether there is a result.
    #[must_use]
    pub const fn is_found(&self) -> bool {
        matches!(self, Self::Found(_))
    }
}

impl From<Answer> for Outcome<'_> {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::NotFound => Self::NotFound,
            Answer::Found(hit) => Self::Found(Cow::Owned(hit.result.0)),
            Answer::Unknown { reason, .. } => Self::Unknown(reason),
        }
    }
}

impl Table {
    /// What [`Table::ask`] answers, without what makes the answer understood.
    pub fn result(&self, key: &[u8], said: &mut dyn FnMut(Remark)) -> Outcome<'_> {
        if !matches!(self.body, Body::Rules) || self.fixed {
            return self.ask(key, said).into();
        }
        let key = c_string(key);
        if self.opener.utf8 && !key.is_ascii() && std::str::from_utf8(key).is_err() {
            return self.ask(key, said).into();
        }
        let steps = Steps::for_lookup();
        let key = Key::new(key, &steps);
        let index = match self.first_rule(&key, said) {
            None => return Outcome::NotFound,
            Some(Err((_, reason))) => return Outcome::Unknown(reason),
            Some(Ok(index)) => index,
        };
        let text = self.rules.get(index).and_then(|rule| match &rule.op {
            Op::Answer { result, .. } => result.text(),
            Op::If { .. } | Op::Endif => None,
        });
        match text {
            // The result's groups, or what is wrong with the result, is found out as ever.
            None => self.guarded(self.found(&key, index), key.bytes, said).into(),
            Some(text) if self.opener.utf8 && std::str::from_utf8(text).is_err() => {
                self.guarded(self.found(&key, index), key.bytes, said).into()
            }
            Some(text) => Outcome::Found(Cow::Borrowed(text)),
        }
    }
}
