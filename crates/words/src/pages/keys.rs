//! Keys that a table is asked for, and rules beside each other.

super::pages! {
    ContentHeader {
        "a header of MIME that this table is not asked for" / "このテーブルでは検索されない MIME のヘッダ"
        "MIME-Version and the Content- headers go to mime_header_checks, which has header_checks' tables unless it is set. Once it is set, header_checks is not asked for them any more. smtp_mime_header_checks has no tables unless it is set, and smtp_header_checks is never asked for them." /
        "MIME-Version と Content- のヘッダで検索されるのは mime_header_checks です。設定しなければ header_checks と同じテーブルになり、設定すれば header_checks は検索されなくなります。smtp_mime_header_checks は設定しなければ空で、smtp_header_checks がこれらで検索されることはありません。"
        bad [("regexp:smtp_header_checks", "/^Content-Type:.*name=/ IGNORE\n")];
        good [("regexp:smtp_mime_header_checks", "/^Content-Description:/ IGNORE\n")];
        see ["header_checks(5)", "postconf(5), mime_header_checks, smtp_mime_header_checks"];
    }
    PartHeader {
        "a message header in a table for MIME headers" / "MIME ヘッダのテーブルにある、メールのヘッダ"
        "mime_header_checks is asked for the headers of MIME in the message's own headers, and for every header of a part. A rule for Subject there fires only on a part that has one, never on the message's." /
        "mime_header_checks は、メール自体の MIME ヘッダと、パートのすべてのヘッダで検索されます。Subject などのルールが働くのはパートにあるときだけで、メール自体のものでは働きません。"
        bad [("regexp:mime_header_checks", "/^Subject:.*casino/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*casino/ REJECT\n")];
        see ["header_checks(5)", "postconf(5), mime_header_checks"];
    }
    MilterHeader {
        "a header that milters add" / "milter が加えるヘッダ"
        "header_checks is asked for the headers that a message comes with. What this server's milters add goes to milter_header_checks. A filter that sends the message in again, by content_filter, does bring its headers along." /
        "header_checks は、届いたときのヘッダで検索されます。このサーバーの milter が加えるものは milter_header_checks の担当です。content_filter で再投入されたメールのヘッダなら、ここでも検索されます。"
        bad [("regexp:header_checks", "/^X-Spam-Flag: YES/ REDIRECT spam@example.com\n")];
        good [("regexp:milter_header_checks", "/^X-Spam-Flag: YES/ REDIRECT spam@example.com\n")];
        see ["postconf(5), milter_header_checks", "MILTER_README"];
    }
    OwnReceived {
        "the Received header of this server" / "このサーバー自身の Received ヘッダ"
        "smtpd puts its own Received header on top of a message before header_checks is asked. A rule that matches it, whoever sends, refuses or diverts every message." /
        "smtpd は header_checks の検索より前に、自分の Received ヘッダをメールの先頭に付けます。送信者によらずこれに一致するルールは、すべてのメールを拒否したり、よそへ送ったりします。"
        bad [("regexp:header_checks", "/^Received:.*Postfix/ REJECT\n")];
        good [("regexp:header_checks", "/^Received:.*by bulk\\.example / REJECT\n")];
        see ["header_checks(5)", "postconf(5), header_checks"];
    }
    NegatedHeader {
        "a negated pattern for a header" / "否定したヘッダのパターン"
        "header_checks is asked for one header at a time, so !/^To:/ fires on the first header that is not To, and every message has one. Whether a header is missing, no table can see." /
        "header_checks はヘッダ一つごとに検索されるため、!/^To:/ は To でない最初のヘッダで働きます。そのようなヘッダはどのメールにもあります。ヘッダがないことは、テーブルではわかりません。"
        bad [("regexp:header_checks", "!/^To:/ REJECT no recipient named\n")];
        good [("regexp:header_checks", "if /^To:/\n!/@example\\.net/ WARN not for us by name\nendif\n")];
        see ["header_checks(5)", "regexp_table(5)"];
    }
    NeverFires {
        "a rule that never fires" / "決して働かないルール"
        "A table answers with the first rule that matches. That the rules above answer every key which this one matches is proved by the automata of the patterns; the key shown is one of them. WARN and INFO end the search, too." /
        "テーブルは、最初に一致したルールで答えます。このルールに一致するキーのすべてに上のルールが答えることは、パターンのオートマトンで証明されています。示したキーはその一つです。WARN や INFO でも検索は終わります。"
        bad [("regexp:header_checks", "/^Subject:.*casino/ WARN a casino\n/^Subject:.*casino bonus/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*casino[[:space:]]+bonus/ REJECT\n/^Subject:.*casino/ WARN a casino\n")];
        see ["regexp_table(5), TABLE SEARCH ORDER", "header_checks(5), ACTIONS"];
    }
    SameAs {
        "two rules that match the same" / "同じものに一致する二つのルール"
        "Both patterns match the same keys, as their automata prove; only the first one ever fires." /
        "二つのパターンが同じキーに一致することは、オートマトンで証明されています。働くのは最初のものだけです。"
        bad [("regexp:header_checks", "/^Subject: *(casino|bonus)/ REJECT\n/^Subject: *(bonus|casino)/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject: *(casino|bonus)/ REJECT\n")];
        see ["regexp_table(5), TABLE SEARCH ORDER"];
    }
    Everything {
        "a rule that matches everything" / "すべてに一致するルール"
        "Every key that the table is asked for matches, so no rule after this one fires." /
        "検索されるすべてのキーに一致するため、後のルールは働きません。"
        bad [("regexp:header_checks", "/.*/ DUNNO\n/^Subject: casino/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT\n/.*/ DUNNO\n")];
        see ["regexp_table(5), TABLE SEARCH ORDER"];
    }
    NoKey {
        "a rule that no key matches" / "一致するキーのないルール"
        "A table is asked for one header, or one line of a body, at a time, and never for an empty key. A header starts with its name and a colon; a body's line has no line break. That no such key matches is proved by the automata of the patterns." /
        "テーブルは、ヘッダ一つか本文の一行ごとに検索され、空のキーで検索されることはありません。ヘッダは名前とコロンで始まり、本文の行に改行はありません。一致するキーがないことは、パターンのオートマトンで証明されています。"
        bad [("regexp:header_checks", "if /^From:/\n/^Subject: casino/ REJECT\nendif\n")];
        good [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\nendif\n")];
        see ["header_checks(5)", "regexp_table(5)"];
    }
}
