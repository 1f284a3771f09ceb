//! Rules that catch a phrase in its encodings, each with the messages that prove it.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Class};

/// A charset that mail is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Charset {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// ISO-2022-JP, with JIS X 0208's characters.
    #[serde(rename = "iso-2022-jp")]
    Iso2022Jp,
    /// Shift_JIS, with the characters that Windows adds.
    #[serde(rename = "shift_jis")]
    ShiftJis,
    /// EUC-JP.
    #[serde(rename = "euc-jp")]
    EucJp,
    /// ISO-8859-1.
    #[serde(rename = "iso-8859-1")]
    Iso8859_1,
    /// windows-1252.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Charset {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Utf8, Self::Iso2022Jp, Self::ShiftJis, Self::EucJp, Self::Iso8859_1, Self::Windows1252];

    /// Its name, as mail has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Iso2022Jp => "ISO-2022-JP",
            Self::ShiftJis => "Shift_JIS",
            Self::EucJp => "EUC-JP",
            Self::Iso8859_1 => "ISO-8859-1",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The charset of a name, in whatever case, with `-` and `_` alike.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = |name: &str| name.to_ascii_lowercase().replace('_', "-");
        Self::ALL.into_iter().find(|charset| plain(charset.name()) == plain(name))
    }
}

/// How the text of a message is encoded on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// Not at all: the charset's bytes as they are.
    Raw,
    /// base64: a body, or an encoded word with `B`.
    Base64,
    /// quoted-printable: a body, or an encoded word with `Q`.
    QuotedPrintable,
}

/// The rules for a phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncodedRules {
    /// The phrase.
    pub phrase: String,
    /// The rules: those for body_checks ([`Class::Body`]) first, then those for header_checks ([`Class::Header`]).
    pub rules: Vec<EncodedRule>,
    /// What they cannot catch.
    pub not_caught: Vec<Limit>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncodedRule {
    /// The line of the table.
    pub text: Bytes,
    /// For which table.
    pub class: Class,
    /// The charsets whose bytes it looks for; several where they write the phrase alike.
    pub charsets: Vec<Charset>,
    /// The encoding.
    pub encoding: TextEncoding,
    /// For base64, which of three bytes that are encoded together the phrase starts at: all three, 0, 1 and 2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignments: Vec<usize>,
    /// How many characters of the encoding it is sure of, at the least favourable alignment. The fewer, the likelier
    /// it fires on something else.
    pub characters: usize,
    /// The messages that hold the phrase and on which it fires. On the same messages without the phrase it does not.
    pub proved_on: Vec<Proof>,
}

/// A message on which a rule fires as it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The message.
    pub message: Bytes,
    /// The charset it is written in.
    pub charset: Charset,
    /// For base64, which of three bytes that are encoded together the phrase starts at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<usize>,
    /// The line on which the rule fires, from 1.
    pub line: usize,
}

/// Something that the rules do not catch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The charset has no way to write a character.
    CannotWrite {
        /// The charset.
        charset: Charset,
        /// The first such character.
        character: char,
    },
    /// No rule was made, because it would fire on nearly everything.
    TooShort {
        /// The charsets.
        charsets: Vec<Charset>,
        /// The encoding.
        encoding: TextEncoding,
        /// How many characters of the encoding would be left to look for.
        characters: usize,
    },
    /// The rule was made, but looks for so few characters that it may fire by chance.
    Short {
        /// The charsets.
        charsets: Vec<Charset>,
        /// The encoding.
        encoding: TextEncoding,
        /// How many characters of the encoding it looks for.
        characters: usize,
    },
    /// No rule was made, because no line of base64 is long enough for the phrase.
    TooLong {
        /// The charsets.
        charsets: Vec<Charset>,
    },
    /// No rule was made, because it did not do what it should on a message made for it.
    NotProved {
        /// The charsets.
        charsets: Vec<Charset>,
        /// The encoding.
        encoding: TextEncoding,
    },
    /// A line of base64 ends within the phrase.
    LineEndInBase64 {
        /// Of a hundred places where the phrase may stand, in how many that is so, with lines of 76 characters.
        of_hundred: usize,
    },
    /// A line ends within the phrase in quoted-printable or in raw text.
    LineEnd,
    /// An encoded word ends within the phrase.
    WordEnd,
    /// Other charsets than these.
    OtherCharsets,
    /// Other escape sequences of ISO-2022-JP within the phrase, such as those of JIS X 0208-1978 or JIS X 0201.
    OtherEscapes,
    /// Other letter case, and other ways to write what people read as the same.
    OtherSpellings,
    /// HTML: character references, tags within the phrase.
    Html,
    /// What body_checks do not look at: beyond body_checks_size_limit in a part.
    BeyondSizeLimit,
    /// Encoded parameters, such as names of files (RFC 2231).
    Parameters,
}

/// Why no rules can be made of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhraseProblem {
    /// There is nothing in it but white space.
    Empty,
    /// It is longer than this many characters.
    TooLong(usize),
    /// It holds a control character, such as a line end.
    ControlCharacter,
    /// Postfix would not take the action.
    Action,
}
