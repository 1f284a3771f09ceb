//! The phrases that explanations are put together from.

use postproof_model::explain::{Anchor, Named, Verb};

use crate::Phrase;

crate::phrases! {
    QUOTED: "“{text}”" / "「{text}」";
    BYTE: "the byte {text}" / "バイト {text}";
    BYTES: "the bytes {text}" / "バイト列 {text}";
    SPACE: "a space" / "空白";
    SPACES: "spaces" / "空白";
    TAB: "a tab" / "タブ";
    TABS: "tabs" / "タブ";
    NEWLINE: "a newline" / "改行";
    NEWLINES: "newlines" / "改行";
    NOTHING: "nothing" / "空 (何もなし)";
    SETTING: "a setting, {part}; it takes no text" / "設定 {part}。文字には一致しません";
    REMARK: "a remark, without effect" / "コメント。照合には影響しません";
    NEVER: "{text}, which never matches" / "{text} (決して一致しません)";
    FOLDED: "{what} (in either case)" / "{what} (大文字小文字を区別しない)";
    EXACT: "{what} (in this case only)" / "{what} (大文字小文字を区別する)";
    LISTED: "{more}, {last}" / "{more}、{last}";
    OR: "{more} or {last}" / "{more}または{last}";
    ONE_OF_THESE: "one of these:" / "次のいずれか:";
    IN_THIS_ORDER: "in this order:" / "次の並び:";
    HEAD_AND_ONE: "{head}: {what}" / "{head}: {what}";
    HEAD_AND_LIST: "{head}, {what}" / "{head}、{what}";
    HEAD: "{head}:" / "{head}:";

    ALPHA: "a letter" / "英字";
    ALPHAS: "letters" / "英字";
    DIGIT: "a digit" / "数字";
    DIGITS: "digits" / "数字";
    ALNUM: "a letter or digit" / "英数字";
    ALNUMS: "letters or digits" / "英数字";
    UPPER: "an upper-case letter" / "英大文字";
    UPPERS: "upper-case letters" / "英大文字";
    LOWER: "a lower-case letter" / "英小文字";
    LOWERS: "lower-case letters" / "英小文字";
    WHITE: "a white-space character" / "空白類文字";
    WHITES: "white-space characters" / "空白類文字";
    BLANK: "a space or tab" / "空白かタブ";
    BLANKS: "spaces or tabs" / "空白かタブ";
    PUNCT: "a punctuation mark" / "記号";
    PUNCTS: "punctuation marks" / "記号";
    PRINT: "a printable character" / "印字可能文字";
    PRINTS: "printable characters" / "印字可能文字";
    GRAPH: "a visible character" / "空白以外の印字可能文字";
    GRAPHS: "visible characters" / "空白以外の印字可能文字";
    CNTRL: "a control character" / "制御文字";
    CNTRLS: "control characters" / "制御文字";
    XDIGIT: "a hexadecimal digit" / "16 進数字";
    XDIGITS: "hexadecimal digits" / "16 進数字";
    WORD: "a letter, digit or underscore" / "英数字か下線";
    WORDS: "letters, digits or underscores" / "英数字か下線";

    ASCII: "an ASCII character" / "ASCII 文字";
    ASCIIS: "ASCII characters" / "ASCII 文字";
    HORIZONTAL: "a space of any width or a tab" / "各種の空白かタブ";
    HORIZONTALS: "spaces of any width or tabs" / "各種の空白かタブ";
    VERTICAL: "a character that ends a line or page" / "改行・改ページの文字";
    VERTICALS: "characters that end a line or page" / "改行・改ページの文字";
    PROPERTY: "a character of the Unicode property {part}" / "Unicode 特性 {part} の文字";

    RANGE: "a character from “{first}” to “{last}”" / "「{first}」～「{last}」の文字";
    RANGES: "characters from “{first}” to “{last}”" / "「{first}」～「{last}」の文字";
    LETTER_RANGE: "a letter from “{first}” to “{last}”" / "「{first}」～「{last}」の英字";
    LETTER_RANGES: "letters from “{first}” to “{last}”" / "「{first}」～「{last}」の英字";
    DIGIT_RANGE: "a digit from “{first}” to “{last}”" / "「{first}」～「{last}」の数字";
    DIGIT_RANGES: "digits from “{first}” to “{last}”" / "「{first}」～「{last}」の数字";
    ONE_BYTE_OF: "one of the bytes {text}" / "バイト {text} のどれか";
    ONE_OF: "one of “{text}”" / "「{text}」のどれか";
    ANY_OF: "any of “{text}”" / "「{text}」の各文字";
    BUT: "anything but {what}" / "{what}以外";
    MORE_ITEMS: "{count} more" / "ほか {count} 個";
    ONE: "{what}" / "{what} 1 文字";
    ONE_OF_SEVERAL: "{what}" / "{what}を 1 文字";
    OTHER_THAN: "a character other than {what}" / "{what}以外の 1 文字";
    OTHERS_THAN: "characters other than {what}" / "{what}以外の文字";
    EACH: "{count} characters, each {what}" / "{what}を {count}";
    COUNTED: "{count} {what}" / "{what}を {count}";

    ANY: "any character" / "任意の 1 文字";
    ANY_BUT_NEWLINE: "any character but a newline" / "改行以外の任意の 1 文字";
    ANIES: "characters of any kind" / "任意の文字";
    ANIES_BUT_NEWLINE: "characters of any kind but newlines" / "改行以外の任意の文字";
    ANY_TEXT: "any text, or none" / "任意の文字列 (空でもよい)";
    ANY_TEXT_BUT_NEWLINE: "any text without a newline, or none" / "改行を含まない任意の文字列 (空でもよい)";

    OPTIONALLY: "optionally {what}" / "{what} (なくてもよい)";
    OPTIONAL: "optionally" / "省略可";
    COUNT_ANY: "zero or more" / "0 文字以上";
    COUNT_SOME: "one or more" / "1 文字以上";
    COUNT_EXACT: "{min}" / "{min} 文字";
    COUNT_FROM: "{min} or more" / "{min} 文字以上";
    COUNT_UP_TO: "up to {max}" / "{max} 文字まで";
    COUNT_EITHER: "{min} or {max}" / "{min} または {max} 文字";
    COUNT_BETWEEN: "{min} to {max}" / "{min}～{max} 文字";
    TIMES: "{what}, {times}" / "{what}、{times}";
    TIMES_NONE: "zero times, so it takes no part" / "0 回 (照合に使われません)";
    TIMES_ANY: "zero or more times" / "0 回以上";
    TIMES_SOME: "one or more times" / "1 回以上";
    TIMES_ONE: "once" / "1 回";
    TIMES_EXACT: "{min} times" / "{min} 回";
    TIMES_FROM: "{min} or more times" / "{min} 回以上";
    TIMES_UP_TO: "up to {max} times" / "{max} 回まで";
    TIMES_EITHER: "{min} or {max} times" / "{min} または {max} 回";
    TIMES_BETWEEN: "{min} to {max} times" / "{min}～{max} 回";
    LAZY: "as few as possible" / "できるだけ少なく";
    POSSESSIVE: "giving none back" / "後戻りなし";
    WITH_GREED: "{what}, {greed}" / "{what}、{greed}";

    START: "the start" / "先頭";
    END: "the end" / "末尾";
    LINE_START: "the start of a line" / "行の先頭";
    LINE_END: "the end of a line" / "行の末尾";
    END_OR_FINAL_NEWLINE: "the end, or just before a newline at the end" / "末尾、または末尾の改行の直前";
    SEARCH_START: "where the search begins" / "照合の開始位置";
    WORD_BOUNDARY: "where a word begins or ends" / "単語の境界";
    NOT_WORD_BOUNDARY: "not where a word begins or ends" / "単語の境界でない所";
    WORD_START: "where a word begins" / "単語の先頭";
    WORD_END: "where a word ends" / "単語の末尾";

    GROUP: "group {index} (${index})" / "グループ {index} (${index})";
    NAMED_GROUP: "group {index} (${index}), “{name}”" / "グループ {index} (${index})「{name}」";
    ATOMIC: "tried in one way only" / "後戻りなし";
    SAME_AS: "the same as group {group} took" / "グループ {group} に一致した文字列と同じもの";
    SAME_AS_ONE: "the same as the first of the groups {groups} that took part" / "グループ {groups} のうち最初に一致したものと同じ文字列";
    AHEAD: "followed by" / "直後に続くもの";
    NOT_AHEAD: "not followed by" / "直後に続いてはならないもの";
    BEHIND: "preceded by" / "直前にあるもの";
    NOT_BEHIND: "not preceded by" / "直前にあってはならないもの";
    IF_GROUP: "if group {group} took part" / "グループ {group} が一致していれば";
    IF_RECURSING: "if run by a recursion" / "再帰の中であれば";
    IF_RECURSING_INTO: "if run by a recursion into group {group}" / "グループ {group} への再帰の中であれば";
    IF_ANY_GROUP: "if one of the groups {groups} took part" / "グループ {groups} のどれかが一致していれば";
    IF_ANY_RECURSING: "if run by a recursion into one of the groups {groups}" / "グループ {groups} のどれかへの再帰の中であれば";
    IF_LOOK: "on a condition" / "条件による分岐";
    IF_NEVER: "defined here, used elsewhere" / "ここでは定義だけ";
    THEN: "then" / "成り立つとき";
    OTHERWISE: "otherwise" / "成り立たないとき";
    AGAIN: "the pattern of group {group} once more" / "グループ {group} のパターンをもう一度";
    AGAIN_WHOLE: "the whole pattern once more" / "パターン全体をもう一度";
    LINE_BREAK: "a line break: CR, LF, both, or another line end" / "改行 (CR、LF、その組、またはほかの行末文字)";
    LINE_BREAK_PLAIN: "a line break: CR, LF or both" / "改行 (CR、LF、またはその組)";
    GRAPHEME: "one character as readers see it, with its marks" / "見た目の 1 文字 (付随する記号を含む)";
    SINGLE_BYTE: "any one byte" / "任意の 1 バイト";
    VERB: "{part}: {what}" / "{part}: {what}";
    ACCEPT: "the match ends here" / "ここで一致を確定する";
    FAIL: "never matches" / "決して一致しない";
    COMMIT: "past this place, no other way is tried" / "ここを過ぎたら、ほかの照合は試さない";
    PRUNE: "past this place, no other way from the same start is tried" / "ここを過ぎたら、同じ開始位置でほかの照合は試さない";
    SKIP: "past this place, no start before it is tried" / "ここを過ぎたら、これより前の位置からは試さない";
    SKIP_TO_MARK: "past this place, no start before the mark is tried" / "ここを過ぎたら、印より前の位置からは試さない";
    THEN_NEXT: "past this place, a failure goes on to the next alternative" / "ここを過ぎて失敗したら、次の選択肢へ進む";
    MARK: "remembers this place" / "この位置に印を付ける";
    KEEP: "the match begins here; what came before is not part of it" / "一致はここから始まり、ここまでは含まれません";
    AND_SO_ON: "and so on; left out: {count}" / "以下省略 (残り {count} 個)";

    CASE_FOLDED: "Upper and lower case count as the same." / "大文字と小文字を区別しません。";
    CASE_EXACT: "Upper and lower case are told apart." / "大文字と小文字を区別します。";
    CASE_MIXED: "Upper and lower case are told apart in some parts, as said there." / "大文字と小文字を区別する部分と区別しない部分があります。";
    NOTE_ANYWHERE: "Nothing ties the pattern to the start: it may match anywhere." / "先頭に固定されていないので、途中にも一致します。";
    NOTE_EVERYTHING: "It matches every key, since nothing at all is enough for it." / "空の文字列にも一致するので、どのキーにも一致します。";
    NOTE_NEWLINES: "Any character may be a newline, too: the match may go over the folds of a header." / "改行も一文字として扱うので、ヘッダーの折り返しをまたいで一致することがあります。";
    NOTE_NEVER: "{part} can match nothing: with case folding, a small letter after a backslash never does. Leave the backslash out."
        / "{part} は何にも一致しません。大文字小文字を区別しないとき、バックスラッシュの後の英小文字は決して一致しません。バックスラッシュを取り除いてください。";
    NOTE_SPLIT: "In {part}, a character of several bytes is taken apart, since the pattern is matched byte by byte. Put whole characters in parentheses, with | between them."
        / "{part} では、複数バイトの文字がバイトごとに分かれます。パターンはバイト単位で照合されるためです。文字全体を括弧で囲み、複数なら | で区切ってください。";
    NOTE_BYTES: "{part} counts bytes: a character beyond ASCII counts as two to four." / "{part} はバイト数を数えます。ASCII 以外の文字は 2～4 と数えられます。";
    NOTE_CUT: "The pattern has more parts than are shown." / "パターンが長いため、一部を省略しています。";

    LABEL_ONE_OF: "one of" / "のどれか";
    LABEL_NONE_OF: "none of" / "以外";
    LABEL_NOT: "not" / "以外";
    LABEL_ANY: "any character" / "任意の文字";
    LABEL_ANY_BUT_NEWLINE: "any but newline" / "改行以外";
    LABEL_NEVER: "never" / "不一致";
    LABEL_START: "start" / "先頭";
    LABEL_END: "end" / "末尾";
    LABEL_LINE_START: "line start" / "行頭";
    LABEL_LINE_END: "line end" / "行末";
    LABEL_END_OR_FINAL_NEWLINE: "end or last newline" / "末尾か最後の改行";
    LABEL_SEARCH_START: "search start" / "照合開始";
    LABEL_WORD_BOUNDARY: "word edge" / "単語境界";
    LABEL_NOT_WORD_BOUNDARY: "no word edge" / "単語境界以外";
    LABEL_WORD_START: "word start" / "単語の先頭";
    LABEL_WORD_END: "word end" / "単語の末尾";
    LABEL_ALPHA: "letter" / "英字";
    LABEL_DIGIT: "digit" / "数字";
    LABEL_ALNUM: "letter or digit" / "英数字";
    LABEL_UPPER: "upper-case letter" / "英大文字";
    LABEL_LOWER: "lower-case letter" / "英小文字";
    LABEL_WHITE: "white space" / "空白類文字";
    LABEL_BLANK: "space or tab" / "空白かタブ";
    LABEL_PUNCT: "punctuation" / "記号";
    LABEL_PRINT: "printable" / "印字可能文字";
    LABEL_GRAPH: "visible" / "空白以外の印字可能文字";
    LABEL_CNTRL: "control character" / "制御文字";
    LABEL_XDIGIT: "hex digit" / "16 進数字";
    LABEL_WORD: "letter, digit or _" / "英数字か _";
    LABEL_ASCII: "ASCII" / "ASCII 文字";
    LABEL_HORIZONTAL: "any space or tab" / "空白・タブ";
    LABEL_VERTICAL: "line or page end" / "改行・改ページ";
    LABEL_LINE_BREAK: "line break" / "改行";
    LABEL_GRAPHEME: "character as seen" / "見た目の 1 文字";
    LABEL_SINGLE_BYTE: "any byte" / "任意のバイト";
    LABEL_TAB: "tab" / "タブ";
    LABEL_NEWLINE: "newline" / "改行";
    LABEL_GROUP: "group {index}" / "グループ {index}";
    LABEL_NAMED_GROUP: "group {index}: {name}" / "グループ {index}: {name}";
    LABEL_ATOMIC: "one way only" / "後戻りなし";
    LABEL_SAME_AS: "same as group {group}" / "グループ {group} と同じ";
    LABEL_SAME_AS_ONE: "same as group {groups}" / "グループ {groups} と同じ";
    LABEL_AGAIN: "group {group} again" / "グループ {group} を再び";
    LABEL_AGAIN_WHOLE: "all of it again" / "全体を再び";
    LABEL_KEEP: "match begins" / "ここから一致";
    LABEL_AND_SO_ON: "and so on" / "以下省略";
    LABEL_NONE: "not used" / "使われない";

    DIAGRAM: "Diagram of the pattern {part}" / "パターン {part} の図";
    GROUPS: "Groups" / "グループ";
    NOTES: "Notes" / "注意";
    PATTERN_FAILS: "The pattern does not compile." / "パターンをコンパイルできません。";
}

/// One character of a class: singular, plural, on a label.
#[must_use]
pub(super) const fn named(named: Named) -> (Phrase, Phrase, Phrase) {
    match named {
        Named::Alpha => (ALPHA, ALPHAS, LABEL_ALPHA),
        Named::Digit => (DIGIT, DIGITS, LABEL_DIGIT),
        Named::Alnum => (ALNUM, ALNUMS, LABEL_ALNUM),
        Named::Upper => (UPPER, UPPERS, LABEL_UPPER),
        Named::Lower => (LOWER, LOWERS, LABEL_LOWER),
        Named::Space => (WHITE, WHITES, LABEL_WHITE),
        Named::Blank => (BLANK, BLANKS, LABEL_BLANK),
        Named::Punct => (PUNCT, PUNCTS, LABEL_PUNCT),
        Named::Print => (PRINT, PRINTS, LABEL_PRINT),
        Named::Graph => (GRAPH, GRAPHS, LABEL_GRAPH),
        Named::Cntrl => (CNTRL, CNTRLS, LABEL_CNTRL),
        Named::Xdigit => (XDIGIT, XDIGITS, LABEL_XDIGIT),
        Named::Word => (WORD, WORDS, LABEL_WORD),
        Named::Ascii => (ASCII, ASCIIS, LABEL_ASCII),
        Named::HorizontalSpace => (HORIZONTAL, HORIZONTALS, LABEL_HORIZONTAL),
        Named::VerticalSpace => (VERTICAL, VERTICALS, LABEL_VERTICAL),
    }
}

/// An order to the search.
#[must_use]
pub(super) const fn verb(verb: Verb) -> Phrase {
    match verb {
        Verb::Accept => ACCEPT,
        Verb::Fail => FAIL,
        Verb::Commit => COMMIT,
        Verb::Prune => PRUNE,
        Verb::Skip => SKIP,
        Verb::SkipToMark => SKIP_TO_MARK,
        Verb::Then => THEN_NEXT,
        Verb::Mark => MARK,
    }
}

/// A place: in a sentence, on a label.
#[must_use]
pub(super) const fn anchor(anchor: Anchor) -> (Phrase, Phrase) {
    match anchor {
        Anchor::Start => (START, LABEL_START),
        Anchor::End => (END, LABEL_END),
        Anchor::LineStart => (LINE_START, LABEL_LINE_START),
        Anchor::LineEnd => (LINE_END, LABEL_LINE_END),
        Anchor::EndOrFinalNewline => (END_OR_FINAL_NEWLINE, LABEL_END_OR_FINAL_NEWLINE),
        Anchor::SearchStart => (SEARCH_START, LABEL_SEARCH_START),
        Anchor::WordBoundary => (WORD_BOUNDARY, LABEL_WORD_BOUNDARY),
        Anchor::NotWordBoundary => (NOT_WORD_BOUNDARY, LABEL_NOT_WORD_BOUNDARY),
        Anchor::WordStart => (WORD_START, LABEL_WORD_START),
        Anchor::WordEnd => (WORD_END, LABEL_WORD_END),
    }
}
