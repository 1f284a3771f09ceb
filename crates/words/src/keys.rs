//! Words of the keys: where they work, and what each does.

crate::phrases! {
    ON_PAGE: "Everywhere" / "どこでも";
    ON_TABS: "On a tab" / "タブの上で";
    IN_EDITOR: "In an editor" / "エディターの中で";
    IN_DIALOGS: "In a window like this one" / "このようなウィンドウの中で";

    HELP: "this sheet; ? outside of text" / "このヘルプを開く (? は文字を入力しない場所で)";
    UNDO_STEP: "undo the last step: what was added, removed, moved, opened, mended; Ctrl+Z outside of text"
        / "最後の操作 (追加、削除、移動、開く、修正) を元に戻す (Ctrl+Z は文字を入力しない場所で)";
    REDO_STEP: "redo it; Ctrl+Y outside of text" / "やり直す (Ctrl+Y は文字を入力しない場所で)";

    PREVIOUS_TAB: "the tab before" / "前のタブへ";
    NEXT_TAB: "the next tab" / "次のタブへ";
    FIRST_TAB: "the first tab" / "最初のタブへ";
    LAST_TAB: "the last tab" / "最後のタブへ";
    RENAME: "name and settings" / "名前と設定";
    REMOVE: "remove it" / "削除";
    MOVE_BACK: "move it one place back" / "一つ前へ移動";
    MOVE_ON: "move it one place on" / "一つ後ろへ移動";

    LEAVE: "leave the editor, one key after the other" / "エディターを離れる (順に押す)";
    UNDO_TYPING: "undo typing" / "入力を元に戻す";
    REDO_TYPING: "redo typing" / "入力をやり直す";
    FIND: "find and replace" / "検索と置換";
    NEXT_PROBLEM: "go to the next problem" / "次の問題点へ";
    PREVIOUS_PROBLEM: "go to the problem before" / "前の問題点へ";
    PROBLEMS: "list the problems" / "問題点の一覧";
    COMMENT: "make lines a comment, or no longer" / "行をコメントにする、または戻す";
    LINE_UP: "move the line up" / "行を上へ移動";
    LINE_DOWN: "move the line down" / "行を下へ移動";
    COPY_UP: "copy the line upward" / "行を上に複製";
    COPY_DOWN: "copy the line downward" / "行を下に複製";
    DELETE_LINE: "delete the line" / "行を削除";

    CLOSE: "close it" / "閉じる";
}
