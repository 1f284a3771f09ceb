//! A test file as TOML has it: keys and values, before anything is known about how they go together.
//!
//! `docs/postproof-test.schema.json` says the same to editors; `tests/schema.rs` holds the two together.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use postproof_model::report::Verdict;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor, value};
use toml::Spanned;

/// One value or a list of them.
#[derive(Clone, Debug)]
pub(crate) struct Many<T>(pub(crate) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
            type Value = Many<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Many<T>, E> {
                T::deserialize(value::StrDeserializer::new(text)).map(|one| Many(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Many<T>, A::Error> {
                let mut many = Vec::new();
                while let Some(item) = items.next_element()? {
                    many.push(item);
                }
                Ok(Many(many))
            }
        }
        deserializer.deserialize_any(OneOrMany(PhantomData))
    }
}

/// Strings of which the place is known.
pub(crate) type Texts = Option<Spanned<Many<String>>>;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What editors look for; nothing to us.
    #[serde(rename = "$schema")]
    pub(crate) _schema: Option<String>,
    #[serde(default)]
    pub(crate) title: String,
    pub(crate) postfix: Option<Spanned<String>>,
    pub(crate) main_cf: Option<Spanned<String>>,
    pub(crate) world: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) answers: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(crate) tables: Tables,
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) case: Vec<Spanned<Case>>,
}

/// Which tables stand where.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    pub(crate) header_checks: Texts,
    pub(crate) mime_header_checks: Texts,
    pub(crate) nested_header_checks: Texts,
    pub(crate) body_checks: Texts,
    pub(crate) milter_header_checks: Texts,
    pub(crate) smtp_header_checks: Texts,
    pub(crate) smtp_mime_header_checks: Texts,
    pub(crate) smtp_nested_header_checks: Texts,
    pub(crate) smtp_body_checks: Texts,
    pub(crate) client_access: Texts,
}

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) todo: Option<Todo>,
    pub(crate) host: Texts,
    pub(crate) host_files: Texts,
    pub(crate) key: Texts,
    pub(crate) key_files: Texts,
    pub(crate) header: Texts,
    pub(crate) header_files: Texts,
    pub(crate) body_line: Texts,
    pub(crate) body_line_files: Texts,
    pub(crate) message: Texts,
    pub(crate) message_files: Texts,
    pub(crate) session: Texts,
    pub(crate) session_files: Texts,
    pub(crate) link: Option<Spanned<String>>,
    pub(crate) table: Texts,
    pub(crate) client: Option<Spanned<String>>,
    pub(crate) helo: Option<Spanned<String>>,
    pub(crate) protocol: Option<Spanned<String>>,
    pub(crate) sender: Option<Spanned<String>>,
    pub(crate) recipient: Texts,
    pub(crate) milter_header: Texts,
    pub(crate) at: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) expect: Expect,
}

/// `true`, or why.
#[derive(Debug)]
pub(crate) struct Todo(pub(crate) Option<String>);

impl<'de> Deserialize<'de> for Todo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BoolOrText;
        impl Visitor<'_> for BoolOrText {
            type Value = Todo;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or a reason")
            }

            fn visit_bool<E: Error>(self, todo: bool) -> Result<Todo, E> {
                Ok(Todo(todo.then(String::new)))
            }

            fn visit_str<E: Error>(self, reason: &str) -> Result<Todo, E> {
                Ok(Todo(Some(reason.to_owned())))
            }
        }
        deserializer.deserialize_any(BoolOrText)
    }
}

/// What a case expects.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) verdict: Option<Spanned<Many<VerdictName>>>,
    pub(crate) reply: Option<Spanned<Text>>,
    pub(crate) rule: Option<Spanned<String>>,
    pub(crate) pattern: Option<Spanned<String>>,
    pub(crate) action: Option<Spanned<String>>,
    pub(crate) result: Option<Spanned<Text>>,
    pub(crate) matched: Option<Spanned<Text>>,
    pub(crate) groups: Option<Spanned<Groups>>,
    pub(crate) s25r: Option<Spanned<u8>>,
    pub(crate) rules: Option<Spanned<Vec<String>>>,
    pub(crate) no_rule: Texts,
    pub(crate) message_after: Option<Spanned<Text>>,
    pub(crate) message_sent: Option<Spanned<Text>>,
    pub(crate) snapshot: Option<Spanned<String>>,
}

/// A verdict by its name.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct VerdictName(pub(crate) Verdict);

/// What a text must be: a string that it is, or what it contains and lacks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) is: Option<String>,
    pub(crate) parts: TextParts,
}

/// The table form of [`Text`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextParts {
    #[serde(default)]
    pub(crate) contains: Many<String>,
    #[serde(default)]
    pub(crate) lacks: Many<String>,
    pub(crate) file: Option<String>,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrParts;
        impl<'de> Visitor<'de> for TextOrParts {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, or a table with contains, lacks or file")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text { is: Some(text.to_owned()), parts: TextParts::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                let parts = TextParts::deserialize(value::MapAccessDeserializer::new(map))?;
                Ok(Text { is: None, parts })
            }
        }
        deserializer.deserialize_any(TextOrParts)
    }
}

/// Groups by number, from 1.
#[derive(Clone, Debug)]
pub(crate) enum Groups {
    /// All of them, in order.
    All(Vec<String>),
    /// Some of them.
    Some(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Groups {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListOrTable;
        impl<'de> Visitor<'de> for ListOrTable {
            type Value = Groups;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of strings, or a table from a number to a string")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Groups, A::Error> {
                Deserialize::deserialize(value::SeqAccessDeserializer::new(seq)).map(Groups::All)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Groups, A::Error> {
                Deserialize::deserialize(value::MapAccessDeserializer::new(map)).map(Groups::Some)
            }
        }
        deserializer.deserialize_any(ListOrTable)
    }
}

/// Reads the TOML.
pub(crate) fn parse(source: &str) -> Result<File, toml::de::Error> {
    toml::from_str(source)
}
