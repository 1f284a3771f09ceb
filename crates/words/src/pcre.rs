//! Words for what PCRE2 refuses in a pattern, and for what ends a match.

use postproof_model::{PcreErrorKind, PcreMatchError};

use crate::Phrase;

crate::phrases! {
    NOT_UTF_8: "The pattern asks for UTF-8 with (*UTF), but is not written in it." / "パターンは (*UTF) で UTF-8 を求めていますが、UTF-8 で書かれていません。";
    NOT_UTF_8_MEND: "Save the table as UTF-8, or take (*UTF) out."
        / "テーブルを UTF-8 で保存するか、(*UTF) を取り除いてください。";
    RECURSION_LOOP: "a group calls itself at the same place, over and over" / "グループが同じ位置で自分自身を呼び出し続けます";
    KEY_NOT_UTF_8: "the pattern asks for UTF-8 with (*UTF), and the key is not UTF-8" / "パターンは (*UTF) で UTF-8 を求めていますが、キーが UTF-8 ではありません";
    TRAILING_BACKSLASH: "The pattern ends in a backslash." / "パターンがバックスラッシュで終わっています。";
    TRAILING_BACKSLASH_MEND: "Write two for a backslash as it is." / "バックスラッシュそのものなら二つ書いてください。";
    TRAILING_CONTROL: "The pattern ends in \\c, without the character it is to be with." / "パターンが \\c で終わり、後に続くはずの文字がありません。";
    TRAILING_CONTROL_MEND: "Write the character after it, \\cA for instance, or two backslashes for a backslash as it is."
        / "\\cA のように文字を続けるか、バックスラッシュそのものなら二つ書いてください。";
    UNKNOWN_ESCAPE: "A backslash before this letter means nothing." / "この文字の前のバックスラッシュには意味がありません。";
    UNKNOWN_ESCAPE_MEND: "Leave the backslash out." / "バックスラッシュを取り除いてください。";
    BRACE_ORDER: "The second count between the braces is lower than the first." / "波括弧の二つ目の回数が一つ目より小さくなっています。";
    BRACE_ORDER_MEND: "Write the lower count first: {1,3}."
        / "{1,3} のように、小さい回数を先に書いてください。";
    BRACE_TOO_BIG: "A count between braces can be 65535 at most." / "波括弧の回数は 65535 までです。";
    BRACE_TOO_BIG_MEND: "Leave the upper count out for any number of times: {1,}."
        / "回数に上限がないなら、{1,} のように上限を省いてください。";
    UNCLOSED_BRACKET: "This bracket is never closed." / "この角括弧が閉じていません。";
    UNCLOSED_BRACKET_MEND: "Close it with ]; a ] that stands first inside counts as a character. For a bracket as it is, write \\[."
        / "] で閉じてください。中の先頭にある ] は文字として扱われます。角括弧そのものなら \\[ と書いてください。";
    ESCAPE_IN_BRACKET: "This escape cannot stand between brackets." / "このエスケープは角括弧の中では使えません。";
    ESCAPE_IN_BRACKET_MEND: "Put it outside of the brackets, as an alternative: (?:[ab]|\\R)."
        / "(?:[ab]|\\R) のように、角括弧の外に選択肢として書いてください。";
    RANGE_ORDER: "The end of this range comes before its start." / "範囲の終わりが始めより前にあります。";
    RANGE_MEND: "Turn it round, or put a hyphen that is meant as a character first or last." / "順序を入れ替えるか、文字としてのハイフンなら先頭か末尾に置いてください。";
    NOTHING_TO_REPEAT: "There is nothing before this repetition that can be repeated." / "この繰り返しの前に、繰り返せるものがありません。";
    NOTHING_TO_REPEAT_MEND: "Put a backslash before the character to match it as it is." / "その文字そのものに一致させるには、前にバックスラッシュを置いてください。";
    UNKNOWN_GROUP_KIND: "(? is followed by something that has no meaning there." / "(? の後に、意味のない文字が続いています。";
    PARENTHESIS_MEND: "For a parenthesis as it is, write \\(." / "括弧そのものなら \\( と書いてください。";
    CLASS_OUTSIDE_BRACKET: "A class such as [:alpha:] must stand between brackets of its own." / "[:alpha:] のようなクラスは、さらに角括弧で囲む必要があります。";
    CLASS_OUTSIDE_BRACKET_MEND: "Write two brackets: [[:alpha:]]." / "[[:alpha:]] のように角括弧を二重にしてください。";
    COLLATING_ELEMENT: "PCRE knows no collating elements: [.x.] and [=x=] mean nothing to it." / "PCRE に照合要素はなく、[.x.] や [=x=] は使えません。";
    COLLATING_ELEMENT_MEND: "Write the character itself; for a bracket or a dot as it is, put a backslash before it."
        / "文字をそのまま書いてください。角括弧やドットそのものなら、前にバックスラッシュを置きます。";
    UNCLOSED_GROUP: "This parenthesis is never closed." / "この括弧が閉じていません。";
    UNCLOSED_GROUP_MEND: "Close it, or write \\( for a parenthesis as it is." / "閉じるか、括弧そのものなら \\( と書いてください。";
    UNKNOWN_GROUP: "The pattern has no such group." / "パターンにこのグループはありません。";
    UNKNOWN_GROUP_MEND: "Groups count from 1 by their opening parentheses; (?:…) does not count."
        / "グループは開き括弧の順に 1 から数えます。(?:…) は数えません。";
    UNCLOSED_COMMENT: "This comment is never closed." / "このコメントが閉じていません。";
    UNCLOSED_COMMENT_MEND: "Close it with a parenthesis." / "括弧で閉じてください。";
    TOO_DEEP: "Parentheses nest deeper than 250." / "括弧の入れ子が 250 段を超えています。";
    TOO_DEEP_MEND: "Take out parentheses that are not needed."
        / "必要のない括弧を取り除いてください。";
    TOO_BIG: "The pattern grows over 64 kilobytes when compiled." / "コンパイルするとパターンが 64 キロバイトを超えます。";
    TOO_BIG_MEND: "Lower the counts of repetitions, above all of those inside one another." / "繰り返しの回数、特に入れ子になったものを減らしてください。";
    UNOPENED_GROUP: "This closing parenthesis was never opened." / "この閉じ括弧に対応する開き括弧がありません。";
    UNOPENED_GROUP_MEND: "Write \\) for a parenthesis as it is." / "括弧そのものなら \\) と書いてください。";
    UNCLOSED_CONDITION: "The condition's own parenthesis is never closed." / "条件そのものの括弧が閉じていません。";
    UNCLOSED_CONDITION_MEND: "Close it before the first branch: (?(1)yes|no)."
        / "(?(1)はい|いいえ) のように、最初の分岐の前で閉じてください。";
    VARIABLE_LOOKBEHIND: "What a look-behind looks for must have one length." / "後読みの中身は長さが一定でなければなりません。";
    VARIABLE_LOOKBEHIND_MEND: "Give each length an alternative of its own at the top of the look-behind, or use \\K."
        / "長さごとに後読みの一番外側の選択肢として分けるか、\\K を使ってください。";
    RELATIVE_ZERO: "A relative number cannot be zero." / "相対番号にゼロは使えません。";
    RELATIVE_ZERO_MEND: "Write -1 for the group that began last, +1 for the next."
        / "直前に始まったグループなら -1、次のグループなら +1 と書いてください。";
    TOO_MANY_BRANCHES: "A condition has two branches at most." / "条件の分岐は二つまでです。";
    TOO_MANY_BRANCHES_MEND: "Put parentheses around alternatives inside a branch: (?(1)(?:a|b)|c)."
        / "分岐の中の選択肢は、(?(1)(?:a|b)|c) のように括弧で囲んでください。";
    CONDITION_NO_ASSERTION: "A look-around must stand here as the condition." / "ここには条件として先読みか後読みが必要です。";
    CONDITION_NO_ASSERTION_MEND: "Write the number or name of a group, (?(1)…), or a look-around, (?(?=…)…)."
        / "グループの番号か名前 (?(1)…)、または先読みか後読み (?(?=…)…) を書いてください。";
    DIGIT_EXPECTED: "A digit must follow here." / "ここには数字が必要です。";
    DIGIT_EXPECTED_MEND: "Write the number of a group after the sign: (?-1)."
        / "(?-1) のように、符号の後にグループの番号を書いてください。";
    UNKNOWN_CLASS: "There is no class of characters of this name." / "この名前の文字クラスはありません。";
    UNKNOWN_CLASS_MEND: "The names are alpha, lower, upper, alnum, ascii, blank, cntrl, digit, graph, print, punct, space, word and xdigit."
        / "使える名前は alpha、lower、upper、alnum、ascii、blank、cntrl、digit、graph、print、punct、space、word、xdigit です。";
    CHARACTER_TOO_BIG: "There is no character of this number." / "この番号の文字はありません。";
    CHARACTER_TOO_BIG_MEND: "Without (*UTF) at the start of the pattern, numbers end at \\xFF." / "パターンの先頭に (*UTF) がなければ、番号は \\xFF までです。";
    LOOKBEHIND_TOO_COMPLEX: "There is too much in this look-behind." / "この後読みは複雑すぎます。";
    LOOKBEHIND_TOO_COMPLEX_MEND: "Use \\K instead: what stands before it is no part of the match."
        / "代わりに \\K を使ってください。その前の部分は一致に含まれません。";
    SINGLE_BYTE_IN_LOOKBEHIND: "\\C cannot stand in a look-behind of a UTF-8 pattern." / "UTF-8 のパターンでは、後読みの中に \\C は使えません。";
    SINGLE_BYTE_IN_LOOKBEHIND_MEND: "Write a dot instead."
        / "代わりにドットを使ってください。";
    PERL_ONLY_ESCAPE: "Perl has this escape, PCRE has not." / "このエスケープは Perl にはありますが、PCRE にはありません。";
    PERL_ONLY_ESCAPE_MEND: "Write the character itself, \\x{…} for its number, or (?i:…) where case does not count."
        / "文字をそのまま書くか、番号なら \\x{…}、大文字小文字を区別しないなら (?i:…) と書いてください。";
    CALLOUT_TOO_BIG: "The number of a callout can be 255 at most." / "コールアウトの番号は 255 までです。";
    CALLOUT_MEND: "Take the callout out: Postfix does nothing with it."
        / "コールアウトは Postfix では何もしないので、取り除いてください。";
    UNCLOSED_CALLOUT: "This callout is never closed." / "このコールアウトが閉じていません。";
    UNKNOWN_PYTHON_GROUP: "(?P is followed by something that has no meaning there." / "(?P の後に、意味のない文字が続いています。";
    NAME_NOT_ENDED: "The name of a group must end here." / "グループの名前はここで閉じなければなりません。";
    NAME_MEND: "A name is made of letters, digits and underscores." / "名前に使えるのは英字、数字、下線です。";
    DUPLICATE_NAME: "Two groups have this name." / "この名前のグループが二つあります。";
    DUPLICATE_NAME_MEND: "Give the second another name, or allow it with (?J)." / "二つ目に別の名前を付けるか、(?J) で許可してください。";
    NAME_STARTS_WITH_DIGIT: "The name of a group cannot start with a digit." / "グループの名前は数字で始められません。";
    NAME_STARTS_WITH_DIGIT_MEND: "Put a letter or an underscore first."
        / "英字か下線で始めてください。";
    MALFORMED_PROPERTY: "A property's name must follow: \\p{L} for instance." / "\\p{L} のように、文字特性の名前が必要です。";
    MALFORMED_PROPERTY_MEND: "Write its name between braces, or two backslashes for a backslash as it is."
        / "名前を波括弧で囲んで書くか、バックスラッシュそのものなら二つ書いてください。";
    UNKNOWN_PROPERTY: "PCRE knows no property of this name." / "PCRE にこの名前の文字特性はありません。";
    UNKNOWN_PROPERTY_MEND: "Names are such as L, Lu, Nd, P, Latin, Greek, Han, Hiragana or Katakana."
        / "使える名前は L、Lu、Nd、P、Latin、Greek、Han、Hiragana、Katakana などです。";
    NAME_TOO_LONG: "The name of a group can have 32 characters at most." / "グループの名前は 32 文字までです。";
    NAME_TOO_LONG_MEND: "Shorten the name."
        / "名前を短くしてください。";
    TOO_MANY_NAMES: "A pattern can have 10000 names at most." / "一つのパターンに付けられる名前は 10000 個までです。";
    TOO_MANY_NAMES_MEND: "Take names out, or split the pattern into several rules."
        / "名前を減らすか、パターンを複数のルールに分けてください。";
    CLASS_IN_RANGE: "A class of characters cannot begin or end a range." / "文字クラスは範囲の始めや終わりにはなれません。";
    OCTAL_TOO_BIG: "Without (*UTF) at the start of the pattern, octal numbers end at \\377." / "パターンの先頭に (*UTF) がなければ、八進数は \\377 までです。";
    OCTAL_TOO_BIG_MEND: "Write the bytes of the character one by one: \\xc3\\xa9."
        / "\\xc3\\xa9 のように、文字のバイトを一つずつ書いてください。";
    DEFINE_BRANCHES: "(?(DEFINE) cannot have alternatives." / "(?(DEFINE) に選択肢は書けません。";
    DEFINE_BRANCHES_MEND: "Put parentheses around the alternatives."
        / "選択肢を括弧で囲んでください。";
    OCTAL_BRACE: "A brace must follow \\o." / "\\o の後には波括弧が必要です。";
    OCTAL_BRACE_MEND: "Write \\o{101}."
        / "\\o{101} のように書いてください。";
    REFERENCE_EXPECTED: "A number or a name must follow \\g." / "\\g の後には番号か名前が必要です。";
    REFERENCE_EXPECTED_MEND: "Write \\g1, \\g{-1} or \\k<name>."
        / "\\g1、\\g{-1}、\\k<名前> のように書いてください。";
    RECURSION_NOT_CLOSED: "A closing parenthesis must follow (?R." / "(?R の後には閉じ括弧が必要です。";
    RECURSION_NOT_CLOSED_MEND: "Write (?R) for the whole pattern, (?1) for a group."
        / "パターン全体なら (?R)、グループなら (?1) と書いてください。";
    UNKNOWN_VERB: "(* is followed by a word that PCRE does not know, or that is malformed." / "(* の後に、PCRE が知らないか、形の正しくない語が続いています。";
    UNKNOWN_VERB_MEND: "For a parenthesis as it is, write \\(; settings such as (*UTF) count only at the very start of the pattern."
        / "括弧そのものなら \\( と書いてください。(*UTF) などの設定が使えるのはパターンの先頭だけです。";
    GROUP_NUMBER_TOO_BIG: "The number of a group can be 65535 at most." / "グループの番号は 65535 までです。";
    GROUP_NUMBER_TOO_BIG_MEND: "Use the number of a group that exists."
        / "存在するグループの番号を使ってください。";
    NAME_EXPECTED: "The name of a group must stand here." / "ここにはグループの名前が必要です。";
    NOT_OCTAL: "Only octal digits can stand between the braces of \\o." / "\\o の波括弧の中には八進数字しか書けません。";
    NOT_OCTAL_MEND: "Write digits from 0 to 7, or \\x{…} with hexadecimal digits."
        / "0 から 7 の数字を書くか、十六進数なら \\x{…} と書いてください。";
    NAME_MISMATCH: "Groups of one number cannot have different names." / "同じ番号のグループに違う名前は付けられません。";
    NAME_MISMATCH_MEND: "Give the alternatives of (?|…) the same names."
        / "(?|…) の選択肢には同じ名前を付けてください。";
    MARK_WITHOUT_NAME: "(*MARK) needs a name." / "(*MARK) には名前が必要です。";
    MARK_WITHOUT_NAME_MEND: "Take it out: Postfix does nothing with it. For a parenthesis as it is, write \\(."
        / "Postfix では何もしないので取り除いてください。括弧そのものなら \\( と書きます。";
    NOT_HEXADECIMAL: "Only hexadecimal digits can stand between the braces of \\x." / "\\x の波括弧の中には十六進数字しか書けません。";
    NOT_HEXADECIMAL_MEND: "Write digits and letters from a to f."
        / "数字と a から f の英字で書いてください。";
    BAD_CONTROL: "Only a printable ASCII character can follow \\c." / "\\c の後に書けるのは ASCII の印字可能な文字だけです。";
    BAD_CONTROL_MEND: "Write the byte by its number: \\x01."
        / "\\x01 のように、バイトを番号で書いてください。";
    NAMED_REFERENCE_EXPECTED: "A name in braces, angle brackets or quotes must follow \\k." / "\\k の後には、波括弧、山括弧または引用符で囲んだ名前が必要です。";
    NAMED_REFERENCE_EXPECTED_MEND: "Write \\k<name>."
        / "\\k<名前> のように書いてください。";
    NOT_NEWLINE_IN_BRACKET: "\\N cannot stand between brackets." / "\\N は角括弧の中では使えません。";
    NOT_NEWLINE_IN_BRACKET_MEND: "Write [^\\n…] instead."
        / "代わりに [^\\n…] と書いてください。";
    SURROGATE: "Numbers from D800 to DFFF are no characters." / "D800 から DFFF までの番号は文字ではありません。";
    SURROGATE_MEND: "Write the number of the character that the two halves make."
        / "二つ組で表される文字そのものの番号を書いてください。";
    VERB_NAME_TOO_LONG: "A name of a (*VERB) can have 255 bytes at most." / "(*VERB) の名前は 255 バイトまでです。";
    VERB_NAME_TOO_LONG_MEND: "Take the name out: Postfix does nothing with it."
        / "名前は Postfix では何もしないので、取り除いてください。";
    DIGITS_MISSING: "A number must stand between these braces." / "この波括弧の中には番号が必要です。";
    DIGITS_MISSING_MEND: "Write the number of a character: \\x{41}."
        / "\\x{41} のように、文字の番号を書いてください。";
    BAD_VERSION: "A version must follow here, as in (?(VERSION>=10.4)." / "ここには (?(VERSION>=10.4) のようにバージョンが必要です。";
    BAD_VERSION_MEND: "Write a number with at most two digits after the dot."
        / "小数点の後は二桁までの番号を書いてください。";
    CALLOUT_NOT_ENDED: "The text of this callout is never ended." / "このコールアウトの文字列が閉じていません。";
    CALLOUT_DELIMITER: "The text of a callout must start with a quote or another of its delimiters." / "コールアウトの文字列は、引用符などの区切り文字で始めてください。";
    LOOKBEHIND_TOO_LONG: "A look-behind can look 65535 characters back at most." / "後読みでさかのぼれるのは 65535 文字までです。";
    LOOKBEHIND_TOO_LONG_MEND: "Lower the counts in it."
        / "中の回数を減らしてください。";
    CHARACTER_NUMBER_IN_BYTES: "\\N{U+…} needs (*UTF) at the start of the pattern." / "\\N{U+…} を使うには、パターンの先頭に (*UTF) が必要です。";
    CHARACTER_NUMBER_IN_BYTES_MEND: "Or write the bytes of the character one by one: \\xc3\\xa9."
        / "または \\xc3\\xa9 のように、文字のバイトを一つずつ書いてください。";
    SETTINGS_HYPHEN: "A hyphen cannot stand here among the settings." / "設定のこの位置にハイフンは書けません。";
    SETTINGS_HYPHEN_MEND: "Write what is switched on, one hyphen, then what is switched off: (?i-s)."
        / "(?i-s) のように、有効にするもの、ハイフン一つ、無効にするものの順に書いてください。";
    UNKNOWN_ASSERTION_NAME: "(* is followed by a name that PCRE does not know, or that no colon follows." / "(* の後に PCRE が知らない名前があるか、名前の後にコロンがありません。";
    UNKNOWN_ASSERTION_NAME_MEND: "Write (?=…), (?!…), (?<=…) or (?<!…); for a parenthesis as it is, \\(."
        / "(?=…)、(?!…)、(?<=…)、(?<!…) のいずれかを書いてください。括弧そのものなら \\( です。";
    TOO_MANY_GROUPS: "A pattern can have 65535 groups at most." / "一つのパターンのグループは 65535 個までです。";
    TOO_MANY_GROUPS_MEND: "Write (?:…) where the group is not used."
        / "使わないグループは (?:…) と書いてください。";
    CONDITION_NOT_ATOMIC: "A non-atomic look-around cannot be a condition." / "アトミックでない先読みや後読みは条件にできません。";
    CONDITION_NOT_ATOMIC_MEND: "Write (?=…) or (?<=…) as the condition."
        / "条件には (?=…) か (?<=…) を書いてください。";
    KEEP_IN_LOOKAROUND: "\\K cannot stand in a look-around." / "先読みや後読みの中に \\K は使えません。";
    KEEP_IN_LOOKAROUND_MEND: "Put it outside of the look-around."
        / "先読みや後読みの外に置いてください。";
}

/// What PCRE2 finds wrong, and how to mend it.
pub(crate) const fn error(kind: PcreErrorKind) -> (Phrase, Phrase) {
    match kind {
        PcreErrorKind::NotUtf8 => (NOT_UTF_8, NOT_UTF_8_MEND),
        PcreErrorKind::TrailingBackslash => (TRAILING_BACKSLASH, TRAILING_BACKSLASH_MEND),
        PcreErrorKind::TrailingControl => (TRAILING_CONTROL, TRAILING_CONTROL_MEND),
        PcreErrorKind::UnknownEscape => (UNKNOWN_ESCAPE, UNKNOWN_ESCAPE_MEND),
        PcreErrorKind::BraceOrder => (BRACE_ORDER, BRACE_ORDER_MEND),
        PcreErrorKind::BraceTooBig => (BRACE_TOO_BIG, BRACE_TOO_BIG_MEND),
        PcreErrorKind::UnclosedBracket => (UNCLOSED_BRACKET, UNCLOSED_BRACKET_MEND),
        PcreErrorKind::EscapeInBracket => (ESCAPE_IN_BRACKET, ESCAPE_IN_BRACKET_MEND),
        PcreErrorKind::RangeOrder => (RANGE_ORDER, RANGE_MEND),
        PcreErrorKind::NothingToRepeat => (NOTHING_TO_REPEAT, NOTHING_TO_REPEAT_MEND),
        PcreErrorKind::UnknownGroupKind => (UNKNOWN_GROUP_KIND, PARENTHESIS_MEND),
        PcreErrorKind::ClassOutsideBracket => (CLASS_OUTSIDE_BRACKET, CLASS_OUTSIDE_BRACKET_MEND),
        PcreErrorKind::CollatingElement => (COLLATING_ELEMENT, COLLATING_ELEMENT_MEND),
        PcreErrorKind::UnclosedGroup => (UNCLOSED_GROUP, UNCLOSED_GROUP_MEND),
        PcreErrorKind::UnknownGroup => (UNKNOWN_GROUP, UNKNOWN_GROUP_MEND),
        PcreErrorKind::UnclosedComment => (UNCLOSED_COMMENT, UNCLOSED_COMMENT_MEND),
        PcreErrorKind::TooDeep => (TOO_DEEP, TOO_DEEP_MEND),
        PcreErrorKind::TooBig => (TOO_BIG, TOO_BIG_MEND),
        PcreErrorKind::UnopenedGroup => (UNOPENED_GROUP, UNOPENED_GROUP_MEND),
        PcreErrorKind::UnclosedCondition => (UNCLOSED_CONDITION, UNCLOSED_CONDITION_MEND),
        PcreErrorKind::VariableLookbehind => (VARIABLE_LOOKBEHIND, VARIABLE_LOOKBEHIND_MEND),
        PcreErrorKind::RelativeZero => (RELATIVE_ZERO, RELATIVE_ZERO_MEND),
        PcreErrorKind::TooManyBranches => (TOO_MANY_BRANCHES, TOO_MANY_BRANCHES_MEND),
        PcreErrorKind::ConditionNoAssertion => (CONDITION_NO_ASSERTION, CONDITION_NO_ASSERTION_MEND),
        PcreErrorKind::DigitExpected => (DIGIT_EXPECTED, DIGIT_EXPECTED_MEND),
        PcreErrorKind::UnknownClass => (UNKNOWN_CLASS, UNKNOWN_CLASS_MEND),
        PcreErrorKind::CharacterTooBig => (CHARACTER_TOO_BIG, CHARACTER_TOO_BIG_MEND),
        PcreErrorKind::LookbehindTooComplex => (LOOKBEHIND_TOO_COMPLEX, LOOKBEHIND_TOO_COMPLEX_MEND),
        PcreErrorKind::SingleByteInLookbehind => (SINGLE_BYTE_IN_LOOKBEHIND, SINGLE_BYTE_IN_LOOKBEHIND_MEND),
        PcreErrorKind::PerlOnlyEscape => (PERL_ONLY_ESCAPE, PERL_ONLY_ESCAPE_MEND),
        PcreErrorKind::CalloutTooBig => (CALLOUT_TOO_BIG, CALLOUT_MEND),
        PcreErrorKind::UnclosedCallout => (UNCLOSED_CALLOUT, CALLOUT_MEND),
        PcreErrorKind::UnknownPythonGroup => (UNKNOWN_PYTHON_GROUP, PARENTHESIS_MEND),
        PcreErrorKind::NameNotEnded => (NAME_NOT_ENDED, NAME_MEND),
        PcreErrorKind::DuplicateName => (DUPLICATE_NAME, DUPLICATE_NAME_MEND),
        PcreErrorKind::NameStartsWithDigit => (NAME_STARTS_WITH_DIGIT, NAME_STARTS_WITH_DIGIT_MEND),
        PcreErrorKind::MalformedProperty => (MALFORMED_PROPERTY, MALFORMED_PROPERTY_MEND),
        PcreErrorKind::UnknownProperty => (UNKNOWN_PROPERTY, UNKNOWN_PROPERTY_MEND),
        PcreErrorKind::NameTooLong => (NAME_TOO_LONG, NAME_TOO_LONG_MEND),
        PcreErrorKind::TooManyNames => (TOO_MANY_NAMES, TOO_MANY_NAMES_MEND),
        PcreErrorKind::ClassInRange => (CLASS_IN_RANGE, RANGE_MEND),
        PcreErrorKind::OctalTooBig => (OCTAL_TOO_BIG, OCTAL_TOO_BIG_MEND),
        PcreErrorKind::DefineBranches => (DEFINE_BRANCHES, DEFINE_BRANCHES_MEND),
        PcreErrorKind::OctalBrace => (OCTAL_BRACE, OCTAL_BRACE_MEND),
        PcreErrorKind::ReferenceExpected => (REFERENCE_EXPECTED, REFERENCE_EXPECTED_MEND),
        PcreErrorKind::RecursionNotClosed => (RECURSION_NOT_CLOSED, RECURSION_NOT_CLOSED_MEND),
        PcreErrorKind::UnknownVerb => (UNKNOWN_VERB, UNKNOWN_VERB_MEND),
        PcreErrorKind::GroupNumberTooBig => (GROUP_NUMBER_TOO_BIG, GROUP_NUMBER_TOO_BIG_MEND),
        PcreErrorKind::NameExpected => (NAME_EXPECTED, NAME_MEND),
        PcreErrorKind::NotOctal => (NOT_OCTAL, NOT_OCTAL_MEND),
        PcreErrorKind::NameMismatch => (NAME_MISMATCH, NAME_MISMATCH_MEND),
        PcreErrorKind::MarkWithoutName => (MARK_WITHOUT_NAME, MARK_WITHOUT_NAME_MEND),
        PcreErrorKind::NotHexadecimal => (NOT_HEXADECIMAL, NOT_HEXADECIMAL_MEND),
        PcreErrorKind::BadControl => (BAD_CONTROL, BAD_CONTROL_MEND),
        PcreErrorKind::NamedReferenceExpected => (NAMED_REFERENCE_EXPECTED, NAMED_REFERENCE_EXPECTED_MEND),
        PcreErrorKind::NotNewlineInBracket => (NOT_NEWLINE_IN_BRACKET, NOT_NEWLINE_IN_BRACKET_MEND),
        PcreErrorKind::Surrogate => (SURROGATE, SURROGATE_MEND),
        PcreErrorKind::VerbNameTooLong => (VERB_NAME_TOO_LONG, VERB_NAME_TOO_LONG_MEND),
        PcreErrorKind::DigitsMissing => (DIGITS_MISSING, DIGITS_MISSING_MEND),
        PcreErrorKind::BadVersion => (BAD_VERSION, BAD_VERSION_MEND),
        PcreErrorKind::CalloutNotEnded => (CALLOUT_NOT_ENDED, CALLOUT_MEND),
        PcreErrorKind::CalloutDelimiter => (CALLOUT_DELIMITER, CALLOUT_MEND),
        PcreErrorKind::LookbehindTooLong => (LOOKBEHIND_TOO_LONG, LOOKBEHIND_TOO_LONG_MEND),
        PcreErrorKind::CharacterNumberInBytes => (CHARACTER_NUMBER_IN_BYTES, CHARACTER_NUMBER_IN_BYTES_MEND),
        PcreErrorKind::SettingsHyphen => (SETTINGS_HYPHEN, SETTINGS_HYPHEN_MEND),
        PcreErrorKind::UnknownAssertionName => (UNKNOWN_ASSERTION_NAME, UNKNOWN_ASSERTION_NAME_MEND),
        PcreErrorKind::TooManyGroups => (TOO_MANY_GROUPS, TOO_MANY_GROUPS_MEND),
        PcreErrorKind::ConditionNotAtomic => (CONDITION_NOT_ATOMIC, CONDITION_NOT_ATOMIC_MEND),
        PcreErrorKind::KeepInLookaround => (KEEP_IN_LOOKAROUND, KEEP_IN_LOOKAROUND_MEND),
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
