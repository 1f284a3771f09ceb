//! Words of the page: what stands on it, what its controls are called, what it tells about links and the engine.

use crate::Phrase;
use postproof_model::FaultKind;

crate::phrases! {
    NAME: "Postproof" / "Postproof";
    TAGLINE: "Postfix rules, proved before mail comes" / "Postfix のルールを、メールが来る前に確かめる";
    OTHER_LANGUAGE: "日本語" / "English";
    THEME_SYSTEM: "Theme: the system's" / "テーマ: システムに合わせる";
    THEME_LIGHT: "Theme: light" / "テーマ: ライト";
    THEME_DARK: "Theme: dark" / "テーマ: ダーク";
    HELP: "Help and keys" / "ヘルプとキー操作";
    SHARE: "Share" / "共有";
    TITLE: "The project's title" / "プロジェクトの題名";
    UNTITLED: "Untitled" / "無題";
    CLOSE: "Close" / "閉じる";
    CANCEL: "Cancel" / "やめる";

    VERDICT: "Verdict" / "判定";
    STARTING: "Getting ready…" / "準備中…";
    CHECKING: "Checking…" / "確認中…";
    OLD: "from before the last change" / "最後の変更より前の判定";
    NO_INPUT: "Nothing to try the rules on" / "ルールを試す対象がありません";
    NO_INPUT_HINT: "Paste a message, or drop a file on the input." / "メッセージを貼り付けるか、入力欄にファイルをドロップしてください。";
    BY_RULE: "by {rule}, on {place}" / "{place} が {rule} に一致";
    MEANS_REJECTED: "the sender is told at the end of DATA; nothing is queued" / "DATA の終わりに送信者へ伝わり、キューには入りません";
    MEANS_DEFERRED: "the sender is asked to try again later; nothing is queued" / "送信者は後で再送するよう求められ、キューには入りません";
    MEANS_DISCARDED: "the sender is told that all is well; nothing is delivered" / "送信者には正常と伝わり、配送はされません";
    MEANS_HELD: "it waits in the hold queue until someone releases it" / "管理者が解放するまで hold キューで待ちます";
    MEANS_REDIRECTED: "it goes to another address; its recipients do not get it" / "別のアドレスに送られ、本来の宛先には届きません";
    FAULT_NESTED_TOO_DEEP: "parts are nested deeper than mime_nesting_limit allows, on {place}" / "{place} で、パートの入れ子が mime_nesting_limit を超えています";
    FAULT_EIGHT_BIT_HEADER: "a header has 8-bit data, on {place}, which strict_7bit_headers or strict_8bitmime refuses" / "{place} のヘッダーに 8 ビットのデータがあり、strict_7bit_headers か strict_8bitmime により拒否されます";
    FAULT_EIGHT_BIT_BODY: "the body has 8-bit data that no Content-Transfer-Encoding announces, on {place}, which strict_8bitmime_body or strict_8bitmime refuses" / "{place} の本文に Content-Transfer-Encoding で示されていない 8 ビットのデータがあり、strict_8bitmime_body か strict_8bitmime により拒否されます";
    FAULT_ENCODING_DOMAIN: "a message or multipart has a Content-Transfer-Encoding that it must not have, on {place}, which strict_mime_encoding_domain refuses" / "{place} で、message か multipart に許されない Content-Transfer-Encoding が指定されており、strict_mime_encoding_domain により拒否されます";
    FAULT_TOO_MANY_HOPS: "there are as many Received headers as hopcount_limit, on {place}" / "{place} で、Received ヘッダーが hopcount_limit に達しています";
    FAULT_NOTHING_LEFT: "the rules leave nothing of the message, so the queue manager sets it aside as damaged" / "ルールがメッセージをすべて取り除くため、キューマネージャーは壊れたメールとして脇へ退けます";
    NO_RULE_FIRED: "no rule fired" / "一致したルールはありません";
    ONE_RULE_FIRED: "one rule fired; it does not stop the message" / "一つのルールが一致しましたが、メッセージは止まりません";
    RULES_FIRED: "rules fired {count} times; none stops the message" / "ルールが {count} 回一致しましたが、メッセージは止まりません";
    MIGHT_DECIDE: "{rule} might decide on {place}, but cannot be run here" / "{place} では {rule} が結果を左右しうるのに、ここでは実行できません";
    IF_IT_MISSES: "if it does not match: {verdict}" / "一致しなければ「{verdict}」";
    HOSTS_REFUSED: "{count} of {total} refused" / "{total} 件中 {count} 件を拒否";
    HOSTS_NONE_REFUSED: "None of {total} refused" / "{total} 件すべて拒否なし";
    HOSTS_PERMITTED: "permitted: {count}" / "許可: {count} 件";
    HOSTS_UNDECIDED: "no table decides: {count}" / "どのテーブルも決めない: {count} 件";
    HOSTS_OTHER: "depends on the rest of the configuration: {count}" / "他の設定による: {count} 件";
    HOSTS_UNKNOWN: "unknown: {count}" / "不明: {count} 件";

    OVERDUE: "Stopped after {seconds} s." / "{seconds} 秒で打ち切りました。";
    OVERDUE_MEND: "What you see is the last verdict that was finished. Shorten the input or the rules, or allow more time."
        / "表示されているのは、最後に完了した判定です。入力かルールを短くするか、時間を延ばしてください。";
    BROKEN: "The engine failed on this input and was started anew." / "この入力でエンジンが異常終了したため、起動し直しました。";
    BROKEN_MEND: "What you see is the last verdict that was finished. This is a defect of Postproof's; a report with the share link helps to mend it."
        / "表示されているのは、最後に完了した判定です。これは Postproof の不具合です。共有リンクを添えて報告していただけると助かります。";
    MISSING: "The engine cannot be loaded, so there is no verdict." / "エンジンを読み込めないため、判定できません。";
    MISSING_MEND: "See whether the connection to this site works, then try again." / "このサイトに接続できるか確かめてから、もう一度試してください。";
    DETAIL: "In its own words: {detail}" / "詳細: {detail}";
    TRY_AGAIN: "Try again" / "もう一度";
    ALLOW_MORE: "Allow {seconds} s" / "{seconds} 秒まで待つ";
    DISMISS: "Close this notice" / "このお知らせを閉じる";

    LINK_NOT_ONE: "The address of this page holds no project." / "このページのアドレスにプロジェクトは含まれていません。";
    LINK_VERSION: "This link is of a version that is unknown here." / "このリンクの版は、ここでは扱えません。";
    LINK_DAMAGED: "This link is damaged: characters were changed on the way." / "このリンクは壊れています。途中で文字が変わっています。";
    LINK_TRUNCATED: "The end of this link is missing." / "このリンクは末尾が欠けています。";
    LINK_TOO_LARGE: "This link holds more than can be opened." / "このリンクは大きすぎて開けません。";
    LINK_NOT_A_PROJECT: "This link holds something else than a project." / "このリンクの中身はプロジェクトではありません。";
    LINK_NEWER: "This link holds a kind of table or input that only a newer version knows." / "このリンクには、新しい版でしか扱えないテーブルか入力が含まれています。";
    LINK_MEND: "Ask for it once more, best as a file or in a code block; some programs cut or change long links. Until then, here is an empty project."
        / "もう一度、できればファイルかコードブロックで送ってもらってください。長いリンクを切ったり書き換えたりするプログラムがあります。それまで、空のプロジェクトを表示します。";
    LINK_RELOAD: "Reload this page to get the newest version. Until then, here is an empty project." / "ページを再読み込みして最新の版にしてください。それまで、空のプロジェクトを表示します。";
    LINK_OPENED: "The project of the link is open." / "リンクのプロジェクトを開きました。";
    GO_BACK: "Back to what was here" / "前の内容に戻す";
    REMOVED: "{name} is removed." / "{name} を削除しました。";
    UNDO: "Undo" / "元に戻す";
    FILE_TOO_BIG: "{name} has {size}; more than {limit} cannot be opened." / "{name} は {size} あります。{limit} より大きいファイルは開けません。";
    BYTES: "{count} bytes" / "{count} バイト";
    ONE_BYTE: "1 byte" / "1 バイト";
    KILOBYTES: "{count} KB" / "{count} KB";
    MEGABYTES: "{count} MB" / "{count} MB";

    RULES: "Rules" / "ルール";
    ADD_TABLE: "Add a table" / "テーブルを追加";
    TABLE_SETTINGS: "Name and use of {name}" / "{name} の名前と用途";
    TABLE_NAME: "Name" / "名前";
    TABLE_ROLE: "Used for" / "用途";
    TABLE_KIND: "Kind" / "種類";
    ADD: "Add" / "追加";
    DONE: "Done" / "完了";
    REMOVE: "Remove this table" / "このテーブルを削除";
    NAME_MISSING: "A table needs a name." / "テーブルには名前が要ります。";
    NAME_TAKEN: "There is a table of this name already." / "この名前のテーブルは既にあります。";
    NO_TABLES: "There are no rules yet." / "まだルールがありません。";
    ROLE_HEADER_CHECKS: "header_checks: the message's own headers" / "header_checks: メッセージ自身のヘッダー";
    ROLE_MIME_HEADER_CHECKS: "mime_header_checks: MIME headers" / "mime_header_checks: MIME ヘッダー";
    ROLE_NESTED_HEADER_CHECKS: "nested_header_checks: headers of attached messages" / "nested_header_checks: 添付メッセージのヘッダー";
    ROLE_BODY_CHECKS: "body_checks: lines of the body" / "body_checks: 本文の行";
    ROLE_CLIENT_ACCESS: "check_client_access: names of clients" / "check_client_access: クライアントのホスト名";
    ROLE_ACCESS: "another access table, which main.cf names" / "main.cf で指定する、その他のアクセステーブル";
    ROLE_MAIN_CF: "main.cf: the configuration, for SMTP sessions" / "main.cf: 設定（SMTP セッション用）";
    ROLE_WORLD: "the world: what DNS and policy servers answer" / "world: DNS やポリシーサーバーの答え";
    PROBLEMS: "Problems" / "問題点";
    NO_PROBLEMS: "Nothing wrong in {name}." / "{name} に問題はありません。";
    ALSO_FIRES: "{rule} matches, too: {why}" / "{rule} にも一致: {why}";
    MEND: "Mend it" / "直す";
    MEND_LINE: "Mend line {line}" / "{line} 行目を直す";
    ABOUT_CODE: "About {code}" / "{code} について";
    NOT_ALL_LOOKED_AT: "Not all could be looked at: the part of Postproof that looks closer failed." / "詳しく調べる部分が異常終了したため、すべては調べられていません。";
    CODE_MISSING: "This page cannot be loaded." / "この説明を読み込めません。";
    SEVERITY_ERROR: "Error" / "エラー";
    SEVERITY_WARNING: "Warning" / "警告";
    SEVERITY_UNKNOWN: "Unknown" / "不明";
    SEVERITY_HINT: "Hint" / "ヒント";
    ON_LINE: "line {line}" / "{line} 行目";
    ADDED_RECEIVED: "the Received header that smtpd adds" / "smtpd が加える Received ヘッダー";
    LINE: "Line {line}" / "{line} 行目";
    FIRED: "Fired: {count}" / "一致した回数: {count}";
    WOULD_FIRE: "Would have fired but for earlier rules: {count}" / "前のルールがなければ一致した回数: {count}";
    MAY_FIRE: "Cannot be run; might decide: {count}" / "実行できず、結果を左右しうる回数: {count}";

    INPUT: "Input" / "入力";
    MESSAGE: "Message" / "メッセージ";
    HOSTS: "Hosts" / "ホスト名";
    SESSION: "Session" / "セッション";
    TABLE_EDITOR: "Rules of {name}. Escape, then Tab, leaves the editor." / "{name} のルール。Esc の後 Tab でエディターを離れます。";
    INPUT_EDITOR: "Input: {name}. Escape, then Tab, leaves the editor." / "入力: {name}。Esc の後 Tab でエディターを離れます。";
    LINES: "{count} lines" / "{count} 行";
    ONE_LINE: "1 line" / "1 行";
    MESSAGE_CHECKED: "headers: {headers}, body lines: {lines}, checked in {milliseconds} ms" / "ヘッダー {headers} 件、本文 {lines} 行を {milliseconds} ms で確認";
    HOSTS_CHECKED: "clients: {count}, checked in {milliseconds} ms" / "クライアント {count} 件を {milliseconds} ms で確認";

    SESSION_CHECKED: "answers: {count}, found in {milliseconds} ms" / "応答 {count} 件を {milliseconds} ms で確認";
    SESSION_PASSES: "Nothing refused" / "拒否なし";
    SESSION_REFUSED: "{count} of {total} answers refuse" / "{total} 件の応答のうち {count} 件が拒否";
    BY_RESTRICTION: "by {restriction}" / "{restriction} による";
    NO_MAIN_CF: "A session needs a main.cf, which says in which order smtpd asks." / "セッションには main.cf が必要です。smtpd が何をどの順に調べるかは main.cf で決まります。";
    NO_MAIN_CF_HINT: "Add one with + above the rules: it starts with the tables that are there." / "ルールの上の + で追加すると、今あるテーブルを使う main.cf ができます。";
    EXCHANGES: "What the server says, line by line" / "行ごとの、サーバーの応答";
    EXCHANGES_LEFT_OUT: "Lines that are not listed: {count}" / "表示していない行: {count} 行";
    GREETING: "greeting" / "最初の応答";
    RESTRICTIONS_TRIED: "Restrictions tried: {count}" / "調べた制限: {count} 件";

    WHY: "Why" / "理由";
    IN_ORDER: "In the order Postfix looks" / "Postfix が調べる順に";
    CLIENTS_IN_ORDER: "Client by client" / "クライアントごとに";
    TOLD: "What the sender is told" / "送信者への応答";
    LOGGED: "What the log says" / "ログの内容";
    NOT_TOLD: "What cannot be told" / "判定できないもの";
    NOTHING_FIRED: "No rule fired. Postfix looked up every header and body line, and the message goes on its way unchanged."
        / "一致したルールはありません。Postfix はすべてのヘッダーと本文の行を調べ、メッセージはそのまま進みます。";
    NO_VERDICT_YET: "The reasons will stand here." / "ここに理由が表示されます。";
    ALSO: "Would have matched, too: {rules}" / "他に一致するルール: {rules}";
    WITHIN: "Within {rules}" / "{rules} の中";
    GROUPS_UNKNOWN: "The bounds of the groups cannot be told." / "グループの範囲を決められません。";
    GROUP_EMPTY: "took no part" / "使われず";
    CUT: "{count} bytes left out" / "{count} バイト省略";
    EVENTS_LEFT_OUT: "Matches that are not listed: {count}" / "表示していない一致: {count} 件";
    HOSTS_LEFT_OUT: "Clients that are counted, but not listed: {count}" / "数えたが表示していないクライアント: {count} 件";
    BUILT_IN: "No table is used for client names, so these are S25R's own rules." / "クライアント名に使うテーブルがないため、S25R の一般規則で判定しています。";
    LOOKED_UP: "looked up in {table}" / "{table} で検索";
    NOT_FOUND: "not found" / "該当なし";
    ADDRESS: "address" / "アドレス";
    PRIVATE: "Nothing leaves this machine." / "データがこの端末の外に出ることはありません。";

    SHARE_TITLE: "Share this project" / "このプロジェクトを共有";
    SHARE_HOLDS: "The link holds" / "リンクに含まれるもの";
    SHARE_PRIVATE: "Nothing is uploaded. All of it stands in the link, behind the #, which browsers do not send; who has the link has the input, too, addresses and all."
        / "何もアップロードされません。すべてはリンクの # の後にあり、ブラウザーはそこを送信しません。ただし、リンクを持つ人はアドレスなどを含む入力も見ることができます。";
    SHARE_LINK: "Link" / "リンク";
    SHARE_SIZE: "Length of the link: {size} of at most {limit} characters" / "リンクの長さ: {size} 文字 (上限 {limit} 文字)";
    SHARE_TOO_LONG: "Too long for a link: {size} of at most {limit} characters. Save it as a file instead, or shorten the input or the tables." / "リンクには長すぎます: {size} 文字 (上限 {limit} 文字)。代わりにファイルに保存するか、入力かテーブルを短くしてください。";
    SHARE_TOO_LARGE: "This project is too large for a link. Save it as a file instead, or shorten the input or the tables." / "このプロジェクトはリンクには大きすぎます。代わりにファイルに保存するか、入力かテーブルを短くしてください。";
    COPY: "Copy" / "コピー";
    COPIED: "Copied" / "コピーしました";
    COPY_BY_KEY: "The link is selected: copy it with Ctrl+C." / "リンクを選択しました。Ctrl+C でコピーしてください。";
    CANNOT_COPY: "The browser lets no page copy: select the text and copy it." / "ブラウザーがコピーを許可していません。テキストを選択してコピーしてください。";
    EMPTY: "empty" / "空";

    HELP_WHAT: "Paste a message or host names on one side and Postfix's rules on the other: at every key you see which rule fires, why, and what the sender is told."
        / "片側にメッセージやホスト名、もう片側に Postfix のルールを貼り付けると、どのルールがなぜ一致し、送信者に何が伝わるかが、入力のたびに分かります。";
    HELP_UNKNOWN: "Where it cannot know what Postfix would do, it says “unknown” and why; it never guesses."
        / "Postfix の動作が分からないときは「不明」とその理由を示し、推測はしません。";
    KEYS: "Keys" / "キー操作";
}

/// What keeps a message from being delivered, though no rule says so. `{place}` is a line of the input.
#[must_use]
pub const fn fault(kind: FaultKind) -> Phrase {
    match kind {
        FaultKind::NestedTooDeep => FAULT_NESTED_TOO_DEEP,
        FaultKind::EightBitHeader => FAULT_EIGHT_BIT_HEADER,
        FaultKind::EightBitBody => FAULT_EIGHT_BIT_BODY,
        FaultKind::EncodingDomain => FAULT_ENCODING_DOMAIN,
        FaultKind::TooManyHops => FAULT_TOO_MANY_HOPS,
        FaultKind::NothingLeft => FAULT_NOTHING_LEFT,
    }
}
