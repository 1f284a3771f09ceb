//! Lines of tables.

super::pages! {
    StartsWithSpace {
        "a table that starts with white space" / "空白で始まるテーブル"
        "A line that starts with white space continues the line above it. Above the first line there is nothing, so Postfix warns and drops it." /
        "空白で始まる行は上の行の続きです。先頭行の上には何もないため、Postfix は警告を出してその行を捨てます。"
        bad [("regexp:header_checks", "  /^Subject: casino/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "postmap(1), INPUT FILE FORMAT"];
    }
    NotARule {
        "a line that is no rule" / "ルールでない行"
        "A rule of a regexp: or pcre: table is a pattern between delimiters and a result; a delimiter is any character but a letter, a digit and white space. Postfix warns of a line that starts with a letter or a digit, and drops it." /
        "regexp: や pcre: のルールは、区切り文字で囲んだパターンと結果です。区切り文字には英数字と空白以外の文字を使います。英数字で始まる行は、Postfix が警告を出して捨てます。"
        bad [("regexp:header_checks", "Subject: casino REJECT\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "pcre_table(5), TABLE FORMAT"];
    }
    NoPattern {
        "if without a pattern" / "パターンのない if"
        "After if there must be a pattern. Postfix drops an if without one, with a warning, and then the rules of its block apply to every key." /
        "if の後にはパターンが必要です。パターンのない if は警告とともに捨てられ、ブロックのルールがすべてのキーに適用されます。"
        bad [("regexp:header_checks", "if\n/casino/ REJECT\nendif\n")];
        good [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\nendif\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    UnclosedPattern {
        "a pattern that never ends" / "終わらないパターン"
        "The delimiter that opens a pattern must close it, and all that follows up to the next space is flags. Without the second one, Postfix warns and drops the rule." /
        "パターンは、開いたのと同じ区切り文字で閉じます。閉じていなければ、Postfix は警告を出してルールを捨てます。"
        bad [("regexp:header_checks", "/^Subject: casino REJECT\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    UnknownFlag {
        "letters after a pattern that are no flags" / "フラグでない文字"
        "What stands between a pattern and the next white space is flags. A missing space, or a slash within the pattern, makes flags of what was meant as something else; Postfix warns and drops the rule." /
        "パターンの直後から次の空白までがフラグです。空白を忘れたり、パターンの中にスラッシュがあったりすると、別のものがフラグとして読まれ、Postfix は警告を出してルールを捨てます。"
        bad [("regexp:body_checks", "/bonus/REJECT\n/<http://casino\\.example/ REJECT\n")];
        good [("regexp:body_checks", "/bonus/ REJECT\n/<http:\\/\\/casino\\.example/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "pcre_table(5), TABLE FORMAT"];
    }
    ObsoleteFlag {
        "a flag that does nothing any more" / "廃止されたフラグ"
        "PCRE2 has no such flag: Postfix warns and ignores it." /
        "PCRE2 にこのフラグはありません。Postfix は警告を出して無視します。"
        bad [("pcre:header_checks", "/^Subject: casino/X REJECT\n")];
        good [("pcre:header_checks", "/^Subject: casino/ REJECT\n")];
        see ["pcre_table(5), TABLE FORMAT"];
    }
    BadPattern {
        "a pattern that does not compile" / "読めないパターン"
        "regcomp(3) or PCRE2 refuses the pattern. Postfix warns and drops the rule; where it is the pattern of an if, the rules of the block apply to every key." /
        "regcomp(3) または PCRE2 がパターンを拒否します。Postfix は警告を出してルールを捨てます。if のパターンであれば、ブロックのルールがすべてのキーに適用されます。"
        bad [("regexp:header_checks", "/^Subject: (casino/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject: \\(casino/ REJECT\n")];
        see ["regexp_table(5)", "pcre_table(5)", "regex(7)", "pcre2pattern(3)"];
    }
    NoResult {
        "a rule without a result" / "結果のないルール"
        "Postfix warns, keeps the rule and finds an empty result when it fires: header and body checks then put the message off with “451 4.3.0 Error: queue file write error”, and smtpd answers “451 4.3.5 Server configuration error”." /
        "Postfix は警告を出してルールを残し、働いたときの結果は空になります。header_checks や body_checks ではメールが「451 4.3.0 Error: queue file write error」で後回しにされ、smtpd は「451 4.3.5 Server configuration error」と答えます。"
        bad [("regexp:header_checks", "/^Subject: casino/\n")];
        good [("regexp:header_checks", "/^Subject: casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    BadSubstitution {
        "a dollar sign that stands for no group" / "グループを指さないドル記号"
        "In a result, $1 or ${1} stands for what the first parentheses matched, and $$ for a dollar sign. Any other use of $ makes Postfix drop the rule with a warning, and so does a group that the pattern does not have, and any group of a negated pattern." /
        "結果の中の $1 や ${1} は最初の括弧に一致した部分を、$$ はドル記号そのものを表します。それ以外の $ や、パターンにないグループ、否定したパターンのグループがあると、Postfix は警告を出してルールを捨てます。"
        bad [("regexp:body_checks", "/casino/ REJECT no $100 bonus\n")];
        good [("regexp:body_checks", "/casino/ REJECT no $$100 bonus\n")];
        see ["regexp_table(5), TEXT SUBSTITUTION", "pcre_table(5), TEXT SUBSTITUTION"];
    }
    UnclosedIf {
        "if without endif" / "endif のない if"
        "Postfix warns, and all rules to the end of the table belong to the block: they are tried only for keys that match the if." /
        "Postfix は警告を出し、テーブルの残りのルールはすべてブロックの中として扱われます。if に一致するキーでしか試されません。"
        bad [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\n/^X-Mailer: bulk/ REJECT\n")];
        good [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\nendif\n/^X-Mailer: bulk/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    StrayEndif {
        "endif without if" / "if のない endif"
        "Postfix warns and ignores it. Most often an if above it was dropped or is part of another line." /
        "Postfix は警告を出して無視します。多くは、上の if が捨てられたか、別の行の一部になっています。"
        bad [("regexp:header_checks", "/casino/ REJECT\nendif\n")];
        good [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\nendif\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    TextAfterIf {
        "text after if or endif" / "if や endif の後の文字"
        "Nothing may follow the pattern of an if, or endif. Postfix warns and ignores it: an if has no result." /
        "if のパターンや endif の後には何も書けません。Postfix は警告を出して無視します。if に結果はありません。"
        bad [("regexp:header_checks", "if /^Subject:/ DUNNO\n/casino/ REJECT\nendif\n")];
        good [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\nendif\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    SwallowedRule {
        "an indented rule" / "字下げしたルール"
        "A line that starts with white space continues the line above, comments and empty lines between them or not. The rule becomes a part of the result above it, and never fires." /
        "空白で始まる行は、間にコメントや空行があっても、上の行の続きです。ルールは上の結果の一部となり、決して働きません。"
        bad [("regexp:header_checks", "if /^Subject:/\n  /casino/ REJECT\nendif\n")];
        good [("regexp:header_checks", "if /^Subject:/\n/casino/ REJECT\nendif\n")];
        see ["regexp_table(5), TABLE FORMAT", "postmap(1), INPUT FILE FORMAT"];
    }
    ZeroByte {
        "a zero byte" / "ゼロバイト"
        "To Postfix, which is written in C, a text ends at a zero byte. A file that has one was most often saved as UTF-16." /
        "C で書かれた Postfix では、テキストはゼロバイトで終わります。たいていは、ファイルが UTF-16 で保存されています。"
        bad [("regexp:header_checks", "/casino\0bonus/ REJECT\n")];
        good [("regexp:header_checks", "/casino/ REJECT\n")];
        see [];
    }
    BadNetwork {
        "a network that is none" / "ネットワークになっていない"
        "A rule of a cidr: table is an address or a network, address/length, whose bits after the length are zero. Postfix warns of anything else and drops the rule." /
        "cidr: のルールは、アドレスか「アドレス/長さ」のネットワークで、長さより後のビットは 0 でなければなりません。それ以外は、Postfix が警告を出して捨てます。"
        bad [("cidr:client_access", "192.0.2.1/24 REJECT\n")];
        good [("cidr:client_access", "192.0.2.0/24 REJECT\n")];
        see ["cidr_table(5), ADDRESS PATTERN SYNTAX"];
    }
    BadEntry {
        "a line without a key and a value" / "キーと値のない行"
        "A table of keys has a key, white space and a value on each line. Postfix warns of a line without a value and leaves it out; so it does with text that is not UTF-8, and with a quote that is never closed." /
        "キーのテーブルは、一行にキー、空白、値を書きます。値のない行、UTF-8 でない行、閉じていない引用符のある行は、Postfix が警告を出して除きます。"
        bad [("texthash:client_access", "mail.example.net\n")];
        good [("texthash:client_access", "mail.example.net OK\n")];
        see ["postmap(1), INPUT FILE FORMAT"];
    }
    DuplicateKey {
        "a key that was there before" / "重複するキー"
        "Keys are folded to lower case, and of two that are equal only one can count. postmap(1), which makes hash: tables, warns and keeps the first. A texthash: table, which the servers read themselves, is refused: mail is put off until it is mended."
            / "キーは小文字にそろえられ、等しいキーは一つしか有効になりません。hash: を作る postmap(1) は警告を出し、最初のものを残します。サーバーが自分で読む texthash: は開けず、直すまでメールは後回しになります。"
        bad [("texthash:client_access", "mail.example.net OK\nMAIL.example.net REJECT\n")];
        good [("texthash:client_access", "mail.example.net OK\nrelay.example.net REJECT\n")];
        see ["postmap(1)", "DATABASE_README"];
    }
    TypographicCharacter {
        "a character that looks like another" / "似ているが別の文字"
        "Word processors and web pages put curly quotes, long hyphens and full-width characters in the place of ASCII's. In a pattern they match themselves only, and as a delimiter they are one byte of several." /
        "ワープロや Web ページは、引用符やハイフン、記号を別の文字に置き換えることがあります。パターンの中ではその文字自身にしか一致せず、区切り文字としては複数バイトの一部になってしまいます。"
        bad [("regexp:body_checks", "/don\u{2019}t miss/ REJECT\n")];
        good [("regexp:body_checks", "/don't miss/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    OtherSpace {
        "a space that is none to Postfix" / "Postfix には空白でない空白"
        "Only ASCII's space, tab and their kin part a pattern from its result. A no-break space or an ideographic space after a pattern is read as flags, and the rule is dropped." /
        "パターンと結果を分けるのは ASCII の空白やタブだけです。ノーブレークスペースや全角空白はフラグとして読まれ、ルールは捨てられます。"
        bad [("regexp:body_checks", "/casino/\u{3000}REJECT\n")];
        good [("regexp:body_checks", "/casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
    CarriageReturns {
        "lines that end in CR LF" / "CR LF の改行"
        "Postfix takes white space, the CR included, off the end of a rule, so most rules still work. Inside a rule that goes over several lines the CR stays, and becomes part of the pattern or of the text." /
        "Postfix はルールの末尾の空白を CR も含めて取り除くため、多くのルールは働きます。複数行にわたるルールの途中の CR は残り、パターンやテキストの一部になります。"
        bad [("regexp:body_checks", "/casino/ REJECT\r\n")];
        good [("regexp:body_checks", "/casino/ REJECT\n")];
        see ["postmap(1), INPUT FILE FORMAT"];
    }
    ByteOrderMark {
        "a byte order mark" / "バイト順マーク"
        "Some editors write three invisible bytes at the start of a file. Postfix takes the first of them for the delimiter of the first rule, or for a part of the first key." /
        "一部のエディターは、ファイルの先頭に見えない 3 バイトを書きます。Postfix はその最初のバイトを、先頭のルールの区切り文字やキーの一部として読みます。"
        bad [("regexp:body_checks", "\u{feff}/casino/ REJECT\n")];
        good [("regexp:body_checks", "/casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT"];
    }
}
