//! Words of sharing: what gives people away, files beside links.

crate::phrases! {
    GIVES_AWAY: "This gives people away:" / "個人や組織が分かる情報が含まれています:";
    MAILS: "mail addresses: {count} ({list})" / "メールアドレス: {count} 件 ({list})";
    HOSTS: "host addresses: {count} ({list})" / "ホストのアドレス: {count} 件 ({list})";
    PASSWORDS: "what looks like a password: {count} ({list})" / "パスワードらしいもの: {count} 件 ({list})";
    TAKE_OUT: "Replace them, every verdict unchanged" / "判定を変えずに置き換える";
    TAKEN_OUT: "Replaced in {count} places. Every verdict stays as it is; your project is not changed."
        / "{count} か所を置き換えました。判定はすべて元のままです。作業中のプロジェクトは変わりません。";
    WHAT_BY_WHAT: "What by what" / "置き換えの内容";
    STAYS: "These stay, since a verdict depends on them: {list}" / "判定が左右されるため、次は残しました: {list}";
    PUT_BACK: "Share it as it was" / "元のまま共有する";
    PASS_ON: "Send…" / "送る…";
    AS_FILES: "As a file" / "ファイルとして";
    SAVE_FILE: "Save the project" / "プロジェクトを保存";
    SAVE_FOLDER: "Save a folder for Postfix" / "Postfix 用フォルダーを保存";
    OPEN_FILE: "Open a project…" / "プロジェクトを開く…";
    FOLDER_WHAT: "The folder is a zip: the tables, the lines for main.cf, and the postmap commands that ask the same."
        / "フォルダーは zip 形式で、テーブル、main.cf に書く行、同じ結果を確かめる postmap コマンドが入ります。";
    NO_PROJECT: "{name} holds no project that can be opened here." / "{name} には、ここで開けるプロジェクトがありません。";

    UPDATE: "A new version of Postproof is ready." / "Postproof の新しいバージョンを使えます。";
    UPDATE_MEND: "Your work stays." / "作業中の内容は残ります。";
    RELOAD: "Use it now" / "今すぐ使う";
    ON_DEVICE: "On this device" / "この端末に残るもの";
    KEPT_WHAT: "Your work, your language and your theme are kept in this browser, on this device and nowhere else. After the first visit the page works without a network."
        / "作業中の内容と、言語やテーマの設定は、この端末のこのブラウザーの中にだけ残ります。一度開けば、ネットワークがなくても使えます。";
    FORGET: "Forget everything on this device" / "この端末に残したものをすべて消す";
    FORGOTTEN: "Nothing is kept here any more." / "この端末に残るものはなくなりました。";
    NOT_KEPT: "This work is too large to be kept in this browser." / "この作業は大きすぎて、ブラウザーに残せません。";
    NOT_KEPT_MEND: "Save it as a file under Share before you leave." / "離れる前に「共有」からファイルに保存してください。";
    WORK_BEFORE: "The project of the link is open. Your own work from before is still here." / "リンクのプロジェクトを開きました。前回の作業も残っています。";

    WORKING: "Working" / "処理中";
    STOPPED: "Stopped." / "中止しました。";
    STOPPED_MEND: "The verdict is the last one before; the next change is answered again." / "表示中の判定は中止前のものです。次に変更すると、また判定します。";
}
