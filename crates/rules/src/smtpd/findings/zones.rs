//! DNS lists that were closed, and that sites still carry.
//!
//! A closed list answers nothing at best; several have listed every address at their end, so that their last users would
//! notice. Only lists whose end was announced by those who ran them are here.

/// Domains, and the year in which the lists below them ended, where it is known for certain.
const CLOSED: &[(&str, Option<u16>)] = &[
    ("ahbl.org", Some(2015)),
    ("blackholes.easynet.nl", Some(2003)),
    ("blackholes.wirehub.net", Some(2003)),
    ("bl.spamcannibal.org", Some(2018)),
    ("dnsbl.inps.de", Some(2020)),
    ("dsbl.org", Some(2008)),
    ("dul.ru", Some(2015)),
    ("dynablock.easynet.nl", Some(2003)),
    ("dynablock.wirehub.net", Some(2003)),
    ("ix.dnsbl.manitu.net", Some(2025)),
    ("njabl.org", Some(2013)),
    ("opm.blitzed.org", Some(2006)),
    ("ordb.org", Some(2006)),
    ("rbl.jp", None),
    ("relays.monkeys.com", Some(2003)),
    ("relays.osirusoft.com", Some(2003)),
    ("rfc-ignorant.org", Some(2012)),
    ("sorbs.net", Some(2024)),
];

/// Whether a list is closed, and since which year.
pub(super) fn closed(zone: &[u8]) -> Option<Option<u16>> {
    let zone = zone.to_ascii_lowercase();
    let below = |domain: &str| {
        let rest = zone.strip_suffix(domain.as_bytes());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(b"."))
    };
    CLOSED.iter().find(|(domain, _)| below(domain)).map(|(_, year)| *year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_stands_for_what_is_below_it() {
        assert_eq!(closed(b"list.dsbl.org"), Some(Some(2008)));
        assert_eq!(closed(b"ALL.rbl.jp"), Some(None));
        assert_eq!(closed(b"gmo-rbl.jp"), None);
        assert_eq!(closed(b"zen.spamhaus.org"), None);
    }
}
