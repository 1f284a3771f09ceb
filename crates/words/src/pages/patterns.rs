//! Patterns.

super::pages! {
    TildeForCaret {
        "a tilde where a caret was meant" / "キャレットのつもりのチルダ"
        "~ is a character as any other: the pattern waits for a key with a tilde in it, and never fires. On a Japanese keyboard ~ and ^ share a key. Postfix says nothing." /
        "~ はただの文字で、パターンはチルダのあるキーを待ち続け、働きません。日本語キーボードでは ~ と ^ が同じキーにあります。Postfix は何も言いません。"
        bad [("regexp:header_checks", "/~From:.*@casino\\.example>/ REJECT\n")];
        good [("regexp:header_checks", "/^From:.*@casino\\.example>/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "regex(7)"];
    }
    FoldingOff {
        "the flag i switches case folding off" / "フラグ i は大文字小文字を区別させる"
        "In regexp: and pcre: tables case folding is on, and flags toggle: i switches it off, so that the rule matches only the letters as they are written." /
        "regexp: と pcre: では大文字小文字は初めから区別されません。フラグは切り替えなので、i を付けると区別されるようになり、書いたとおりの文字にしか一致しません。"
        bad [("regexp:header_checks", "/^Subject:.*casino/i REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*casino/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "pcre_table(5), TABLE FORMAT"];
    }
    CountByVersion {
        "{,n} is a count for some releases of PCRE2 only" / "{,n} が回数になるのは一部の PCRE2 だけ"
        "Since PCRE2 10.43 the lower count may be left out. For earlier releases the braces are characters that must be there." /
        "PCRE2 10.43 からは下限を省けます。それより前では、波括弧はそのままの文字として扱われます。"
        bad [("pcre:header_checks", "/^Subject: a{,3}b/ REJECT\n")];
        good [("pcre:header_checks", "/^Subject: a{0,3}b/ REJECT\n")];
        see ["pcre2pattern(3), REPETITION"];
    }
    NotAnEscape {
        "an escape of PCRE's in a regexp: table" / "regexp: テーブルでの PCRE のエスケープ"
        "POSIX has no \\d, \\t, \\x41 or \\Q: in a regexp: table a backslash before a small letter matches nothing at all, since case is folded there, and between brackets the backslash is a character of the set. The pattern compiles, and waits for something else, or for ever." /
        "POSIX に \\d、\\t、\\x41、\\Q はありません。大文字小文字を区別しない regexp: テーブルでは、バックスラッシュの後の小文字は何にも一致せず、角括弧の中ではバックスラッシュ自身が集合の一員になります。パターンは読み込まれますが、別のものに一致するか、決して一致しません。"
        bad [("regexp:header_checks", "/^Subject: order \\d+$/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject:[[:space:]]+order[[:space:]]+[0-9]+$/ REJECT\n")];
        see ["regexp_table(5)", "regex(7)"];
    }
    BasicSyntax {
        "the flag x of regexp: tables" / "regexp: テーブルのフラグ x"
        "In a regexp: table x switches from extended to basic regular expressions. There ( ) | + ? { } are characters, and their operators are written with a backslash." /
        "regexp: テーブルの x は、拡張正規表現から基本正規表現に切り替えます。そこでは ( ) | + ? { } はただの文字で、演算子にはバックスラッシュが要ります。"
        bad [("regexp:header_checks", "/^Subject:.*(casino|bonus)/x REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*(casino|bonus)/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "regex(7)"];
    }
    SpaceIgnored {
        "white space in an extended pattern" / "拡張パターンの中の空白"
        "In a pcre: table x leaves white space in the pattern out, also where two words were meant to have a space between them." /
        "pcre: テーブルの x では、単語の間のつもりの空白も含めて、パターンの空白が無視されます。"
        bad [("pcre:body_checks", "/free money/x REJECT\n")];
        good [("pcre:body_checks", "/free money/ REJECT\n")];
        see ["pcre_table(5), TABLE FORMAT", "pcre2pattern(3), INTERNAL OPTION SETTING"];
    }
    CommentInPattern {
        "# in an extended pattern" / "拡張パターンの中の #"
        "In a pcre: table with the flag x, # starts a comment that reaches to the end of the pattern: Postfix joins the lines of a rule, so that no line end closes it." /
        "フラグ x を付けた pcre: のパターンでは、# からパターンの終わりまでがコメントです。Postfix は行をつなげて読むため、改行でコメントが終わることはありません。"
        bad [("pcre:body_checks", "/casino#1/x REJECT\n")];
        good [("pcre:body_checks", "/casino\\#1/x REJECT\n")];
        see ["pcre_table(5), TABLE FORMAT", "pcre2pattern(3), COMMENTS"];
    }
    DotStopsAtFold {
        "the flag s of pcre: tables" / "pcre: テーブルのフラグ s"
        "pcre: tables have DOTALL on, and flags toggle: with s, a dot no longer matches a line break, and .* stops where a long header is folded." /
        "pcre: では DOTALL が初めから有効で、フラグは切り替えです。s を付けると . が改行に一致しなくなり、.* は長いヘッダの折り返しで止まります。"
        bad [("pcre:header_checks", "/^Subject:.*casino/s REJECT\n")];
        good [("pcre:header_checks", "/^Subject:.*casino/ REJECT\n")];
        see ["pcre_table(5), TABLE FORMAT", "header_checks(5)"];
    }
    AnchorAtFold {
        "the flag m in header checks" / "ヘッダの検査でのフラグ m"
        "With m, ^ and $ match at every line of a folded header. A sender can fold a header so that any word of it stands at the start of a line." /
        "m を付けると、^ と $ は折り返されたヘッダの各行に一致します。送信者は折り返し方によって、どの単語でも行頭に置けます。"
        bad [("regexp:header_checks", "/^X-Mailer:/m REJECT\n")];
        good [("regexp:header_checks", "/^X-Mailer:/ REJECT\n")];
        see ["regexp_table(5), TABLE FORMAT", "pcre_table(5), TABLE FORMAT", "header_checks(5)"];
    }
    WordAsClass {
        "a word in brackets" / "角括弧の中の単語"
        "Brackets stand for one character out of a set: [SPAM] matches an S, a P, an A or an M, and so nearly every subject." /
        "角括弧は、中の文字のどれか一つを表します。[SPAM] は S、P、A、M のどれかに一致するので、ほとんどの件名に一致します。"
        bad [("regexp:header_checks", "/^Subject:.*[SPAM]/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*\\[SPAM\\]/ REJECT\n")];
        see ["regex(7)", "pcre2pattern(3)"];
    }
    SpaceAtFold {
        "a space where a header may be folded" / "ヘッダが折り返されうる空白"
        "A table is asked for a header with its folds in it: where the sender folded it, there is a line break and white space in place of the one space. Mail programs fold long headers between words." /
        "テーブルは、折り返しを含んだままのヘッダで検索されます。送信者が折り返した場所では、空白一つの代わりに改行と空白があります。メールソフトは長いヘッダを単語の間で折り返します。"
        bad [("regexp:header_checks", "/^Subject:.*lucky winner/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*lucky[[:space:]]+winner/ REJECT\n")];
        see ["header_checks(5)"];
    }
    EncodedHeader {
        "characters beyond ASCII in header checks" / "ヘッダの検査での ASCII 以外の文字"
        "Mail programs encode such characters in headers (RFC 2047), and Postfix decodes nothing before it asks a table. The rule fires only where a header comes with these bytes as they are." /
        "メールソフトはヘッダの中のこうした文字を符号化します (RFC 2047)。Postfix は復号せずにテーブルを検索するため、ルールが働くのは、そのままのバイト列で届いたときだけです。"
        bad [("regexp:header_checks", "/^Subject:.*当選/ REJECT\n")];
        good [("regexp:header_checks", "/^Subject:.*=\\?UTF-8\\?B\\?(5b2T6YG4|[A-Za-z0-9+\\/]*)\\?=/i WARN maybe a win\n")];
        see ["header_checks(5), BUGS"];
    }
    EncodedBody {
        "characters beyond ASCII in body checks" / "本文の検査での ASCII 以外の文字"
        "Bodies with such characters mostly come as base64 or quoted-printable, or in a charset of their own, and Postfix decodes nothing before it asks a table." /
        "こうした文字のある本文は、多くは base64 や quoted-printable、別の文字コードで届きます。Postfix は復号せずにテーブルを検索します。"
        bad [("regexp:body_checks", "/当選おめでとう/ REJECT\n")];
        good [("regexp:body_checks", "/casino\\.example/ REJECT\n")];
        see ["header_checks(5), BUGS"];
    }
    BareDot {
        "a dot that matches anything" / "何にでも一致するドット"
        "A dot matches any character: mail.example.net also matches mailxexample.net, which somebody else may own." /
        ". は任意の文字に一致します。mail.example.net は、他人のものかもしれない mailxexample.net にも一致します。"
        bad [("regexp:client_access", "/^mail.example.net$/ OK\n")];
        good [("regexp:client_access", "/^mail\\.example\\.net$/ OK\n")];
        see ["regex(7)", "access(5)"];
    }
    Unanchored {
        "a name whose ends are not tied" / "両端を固定していない名前"
        "A pattern may match anywhere in the key. Without $ a name matches as the start of a longer one, such as example.net.spam.example; without ^ or a dot before it, as the end of one, such as notexample.net." /
        "パターンはキーのどこにでも一致します。$ がなければ example.net.spam.example のような長い名前の途中に、^ や前のドットがなければ notexample.net のような名前の末尾にも一致します。"
        bad [("regexp:client_access", "/\\.example\\.net/ OK\n")];
        good [("regexp:client_access", "/\\.example\\.net$/ OK\n")];
        see ["regex(7)", "access(5)"];
    }
}
