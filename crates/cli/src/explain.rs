//! `postproof explain`: a pattern in words, part by part, and as a railroad diagram.

use std::io::{BufWriter, Write};
use std::path::Path;

use clap::ArgMatches;
use postproof_model::explain::Explanation;
use postproof_model::{Bytes, Consequence, Diagnostic, Lines, PatternError, Place, Problem, Span, TableKind};
use postproof_rules::lint;
use postproof_rules::pattern::explain::explain;
use postproof_rules::pattern::railroad::{draw, svg};
use postproof_rules::pattern::{Pattern, PcreFlags, PosixFlags};
use postproof_rules::table::Table;
use postproof_rules::table::rule::{Condition, Op};
use postproof_words::explain::shown::{shortened, shown};
use postproof_words::explain::{Line, description, label, lines, notes, title};
use postproof_words::{Lang, command, problems, verdicts};
use serde::Serialize;

use crate::marked;
use crate::outcome::{FINDING, Failure, MISUSE, SUCCESS, complain, save};

/// A pattern of at most so many columns is shown once, with each part under its place.
const STAIRS: usize = 48;
/// How many columns a part's own text takes at most, where each part stands beside its words.
const STRETCH: usize = 34;
/// The room for a diagram, in its units.
const DIAGRAM: i32 = 960;
/// How many characters of a description a diagram carries at most.
const DESCRIPTION: usize = 2000;

/// Runs it.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Result<u8, Failure> {
    let argument = matches.get_one::<String>("pattern").map(String::as_str).unwrap_or_default();
    let flags = matches.get_one::<String>("flags").map(String::as_str);
    let (kind, text) = kind_and_text(argument, lang)?;
    let patterns = match read(kind, text, flags, lang)? {
        Read::Patterns(patterns) => patterns,
        Read::Refused { own_limit } => return Ok(if own_limit { FINDING } else { MISUSE }),
    };
    let format = matches.get_one::<String>("format").map_or("text", String::as_str);
    let file = matches.get_one::<String>("svg").filter(|_| format != "svg");
    if (format == "svg" || file.is_some()) && patterns.len() != 1 {
        let count = patterns.len().to_string();
        return Err(Failure::misuse(command::EXPLAIN_ONE_DIAGRAM.fill(lang, &[("count", &count)])));
    }
    if let (Some(file), Some(written)) = (file, patterns.first()) {
        save(file, Path::new(file), diagram(&written.explanation, lang).as_bytes(), lang)?;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let write = match format {
        "svg" => patterns.iter().try_for_each(|written| out.write_all(diagram(&written.explanation, lang).as_bytes())),
        "json" => patterns.iter().try_for_each(|written| json(&mut out, kind, written, lang)),
        _ => text_of_all(&mut out, &patterns, lang),
    };
    write.and_then(|()| out.flush()).map_err(|error| Failure::write(&error, lang))?;
    Ok(SUCCESS)
}

/// A pattern with what was written around it.
struct Written {
    explanation: Explanation,
    negated: bool,
}

/// What came of reading an argument.
enum Read {
    Patterns(Vec<Written>),
    /// What is wrong has been said already.
    Refused {
        /// Whether it is only this tool that cannot follow.
        own_limit: bool,
    },
}

/// Splits `TYPE:PATTERN`. Without a type the pattern is one of a regexp: table.
fn kind_and_text(argument: &str, lang: Lang) -> Result<(TableKind, &str), Failure> {
    let named = argument
        .split_once(':')
        .filter(|(kind, _)| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    let Some((name, text)) = named else { return Ok((TableKind::Regexp, argument)) };
    match TableKind::from_name(name) {
        Some(kind @ (TableKind::Regexp | TableKind::Pcre)) => Ok((kind, text)),
        _ => Err(Failure::misuse(command::EXPLAIN_NO_PATTERNS.fill(lang, &[("kind", name), ("map", argument)]))),
    }
}

/// Reads a pattern: between delimiters, with flags, as a line of a table; or bare, with the flags from an option.
fn read(kind: TableKind, text: &str, flags: Option<&str>, lang: Lang) -> Result<Read, Failure> {
    let as_in_table = text.starts_with(['/', '!']) || text.starts_with("if ") || text.starts_with("if/");
    if as_in_table && flags.is_none() {
        return Ok(table_line(kind, text, lang));
    }
    let flags = flags.unwrap_or_default();
    let pattern = match kind {
        TableKind::Pcre => {
            let mut pcre = PcreFlags::POSTFIX;
            switch(flags, lang, |flag| pcre.switch(flag) || flag == b'X')?;
            Pattern::pcre(text.as_bytes(), pcre)
        }
        _ => {
            let mut posix = PosixFlags::POSTFIX;
            switch(flags, lang, |flag| posix.switch(flag))?;
            Pattern::posix(text.as_bytes(), posix)
        }
    };
    Ok(match pattern {
        Ok(pattern) => Read::Patterns(vec![Written::new(&pattern, false)]),
        Err(error) => {
            let own_limit = error.kind.is_own_limit();
            say(&diagnostic(&error), &Bytes::from(text), lang);
            Read::Refused { own_limit }
        }
    })
}

/// Switches over what each flag stands for.
fn switch(flags: &str, lang: Lang, mut known: impl FnMut(u8) -> bool) -> Result<(), Failure> {
    for flag in flags.chars() {
        if !u8::try_from(flag).is_ok_and(&mut known) {
            let flag = shown(flag.to_string().as_bytes());
            return Err(Failure::misuse(problems::UNKNOWN_FLAG.fill(lang, &[("flag", &flag)])));
        }
    }
    Ok(())
}

fn diagnostic(error: &PatternError) -> Diagnostic {
    let consequence = if error.kind.is_own_limit() { Consequence::Unknown } else { Consequence::RuleDropped };
    let place = Place {
        file: String::new(),
        lines: Lines { first: 1, last: 1 },
        line: 1,
        column: error.span.start + 1,
        span: error.span,
    };
    Diagnostic { problem: Problem::Pattern(error.kind), consequence, place }
}

/// Reads one line of a table, or several: each pattern in it. A result may follow, and an `if` needs no `endif`.
fn table_line(kind: TableKind, text: &str, lang: Lang) -> Read {
    let (table, mut diagnostics) = Table::parse(kind, "", text.as_bytes());
    diagnostics.extend(lint::table(&table));
    diagnostics.retain(|diagnostic| !matches!(diagnostic.problem, Problem::NoResult | Problem::IfWithoutEndif));
    let source = Bytes::from(text);
    for diagnostic in &diagnostics {
        say(diagnostic, &source, lang);
    }
    let conditions = table.rules().iter().flat_map(|rule| match &rule.op {
        Op::Answer { condition, second, .. } => vec![Some(condition), second.as_ref()],
        Op::If { condition, .. } => vec![Some(condition)],
        Op::Endif => Vec::new(),
    });
    let patterns: Vec<Written> = conditions
        .flatten()
        .filter_map(|condition: &Condition| {
            let pattern = condition.pattern()?;
            Some(Written::new(pattern, condition.negated))
        })
        .collect();
    if patterns.is_empty() {
        let own_limit = diagnostics.iter().any(|diagnostic| diagnostic.consequence == Consequence::Unknown);
        return Read::Refused { own_limit };
    }
    Read::Patterns(patterns)
}

/// Says on standard error what is wrong, with a caret under the place.
fn say(diagnostic: &Diagnostic, source: &Bytes, lang: Lang) {
    use postproof_model::Severity;
    let severity = match diagnostic.severity() {
        Severity::Error => command::ERROR,
        Severity::Warning => command::WARNING,
        Severity::Unknown => verdicts::UNKNOWN,
        Severity::Hint => command::HINT,
    };
    let explained = problems::explain(diagnostic, lang);
    let gap = if lang == Lang::En { " " } else { "" };
    let mut text = format!("{}: {}{gap}{}", severity.say(lang), explained.what, explained.postfix);
    if let Some(mend) = explained.mend {
        text.push_str(gap);
        text.push_str(&mend);
    }
    for line in marked::lines(source, Some(diagnostic.place.span), "    ") {
        text.push('\n');
        text.push_str(&line);
    }
    complain(&text);
}

impl Written {
    fn new(pattern: &Pattern, negated: bool) -> Self {
        Self { explanation: explain(pattern.source(), pattern.ast()), negated }
    }
}

fn text_of_all(out: &mut impl Write, patterns: &[Written], lang: Lang) -> std::io::Result<()> {
    for (index, written) in patterns.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        if written.negated {
            writeln!(out, "{}", command::EXPLAIN_NEGATED.say(lang))?;
        } else if patterns.len() > 1 {
            writeln!(out, "{}", command::EXPLAIN_MUST.say(lang))?;
        }
        text(out, &written.explanation, lang)?;
    }
    Ok(())
}

fn text(out: &mut impl Write, explanation: &Explanation, lang: Lang) -> std::io::Result<()> {
    let whole = Span::new(0, explanation.source.len());
    let lines = lines(explanation, lang);
    let pattern = shown(&explanation.source);
    // Where a part begins within a character, what stands before it has no width.
    let whole_characters = std::str::from_utf8(&explanation.source).is_ok_and(|source| {
        lines.iter().all(|line| source.is_char_boundary(line.span.start) && source.is_char_boundary(line.span.end))
    });
    if whole_characters && marked::width(&pattern) <= STAIRS {
        let column = if pattern.is_empty() { 0 } else { marked::width(&pattern) + 2 };
        if !pattern.is_empty() {
            writeln!(out, "{pattern}")?;
        }
        for line in &lines {
            let before = marked::width(&shown(explanation.source.slice(Span::new(0, line.span.start))));
            let stretch = shown(explanation.source.slice(line.span));
            let gap = column - before - marked::width(&stretch) + 2 * line.depth;
            writeln!(out, "{}{stretch}{}{}", " ".repeat(before), " ".repeat(gap), line.words)?;
        }
    } else {
        writeln!(out, "{}", shortened(&shown(explanation.source.slice(whole)), 2 * STRETCH))?;
        let stretches: Vec<String> = lines
            .iter()
            .map(|line| {
                // Beside its words a part has no other sign of a space at its ends.
                let stretch = shown(explanation.source.slice(line.span)).replace(' ', "␣");
                format!("{}{}", "  ".repeat(line.depth), fitting(&stretch, STRETCH - 2 * line.depth.min(8)))
            })
            .collect();
        let column = stretches.iter().map(|stretch| marked::width(stretch)).max().unwrap_or_default() + 2;
        for (stretch, Line { words, depth, .. }) in stretches.iter().zip(&lines) {
            let gap = column - marked::width(stretch) + 2 * depth;
            writeln!(out, "{stretch}{}{words}", " ".repeat(gap))?;
        }
    }
    if !explanation.groups.is_empty() {
        writeln!(out, "\n{}", postproof_words::explain::phrases::GROUPS.say(lang))?;
        for group in &explanation.groups {
            let stretch = shortened(&shown(explanation.source.slice(group.span)), 2 * STRETCH);
            let name = group.name.as_ref().map(|name| format!(" {}", shown(name.as_bytes()))).unwrap_or_default();
            writeln!(out, "  ${}{name}  {stretch}", group.index)?;
        }
    }
    let notes = notes(explanation, lang);
    if !notes.is_empty() {
        writeln!(out, "\n{}", postproof_words::explain::phrases::NOTES.say(lang))?;
        for note in notes {
            writeln!(out, "  {note}")?;
        }
    }
    Ok(())
}

/// As much of a text as fits into so many columns.
fn fitting(text: &str, columns: usize) -> String {
    if marked::width(text) <= columns {
        return text.to_owned();
    }
    let mut fitting = String::new();
    for c in text.chars() {
        if marked::width(&fitting) + 3 > columns {
            break;
        }
        fitting.push(c);
    }
    fitting.push('…');
    fitting
}

/// An explanation for programs.
#[derive(Serialize)]
struct Object<'a> {
    kind: TableKind,
    negated: bool,
    #[serde(flatten)]
    explanation: &'a Explanation,
    lines: Vec<JsonLine<'a>>,
    remarks: Vec<String>,
}

/// A line of an explanation.
#[derive(Serialize)]
struct JsonLine<'a> {
    span: Span,
    text: Bytes,
    depth: usize,
    words: &'a str,
}

fn json(out: &mut impl Write, kind: TableKind, written: &Written, lang: Lang) -> std::io::Result<()> {
    let explanation = &written.explanation;
    let lines = lines(explanation, lang);
    let object = Object {
        kind,
        negated: written.negated,
        explanation,
        lines: lines
            .iter()
            .map(|line| JsonLine {
                span: line.span,
                text: Bytes::from(explanation.source.slice(line.span)),
                depth: line.depth,
                words: &line.words,
            })
            .collect(),
        remarks: notes(explanation, lang),
    };
    writeln!(out, "{}", serde_json::to_string(&object)?)
}

fn diagram(explanation: &Explanation, lang: Lang) -> String {
    let drawing = draw(explanation, DIAGRAM, &|part| label::label(explanation, part, lang));
    let document = svg::Document {
        title: &title(explanation, lang),
        description: &description(explanation, lang, DESCRIPTION),
        language: lang.tag(),
        ground: svg::Ground::Paper,
    };
    svg::render(&drawing, &document)
}
