//! The arguments of an oracle: `--cases 1000000`, `--only-references`.

pub struct Arguments(Vec<String>);

impl Arguments {
    pub fn of_program() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// The number after an argument of this name.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        let at = self.0.iter().position(|argument| argument == name)?;
        self.0.get(at + 1)?.parse().ok()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|argument| argument == name)
    }
}
