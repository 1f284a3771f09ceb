//! Warnings in a form that can be compared: what they are about and which line they name, not their words.

/// What a program warned of, sorted.
pub(crate) type Warned = Vec<String>;

/// The warnings of postmap or of the command. postmap names the first line of a logical line; so does the command where
/// it names a rule's lines.
pub(crate) fn warned(stderr: &str) -> Warned {
    let mut warned: Vec<String> =
        stderr.lines().filter(|line| line.contains("warning: ")).filter_map(warning).collect();
    warned.sort();
    warned
}

fn warning(line: &str) -> Option<String> {
    // Lines that postmap writes beside another about the same.
    let beside = [
        "should return NO RESULT",
        "do not prepend whitespace to statements",
        "empty macro name: ",
        "truncated macro reference: ",
        "non-numeric replacement index",
        "out-of-range replacement index",
        "out of range replacement index \"0\"",
    ];
    if beside.iter().any(|words| line.contains(words)) {
        return None;
    }
    let known = [
        ("must not start with whitespace", "starts with space"),
        ("This line starts with white space, but", "starts with space"),
        ("empty string result", "empty result"),
        ("an empty result, which", "empty result"),
        ("non-UTF-8 key", "key not UTF-8"),
        ("is not UTF-8: Postfix does not look it up", "key not UTF-8"),
        ("non-UTF-8 value", "value not UTF-8"),
        (", which is not UTF-8", "value not UTF-8"),
        ("ignoring -m option", "-m alone"),
        ("-m goes with -h or -b only", "-m alone"),
        ("duplicate entry", "duplicate key"),
        ("upper and lower case count as the same", "duplicate key"),
    ];
    if let Some((_, about)) = known.iter().find(|(words, _)| line.contains(words)) {
        return Some((*about).to_owned());
    }
    let number = |after: &str| {
        let rest = &line[line.rfind(after)? + after.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    let line_number = number("rule on lines ").or_else(|| number(", rule ")).or_else(|| number(", line "));
    Some(line_number.map_or_else(|| line.to_owned(), |number| format!("line {number}")))
}
