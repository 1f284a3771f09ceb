//! The clients that the command line names, and those of standard input, read a line at a time.

use std::io::{BufRead as _, Read as _};

use postproof_model::Bytes;
use postproof_rules::host::clients;
use postproof_words::{Lang, host as words};

use crate::outcome::Failure;

/// The most bytes that a line may have. A name has 255 at most.
const LONGEST: u64 = 64 << 10;

/// Takes a client, and its number.
pub(super) type Take<'t> = dyn FnMut(&[u8], usize) -> Result<(), Failure> + 't;

/// Names of clients, and `-` for standard input.
#[derive(Debug)]
pub(super) struct Hosts<'m> {
    names: Vec<&'m str>,
    /// All of them, once they have been read to be gone through more than once.
    kept: Option<Vec<(Bytes, usize)>>,
}

impl<'m> Hosts<'m> {
    pub(super) const fn of(names: Vec<&'m str>) -> Self {
        Self { names, kept: None }
    }

    /// Reads all, so that they can be gone through again.
    ///
    /// # Errors
    ///
    /// As [`Hosts::each`].
    pub(super) fn keep(&mut self, lang: Lang) -> Result<(), Failure> {
        let mut all = Vec::new();
        self.each(lang, &mut |client, number| {
            all.push((client.into(), number));
            Ok(())
        })?;
        self.kept = Some(all);
        Ok(())
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Gives each client with its number: of the arguments, or of the lines of standard input.
    ///
    /// # Errors
    ///
    /// Standard input cannot be read, or has a line that is no client for certain; or `take` fails.
    pub(super) fn each(&self, lang: Lang, take: &mut Take<'_>) -> Result<(), Failure> {
        if let Some(kept) = &self.kept {
            return kept.iter().try_for_each(|(client, number)| take(client, *number));
        }
        for (index, name) in self.names.iter().enumerate() {
            if *name == "-" {
                standard_input(lang, take)?;
            } else {
                take(name.as_bytes(), index + 1)?;
            }
        }
        Ok(())
    }
}

fn standard_input(lang: Lang, take: &mut Take<'_>) -> Result<(), Failure> {
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::read("-", &error, lang))? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && u64::try_from(line.len()).is_ok_and(|length| length >= LONGEST) {
            return Err(Failure::misuse(words::LINE_TOO_LONG.fill(lang, &[("line", &number.to_string())])));
        }
        for (_, client) in clients(&line) {
            take(client, number)?;
        }
    }
    Ok(())
}
