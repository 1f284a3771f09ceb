//! Words for problems of main.cf: lines, names, references, values.

use postproof_model::MainCfProblem;

use crate::{Lang, Phrase};

crate::phrases! {
    NOTHING_TO_CONTINUE: "This line starts with white space, but there is no setting above that it could continue."
        / "この行は空白で始まりますが、続きとしてつながる設定が上にありません。";
    NOTHING_TO_CONTINUE_MEND: "Start the line with the parameter's name." / "行をパラメータ名で始めてください。";
    NO_EQUALS_SIGN: "The sign = is missing after the parameter's name." / "パラメータ名の後に = がありません。";
    NO_EQUALS_SIGN_MEND: "Write name = value, or start the line with white space where it continues the line above."
        / "name = value と書くか、上の行の続きなら行を空白で始めてください。";
    NO_NAME: "The parameter's name is missing before the sign =." / "= の前にパラメータ名がありません。";
    NO_NAME_MEND: "Write name = value." / "name = value の形で書いてください。";
    SET_AGAIN: "{name} is set again on line {line}; only the last setting counts." / "{name} は {line} 行目でもう一度設定されています。有効なのは最後の設定だけです。";
    SET_AGAIN_MEND: "Keep one of them, or list both values in one setting." / "どちらか一つを残すか、両方の値を一つの設定に並べてください。";
    UNKNOWN_PARAMETER: "Postfix has no parameter {name}, and nothing in main.cf refers to it." / "{name} というパラメータは Postfix になく、main.cf の中でも参照されていません。";
    UNKNOWN_PARAMETER_MEND: "Check its spelling, or take the line out." / "綴りを確かめるか、行を取り除いてください。";
    UNKNOWN_PARAMETER_LIKE_MEND: "Did you mean {like}?" / "{like} ではありませんか。";
    OBSOLETE_PARAMETER: "The parameter {name} belongs to the past." / "パラメータ {name} は古いものです。";
    OBSOLETE_INSTEAD_MEND: "Use {instead} in its place." / "代わりに {instead} を使ってください。";
    OBSOLETE_MEND: "Take the line out." / "行を取り除いてください。";
    READ_ONLY_PARAMETER: "Postfix sets {name} itself; a setting in main.cf does not count." / "{name} は Postfix 自身が決めるもので、main.cf の設定は効きません。";
    UNDEFINED_NAME: "Nothing is known by the name {name}, so the reference stands for nothing." / "{name} という名前のものはなく、この参照は空になります。";
    UNDEFINED_NAME_MEND: "Check its spelling, set it, or write $$ for a dollar sign." / "綴りを確かめるか、設定を加えるか、ドル記号そのものなら $$ と書いてください。";
    EMPTY_NAME: "No name follows the dollar sign." / "ドル記号の後に名前がありません。";
    EMPTY_NAME_MEND: "Write $$ for a dollar sign." / "ドル記号そのものなら $$ と書いてください。";
    UNCLOSED_REFERENCE: "The reference after the dollar sign never ends." / "ドル記号の後の参照が閉じていません。";
    UNCLOSED_REFERENCE_MEND: "Close it with the brace or parenthesis that opened it, or write $$ for a dollar sign."
        / "開いた括弧に合う括弧で閉じるか、ドル記号そのものなら $$ と書いてください。";
    BAD_NAME: "This is no parameter's name: only letters, digits and _ can stand there, followed by ? or :."
        / "これはパラメータ名ではありません。書けるのは英数字と _ で、その後に ? か : を続けられます。";
    BAD_NAME_MEND: "Mend the name, or write $$ for a dollar sign." / "名前を直すか、ドル記号そのものなら $$ と書いてください。";
    UNCLOSED_BRACE: "A brace within the reference is never closed." / "参照の中の波括弧が閉じていません。";
    UNCLOSED_BRACE_MEND: "Close it; braces must come in pairs." / "閉じてください。波括弧は対になっていなければなりません。";
    NO_OPERATOR: "An operator is missing between the two sides of this comparison." / "この比較の両辺の間に演算子がありません。";
    NO_OPERATOR_MEND: "Write one of ==, !=, <, <=, >= and > between them." / "==、!=、<、<=、>=、> のどれかを間に書いてください。";
    UNKNOWN_OPERATOR: "There is no operator {operator}." / "{operator} という演算子はありません。";
    UNKNOWN_OPERATOR_MEND: "Only level may follow an operator, as in <level." / "演算子の後に続けられるのは、<level のような level だけです。";
    NO_RIGHT_SIDE: "The right side of this comparison is missing; it stands in braces." / "この比較の右辺がありません。右辺は波括弧で囲みます。";
    NO_RIGHT_SIDE_MEND: "Put the right side in braces." / "右辺を波括弧で囲んでください。";
    NO_QUESTION_MARK: "Only ? or : can follow a comparison." / "比較の後に書けるのは ? か : だけです。";
    NO_QUESTION_MARK_MEND: "Write ? and the choices in braces after the comparison." / "比較の後に ? を置き、選択肢を波括弧で囲んで書いてください。";
    NO_COLON: "Only : can follow the first choice." / "一つ目の選択肢の後に書けるのは : だけです。";
    NO_COLON_MEND: "Write : and the second choice, or take the text out." / ": と二つ目の選択肢を書くか、その文字を取り除いてください。";
    TEXT_AFTER_CHOICE: "Nothing may follow the last choice." / "最後の選択肢の後には何も書けません。";
    TEXT_AFTER_CHOICE_MEND: "Take the text out." / "その文字を取り除いてください。";
    NUMBER_TOO_BIG: "The number {number} is too big to be compared." / "{number} は大きすぎて比較できません。";
    NUMBER_TOO_BIG_MEND: "Write a smaller number." / "もっと小さい数を書いてください。";
    BAD_LEVEL: "{level} is no compatibility level." / "{level} は互換性レベルではありません。";
    BAD_LEVEL_MEND: "Write a release such as 3.6, without anything after it." / "3.6 のようなリリース番号だけを書いてください。";
    LOOP: "{name} refers to itself, directly or through others." / "{name} が、直接または他のパラメータを通じて自分自身を参照しています。";
    LOOP_MEND: "Write one of the values out." / "どれか一つの値を直接書いてください。";
    TOO_DEEP: "References nest too deeply here." / "ここでは参照の入れ子が深すぎます。";
    TOO_DEEP_MEND: "Write some of the values out." / "いくつかの値を直接書いてください。";
    TOO_BIG: "The value comes out bigger than this tool follows." / "値が大きくなりすぎて、このツールでは追えません。";
    NOT_BOOLEAN: "{name} is yes or no, and {value} is neither." / "{name} は yes か no で、{value} はどちらでもありません。";
    NOT_BOOLEAN_MEND: "Write yes or no." / "yes か no と書いてください。";
    NOT_INTEGER: "{name} is a whole number, and {value} is none." / "{name} は整数で、{value} は整数ではありません。";
    NOT_INTEGER_MEND: "Write digits only, without a unit or anything after them." / "単位などを付けず、数字だけを書いてください。";
    OUT_OF_RANGE: "{name} is {value}, which Postfix does not accept." / "{name} の値 {value} を Postfix は受け付けません。";
    AT_LEAST_MEND: "The least is {least}." / "最小は {least} です。";
    AT_MOST_MEND: "The most is {most}." / "最大は {most} です。";
    NOT_TIME: "{name} is a time, and {value} is none." / "{name} は時間で、{value} は時間ではありません。";
    NOT_TIME_MEND: "Write a number with s, m, h, d or w after it: seconds, minutes, hours, days, weeks." / "数字の後に s、m、h、d、w（秒、分、時間、日、週）を付けて書いてください。";
    COMMENT_IN_VALUE: "No comment can start within a value: this # and what follows belong to it." / "値の途中からコメントは始められません。この # 以降も値の一部になります。";
    COMMENT_IN_VALUE_MEND: "Put the comment on a line of its own." / "コメントは別の行に書いてください。";
}

/// What is wrong, and how to mend it.
pub(crate) fn problem(problem: &MainCfProblem, lang: Lang) -> (String, Option<String>) {
    use MainCfProblem as P;
    let say = |what: Phrase, mend: Phrase| (what.say(lang).to_owned(), Some(mend.say(lang).to_owned()));
    let fill =
        |what: Phrase, values: &[(&str, &str)], mend: Phrase| (what.fill(lang, values), Some(mend.fill(lang, values)));
    match problem {
        P::NothingToContinue => say(NOTHING_TO_CONTINUE, NOTHING_TO_CONTINUE_MEND),
        P::NoEqualsSign => say(NO_EQUALS_SIGN, NO_EQUALS_SIGN_MEND),
        P::NoName => say(NO_NAME, NO_NAME_MEND),
        P::SetAgain { name, line } => fill(SET_AGAIN, &[("name", name), ("line", &line.to_string())], SET_AGAIN_MEND),
        P::UnknownParameter { name, like: Some(like) } => {
            fill(UNKNOWN_PARAMETER, &[("name", name), ("like", like)], UNKNOWN_PARAMETER_LIKE_MEND)
        }
        P::UnknownParameter { name, like: None } => fill(UNKNOWN_PARAMETER, &[("name", name)], UNKNOWN_PARAMETER_MEND),
        P::ObsoleteParameter { name, instead: Some(instead) } => {
            fill(OBSOLETE_PARAMETER, &[("name", name), ("instead", instead)], OBSOLETE_INSTEAD_MEND)
        }
        P::ObsoleteParameter { name, instead: None } => fill(OBSOLETE_PARAMETER, &[("name", name)], OBSOLETE_MEND),
        P::ReadOnlyParameter { name } => fill(READ_ONLY_PARAMETER, &[("name", name)], OBSOLETE_MEND),
        P::UndefinedName { name } => fill(UNDEFINED_NAME, &[("name", name)], UNDEFINED_NAME_MEND),
        P::EmptyName => say(EMPTY_NAME, EMPTY_NAME_MEND),
        P::UnclosedReference => say(UNCLOSED_REFERENCE, UNCLOSED_REFERENCE_MEND),
        P::BadName => say(BAD_NAME, BAD_NAME_MEND),
        P::UnclosedBrace => say(UNCLOSED_BRACE, UNCLOSED_BRACE_MEND),
        P::NoOperator => say(NO_OPERATOR, NO_OPERATOR_MEND),
        P::UnknownOperator { operator } => fill(UNKNOWN_OPERATOR, &[("operator", operator)], UNKNOWN_OPERATOR_MEND),
        P::NoRightSide => say(NO_RIGHT_SIDE, NO_RIGHT_SIDE_MEND),
        P::NoQuestionMark => say(NO_QUESTION_MARK, NO_QUESTION_MARK_MEND),
        P::NoColon => say(NO_COLON, NO_COLON_MEND),
        P::TextAfterChoice => say(TEXT_AFTER_CHOICE, TEXT_AFTER_CHOICE_MEND),
        P::NumberTooBig { number } => fill(NUMBER_TOO_BIG, &[("number", number)], NUMBER_TOO_BIG_MEND),
        P::BadLevel { level } => fill(BAD_LEVEL, &[("level", level)], BAD_LEVEL_MEND),
        P::Loop { name } => fill(LOOP, &[("name", name)], LOOP_MEND),
        P::TooDeep => say(TOO_DEEP, TOO_DEEP_MEND),
        P::TooBig => (TOO_BIG.say(lang).to_owned(), None),
        P::NotBoolean { name, value } => fill(NOT_BOOLEAN, &[("name", name), ("value", value)], NOT_BOOLEAN_MEND),
        P::NotInteger { name, value } => fill(NOT_INTEGER, &[("name", name), ("value", value)], NOT_INTEGER_MEND),
        P::OutOfRange { name, value, least, most } => {
            let what = OUT_OF_RANGE.fill(lang, &[("name", name), ("value", &value.to_string())]);
            let mend = match (least, most) {
                (Some(least), _) if value < least => Some(AT_LEAST_MEND.fill(lang, &[("least", &least.to_string())])),
                (_, Some(most)) => Some(AT_MOST_MEND.fill(lang, &[("most", &most.to_string())])),
                _ => None,
            };
            (what, mend)
        }
        P::NotTime { name, value } => fill(NOT_TIME, &[("name", name), ("value", value)], NOT_TIME_MEND),
        P::CommentInValue => say(COMMENT_IN_VALUE, COMMENT_IN_VALUE_MEND),
    }
}
