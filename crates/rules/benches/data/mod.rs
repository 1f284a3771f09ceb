//! Made-up tables, host names and a message, the same ones every time.

/// A small generator of numbers (xorshift64*), so that the data needs no crate and repeats exactly.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn word(&mut self, shortest: usize, longest: usize) -> String {
        let length = shortest + self.below(longest - shortest + 1);
        (0..length).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }
}

const TOP: &[&str] = &["com", "net", "org", "co.jp", "ne.jp", "de", "com.br", "ru", "fr", "co.uk"];
const HOSTS: &[&str] = &[
    "mail", "mx", "smtp", "relay", "out", "gw", "host", "server", "web", "mta", "news", "list", "post", "node", "edge",
];
const LINES: &[&str] = &["dsl", "dyn", "pool", "cust"];

/// Domains that hosts are of, of which the first are those that white lists let in.
fn domains() -> Vec<String> {
    let mut dice = Dice(7);
    (0..20_000).map(|_| format!("{}.{}", dice.word(4, 10), dice.pick(TOP))).collect()
}

/// Host names, a line each: servers, end users' lines, and some without a name.
pub(crate) fn hosts(count: usize) -> String {
    let domains = domains();
    let mut dice = Dice(11);
    let mut hosts = String::new();
    for _ in 0..count {
        let domain = &domains[dice.below(domains.len())];
        let host = match dice.below(100) {
            0..2 => "unknown".to_owned(),
            2..30 => {
                let part = |dice: &mut Dice| 1 + dice.below(254);
                let (a, b, c, d) = (part(&mut dice), part(&mut dice), part(&mut dice), part(&mut dice));
                format!("{a}-{b}-{c}-{d}.{}.{domain}", dice.pick(LINES))
            }
            30..40 => format!("dhcp{}.{}.{domain}", dice.below(10_000), dice.pick(HOSTS)),
            40..70 => format!("{}{}.{domain}", dice.pick(HOSTS), dice.below(100)),
            _ => format!("{}.{}.{domain}", dice.pick(HOSTS), dice.pick(HOSTS)),
        };
        hosts.push_str(&host);
        hosts.push('\n');
    }
    hosts
}

/// A white list of so many rules.
pub(crate) fn white_list(rules: usize) -> String {
    let domains = domains();
    let mut dice = Dice(13);
    let mut list = String::new();
    for _ in 0..rules {
        let domain = domains[dice.below(domains.len())].replace('.', "\\.");
        let pattern = match dice.below(10) {
            0..4 => format!("^{}[0-9]+\\.{domain}$", dice.pick(HOSTS)),
            4..7 => format!("\\.{domain}$"),
            _ => format!("^(.+\\.)?{domain}$"),
        };
        list += &format!("/{pattern}/ OK\n");
    }
    list
}

fn words() -> Vec<String> {
    let mut dice = Dice(17);
    (0..3000).map(|_| dice.word(3, 10)).collect()
}

/// Body checks of so many rules: phrases, pairs of words, links, tags, long lines of letters.
pub(crate) fn body_checks(rules: usize) -> String {
    let words = words();
    let mut dice = Dice(19);
    let mut checks = String::new();
    for _ in 0..rules {
        let [a, b, c, d] = [(); 4].map(|()| words[dice.below(words.len())].as_str());
        let pattern = match dice.below(20) {
            0..7 => format!("{a} +{b}"),
            7..11 => format!("{a}.*{b}"),
            11..13 => format!("({a}|{b}|{c})[a-z]*{d}"),
            13..15 => format!("^{a}: *{b}"),
            15..17 => format!("https?:\\/\\/[^\\/]*{a}\\.(com|net|ru)"),
            17 => format!("<(iframe|script)[^>]*src=.?{a}"),
            18 => format!("\\<{a}[0-9][0-9]+"),
            _ => format!("^[a-z]{{{},}}[0-9]+[!?]{{{}}}", 20 + dice.below(20), 2 + dice.below(3)),
        };
        checks += &format!("/{pattern}/ REJECT\n");
    }
    checks
}

/// A message of so many bytes, more or less, of the words that the checks know.
pub(crate) fn message(bytes: usize) -> String {
    let words = words();
    let mut dice = Dice(23);
    let mut message = "From: a@example.com\nSubject: test\nMIME-Version: 1.0\n\n".to_owned();
    while message.len() < bytes {
        let line: Vec<&str> = (0..4 + dice.below(8)).map(|_| words[dice.below(words.len())].as_str()).collect();
        message += &line.join(" ");
        message.push('\n');
    }
    message
}
