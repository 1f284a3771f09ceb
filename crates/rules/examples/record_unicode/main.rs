//! Records what PCRE2 knows of Unicode: `cargo run --release --example record_unicode`.
//!
//! Which characters have a property, which are the same when case is folded, how `\X` takes characters together: all of
//! it asked of PCRE2 itself, pattern by pattern, over every character there is. The names of the properties are
//! Unicode's (PropertyAliases.txt, PropertyValueAliases.txt), lower case, without separators.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a command of the project's own"
)]

#[path = "../../tests/pcre_oracle/library.rs"]
mod library;

use std::collections::BTreeMap;

use library::Compiled;
use pcre2_sys as sys;

/// Ranges of code points, first and last included.
type Ranges = Vec<(u32, u32)>;

fn main() {
    let every: Vec<char> = ('\0'..=char::MAX).collect();
    let text = Text::new(&every);
    let mut sets: BTreeMap<Ranges, Vec<String>> = BTreeMap::new();
    for name in include_str!("names.txt").split_whitespace() {
        // A script has two sets: those that write in it alone, and those that write in it, too.
        for prefix in ["", "sc:", "scx:"] {
            if let Ok(code) = compile(&format!("\\p{{{prefix}{name}}}+"), sys::PCRE2_UTF) {
                sets.entry(text.ranges(&code)).or_default().push(format!("{prefix}{name}"));
            }
        }
    }
    for (name, pattern) in [("+graph", "[[:graph:]]+"), ("+print", "[[:print:]]+"), ("+punct", "[[:punct:]]+")] {
        let code = compile(pattern, sys::PCRE2_UTF | sys::PCRE2_UCP).unwrap();
        sets.entry(text.ranges(&code)).or_default().push(name.to_owned());
    }
    graphemes(&every, &mut sets);

    let mut out = Vec::new();
    put(&mut out, sets.len());
    for (ranges, names) in &sets {
        put(&mut out, names.len());
        for name in names {
            put(&mut out, name.len());
            out.extend_from_slice(name.as_bytes());
        }
        put(&mut out, ranges.len());
        let mut at = 0;
        for (first, last) in ranges {
            put(&mut out, (first - at) as usize);
            put(&mut out, (last - first) as usize);
            at = last + 1;
        }
    }
    let classes = case_classes(&text);
    put(&mut out, classes.len());
    let mut at = 0;
    for class in &classes {
        put(&mut out, class.len());
        for char in class {
            // Within a class the characters ascend; so do the first ones of the classes.
            put(&mut out, (*char - at) as usize);
            at = *char;
        }
        at = class[0];
    }
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/pattern/pcre/unicode/properties.bin"), &out).unwrap();
    println!("PCRE2 {}: {} sets, {} case classes, {} bytes", library::version(), sets.len(), classes.len(), out.len());
}

fn compile(pattern: &str, options: u32) -> Result<Compiled, (i32, usize)> {
    Compiled::with_options(pattern.as_bytes(), options)
}

/// What `\X` does with each character next to others.
fn graphemes(every: &[char], sets: &mut BTreeMap<Ranges, Vec<String>>) {
    let one = compile("\\A\\X\\z", sys::PCRE2_UTF).unwrap();
    let joins = |text: &[char]| one.find(text.iter().collect::<String>().as_bytes(), 0).is_some();
    let with = |keep: &dyn Fn(char) -> bool| joined(every.iter().copied().filter(|char| keep(*char)));
    let goes_on = with(&|char| joins(&['a', char]));
    let extends = with(&|char| joins(&['a', char]) && joins(&['\u{1F600}', char, '\u{200D}', '\u{1F600}']));
    let prepends = with(&|char| !joins(&['a', char]) && joins(&[char, 'a']));
    let controls = with(&|char| !joins(&[char, '\u{300}']));
    for (name, ranges) in
        [("+goes_on", goes_on), ("+extends", extends), ("+prepends", prepends), ("+controls", controls)]
    {
        sets.entry(ranges).or_default().push(name.to_owned());
    }
}

/// Characters that are the same when case is folded: classes of two or more.
fn case_classes(text: &Text) -> Vec<Vec<u32>> {
    let mut candidates: Vec<char> = ["l&", "m", "n", "s"]
        .iter()
        .flat_map(|name| text.ranges(&compile(&format!("\\p{{{name}}}+"), sys::PCRE2_UTF).unwrap()))
        .flat_map(|(first, last)| (first..=last).filter_map(char::from_u32))
        .collect();
    candidates.sort_unstable();
    let text = Text::new(&candidates);
    let mut classes: Vec<Vec<u32>> = candidates
        .iter()
        .map(|char| {
            let pattern = format!("\\x{{{:x}}}", u32::from(*char));
            let code = compile(&pattern, sys::PCRE2_UTF | sys::PCRE2_CASELESS).unwrap();
            text.ranges(&code).into_iter().flat_map(|(first, last)| first..=last).collect()
        })
        .filter(|class: &Vec<u32>| class.len() > 1)
        .collect();
    classes.sort();
    classes.dedup();
    let members: usize = classes.iter().map(Vec::len).sum();
    let mut all: Vec<u32> = classes.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(members, all.len(), "a character is in two classes");
    classes
}

/// Characters in a row, with the way back from a byte to its character.
struct Text {
    bytes: Vec<u8>,
    chars: Vec<u32>,
    /// Where each begins.
    starts: Vec<usize>,
}

impl Text {
    fn new(chars: &[char]) -> Self {
        let mut bytes = Vec::new();
        let mut starts = Vec::new();
        for char in chars {
            starts.push(bytes.len());
            bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Self { bytes, chars: chars.iter().map(|char| u32::from(*char)).collect(), starts }
    }

    /// The characters that matches of the pattern take.
    fn ranges(&self, code: &Compiled) -> Ranges {
        let mut at = 0;
        let mut ranges = Vec::new();
        while let Some((start, end)) = code.find(&self.bytes, at) {
            let first = self.starts.binary_search(&start).unwrap();
            let last = self.starts.binary_search(&end).unwrap_or(self.starts.len());
            for char in &self.chars[first..last] {
                add(&mut ranges, *char);
            }
            at = end;
        }
        ranges
    }
}

fn joined(chars: impl Iterator<Item = char>) -> Ranges {
    let mut ranges = Vec::new();
    for char in chars {
        add(&mut ranges, u32::from(char));
    }
    ranges
}

fn add(ranges: &mut Ranges, char: u32) {
    match ranges.last_mut() {
        // Surrogates are no characters: a range may go over them.
        Some((_, last)) if *last + 1 == char || *last == 0xD7FF && char == 0xE000 => *last = char,
        _ => ranges.push((char, char)),
    }
}

/// A number, seven bits a byte, the lowest first.
fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
