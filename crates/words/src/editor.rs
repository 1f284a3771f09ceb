//! Words of the editor's own: CodeMirror asks for them by their English text.

crate::phrases! {
    CONTROL_CHARACTER: "Control character" / "制御文字";
    SELECTION_DELETED: "Selection deleted" / "選択範囲を削除しました";
    FIND: "Find" / "検索";
    REPLACE: "Replace" / "置換";
    NEXT: "next" / "次へ";
    PREVIOUS: "previous" / "前へ";
    ALL_MATCHES: "all" / "すべて";
    MATCH_CASE: "match case" / "大文字小文字を区別";
    BY_WORD: "by word" / "単語単位";
    REGEXP: "regexp" / "正規表現";
    REPLACE_ONE: "replace" / "置換";
    REPLACE_ALL: "replace all" / "すべて置換";
    CLOSE: "close" / "閉じる";
    CURRENT_MATCH: "current match" / "現在の一致";
    ON_LINE: "on line" / "行:";
    REPLACED_MATCHES: "replaced $ matches" / "$ 件を置換しました";
    REPLACED_MATCH_ON_LINE: "replaced match on line $" / "$ 行目を置換しました";
    GO_TO_LINE: "Go to line" / "行へ移動";
    GO: "go" / "移動";
    DIAGNOSTICS: "Diagnostics" / "問題点";
    NO_DIAGNOSTICS: "No diagnostics" / "問題点はありません";
}
