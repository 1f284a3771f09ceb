//! The codes of findings: permanent names for what can be wrong.
//!
//! A code is never used for something else, and never taken away. The first digit tells the family: 1 lines of tables that
//! Postfix warns about, 2 patterns, 3 results of header and body checks, 4 access tables, 5 rules and the keys their table
//! is asked for, 6 rules beside each other, 7 main.cf and names of tables, 8 restrictions, 9 what this tool cannot tell.

use serde::{Deserialize, Serialize};

use crate::{
    ClientKeyProblem as Client, EntryProblem, KeyProblem as Key, MainCfProblem as MainCf, Problem,
    RestrictionProblem as Restriction, ResultProblem as Outcome, RuleProblem as Rule, SlipProblem as Slip,
    TextProblem as Text,
};

macro_rules! codes {
    ($($variant:ident $code:literal $name:literal;)*) => {
        /// A permanent code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`, ", $name, ".")] #[serde(rename = $code)] $variant,)*
        }

        impl Code {
            /// All codes, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code: `PP201`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The name: `tilde-for-caret`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

codes! {
    StartsWithSpace "PP101" "starts-with-space";
    NotARule "PP102" "not-a-rule";
    NoPattern "PP103" "no-pattern";
    UnclosedPattern "PP104" "unclosed-pattern";
    UnknownFlag "PP105" "unknown-flag";
    ObsoleteFlag "PP106" "obsolete-flag";
    BadPattern "PP107" "bad-pattern";
    NoResult "PP108" "no-result";
    BadSubstitution "PP109" "bad-substitution";
    UnclosedIf "PP110" "unclosed-if";
    StrayEndif "PP111" "stray-endif";
    TextAfterIf "PP112" "text-after-if";
    SwallowedRule "PP113" "swallowed-rule";
    ZeroByte "PP114" "zero-byte";
    BadNetwork "PP115" "bad-network";
    BadEntry "PP116" "bad-entry";
    DuplicateKey "PP117" "duplicate-key";
    TypographicCharacter "PP118" "typographic-character";
    OtherSpace "PP119" "other-space";
    CarriageReturns "PP120" "carriage-returns";
    ByteOrderMark "PP121" "byte-order-mark";

    TildeForCaret "PP201" "tilde-for-caret";
    FoldingOff "PP202" "folding-off";
    CountByVersion "PP203" "count-by-version";
    NotAnEscape "PP204" "not-an-escape";
    BasicSyntax "PP205" "basic-syntax";
    SpaceIgnored "PP206" "space-ignored";
    CommentInPattern "PP207" "comment-in-pattern";
    DotStopsAtFold "PP208" "dot-stops-at-fold";
    AnchorAtFold "PP209" "anchor-at-fold";
    WordAsClass "PP210" "word-as-class";
    SpaceAtFold "PP211" "space-at-fold";
    EncodedHeader "PP212" "encoded-header";
    EncodedBody "PP213" "encoded-body";
    BareDot "PP214" "bare-dot";
    Unanchored "PP215" "unanchored";

    NoSuchAction "PP301" "no-such-action";
    ReplyCode "PP302" "reply-code";
    AccessAction "PP303" "access-action";
    ActionNotHere "PP304" "action-not-here";
    NoDestination "PP305" "no-destination";
    NoAddress "PP306" "no-address";
    NoText "PP307" "no-text";
    NotAHeader "PP308" "not-a-header";
    EscapeInText "PP309" "escape-in-text";
    CodeInText "PP310" "code-in-text";
    SuccessInText "PP311" "success-in-text";
    CommentInText "PP312" "comment-in-text";
    PrependEverywhere "PP313" "prepend-everywhere";

    DigitsAlone "PP401" "digits-alone";
    ContentAction "PP402" "content-action";
    NoSuchRestriction "PP403" "no-such-restriction";
    NoClient "PP404" "no-client";
    AddressHidden "PP405" "address-hidden";
    NegatedHitsAddress "PP406" "negated-hits-address";
    BracketedKey "PP407" "bracketed-key";
    NoSender "PP408" "no-sender";
    NoRecipient "PP409" "no-recipient";
    DunnoHidesAddress "PP410" "dunno-hides-address";

    ContentHeader "PP501" "content-header";
    PartHeader "PP502" "part-header";
    MilterHeader "PP503" "milter-header";
    OwnReceived "PP504" "own-received";
    NegatedHeader "PP505" "negated-header";

    NeverFires "PP601" "never-fires";
    SameAs "PP602" "same-as";
    Everything "PP603" "everything";
    NoKey "PP604" "no-key";

    NothingToContinue "PP701" "nothing-to-continue";
    NotASetting "PP702" "not-a-setting";
    SetAgain "PP703" "set-again";
    UnknownParameter "PP704" "unknown-parameter";
    ObsoleteParameter "PP705" "obsolete-parameter";
    ReadOnlyParameter "PP706" "read-only-parameter";
    UndefinedName "PP707" "undefined-name";
    BadReference "PP708" "bad-reference";
    BadValue "PP709" "bad-value";
    CommentInValue "PP710" "comment-in-value";
    TableName "PP711" "table-name";
    FileMissing "PP712" "file-missing";
    NotAFact "PP713" "not-a-fact";

    UnknownRestriction "PP801" "unknown-restriction";
    RestrictionArgument "PP802" "restriction-argument";
    NeverReached "PP803" "never-reached";
    OwnClientsAsked "PP804" "own-clients-asked";
    ClosedZone "PP805" "closed-zone";
    NoRelayGuard "PP806" "no-relay-guard";
    AnyoneMayRelay "PP807" "anyone-may-relay";
    ClientsMayRelay "PP808" "clients-may-relay";
    EveryAddressIsOwn "PP809" "every-address-is-own";
    SkippedByClaim "PP810" "skipped-by-claim";
    WhiteListTooLate "PP811" "white-list-too-late";
    OkForbidden "PP812" "ok-forbidden";

    Unsupported "PP901" "unsupported";
    TooBig "PP902" "too-big";
}

impl Code {
    /// The code that a person wrote: `PP201`, `pp201`, or its name.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let is = |code: &&Self| text.eq_ignore_ascii_case(code.code()) || text.eq_ignore_ascii_case(code.name());
        Self::ALL.iter().find(is).copied()
    }
}

impl Problem {
    /// The problem's code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::StartsWithSpace => Code::StartsWithSpace,
            Self::NotARule => Code::NotARule,
            Self::NoPattern => Code::NoPattern,
            Self::NoClosingDelimiter { .. } => Code::UnclosedPattern,
            Self::UnknownFlag { .. } => Code::UnknownFlag,
            Self::ObsoleteFlag { .. } => Code::ObsoleteFlag,
            Self::Pattern(_) => Code::BadPattern,
            Self::NoResult => Code::NoResult,
            Self::GroupOutOfRange { .. }
            | Self::GroupInNegated
            | Self::BadSubstitution { .. }
            | Self::UnclosedSubstitution => Code::BadSubstitution,
            Self::IfWithoutEndif => Code::UnclosedIf,
            Self::EndifWithoutIf => Code::StrayEndif,
            Self::TextAfterIf | Self::TextAfterEndif => Code::TextAfterIf,
            Self::TildeForCaret => Code::TildeForCaret,
            Self::FoldingOff => Code::FoldingOff,
            Self::CountByVersion => Code::CountByVersion,
            Self::SwallowedRule => Code::SwallowedRule,
            Self::ZeroByte => Code::ZeroByte,
            Self::Network(_) => Code::BadNetwork,
            Self::Entry(EntryProblem::DuplicateKey { .. }) => Code::DuplicateKey,
            Self::Entry(_) => Code::BadEntry,
            Self::Map(_) => Code::TableName,
            Self::MainCf(problem) => main_cf(problem),
            Self::Restriction(problem) => restriction(problem),
            Self::ClientKey(Client::NoClient) => Code::NoClient,
            Self::ClientKey(Client::AddressHidden { .. }) => Code::AddressHidden,
            Self::ClientKey(Client::DunnoHidesAddress { .. }) => Code::DunnoHidesAddress,
            Self::ClientKey(Client::NegatedHitsAddress { .. }) => Code::NegatedHitsAddress,
            Self::Slip(problem) => slip(problem),
            Self::Result(problem) => result(problem),
            Self::Text(Text::Typographic { .. }) => Code::TypographicCharacter,
            Self::Text(Text::OtherSpace { .. }) => Code::OtherSpace,
            Self::Text(Text::CarriageReturns { .. }) => Code::CarriageReturns,
            Self::Text(Text::ByteOrderMark) => Code::ByteOrderMark,
            Self::Key(problem) => key(problem),
            Self::Rule(Rule::NeverFires { .. }) => Code::NeverFires,
            Self::Rule(Rule::SameAs { .. }) => Code::SameAs,
            Self::Rule(Rule::Everything) => Code::Everything,
            Self::Rule(Rule::NoKey { .. }) => Code::NoKey,
            Self::Rule(Rule::TooBig { .. }) => Code::TooBig,
            Self::NotAFact { .. } => Code::NotAFact,
            Self::FileMissing { .. } => Code::FileMissing,
            Self::Unsupported { .. } => Code::Unsupported,
        }
    }
}

const fn slip(problem: &Slip) -> Code {
    match problem {
        Slip::NotAnEscape { .. } => Code::NotAnEscape,
        Slip::BasicSyntax { .. } => Code::BasicSyntax,
        Slip::SpaceIgnored => Code::SpaceIgnored,
        Slip::CommentInPattern => Code::CommentInPattern,
        Slip::DotStopsAtFold => Code::DotStopsAtFold,
        Slip::AnchorAtFold { .. } => Code::AnchorAtFold,
        Slip::WordAsClass { .. } => Code::WordAsClass,
        Slip::SpaceAtFold { .. } => Code::SpaceAtFold,
        Slip::Encoded { header: true, .. } => Code::EncodedHeader,
        Slip::Encoded { header: false, .. } => Code::EncodedBody,
        Slip::BareDot { .. } => Code::BareDot,
        Slip::Unanchored { .. } => Code::Unanchored,
    }
}

const fn result(problem: &Outcome) -> Code {
    match problem {
        Outcome::NoSuchAction { .. } => Code::NoSuchAction,
        Outcome::ReplyCode { .. } => Code::ReplyCode,
        Outcome::AccessAction { .. } => Code::AccessAction,
        Outcome::NotHere { .. } => Code::ActionNotHere,
        Outcome::NoDestination { .. } => Code::NoDestination,
        Outcome::NoAddress { .. } => Code::NoAddress,
        Outcome::NoText { .. } => Code::NoText,
        Outcome::NotAHeader { .. } => Code::NotAHeader,
        Outcome::EscapeInText { .. } => Code::EscapeInText,
        Outcome::CodeInText { .. } => Code::CodeInText,
        Outcome::SuccessInText { .. } => Code::SuccessInText,
        Outcome::CommentInText => Code::CommentInText,
        Outcome::PrependEverywhere => Code::PrependEverywhere,
        Outcome::DigitsAlone { .. } => Code::DigitsAlone,
        Outcome::ContentAction { .. } => Code::ContentAction,
        Outcome::NoSuchRestriction { .. } => Code::NoSuchRestriction,
    }
}

const fn key(problem: &Key) -> Code {
    match problem {
        Key::ContentHeader { .. } => Code::ContentHeader,
        Key::PartHeader { .. } => Code::PartHeader,
        Key::MilterHeader { .. } => Code::MilterHeader,
        Key::OwnReceived { .. } => Code::OwnReceived,
        Key::NegatedHeader { .. } => Code::NegatedHeader,
        Key::BracketedKey { .. } => Code::BracketedKey,
        Key::NoSender => Code::NoSender,
        Key::NoRecipient => Code::NoRecipient,
    }
}

const fn main_cf(problem: &MainCf) -> Code {
    match problem {
        MainCf::NothingToContinue => Code::NothingToContinue,
        MainCf::NoEqualsSign | MainCf::NoName => Code::NotASetting,
        MainCf::SetAgain { .. } => Code::SetAgain,
        MainCf::UnknownParameter { .. } => Code::UnknownParameter,
        MainCf::ObsoleteParameter { .. } => Code::ObsoleteParameter,
        MainCf::ReadOnlyParameter { .. } => Code::ReadOnlyParameter,
        MainCf::UndefinedName { .. } => Code::UndefinedName,
        MainCf::EmptyName
        | MainCf::UnclosedReference
        | MainCf::BadName
        | MainCf::UnclosedBrace
        | MainCf::NoOperator
        | MainCf::UnknownOperator { .. }
        | MainCf::NoRightSide
        | MainCf::NoQuestionMark
        | MainCf::NoColon
        | MainCf::TextAfterChoice
        | MainCf::NumberTooBig { .. }
        | MainCf::BadLevel { .. }
        | MainCf::Loop { .. }
        | MainCf::TooDeep
        | MainCf::TooBig => Code::BadReference,
        MainCf::NotBoolean { .. } | MainCf::NotInteger { .. } | MainCf::OutOfRange { .. } | MainCf::NotTime { .. } => {
            Code::BadValue
        }
        MainCf::CommentInValue => Code::CommentInValue,
    }
}

const fn restriction(problem: &Restriction) -> Code {
    match problem {
        Restriction::Unknown { .. } => Code::UnknownRestriction,
        Restriction::BadArgument { .. } => Code::RestrictionArgument,
        Restriction::NeverReached { .. } => Code::NeverReached,
        Restriction::OwnClientsAsked { .. } => Code::OwnClientsAsked,
        Restriction::ClosedZone { .. } => Code::ClosedZone,
        Restriction::NoRelayGuard => Code::NoRelayGuard,
        Restriction::AnyoneMayRelay { .. } => Code::AnyoneMayRelay,
        Restriction::ClientsMayRelay { .. } => Code::ClientsMayRelay,
        Restriction::EveryAddressIsOwn { .. } => Code::EveryAddressIsOwn,
        Restriction::SkippedByClaim { .. } => Code::SkippedByClaim,
        Restriction::WhiteListTooLate { .. } => Code::WhiteListTooLate,
        Restriction::OkForbidden { .. } => Code::OkForbidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.code()).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn a_code_is_found_as_people_write_it() {
        assert_eq!(Code::find("pp201"), Some(Code::TildeForCaret));
        assert_eq!(Code::find("Tilde-For-Caret"), Some(Code::TildeForCaret));
        assert_eq!(Code::find("PP2"), None);
    }
}
