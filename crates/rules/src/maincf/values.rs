//! What a parameter is: its text, where that comes from, and the text read as yes or no, a number, a time, a list.
//!
//! (Postfix: `get_mail_conf_bool`, `get_mail_conf_int`, `get_mail_conf_time`, `maps_create`, `mystrtokq`.)

use postproof_model::{Lines, MainCfProblem, Span};

use super::expand::{self, Piece};
use crate::table::MapSpec;
use crate::table::braces;

/// A parameter's value, expanded.
#[derive(Clone, Debug)]
pub struct Value {
    /// The parameter.
    pub name: String,
    /// Where it is set.
    pub set: Set,
    /// The text.
    pub state: State,
    pub(super) pieces: Vec<Piece>,
}

/// Where a parameter's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// main.cf sets it: on these lines, the value within this stretch of the file.
    Here {
        /// The lines.
        lines: Lines,
        /// The stretch.
        span: Span,
    },
    /// It has its default.
    Default,
    /// There is no such parameter, and nothing sets one.
    Nowhere,
}

/// What is known of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is this text.
    Known(Vec<u8>),
    /// The machine decides what this parameter is, and the value depends on it.
    Unknown {
        /// The parameter.
        parameter: String,
    },
    /// Postfix refuses the value: the programs that read it stop.
    Refused(MainCfProblem),
    /// It is bigger than this tool follows.
    TooBig,
}

impl Value {
    /// The text; none where it cannot be told or is refused.
    #[must_use]
    pub fn text(&self) -> Option<&[u8]> {
        match &self.state {
            State::Known(text) => Some(text),
            State::Unknown { .. } | State::Refused(_) | State::TooBig => None,
        }
    }

    /// The words of a list: what stands between white space and commas outside of braces, each with its place in the
    /// text.
    #[must_use]
    pub fn list(&self) -> Vec<(Span, &[u8])> {
        let text = self.text().unwrap_or_default();
        let parts = braces::parts(text, Span::new(0, text.len()));
        parts.into_iter().filter_map(|span| Some((span, text.get(span.start..span.end)?))).collect()
    }

    /// The tables of a list. Their spans are within the text; [`super::MainCf::place`] finds them in the file.
    #[must_use]
    pub fn maps(&self) -> Vec<MapSpec> {
        MapSpec::parse_list(self.text().unwrap_or_default())
    }

    fn lossy(&self) -> String {
        String::from_utf8_lossy(self.text().unwrap_or_default()).into_owned()
    }

    /// yes or no, in any case. None where the text cannot be told.
    ///
    /// # Errors
    /// Anything else: Postfix's programs stop.
    pub fn boolean(&self) -> Result<Option<bool>, MainCfProblem> {
        let Some(text) = self.text() else { return Ok(None) };
        if text.eq_ignore_ascii_case(b"yes") {
            return Ok(Some(true));
        }
        if text.eq_ignore_ascii_case(b"no") {
            return Ok(Some(false));
        }
        Err(MainCfProblem::NotBoolean { name: self.name.clone(), value: self.lossy() })
    }

    /// A whole number, as strtol(3) reads it, within 32 bits and these limits. None where the text cannot be told.
    ///
    /// # Errors
    /// No such number: Postfix's programs stop.
    pub fn integer(&self, least: Option<i64>, most: Option<i64>) -> Result<Option<i64>, MainCfProblem> {
        self.whole(least, most, i64::from(i32::MIN)..=i64::from(i32::MAX))
    }

    /// A size in bytes, such as message_size_limit: as [`Value::integer`], within 64 bits.
    ///
    /// # Errors
    /// No such number: Postfix's programs stop.
    pub fn size(&self, least: Option<i64>) -> Result<Option<i64>, MainCfProblem> {
        self.whole(least, None, i64::MIN..=i64::MAX)
    }

    fn whole(
        &self,
        least: Option<i64>,
        most: Option<i64>,
        held: std::ops::RangeInclusive<i64>,
    ) -> Result<Option<i64>, MainCfProblem> {
        let Some(text) = self.text() else { return Ok(None) };
        let value = match expand::strtol(text) {
            Some((value, [])) if held.contains(&value) => value,
            _ => return Err(MainCfProblem::NotInteger { name: self.name.clone(), value: self.lossy() }),
        };
        if least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most) {
            return Err(MainCfProblem::OutOfRange { name: self.name.clone(), value, least, most });
        }
        Ok(Some(value))
    }

    /// A time in seconds; a number without a unit is counted in `unit`, the parameter's own: `b's'`, `b'm'`, `b'h'`, `b'd'`,
    /// `b'w'`. Only the first letter after the number counts. None where the text cannot be told.
    ///
    /// # Errors
    /// No such time, or one that 32 bits cannot hold: Postfix's programs stop. (Postfix: `conv_time`.)
    pub fn seconds(&self, unit: u8) -> Result<Option<i64>, MainCfProblem> {
        let Some(text) = self.text() else { return Ok(None) };
        let refused = || MainCfProblem::NotTime { name: self.name.clone(), value: self.lossy() };
        let (number, rest) = expand::strtol(text).ok_or_else(refused)?;
        let seconds = match rest.first().copied().unwrap_or(unit) {
            b's' => 1,
            b'm' => 60,
            b'h' => 60 * 60,
            b'd' => 24 * 60 * 60,
            b'w' => 7 * 24 * 60 * 60,
            _ => return Err(refused()),
        };
        let time = number.checked_mul(seconds).filter(|time| (0..=i64::from(i32::MAX)).contains(time));
        time.map(Some).ok_or_else(refused)
    }
}
