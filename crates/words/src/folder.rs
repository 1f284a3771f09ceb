//! What stands in a folder that a project is saved as.

crate::phrases! {
    TABLES: "Tables. Copy them to Postfix's folder, as a rule /etc/postfix:" / "テーブルです。Postfix のフォルダー (通常は /etc/postfix) にコピーしてください。";
    INDEXED: "Postfix reads these from an index; make it anew after every change:" / "Postfix は索引を読むため、変更のたびに作り直してください。";
    SNIPPET: "The lines of main.cf that use them are in main.cf.snippet. Where a parameter is set already, put the tables into its list. Then:"
        / "これらを使う main.cf の行は main.cf.snippet にあります。すでに設定されているパラメーターには、テーブルをその値に加えてください。その後:";
    ASK: "What the tables answer, asked with Postfix's own command, from within this folder:" / "このフォルダーの中で、Postfix 付属のコマンドでテーブルの答えを確かめるには:";
    TESTS: "The tests, run by Postproof's command:" / "テストを Postproof のコマンドで実行するには:";
    SESSION: "The session, played by Postproof's command:" / "セッションを Postproof のコマンドで試すには:";
    CLIENTS: "One list decides about clients; put it where it fits the list you have:" / "クライアントの可否を決めるリストです。既存のリストの適切な位置に入れてください。";
}
