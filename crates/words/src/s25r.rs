//! Words for S25R's rules: what each looks for in a client's name.

use crate::Phrase;

crate::phrases! {
    RULE_0: "no verified name: the reverse lookup fails or does not lead back" / "逆引きできないか、正引きと一致しない";
    RULE_1: "the lowest name holds two numbers with other characters between them" / "最下位の名前に、数字以外の文字で分断された二つ以上の数字列がある";
    RULE_2: "the lowest name holds five digits in a row" / "最下位の名前に、5 個以上連続する数字がある";
    RULE_3: "below the top three levels, the lowest or second lowest name begins with a digit" / "上位 3 階層を除き、最下位または下位 2 番目の名前が数字で始まる";
    RULE_4: "the lowest name ends in a digit, and the next holds numbers joined by a hyphen" / "最下位の名前が数字で終わり、下位 2 番目の名前にハイフンで分断された数字列がある";
    RULE_5: "five levels or more, and the two lowest names end in digits" / "5 階層以上で、下位 2 階層の名前がともに数字で終わる";
    RULE_6: "the lowest name begins with dhcp, dialup, ppp or a kind of DSL, and holds a digit" / "最下位の名前が dhcp、dialup、ppp または各種 DSL の名で始まり、数字を含む";
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
