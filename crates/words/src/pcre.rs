//! Words for what PCRE2 refuses in a pattern, and for what ends a match.

use postproof_model::{PcreErrorKind, PcreMatchError};

use crate::Phrase;

crate::phrases! {
    NOT_UTF_8: "The pattern asks for UTF-8 with (*UTF), but is not written in it." / "パターンは (*UTF) で UTF-8 を求めていますが、UTF-8 で書かれていません。";
    RECURSION_LOOP: "a group calls itself at the same place, over and over" / "グループが同じ位置で自分自身を呼び出し続けます";
    KEY_NOT_UTF_8: "the pattern asks for UTF-8 with (*UTF), and the key is not UTF-8" / "パターンは (*UTF) で UTF-8 を求めていますが、キーが UTF-8 ではありません";
    TRAILING_BACKSLASH: "The pattern ends in a backslash." / "パターンがバックスラッシュで終わっています。";
    TRAILING_BACKSLASH_MEND: "Write two for a backslash as it is." / "バックスラッシュそのものなら二つ書いてください。";
    TRAILING_CONTROL: "The pattern ends in \\c, without the character it is to be with." / "パターンが \\c で終わり、後に続くはずの文字がありません。";
    UNKNOWN_ESCAPE: "A backslash before this letter means nothing." / "この文字の前のバックスラッシュには意味がありません。";
    UNKNOWN_ESCAPE_MEND: "Leave the backslash out." / "バックスラッシュを取り除いてください。";
    BRACE_ORDER: "The second count between the braces is lower than the first." / "波括弧の二つ目の回数が一つ目より小さくなっています。";
    BRACE_TOO_BIG: "A count between braces can be 65535 at most." / "波括弧の回数は 65535 までです。";
    UNCLOSED_BRACKET: "This bracket is never closed." / "この角括弧が閉じていません。";
    UNCLOSED_BRACKET_MEND: "Close it with ]; a ] that stands first inside counts as a character. For a bracket as it is, write \\[."
        / "] で閉じてください。中の先頭にある ] は文字として扱われます。角括弧そのものなら \\[ と書いてください。";
    ESCAPE_IN_BRACKET: "This escape cannot stand between brackets." / "このエスケープは角括弧の中では使えません。";
    RANGE_ORDER: "The end of this range comes before its start." / "範囲の終わりが始めより前にあります。";
    RANGE_MEND: "Turn it round, or put a hyphen that is meant as a character first or last." / "順序を入れ替えるか、文字としてのハイフンなら先頭か末尾に置いてください。";
    NOTHING_TO_REPEAT: "There is nothing before this repetition that can be repeated." / "この繰り返しの前に、繰り返せるものがありません。";
    NOTHING_TO_REPEAT_MEND: "Put a backslash before the character to match it as it is." / "その文字そのものに一致させるには、前にバックスラッシュを置いてください。";
    UNKNOWN_GROUP_KIND: "(? is followed by something that has no meaning there." / "(? の後に、意味のない文字が続いています。";
    PARENTHESIS_MEND: "For a parenthesis as it is, write \\(." / "括弧そのものなら \\( と書いてください。";
    CLASS_OUTSIDE_BRACKET: "A class such as [:alpha:] must stand between brackets of its own." / "[:alpha:] のようなクラスは、さらに角括弧で囲む必要があります。";
    CLASS_OUTSIDE_BRACKET_MEND: "Write two brackets: [[:alpha:]]." / "[[:alpha:]] のように角括弧を二重にしてください。";
    COLLATING_ELEMENT: "PCRE knows no collating elements: [.x.] and [=x=] mean nothing to it." / "PCRE に照合要素はなく、[.x.] や [=x=] は使えません。";
    UNCLOSED_GROUP: "This parenthesis is never closed." / "この括弧が閉じていません。";
    UNCLOSED_GROUP_MEND: "Close it, or write \\( for a parenthesis as it is." / "閉じるか、括弧そのものなら \\( と書いてください。";
    UNKNOWN_GROUP: "The pattern has no such group." / "パターンにこのグループはありません。";
    UNCLOSED_COMMENT: "This comment is never closed." / "このコメントが閉じていません。";
    UNCLOSED_COMMENT_MEND: "Close it with a parenthesis." / "括弧で閉じてください。";
    TOO_DEEP: "Parentheses nest deeper than 250." / "括弧の入れ子が 250 段を超えています。";
    TOO_BIG: "The pattern grows over 64 kilobytes when compiled." / "コンパイルするとパターンが 64 キロバイトを超えます。";
    TOO_BIG_MEND: "Lower the counts of repetitions, above all of those inside one another." / "繰り返しの回数、特に入れ子になったものを減らしてください。";
    UNOPENED_GROUP: "This closing parenthesis was never opened." / "この閉じ括弧に対応する開き括弧がありません。";
    UNOPENED_GROUP_MEND: "Write \\) for a parenthesis as it is." / "括弧そのものなら \\) と書いてください。";
    UNCLOSED_CONDITION: "The condition's own parenthesis is never closed." / "条件そのものの括弧が閉じていません。";
    VARIABLE_LOOKBEHIND: "What a look-behind looks for must have one length." / "後読みの中身は長さが一定でなければなりません。";
    VARIABLE_LOOKBEHIND_MEND: "Give each length an alternative of its own at the top of the look-behind, or use \\K."
        / "長さごとに後読みの一番外側の選択肢として分けるか、\\K を使ってください。";
    RELATIVE_ZERO: "A relative number cannot be zero." / "相対番号にゼロは使えません。";
    TOO_MANY_BRANCHES: "A condition has two branches at most." / "条件の分岐は二つまでです。";
    CONDITION_NO_ASSERTION: "A look-around must stand here as the condition." / "ここには条件として先読みか後読みが必要です。";
    DIGIT_EXPECTED: "A digit must follow here." / "ここには数字が必要です。";
    UNKNOWN_CLASS: "There is no class of characters of this name." / "この名前の文字クラスはありません。";
    UNKNOWN_CLASS_MEND: "The names are alpha, lower, upper, alnum, ascii, blank, cntrl, digit, graph, print, punct, space, word and xdigit."
        / "使える名前は alpha、lower、upper、alnum、ascii、blank、cntrl、digit、graph、print、punct、space、word、xdigit です。";
    CHARACTER_TOO_BIG: "There is no character of this number." / "この番号の文字はありません。";
    CHARACTER_TOO_BIG_MEND: "Without (*UTF) at the start of the pattern, numbers end at \\xFF." / "パターンの先頭に (*UTF) がなければ、番号は \\xFF までです。";
    LOOKBEHIND_TOO_COMPLEX: "There is too much in this look-behind." / "この後読みは複雑すぎます。";
    SINGLE_BYTE_IN_LOOKBEHIND: "\\C cannot stand in a look-behind of a UTF-8 pattern." / "UTF-8 のパターンでは、後読みの中に \\C は使えません。";
    PERL_ONLY_ESCAPE: "Perl has this escape, PCRE has not." / "このエスケープは Perl にはありますが、PCRE にはありません。";
    CALLOUT_TOO_BIG: "The number of a callout can be 255 at most." / "コールアウトの番号は 255 までです。";
    UNCLOSED_CALLOUT: "This callout is never closed." / "このコールアウトが閉じていません。";
    UNKNOWN_PYTHON_GROUP: "(?P is followed by something that has no meaning there." / "(?P の後に、意味のない文字が続いています。";
    NAME_NOT_ENDED: "The name of a group must end here." / "グループの名前はここで閉じなければなりません。";
    NAME_MEND: "A name is made of letters, digits and underscores." / "名前に使えるのは英字、数字、下線です。";
    DUPLICATE_NAME: "Two groups have this name." / "この名前のグループが二つあります。";
    DUPLICATE_NAME_MEND: "Give the second another name, or allow it with (?J)." / "二つ目に別の名前を付けるか、(?J) で許可してください。";
    NAME_STARTS_WITH_DIGIT: "The name of a group cannot start with a digit." / "グループの名前は数字で始められません。";
    MALFORMED_PROPERTY: "A property's name must follow: \\p{L} for instance." / "\\p{L} のように、文字特性の名前が必要です。";
    UNKNOWN_PROPERTY: "PCRE knows no property of this name." / "PCRE にこの名前の文字特性はありません。";
    NAME_TOO_LONG: "The name of a group can have 32 characters at most." / "グループの名前は 32 文字までです。";
    TOO_MANY_NAMES: "A pattern can have 10000 names at most." / "一つのパターンに付けられる名前は 10000 個までです。";
    CLASS_IN_RANGE: "A class of characters cannot begin or end a range." / "文字クラスは範囲の始めや終わりにはなれません。";
    OCTAL_TOO_BIG: "Without (*UTF) at the start of the pattern, octal numbers end at \\377." / "パターンの先頭に (*UTF) がなければ、八進数は \\377 までです。";
    DEFINE_BRANCHES: "(?(DEFINE) cannot have alternatives." / "(?(DEFINE) に選択肢は書けません。";
    OCTAL_BRACE: "A brace must follow \\o." / "\\o の後には波括弧が必要です。";
    REFERENCE_EXPECTED: "A number or a name must follow \\g." / "\\g の後には番号か名前が必要です。";
    RECURSION_NOT_CLOSED: "A closing parenthesis must follow (?R." / "(?R の後には閉じ括弧が必要です。";
    UNKNOWN_VERB: "(* is followed by a word that PCRE does not know, or that is malformed." / "(* の後に、PCRE が知らないか、形の正しくない語が続いています。";
    UNKNOWN_VERB_MEND: "For a parenthesis as it is, write \\(; settings such as (*UTF) count only at the very start of the pattern."
        / "括弧そのものなら \\( と書いてください。(*UTF) などの設定が使えるのはパターンの先頭だけです。";
    GROUP_NUMBER_TOO_BIG: "The number of a group can be 65535 at most." / "グループの番号は 65535 までです。";
    NAME_EXPECTED: "The name of a group must stand here." / "ここにはグループの名前が必要です。";
    NOT_OCTAL: "Only octal digits can stand between the braces of \\o." / "\\o の波括弧の中には八進数字しか書けません。";
    NAME_MISMATCH: "Groups of one number cannot have different names." / "同じ番号のグループに違う名前は付けられません。";
    MARK_WITHOUT_NAME: "(*MARK) needs a name." / "(*MARK) には名前が必要です。";
    NOT_HEXADECIMAL: "Only hexadecimal digits can stand between the braces of \\x." / "\\x の波括弧の中には十六進数字しか書けません。";
    BAD_CONTROL: "Only a printable ASCII character can follow \\c." / "\\c の後に書けるのは ASCII の印字可能な文字だけです。";
    NAMED_REFERENCE_EXPECTED: "A name in braces, angle brackets or quotes must follow \\k." / "\\k の後には、波括弧、山括弧または引用符で囲んだ名前が必要です。";
    NOT_NEWLINE_IN_BRACKET: "\\N cannot stand between brackets." / "\\N は角括弧の中では使えません。";
    SURROGATE: "Numbers from D800 to DFFF are no characters." / "D800 から DFFF までの番号は文字ではありません。";
    VERB_NAME_TOO_LONG: "A name of a (*VERB) can have 255 bytes at most." / "(*VERB) の名前は 255 バイトまでです。";
    DIGITS_MISSING: "A number must stand between these braces." / "この波括弧の中には番号が必要です。";
    BAD_VERSION: "A version must follow here, as in (?(VERSION>=10.4)." / "ここには (?(VERSION>=10.4) のようにバージョンが必要です。";
    CALLOUT_NOT_ENDED: "The text of this callout is never ended." / "このコールアウトの文字列が閉じていません。";
    CALLOUT_DELIMITER: "The text of a callout must start with a quote or another of its delimiters." / "コールアウトの文字列は、引用符などの区切り文字で始めてください。";
    LOOKBEHIND_TOO_LONG: "A look-behind can look 65535 characters back at most." / "後読みでさかのぼれるのは 65535 文字までです。";
    CHARACTER_NUMBER_IN_BYTES: "\\N{U+…} needs (*UTF) at the start of the pattern." / "\\N{U+…} を使うには、パターンの先頭に (*UTF) が必要です。";
    SETTINGS_HYPHEN: "A hyphen cannot stand here among the settings." / "設定のこの位置にハイフンは書けません。";
    UNKNOWN_ASSERTION_NAME: "(* is followed by a name that PCRE does not know, or that no colon follows." / "(* の後に PCRE が知らない名前があるか、名前の後にコロンがありません。";
    TOO_MANY_GROUPS: "A pattern can have 65535 groups at most." / "一つのパターンのグループは 65535 個までです。";
    CONDITION_NOT_ATOMIC: "A non-atomic look-around cannot be a condition." / "アトミックでない先読みや後読みは条件にできません。";
    KEEP_IN_LOOKAROUND: "\\K cannot stand in a look-around." / "先読みや後読みの中に \\K は使えません。";
}

/// What PCRE2 finds wrong, and how to mend it.
pub(crate) const fn error(kind: PcreErrorKind) -> (Phrase, Option<Phrase>) {
    match kind {
        PcreErrorKind::NotUtf8 => (NOT_UTF_8, None),
        PcreErrorKind::TrailingBackslash => (TRAILING_BACKSLASH, Some(TRAILING_BACKSLASH_MEND)),
        PcreErrorKind::TrailingControl => (TRAILING_CONTROL, None),
        PcreErrorKind::UnknownEscape => (UNKNOWN_ESCAPE, Some(UNKNOWN_ESCAPE_MEND)),
        PcreErrorKind::BraceOrder => (BRACE_ORDER, None),
        PcreErrorKind::BraceTooBig => (BRACE_TOO_BIG, None),
        PcreErrorKind::UnclosedBracket => (UNCLOSED_BRACKET, Some(UNCLOSED_BRACKET_MEND)),
        PcreErrorKind::EscapeInBracket => (ESCAPE_IN_BRACKET, None),
        PcreErrorKind::RangeOrder => (RANGE_ORDER, Some(RANGE_MEND)),
        PcreErrorKind::NothingToRepeat => (NOTHING_TO_REPEAT, Some(NOTHING_TO_REPEAT_MEND)),
        PcreErrorKind::UnknownGroupKind => (UNKNOWN_GROUP_KIND, Some(PARENTHESIS_MEND)),
        PcreErrorKind::ClassOutsideBracket => (CLASS_OUTSIDE_BRACKET, Some(CLASS_OUTSIDE_BRACKET_MEND)),
        PcreErrorKind::CollatingElement => (COLLATING_ELEMENT, None),
        PcreErrorKind::UnclosedGroup => (UNCLOSED_GROUP, Some(UNCLOSED_GROUP_MEND)),
        PcreErrorKind::UnknownGroup => (UNKNOWN_GROUP, None),
        PcreErrorKind::UnclosedComment => (UNCLOSED_COMMENT, Some(UNCLOSED_COMMENT_MEND)),
        PcreErrorKind::TooDeep => (TOO_DEEP, None),
        PcreErrorKind::TooBig => (TOO_BIG, Some(TOO_BIG_MEND)),
        PcreErrorKind::UnopenedGroup => (UNOPENED_GROUP, Some(UNOPENED_GROUP_MEND)),
        PcreErrorKind::UnclosedCondition => (UNCLOSED_CONDITION, None),
        PcreErrorKind::VariableLookbehind => (VARIABLE_LOOKBEHIND, Some(VARIABLE_LOOKBEHIND_MEND)),
        PcreErrorKind::RelativeZero => (RELATIVE_ZERO, None),
        PcreErrorKind::TooManyBranches => (TOO_MANY_BRANCHES, None),
        PcreErrorKind::ConditionNoAssertion => (CONDITION_NO_ASSERTION, None),
        PcreErrorKind::DigitExpected => (DIGIT_EXPECTED, None),
        PcreErrorKind::UnknownClass => (UNKNOWN_CLASS, Some(UNKNOWN_CLASS_MEND)),
        PcreErrorKind::CharacterTooBig => (CHARACTER_TOO_BIG, Some(CHARACTER_TOO_BIG_MEND)),
        PcreErrorKind::LookbehindTooComplex => (LOOKBEHIND_TOO_COMPLEX, None),
        PcreErrorKind::SingleByteInLookbehind => (SINGLE_BYTE_IN_LOOKBEHIND, None),
        PcreErrorKind::PerlOnlyEscape => (PERL_ONLY_ESCAPE, None),
        PcreErrorKind::CalloutTooBig => (CALLOUT_TOO_BIG, None),
        PcreErrorKind::UnclosedCallout => (UNCLOSED_CALLOUT, None),
        PcreErrorKind::UnknownPythonGroup => (UNKNOWN_PYTHON_GROUP, Some(PARENTHESIS_MEND)),
        PcreErrorKind::NameNotEnded => (NAME_NOT_ENDED, Some(NAME_MEND)),
        PcreErrorKind::DuplicateName => (DUPLICATE_NAME, Some(DUPLICATE_NAME_MEND)),
        PcreErrorKind::NameStartsWithDigit => (NAME_STARTS_WITH_DIGIT, None),
        PcreErrorKind::MalformedProperty => (MALFORMED_PROPERTY, None),
        PcreErrorKind::UnknownProperty => (UNKNOWN_PROPERTY, None),
        PcreErrorKind::NameTooLong => (NAME_TOO_LONG, None),
        PcreErrorKind::TooManyNames => (TOO_MANY_NAMES, None),
        PcreErrorKind::ClassInRange => (CLASS_IN_RANGE, Some(RANGE_MEND)),
        PcreErrorKind::OctalTooBig => (OCTAL_TOO_BIG, None),
        PcreErrorKind::DefineBranches => (DEFINE_BRANCHES, None),
        PcreErrorKind::OctalBrace => (OCTAL_BRACE, None),
        PcreErrorKind::ReferenceExpected => (REFERENCE_EXPECTED, None),
        PcreErrorKind::RecursionNotClosed => (RECURSION_NOT_CLOSED, None),
        PcreErrorKind::UnknownVerb => (UNKNOWN_VERB, Some(UNKNOWN_VERB_MEND)),
        PcreErrorKind::GroupNumberTooBig => (GROUP_NUMBER_TOO_BIG, None),
        PcreErrorKind::NameExpected => (NAME_EXPECTED, Some(NAME_MEND)),
        PcreErrorKind::NotOctal => (NOT_OCTAL, None),
        PcreErrorKind::NameMismatch => (NAME_MISMATCH, None),
        PcreErrorKind::MarkWithoutName => (MARK_WITHOUT_NAME, None),
        PcreErrorKind::NotHexadecimal => (NOT_HEXADECIMAL, None),
        PcreErrorKind::BadControl => (BAD_CONTROL, None),
        PcreErrorKind::NamedReferenceExpected => (NAMED_REFERENCE_EXPECTED, None),
        PcreErrorKind::NotNewlineInBracket => (NOT_NEWLINE_IN_BRACKET, None),
        PcreErrorKind::Surrogate => (SURROGATE, None),
        PcreErrorKind::VerbNameTooLong => (VERB_NAME_TOO_LONG, None),
        PcreErrorKind::DigitsMissing => (DIGITS_MISSING, None),
        PcreErrorKind::BadVersion => (BAD_VERSION, None),
        PcreErrorKind::CalloutNotEnded => (CALLOUT_NOT_ENDED, None),
        PcreErrorKind::CalloutDelimiter => (CALLOUT_DELIMITER, None),
        PcreErrorKind::LookbehindTooLong => (LOOKBEHIND_TOO_LONG, None),
        PcreErrorKind::CharacterNumberInBytes => (CHARACTER_NUMBER_IN_BYTES, None),
        PcreErrorKind::SettingsHyphen => (SETTINGS_HYPHEN, None),
        PcreErrorKind::UnknownAssertionName => (UNKNOWN_ASSERTION_NAME, None),
        PcreErrorKind::TooManyGroups => (TOO_MANY_GROUPS, None),
        PcreErrorKind::ConditionNotAtomic => (CONDITION_NOT_ATOMIC, None),
        PcreErrorKind::KeepInLookaround => (KEEP_IN_LOOKAROUND, None),
    }
}

/// Why PCRE2 ends a match with an error.
#[must_use]
pub const fn match_error(error: PcreMatchError) -> Phrase {
    match error {
        PcreMatchError::RecursionLoop => RECURSION_LOOP,
        PcreMatchError::KeyNotUtf8 => KEY_NOT_UTF_8,
    }
}
