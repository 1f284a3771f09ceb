//! Words of clients: what let them in, what would, many of them counted.

use postproof_model::{HostFate, HostTold};

use crate::{Lang, Phrase, verdicts};

crate::phrases! {
    CONFIG: "A main.cf, or a folder with one: clients are put through its lists of restrictions as smtpd does" / "main.cf、またはそれを含むフォルダー。クライアントを smtpd と同じように、その制限リストに通します";
    HELO: "With -c: what each client says in HELO; by default its name, or its address in brackets where the name is unknown" / "-c とともに: クライアントが HELO で名乗る名前。既定はその名前、名前が unknown なら角括弧に入れたアドレス";
    SENDER: "With -c: the address in MAIL FROM; by default the empty one, which asks least of sender checks" / "-c とともに: MAIL FROM のアドレス。既定は空のアドレスで、送信者の検査に最もかかりません";
    RECIPIENT: "With -c: the address in RCPT TO; by default postmaster in the first domain of mydestination, of the virtual domains or of relay_domains, or in myorigin" / "-c とともに: RCPT TO のアドレス。既定は mydestination、バーチャルドメイン、relay_domains の最初のドメイン、または myorigin の postmaster";
    SUMMARY: "Count the clients instead: by outcome, by the rule or restriction that decided, by S25R's rules" / "クライアントを一つずつ示さず数えます (結果ごと、決めたルールや制限ごと、S25R のルールごと)";
    PROPOSE: "For each client that is refused, propose white-list lines, tried on it and on the others that are refused; reads all clients first" / "拒否されるクライアントごとに、ホワイトリストの行を提案します。その行は、当のクライアントと、ほかの拒否されるクライアントとで試します。先に全クライアントを読みます";

    NO_RECIPIENT: "{config} names no domain of its own for certain: give --recipient" / "{config} からは自分のドメインを決められません。--recipient を指定してください";
    LINE_TOO_LONG: "line {line} of standard input is longer than any client" / "標準入力の {line} 行目は、クライアントとしては長すぎます";

    AT_COMMAND: "at {command}" / "{command} に対して";
    AT_GREETING: "at the greeting" / "接続した時点で";
    BY_RESTRICTION: "by {restriction} ({list})" / "制限: {restriction} ({list})";
    RESTRICTION: "{restriction} ({list})" / "{restriction} ({list})";
    NOTHING_REFUSES: "no restriction refuses it" / "どの制限も拒否しません";
    NEEDS_ADDRESS: "needs the client's address, and its name in the form of a host name: write name[address]" / "クライアントのアドレスと、ホスト名の形をした名前が要ります。名前[アドレス] と書いてください";

    WITHOUT: "without {lines}: {outcome}" / "{lines} がなければ: {outcome}";
    AND: " and " / " と ";
    PROPOSED: "a white-list line that would let it in, before {place}:" / "{place} の前に置けば通すことになるホワイトリストの行:";
    PROPOSED_SEVERAL: "white-list lines that would let it in, before {place}:" / "{place} の前に置けば通すことになるホワイトリストの行 (どちらか):";
    FREES_NONE: "lets in no other that is refused here" / "ここで拒否されるほかのクライアントは通しません";
    FREES_ONE: "also lets in 1 other that is refused here" / "ここで拒否されるほかのクライアント 1 台も通します";
    FREES: "also lets in {count} others that are refused here" / "ここで拒否されるほかのクライアント {count} 台も通します";
    FREES_OR_MORE: "also lets in {count} others that are refused here, or more" / "ここで拒否されるほかのクライアント {count} 台以上も通します";
    NOTHING_PROPOSED: "no line of a white list for clients would let it in" / "クライアントのホワイトリストに行を加えても通りません";

    FATE_OTHER: "Depends on another action" / "ほかのアクションによる";
    HOSTS_COUNTED: "clients: {count}" / "クライアント: {count}";
    BY_DECIDER: "by what decided:" / "決めたもの:";
    BY_S25R: "by S25R's rules:" / "S25R のルール:";
    S25R_COUNTED: "{rule}: decided {decided}, matched {matched}" / "{rule}: 決めた数 {decided}、一致した数 {matched}";
}

/// What comes of a client, in one word.
#[must_use]
pub const fn fate(fate: HostFate) -> Phrase {
    match fate {
        HostFate::Permitted => verdicts::HOST_PERMITTED,
        HostFate::Deferred => verdicts::HOST_DEFERRED,
        HostFate::Rejected => verdicts::HOST_REJECTED,
        HostFate::Undecided => verdicts::HOST_UNDECIDED,
        HostFate::Other => FATE_OTHER,
        HostFate::Unknown => verdicts::UNKNOWN,
    }
}

/// What comes of a client.
#[must_use]
pub fn told(told: &HostTold, lang: Lang) -> String {
    match told {
        HostTold::Other(action) => verdicts::HOST_OTHER.fill(lang, &[("action", &verdicts::action_name(action))]),
        _ => fate(told.fate()).say(lang).to_owned(),
    }
}
