//! When a line was logged. syslogd and postlogd(8) write `Nov  4 01:02:03`, newer syslogd RFC 3339's
//! `2024-11-04T01:02:03.456+09:00`.

/// A moment, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since the year 1970 began in UTC, or since the year of the log began where it names none.
    pub(super) seconds: i64,
    /// Whether the log names the year.
    pub(super) dated: bool,
}

const DAY: i64 = 24 * 60 * 60;
/// A year that a log does not name may be a leap year: counted as one, no date of it is lost.
const LEAP_YEAR: i64 = 366 * DAY;
const MONTHS: [(&[u8], i64); 12] = [
    (b"Jan", 0),
    (b"Feb", 31),
    (b"Mar", 60),
    (b"Apr", 91),
    (b"May", 121),
    (b"Jun", 152),
    (b"Jul", 182),
    (b"Aug", 213),
    (b"Sep", 244),
    (b"Oct", 274),
    (b"Nov", 305),
    (b"Dec", 335),
];

/// Reads the time at the start of a line; gives what follows the blank after it.
pub(super) fn read(line: &[u8]) -> Option<(Moment, &[u8])> {
    traditional(line).or_else(|| dated(line))
}

/// `Nov  4 01:02:03 `: RFC 3164 section 4.1.2.
fn traditional(line: &[u8]) -> Option<(Moment, &[u8])> {
    let (month, rest) = line.split_at_checked(3)?;
    let (_, before) = MONTHS.iter().find(|(name, _)| *name == month)?;
    let rest = rest.strip_prefix(b" ")?;
    let (day, rest) = rest.split_at_checked(2)?;
    let day = number(day.strip_prefix(b" ").unwrap_or(day))?;
    let (seconds, rest) = clock(rest.strip_prefix(b" ")?)?;
    let rest = rest.strip_prefix(b" ")?;
    Some((Moment { seconds: (before + day - 1) * DAY + seconds, dated: false }, rest))
}

/// `2024-11-04T01:02:03.456789+09:00 `: RFC 3339 section 5.6; journalctl(1) leaves the colon of the zone out.
fn dated(line: &[u8]) -> Option<(Moment, &[u8])> {
    let end = line.iter().position(|byte| *byte == b' ')?;
    let (time, rest) = (line.get(..end)?, line.get(end + 1..)?);
    let (year, time) = time.split_at_checked(4)?;
    let (month, time) = time.strip_prefix(b"-")?.split_at_checked(2)?;
    let (day, time) = time.strip_prefix(b"-")?.split_at_checked(2)?;
    let (seconds, time) = clock(time.strip_prefix(b"T")?)?;
    let zone = time.strip_prefix(b".").map_or(time, |fraction| {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        fraction.get(digits..).unwrap_or_default()
    });
    let days = days(number(year)?, number(month)?, number(day)?)?;
    Some((Moment { seconds: days * DAY + seconds - zone_seconds(zone)?, dated: true }, rest))
}

/// `01:02:03`, in seconds.
fn clock(text: &[u8]) -> Option<(i64, &[u8])> {
    let (clock, rest) = text.split_at_checked(8)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
    Some((number(&[h1, h2])? * 3600 + number(&[m1, m2])? * 60 + number(&[s1, s2])?, rest))
}

/// What a zone is ahead of UTC, in seconds. Without one it is taken as UTC: only differences count.
fn zone_seconds(zone: &[u8]) -> Option<i64> {
    let (sign, digits) = match zone {
        b"" | b"Z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    match *digits {
        [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => Some(sign * (number(&[h1, h2])? * 3600 + number(&[m1, m2])? * 60)),
        _ => None,
    }
}

/// Days from 1970-01-01 on, in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let (_, before) = MONTHS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = if leap || month <= 2 { *before } else { before - 1 };
    let past = year - 1;
    let leaps = |year: i64| year / 4 - year / 100 + year / 400;
    Some((year - 1970) * 365 + leaps(past) - leaps(1969) + before + day - 1)
}

fn number(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Times as they go on from line to line: a log that names no year may go past the end of one.
#[derive(Debug, Default)]
pub(super) struct Clock {
    last: Option<Moment>,
    years: i64,
}

impl Clock {
    /// The next line's moment, in seconds that can be held against those of the other lines; none where they cannot.
    pub(super) fn tick(&mut self, moment: Moment) -> Option<i64> {
        let last = self.last.replace(moment);
        if last.is_some_and(|last| last.dated != moment.dated) {
            return None;
        }
        // A little back is another process that was faster; half a year back is a new year.
        if !moment.dated && last.is_some_and(|last| last.seconds - moment.seconds > LEAP_YEAR / 2) {
            self.years += 1;
        }
        Some(moment.seconds + self.years * LEAP_YEAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        read(text.as_bytes()).map(|(moment, _)| moment.seconds)
    }

    #[test]
    fn times_are_read_as_syslog_writes_them() {
        assert_eq!(seconds("Jan  1 00:00:00 mail x"), Some(0));
        assert_eq!(seconds("Mar  1 00:00:01 mail x"), Some(60 * DAY + 1));
        assert_eq!(seconds("1970-01-01T00:00:00Z x"), Some(0));
        // date -u -d 2024-08-29T01:08:59 +%s
        assert_eq!(seconds("2024-08-29T01:08:59.764590+00:00 x"), Some(1_724_893_739));
        assert_eq!(seconds("2024-08-29T10:08:59+0900 x"), Some(1_724_893_739));
        assert_eq!(seconds("2023-03-01T00:00:00-01:30 x"), Some(1_677_634_200));
        assert_eq!(read(b"Nov 24 22:36:02 mx postfix/smtpd[1]: x").unwrap().1, b"mx postfix/smtpd[1]: x");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "Nov", "Nov 4 01:02:03 x", "Nox  4 01:02:03 x", "2024-13-01T00:00:00Z x", "2024-11-04 01:02:03"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_log_may_go_past_the_end_of_a_year() {
        let mut clock = Clock::default();
        let mut tick = |text: &str| clock.tick(read(text.as_bytes()).unwrap().0).unwrap();
        let old = tick("Dec 31 23:59:59 x");
        assert_eq!(tick("Dec 31 23:59:58 x"), old - 1);
        assert_eq!(tick("Jan  1 00:00:01 x"), old + 2);
    }
}
