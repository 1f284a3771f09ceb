//! Lookups in tables of few and many rules: `cargo bench -p postproof-rules`.
#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "measurements of made-up data"
)]

mod data;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use postproof_model::TableKind;
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::pattern::Patterns;
use postproof_rules::s25r;
use postproof_rules::table::{Opener, Table};

fn main() {
    divan::main();
}

fn table(kind: TableKind, source: &str) -> Table {
    Table::parse_as(Opener::POSTMAP, kind, "t", source.as_bytes()).0
}

fn hosts_through(bencher: Bencher<'_, '_>, kind: TableKind, rules: usize) {
    let table = table(kind, &(data::white_list(rules) + &s25r::table_source()));
    let hosts = data::hosts(10_000);
    bencher.counter(ItemsCount::new(hosts.lines().count())).counter(BytesCount::of_str(&hosts)).bench_local(|| {
        for host in hosts.lines() {
            divan::black_box(table.result(host.as_bytes(), &mut |_| {}));
        }
    });
}

#[divan::bench(args = [0, 1000, 10_000])]
fn hosts_through_regexp(bencher: Bencher<'_, '_>, rules: usize) {
    hosts_through(bencher, TableKind::Regexp, rules);
}

#[divan::bench(args = [0, 1000, 10_000])]
fn hosts_through_pcre(bencher: Bencher<'_, '_>, rules: usize) {
    hosts_through(bencher, TableKind::Pcre, rules);
}

#[divan::bench(args = [10, 1000])]
fn message_through_body_checks(bencher: Bencher<'_, '_>, rules: usize) {
    let body = vec![table(TableKind::Regexp, &data::body_checks(rules))];
    let checks = ContentChecks { body, ..ContentChecks::default() };
    let message = data::message(100_000);
    bencher
        .counter(BytesCount::of_str(&message))
        .bench_local(|| divan::black_box(checks.evaluate(message.as_bytes(), &Envelope::default())));
}

/// As far as the first answer: what is made when a key first needs it is made.
#[divan::bench(args = [1000, 10_000])]
fn parse_and_ask_once(bencher: Bencher<'_, '_>, rules: usize) {
    let source = data::white_list(rules);
    bencher.counter(ItemsCount::new(rules)).bench_local(|| {
        divan::black_box(table(TableKind::Regexp, &source).result(b"mail.example.com", &mut |_| {}));
    });
}

/// One rule of many is edited.
#[divan::bench(args = [1000, 10_000])]
fn parse_again(bencher: Bencher<'_, '_>, rules: usize) {
    let source = data::white_list(rules);
    let mut patterns = Patterns::keeping();
    let parse = |source: &str, patterns: &mut Patterns| {
        Table::parse_again(Opener::POSTMAP, TableKind::Regexp, "t", source.as_bytes(), patterns)
    };
    let _kept = parse(&source, &mut patterns);
    let edited = source.clone() + "/one\\.more/ OK\n";
    bencher.counter(ItemsCount::new(rules)).bench_local(|| divan::black_box(parse(&edited, &mut patterns)));
}
