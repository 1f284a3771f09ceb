//! The project that a first visit shows: a rule that never fires, one that does, and host names for S25R's rules.

crate::phrases! {
    TITLE: "The tilde" / "チルダの落とし穴";
    HEADER_CHECKS: "# Why does the first rule never fire?\n/~From:.*example\\.net>/ REJECT sales floods\n\n# A folded header is one key: this one matches.\n/^Subject:.*casino/ REJECT no casino\n\n# $1 is what the first pair of parentheses matched.\n/^X-Mailer:.*bulk ([0-9.]+)/ WARN bulk mailer $1\n"
        / "# 最初のルールが一致しないのはなぜでしょう?\n/~From:.*example\\.net>/ REJECT sales floods\n\n# 折り返したヘッダーは一つのキーなので、これは一致します。\n/^Subject:.*casino/ REJECT no casino\n\n# $1 は最初の括弧に一致した部分です。\n/^X-Mailer:.*bulk ([0-9.]+)/ WARN bulk mailer $1\n";
    BODY_CHECKS: "# Lines of the body, as they were sent: nothing is decoded.\n/unsubscribe-[0-9]+@/ REJECT list mail\n"
        / "# 本文の行は、送られたままの形で調べます。デコードはしません。\n/unsubscribe-[0-9]+@/ REJECT list mail\n";
    MESSAGE: "X-Mailer: bulk 4.2\nFrom: Winner <sales@example.net>\nTo: you@example.org\nSubject: the new\n casino opens tonight\n\nDear friend,\n\ncome and see.\nunsubscribe-4711@example.net\n"
        / "X-Mailer: bulk 4.2\nFrom: Winner <sales@example.net>\nTo: you@example.org\nSubject: the new\n casino opens tonight\n\n拝啓\n\nぜひお越しください。\nunsubscribe-4711@example.net\n";
    WORLD: "# What DNS and policy servers answer, a fact a line; what is not here is unknown.\n*.bl.example           *    nxdomain\n9.2.0.192.bl.example   A    127.0.0.2\n9.2.0.192.bl.example   TXT  \"see https://bl.example/\"\n"
        / "# DNS やポリシーサーバーの答えを一行に一つずつ。ここにないことは「不明」になります。\n*.bl.example           *    nxdomain\n9.2.0.192.bl.example   A    127.0.0.2\n9.2.0.192.bl.example   TXT  \"see https://bl.example/\"\n";
    WHITE_LIST: "# Mail servers that the rules would catch by mistake\n/^mx1-2\\.example\\.co\\.jp$/ OK\n"
        / "# ルールに誤って掛かるメールサーバー\n/^mx1-2\\.example\\.co\\.jp$/ OK\n";
}
