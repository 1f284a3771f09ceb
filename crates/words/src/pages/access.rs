//! Access tables.

super::pages! {
    DigitsAlone {
        "digits alone are OK" / "数字だけは OK"
        "A result of digits alone means OK, so that tables of other programs can be used as lists of who is let in. Whoever writes a reply code without a text lets the client in." /
        "数字だけの結果は OK を意味します。他のプログラムのテーブルを許可リストとして使えるようにするためです。テキストなしで応答コードだけを書くと、クライアントを通してしまいます。"
        bad [("regexp:client_access", "/\\.dsl\\.example\\.net$/ 550\n")];
        good [("regexp:client_access", "/\\.dsl\\.example\\.net$/ 550 no dial-up hosts\n")];
        see ["access(5), ACCEPT ACTIONS"];
    }
    ContentAction {
        "an action of header checks in an access table" / "アクセステーブルでの header_checks のアクション"
        "Access tables do not know IGNORE, STRIP, REPLACE and PASS: smtpd takes them for the name of a restriction, finds none and answers “451 4.3.5 Server configuration error”." /
        "アクセステーブルに IGNORE、STRIP、REPLACE、PASS はありません。smtpd は制限の名前とみなし、見つからないため「451 4.3.5 Server configuration error」と答えます。"
        bad [("regexp:client_access", "/\\.example\\.net$/ IGNORE\n")];
        good [("regexp:client_access", "/\\.example\\.net$/ DUNNO\n")];
        see ["access(5)", "header_checks(5), ACTIONS"];
    }
    NoSuchRestriction {
        "a result that is neither an action nor a restriction" / "アクションでも制限でもない結果"
        "What is no action is taken for a restriction, or for a class of restrictions. smtpd finds none of this name and answers “451 4.3.5 Server configuration error” to everyone whom the rule matches." /
        "アクションでないものは、制限か制限クラスの名前とみなされます。その名前がないため、smtpd はルールに一致した相手すべてに「451 4.3.5 Server configuration error」と答えます。"
        bad [("regexp:client_access", "/\\.example\\.net$/ REJCET\n")];
        good [("regexp:client_access", "/\\.example\\.net$/ REJECT\n")];
        see ["access(5)", "RESTRICTION_CLASS_README"];
    }
    NoClient {
        "a pattern that no client matches" / "一致するクライアントのないパターン"
        "check_client_access is asked for the client's verified name, or “unknown”, and then for its address, as in 192.0.2.7 or 2001:db8::7: without brackets, without a dot at the end. That no such key matches is proved by the automata of the patterns." /
        "check_client_access は、クライアントの検証済みの名前 (なければ unknown)、次に 192.0.2.7 や 2001:db8::7 のようなアドレスで検索されます。角括弧や末尾のドットは付きません。一致するキーがないことは、パターンのオートマトンで証明されています。"
        bad [("regexp:client_access", "/^\\[192\\.0\\.2\\.1\\]$/ OK\n")];
        good [("regexp:client_access", "/^192\\.0\\.2\\.1$/ OK\n")];
        see ["access(5)", "postconf(5), check_client_access"];
    }
    AddressHidden {
        "an address that is never asked for" / "検索されないアドレス"
        "Once a rule answers the client's name, be it with DUNNO, the address is not asked for. Where the rules above answer every name, a rule for an address never fires." /
        "クライアントの名前にルールが答えると、DUNNO であっても、アドレスでは検索されません。上のルールがすべての名前に答えるなら、アドレスのルールは決して働きません。"
        bad [("regexp:client_access", "/./ DUNNO\n/^192\\.0\\.2\\.1$/ REJECT\n")];
        good [("regexp:client_access", "/^192\\.0\\.2\\.1$/ REJECT\n")];
        see ["postconf(5), check_client_access"];
    }
    NegatedHitsAddress {
        "a negated pattern meets the address" / "否定したパターンとアドレス"
        "A client whose name a negated pattern leaves out is asked for by its address next. No address looks like the name, so the rule fires on that." /
        "否定したパターンで除いた名前のクライアントも、次にアドレスで検索されます。アドレスは名前に似ていないので、そこでルールが働きます。"
        bad [("regexp:client_access", "!/\\.example\\.net$/ REJECT\n")];
        good [("regexp:client_access", "/\\.example\\.net$/ DUNNO\n/[^0-9.]/ REJECT\n")];
        see ["postconf(5), check_client_access", "regexp_table(5)"];
    }
    BracketedKey {
        "a key in brackets" / "角括弧つきのキー"
        "Logs show clients as name[address], but tables are asked for the address alone." /
        "ログではクライアントが 名前[アドレス] と表示されますが、テーブルはアドレスだけで検索されます。"
        bad [("texthash:client_access", "[192.0.2.1] OK\n")];
        good [("texthash:client_access", "192.0.2.1 OK\n")];
        see ["access(5)"];
    }
    NoSender {
        "a pattern that no sender matches" / "一致する送信者のないパターン"
        "check_sender_access is asked for the address without angle brackets, and for <> where the sender is empty: an empty key is never looked up. That no such key matches, but for users that are written in quotes, is proved by the automata of the patterns." /
        "check_sender_access は山括弧のないアドレスで、空の送信者は <> で検索されます。空のキーで検索されることはありません。引用符の要るユーザー名を除いて一致するキーがないことは、パターンのオートマトンで証明されています。"
        bad [("regexp:sender_access", "/^$/ REJECT\n/^<spam@/ REJECT\n")];
        good [("regexp:sender_access", "/^<>$/ REJECT\n/^spam@/ REJECT\n")];
        see ["access(5)", "postconf(5), check_sender_access"];
    }
    DunnoHidesAddress {
        "DUNNO for a name hides its address" / "名前への DUNNO はアドレスを隠す"
        "DUNNO is an answer as any other: the client's address is not asked for once its name has one. A client with such a name gets past the rules for addresses in this table." /
        "DUNNO も答えの一つなので、名前に答えが出れば、クライアントのアドレスでは検索されません。そのような名前のクライアントは、このテーブルのアドレスのルールを素通りします。"
        bad [("regexp:client_access", "/\\.example\\.net$/ DUNNO\n/^192\\.0\\.2\\.1$/ REJECT\n")];
        good [("regexp:client_access", "/^192\\.0\\.2\\.1$/ REJECT\n")];
        see ["postconf(5), check_client_access", "access(5)"];
    }
    NoRecipient {
        "a pattern that no recipient matches" / "一致する受信者のないパターン"
        "check_recipient_access is asked for the address without angle brackets. That no such key matches, but for users that are written in quotes, is proved by the automata of the patterns." /
        "check_recipient_access は山括弧のないアドレスで検索されます。引用符の要るユーザー名を除いて一致するキーがないことは、パターンのオートマトンで証明されています。"
        bad [("regexp:recipient_access", "/^<abuse@example\\.net>$/ OK\n")];
        good [("regexp:recipient_access", "/^abuse@example\\.net$/ OK\n")];
        see ["access(5)", "postconf(5), check_recipient_access"];
    }
}
