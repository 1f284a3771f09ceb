//! The clients that the command line names, and those of standard input, as many at a time as have arrived.

use std::io::{BufRead as _, BufReader, Read as _};

use postproof_model::Bytes;
use postproof_rules::host::clients;
use postproof_words::{Lang, host as words};

use crate::outcome::Failure;

/// The most bytes that a line may have. A name has 255 at most.
const LONGEST: u64 = 64 << 10;

/// How many bytes are read at once.
const BLOCK: usize = 256 << 10;

/// How many clients are given at once.
const AT_ONCE: usize = 16 << 10;

/// A client with its number.
pub(super) type Numbered = (Bytes, usize);

/// Takes clients.
pub(super) type Take<'t> = dyn FnMut(&[Numbered]) -> Result<(), Failure> + 't;

/// Names of clients, and `-` for standard input.
#[derive(Debug)]
pub(super) struct Hosts<'m> {
    names: Vec<&'m str>,
    /// All of them, once they have been read to be gone through more than once.
    kept: Option<Vec<Numbered>>,
}

impl<'m> Hosts<'m> {
    pub(super) const fn of(names: Vec<&'m str>) -> Self {
        Self { names, kept: None }
    }

    /// Reads all, so that they can be gone through again.
    ///
    /// # Errors
    ///
    /// As [`Hosts::several`].
    pub(super) fn keep(&mut self, lang: Lang) -> Result<(), Failure> {
        let mut all = Vec::new();
        self.several(lang, &mut |clients| {
            all.extend_from_slice(clients);
            Ok(())
        })?;
        self.kept = Some(all);
        Ok(())
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Gives all clients in order, several at a time, each with its number: of the arguments, or of the lines of standard
    /// input. Those of lines that have arrived do not wait for lines that have not.
    ///
    /// # Errors
    ///
    /// Standard input cannot be read, or has a line that is no client for certain, after the clients before that line were
    /// given; or `take` fails.
    pub(super) fn several(&self, lang: Lang, take: &mut Take<'_>) -> Result<(), Failure> {
        if let Some(kept) = &self.kept {
            return kept.chunks(AT_ONCE).try_for_each(take);
        }
        let mut several = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            if *name == "-" {
                let read = standard_input(lang, &mut several, take);
                give(&mut several, take)?;
                read?;
            } else {
                several.push((name.as_bytes().into(), index + 1));
                if several.len() >= AT_ONCE {
                    give(&mut several, take)?;
                }
            }
        }
        give(&mut several, take)
    }
}

fn give(several: &mut Vec<Numbered>, take: &mut Take<'_>) -> Result<(), Failure> {
    if several.is_empty() {
        return Ok(());
    }
    let taken = take(several);
    several.clear();
    taken
}

fn standard_input(lang: Lang, several: &mut Vec<Numbered>, take: &mut Take<'_>) -> Result<(), Failure> {
    let mut input = BufReader::with_capacity(BLOCK, std::io::stdin().lock());
    let mut line = Vec::new();
    for number in 1.. {
        if several.len() >= AT_ONCE || memchr::memchr(b'\n', input.buffer()).is_none() {
            give(several, take)?;
        }
        line.clear();
        let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::read("-", &error, lang))? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && u64::try_from(line.len()).is_ok_and(|length| length >= LONGEST) {
            return Err(Failure::misuse(words::LINE_TOO_LONG.fill(lang, &[("line", &number.to_string())])));
        }
        several.extend(clients(&line).map(|(_, client)| (client.into(), number)));
    }
    Ok(())
}
