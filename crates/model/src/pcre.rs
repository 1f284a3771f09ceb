//! What PCRE2 refuses in a pattern.

use serde::{Deserialize, Serialize};

/// Declares the errors with their numbers, so that a kind and its number stand side by side.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What pcre2_compile(3) refuses. The numbers are those of PCRE2 10.42.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum PcreErrorKind {
            $($(#[$doc])* $name,)*
        }

        impl PcreErrorKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// PCRE2's number for it.
            #[must_use]
            pub const fn code(self) -> i32 {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

errors! {
    /// The pattern is to be UTF-8 and is not. PCRE2 has a number for each way not to be; this is the first of them.
    NotUtf8 = -3,
    /// A backslash at the end.
    TrailingBackslash = 101,
    /// `\c` at the end.
    TrailingControl = 102,
    /// A backslash before a letter or digit that has no meaning there.
    UnknownEscape = 103,
    /// `{3,2}`.
    BraceOrder = 104,
    /// A count over 65535 between braces.
    BraceTooBig = 105,
    /// A bracket that is never closed.
    UnclosedBracket = 106,
    /// An escape that cannot stand between brackets: `[\B]`.
    EscapeInBracket = 107,
    /// A range whose end comes before its start: `[z-a]`.
    RangeOrder = 108,
    /// A repetition with nothing before it that can be repeated.
    NothingToRepeat = 109,
    /// Something unknown after `(?` or `(?-`.
    UnknownGroupKind = 111,
    /// `[:alpha:]` outside of brackets.
    ClassOutsideBracket = 112,
    /// `[.x.]` or `[=x=]`.
    CollatingElement = 113,
    /// A parenthesis that is never closed.
    UnclosedGroup = 114,
    /// A reference to a group that does not exist.
    UnknownGroup = 115,
    /// `(?#` that is never closed.
    UnclosedComment = 118,
    /// Parentheses nest deeper than 250.
    TooDeep = 119,
    /// The compiled pattern would be over 64 kilobytes.
    TooBig = 120,
    /// A closing parenthesis that was never opened.
    UnopenedGroup = 122,
    /// A condition's own parenthesis that is never closed: `(?(1a|b)`.
    UnclosedCondition = 124,
    /// A look-behind whose length varies.
    VariableLookbehind = 125,
    /// A relative number of zero: `\g{-0}`.
    RelativeZero = 126,
    /// A conditional with more than two branches.
    TooManyBranches = 127,
    /// `(?(?` that no look-around follows.
    ConditionNoAssertion = 128,
    /// `(?+` or `(?-` that no digit follows.
    DigitExpected = 129,
    /// A class name that does not exist.
    UnknownClass = 130,
    /// A character's number is too big.
    CharacterTooBig = 134,
    /// A look-behind with too much in it.
    LookbehindTooComplex = 135,
    /// `\C` in a look-behind of a UTF pattern.
    SingleByteInLookbehind = 136,
    /// `\F`, `\L`, `\l`, `\N{name}`, `\U` or `\u`, which Perl has and PCRE2 has not.
    PerlOnlyEscape = 137,
    /// A callout's number over 255.
    CalloutTooBig = 138,
    /// A callout that is never closed.
    UnclosedCallout = 139,
    /// Something unknown after `(?P`.
    UnknownPythonGroup = 141,
    /// A group's name without what must end it.
    NameNotEnded = 142,
    /// Two groups of one name.
    DuplicateName = 143,
    /// A group's name that starts with a digit.
    NameStartsWithDigit = 144,
    /// `\p` or `\P` without a name after it.
    MalformedProperty = 146,
    /// A property that does not exist.
    UnknownProperty = 147,
    /// A group's name over 32 characters.
    NameTooLong = 148,
    /// More than 10000 names.
    TooManyNames = 149,
    /// A class as the end of a range: `[a-\d]`.
    ClassInRange = 150,
    /// An octal number over `\377` in a pattern of bytes.
    OctalTooBig = 151,
    /// `(?(DEFINE)` with more than one branch.
    DefineBranches = 154,
    /// `\o` without a brace.
    OctalBrace = 155,
    /// `\g` without a number or a name.
    ReferenceExpected = 157,
    /// `(?R` without its closing parenthesis.
    RecursionNotClosed = 158,
    /// `(*` with an unknown word.
    UnknownVerb = 160,
    /// A group's number over 65535.
    GroupNumberTooBig = 161,
    /// A name is missing.
    NameExpected = 162,
    /// `\o{…}` with something that is no octal digit.
    NotOctal = 164,
    /// Two names for one group's number.
    NameMismatch = 165,
    /// `(*MARK)` without a name.
    MarkWithoutName = 166,
    /// `\x{…}` with something that is no hexadecimal digit.
    NotHexadecimal = 167,
    /// `\c` before something that is no printable ASCII character.
    BadControl = 168,
    /// `\k` without a name.
    NamedReferenceExpected = 169,
    /// `\N` between brackets.
    NotNewlineInBracket = 171,
    /// A surrogate's number, which is no character.
    Surrogate = 173,
    /// A verb's name over 255 bytes.
    VerbNameTooLong = 176,
    /// `\x{}` or `\o{}` with nothing in it.
    DigitsMissing = 178,
    /// `(?(VERSION` with something unexpected after it.
    BadVersion = 179,
    /// A callout's text without what must end it.
    CalloutNotEnded = 181,
    /// A callout's text that starts with none of the delimiters.
    CalloutDelimiter = 182,
    /// A look-behind over 65535 characters.
    LookbehindTooLong = 187,
    /// `\N{U+…}` in a pattern of bytes.
    CharacterNumberInBytes = 193,
    /// A hyphen among settings where none can stand: `(?i-m-s)`.
    SettingsHyphen = 194,
    /// `(*` with an unknown word in small letters.
    UnknownAssertionName = 195,
    /// More than 65535 groups.
    TooManyGroups = 197,
    /// A non-atomic look-around as a condition.
    ConditionNotAtomic = 198,
    /// `\K` in a look-around.
    KeepInLookaround = 199,
}

/// Why PCRE2 ends a match with an error. Postfix then warns, and the rule does not fire, negated or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PcreMatchError {
    /// A group is called again where it is being run, before anything was taken: PCRE2_ERROR_RECURSELOOP.
    RecursionLoop,
    /// The key is not UTF-8, and the pattern asks for that: PCRE2 has a number for each way not to be.
    KeyNotUtf8,
}

#[cfg(test)]
mod tests {
    use super::PcreErrorKind;

    #[test]
    fn no_number_stands_for_two_kinds() {
        let mut codes: Vec<_> = PcreErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), PcreErrorKind::ALL.len());
    }
}
