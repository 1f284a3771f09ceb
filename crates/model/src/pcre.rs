//! What PCRE2 refuses in a pattern.

use serde::{Deserialize, Serialize};

/// Declares the errors with their numbers and texts, so that the three stand side by side.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal,)*) => {
        /// What pcre2_compile(3) refuses. The numbers are those of PCRE2 10.42.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum PcreErrorKind {
            $($(#[$doc])* $name,)*
        }

        impl PcreErrorKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// PCRE2's text for it, as Postfix logs it: pcre2_get_error_message(3).
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

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
    /// The pattern is to be UTF-8 and is not. PCRE2 has a number and a text for each way not to be; this is the first number,
    /// and what all texts begin with.
    NotUtf8 = -3, "UTF-8 error",
    /// A backslash at the end.
    TrailingBackslash = 101, "\\ at end of pattern",
    /// `\c` at the end.
    TrailingControl = 102, "\\c at end of pattern",
    /// A backslash before a letter or digit that has no meaning there.
    UnknownEscape = 103, "unrecognized character follows \\",
    /// `{3,2}`.
    BraceOrder = 104, "numbers out of order in {} quantifier",
    /// A count over 65535 between braces.
    BraceTooBig = 105, "number too big in {} quantifier",
    /// A bracket that is never closed.
    UnclosedBracket = 106, "missing terminating ] for character class",
    /// An escape that cannot stand between brackets: `[\B]`.
    EscapeInBracket = 107, "escape sequence is invalid in character class",
    /// A range whose end comes before its start: `[z-a]`.
    RangeOrder = 108, "range out of order in character class",
    /// A repetition with nothing before it that can be repeated.
    NothingToRepeat = 109, "quantifier does not follow a repeatable item",
    /// Something unknown after `(?` or `(?-`.
    UnknownGroupKind = 111, "unrecognized character after (? or (?-",
    /// `[:alpha:]` outside of brackets.
    ClassOutsideBracket = 112, "POSIX named classes are supported only within a class",
    /// `[.x.]` or `[=x=]`.
    CollatingElement = 113, "POSIX collating elements are not supported",
    /// A parenthesis that is never closed.
    UnclosedGroup = 114, "missing closing parenthesis",
    /// A reference to a group that does not exist.
    UnknownGroup = 115, "reference to non-existent subpattern",
    /// `(?#` that is never closed.
    UnclosedComment = 118, "missing ) after (?# comment",
    /// Parentheses nest deeper than 250.
    TooDeep = 119, "parentheses are too deeply nested",
    /// The compiled pattern would be over 64 kilobytes.
    TooBig = 120, "regular expression is too large",
    /// A closing parenthesis that was never opened.
    UnopenedGroup = 122, "unmatched closing parenthesis",
    /// A condition's own parenthesis that is never closed: `(?(1a|b)`.
    UnclosedCondition = 124, "missing closing parenthesis for condition",
    /// A look-behind whose length varies.
    VariableLookbehind = 125, "lookbehind assertion is not fixed length",
    /// A relative number of zero: `\g{-0}`.
    RelativeZero = 126, "a relative value of zero is not allowed",
    /// A conditional with more than two branches.
    TooManyBranches = 127, "conditional subpattern contains more than two branches",
    /// `(?(?` that no look-around follows.
    ConditionNoAssertion = 128, "assertion expected after (?( or (?(?C)",
    /// `(?+` or `(?-` that no digit follows.
    DigitExpected = 129, "digit expected after (?+ or (?-",
    /// A class name that does not exist.
    UnknownClass = 130, "unknown POSIX class name",
    /// A character's number is too big.
    CharacterTooBig = 134, "character code point value in \\x{} or \\o{} is too large",
    /// A look-behind with too much in it.
    LookbehindTooComplex = 135, "lookbehind is too complicated",
    /// `\C` in a look-behind of a UTF pattern.
    SingleByteInLookbehind = 136, "\\C is not allowed in a lookbehind assertion in UTF-8 mode",
    /// `\F`, `\L`, `\l`, `\N{name}`, `\U` or `\u`, which Perl has and PCRE2 has not.
    PerlOnlyEscape = 137, "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u",
    /// A callout's number over 255.
    CalloutTooBig = 138, "number after (?C is greater than 255",
    /// A callout that is never closed.
    UnclosedCallout = 139, "closing parenthesis for (?C expected",
    /// Something unknown after `(?P`.
    UnknownPythonGroup = 141, "unrecognized character after (?P",
    /// A group's name without what must end it.
    NameNotEnded = 142, "syntax error in subpattern name (missing terminator?)",
    /// Two groups of one name.
    DuplicateName = 143, "two named subpatterns have the same name (PCRE2_DUPNAMES not set)",
    /// A group's name that starts with a digit.
    NameStartsWithDigit = 144, "subpattern name must start with a non-digit",
    /// `\p` or `\P` without a name after it.
    MalformedProperty = 146, "malformed \\P or \\p sequence",
    /// A property that does not exist.
    UnknownProperty = 147, "unknown property after \\P or \\p",
    /// A group's name over 32 characters.
    NameTooLong = 148, "subpattern name is too long (maximum 32 code units)",
    /// More than 10000 names.
    TooManyNames = 149, "too many named subpatterns (maximum 10000)",
    /// A class as the end of a range: `[a-\d]`.
    ClassInRange = 150, "invalid range in character class",
    /// An octal number over `\377` in a pattern of bytes.
    OctalTooBig = 151, "octal value is greater than \\377 in 8-bit non-UTF-8 mode",
    /// `(?(DEFINE)` with more than one branch.
    DefineBranches = 154, "DEFINE subpattern contains more than one branch",
    /// `\o` without a brace.
    OctalBrace = 155, "missing opening brace after \\o",
    /// `\g` without a number or a name.
    ReferenceExpected = 157, "\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number",
    /// `(?R` without its closing parenthesis.
    RecursionNotClosed = 158, "(?R (recursive pattern call) must be followed by a closing parenthesis",
    /// `(*` with an unknown word.
    UnknownVerb = 160, "(*VERB) not recognized or malformed",
    /// A group's number over 65535.
    GroupNumberTooBig = 161, "subpattern number is too big",
    /// A name is missing.
    NameExpected = 162, "subpattern name expected",
    /// `\o{…}` with something that is no octal digit.
    NotOctal = 164, "non-octal character in \\o{} (closing brace missing?)",
    /// Two names for one group's number.
    NameMismatch = 165, "different names for subpatterns of the same number are not allowed",
    /// `(*MARK)` without a name.
    MarkWithoutName = 166, "(*MARK) must have an argument",
    /// `\x{…}` with something that is no hexadecimal digit.
    NotHexadecimal = 167, "non-hex character in \\x{} (closing brace missing?)",
    /// `\c` before something that is no printable ASCII character.
    BadControl = 168, "\\c must be followed by a printable ASCII character",
    /// `\k` without a name.
    NamedReferenceExpected = 169, "\\k is not followed by a braced, angle-bracketed, or quoted name",
    /// `\N` between brackets.
    NotNewlineInBracket = 171, "\\N is not supported in a class",
    /// A surrogate's number, which is no character.
    Surrogate = 173, "disallowed Unicode code point (>= 0xd800 && <= 0xdfff)",
    /// A verb's name over 255 bytes.
    VerbNameTooLong = 176, "name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)",
    /// `\x{}` or `\o{}` with nothing in it.
    DigitsMissing = 178, "digits missing in \\x{} or \\o{} or \\N{U+}",
    /// `(?(VERSION` with something unexpected after it.
    BadVersion = 179, "syntax error or number too big in (?(VERSION condition",
    /// A callout's text without what must end it.
    CalloutNotEnded = 181, "missing terminating delimiter for callout with string argument",
    /// A callout's text that starts with none of the delimiters.
    CalloutDelimiter = 182, "unrecognized string delimiter follows (?C",
    /// A look-behind over 65535 characters.
    LookbehindTooLong = 187, "lookbehind assertion is too long",
    /// `\N{U+…}` in a pattern of bytes.
    CharacterNumberInBytes = 193, "\\N{U+dddd} is supported only in Unicode (UTF) mode",
    /// A hyphen among settings where none can stand: `(?i-m-s)`.
    SettingsHyphen = 194, "invalid hyphen in option setting",
    /// `(*` with an unknown word in small letters.
    UnknownAssertionName = 195, "(*alpha_assertion) not recognized",
    /// More than 65535 groups.
    TooManyGroups = 197, "too many capturing groups (maximum 65535)",
    /// A non-atomic look-around as a condition.
    ConditionNotAtomic = 198, "atomic assertion expected after (?( or (?(?C)",
    /// `\K` in a look-around.
    KeepInLookaround = 199, "\\K is not allowed in lookarounds (but see PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK)",
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
