//! Words for S25R's rules: what each looks for in a client's name, and what it found in one.

use postproof_model::{S25rReason, Span};

use crate::{Lang, Phrase};

crate::phrases! {
    RULE_0: "no verified name: the reverse lookup fails or does not lead back" / "逆引きできないか、正引きと一致しない";
    RULE_1: "the lowest name holds two numbers with other characters between them" / "最下位の名前に、数字以外の文字で分断された二つ以上の数字列がある";
    RULE_2: "the lowest name holds five digits in a row" / "最下位の名前に、5 個以上連続する数字がある";
    RULE_3: "below the top three levels, the lowest or second lowest name begins with a digit" / "上位 3 階層を除き、最下位または下位 2 番目の名前が数字で始まる";
    RULE_4: "the lowest name ends in a digit, and the next holds numbers joined by a hyphen" / "最下位の名前が数字で終わり、下位 2 番目の名前にハイフンで分断された数字列がある";
    RULE_5: "five levels or more, and the two lowest names end in digits" / "5 階層以上で、下位 2 階層の名前がともに数字で終わる";
    RULE_6: "the lowest name begins with dhcp, dialup, ppp or a kind of DSL, and holds a digit" / "最下位の名前が dhcp、dialup、ppp または各種 DSL の名で始まり、数字を含む";

    UNVERIFIED: "there is no verified name: {name} stands for that" / "検証された名前がありません ({name} はそれを表します)";
    DIVIDED_NUMBERS: "the lowest name, {lowest}, has two numbers divided by other characters: {first} and {second}" / "最下位の名前 {lowest} に、数字以外の文字で分断された二つの数字列 {first} と {second} があります";
    FIVE_DIGITS: "the lowest name, {lowest}, has five digits or more in a row: {digits}" / "最下位の名前 {lowest} に、5 個以上連続する数字 {digits} があります";
    LOWEST_BEGINS: "the lowest name, {label}, begins with a digit, and {levels} levels stand above it: {above}" / "最下位の名前 {label} が数字で始まり、その上に {levels} 階層 ({above}) があります";
    SECOND_BEGINS: "the second lowest name, {label}, begins with a digit, and {levels} levels stand above it: {above}" / "下位 2 番目の名前 {label} が数字で始まり、その上に {levels} 階層 ({above}) があります";
    HYPHEN_ABOVE_DIGIT: "the lowest name, {lowest}, ends in a digit ({ending}), and the next, {next}, has two numbers joined by a hyphen: {first}-{second}" / "最下位の名前 {lowest} が数字 ({ending}) で終わり、下位 2 番目の名前 {next} にハイフンで分断された数字列 {first}-{second} があります";
    END_IN_DIGITS: "the two lowest names end in digits, {lowest} in {first} and {next} in {second}, and the whole has {levels} levels" / "下位 2 階層の名前 {lowest} と {next} がそれぞれ数字 {first} と {second} で終わり、全体は {levels} 階層です";
    KIND_OF_LINE: "the lowest name, {lowest}, begins with {kind} and has a number: {digits}" / "最下位の名前 {lowest} が {kind} で始まり、数字 {digits} を含みます";
}

/// What a key has that made a rule fire.
#[must_use]
pub fn reason(reason: &S25rReason, key: &[u8], lang: Lang) -> String {
    let text = |span: &Span| String::from_utf8_lossy(key.get(span.start..span.end).unwrap_or_default()).into_owned();
    let fill = |phrase: Phrase, spans: &[(&str, &Span)], levels: Option<usize>| {
        let mut values: Vec<(&str, String)> = spans.iter().map(|(name, span)| (*name, text(span))).collect();
        values.extend(levels.map(|levels| ("levels", levels.to_string())));
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        phrase.fill(lang, &values)
    };
    match reason {
        S25rReason::Unverified { name } => fill(UNVERIFIED, &[("name", name)], None),
        S25rReason::DividedNumbers { lowest, first, second } => {
            fill(DIVIDED_NUMBERS, &[("lowest", lowest), ("first", first), ("second", second)], None)
        }
        S25rReason::FiveDigits { lowest, digits } => fill(FIVE_DIGITS, &[("lowest", lowest), ("digits", digits)], None),
        S25rReason::BeginsWithDigit { label, level, above, levels } => {
            let phrase = if *level == 1 { LOWEST_BEGINS } else { SECOND_BEGINS };
            fill(phrase, &[("label", label), ("above", above)], Some(*levels))
        }
        S25rReason::HyphenAboveDigit { lowest, ending, next, first, second } => {
            let spans = [("lowest", lowest), ("ending", ending), ("next", next), ("first", first), ("second", second)];
            fill(HYPHEN_ABOVE_DIGIT, &spans, None)
        }
        S25rReason::EndInDigits { lowest, first, next, second, levels } => {
            let spans = [("lowest", lowest), ("first", first), ("next", next), ("second", second)];
            fill(END_IN_DIGITS, &spans, Some(*levels))
        }
        S25rReason::KindOfLine { lowest, kind, digits } => {
            fill(KIND_OF_LINE, &[("lowest", lowest), ("kind", kind), ("digits", digits)], None)
        }
    }
}

/// What the rule of this number looks for; none for a number that S25R does not have.
#[must_use]
pub const fn meaning(number: u8) -> Option<Phrase> {
    Some(match number {
        0 => RULE_0,
        1 => RULE_1,
        2 => RULE_2,
        3 => RULE_3,
        4 => RULE_4,
        5 => RULE_5,
        6 => RULE_6,
        _ => return None,
    })
}
