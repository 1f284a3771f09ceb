//! Kinds of tables: the part before the colon in `regexp:/etc/postfix/header_checks`.

use serde::{Deserialize, Serialize};

/// A kind of table. DATABASE_README, "Postfix lookup table types", lists them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the kind of that name")]
pub enum TableKind {
    /// regexp_table(5).
    #[default]
    Regexp,
    /// pcre_table(5).
    Pcre,
    /// cidr_table(5).
    Cidr,
    /// The text that postmap(1) reads, read by every program itself.
    Texthash,
    /// Built from text by postmap(1), as the next five are.
    Hash,
    Btree,
    Lmdb,
    Cdb,
    Dbm,
    Sdbm,
    /// `inline:{ key=value, … }`.
    Inline,
    /// `static:value`: that value for every key.
    Static,
    /// `pipemap:{type:name, …}`: what one table answers is the next one's key.
    Pipemap,
    /// `unionmap:{type:name, …}`: what all of them answer, joined by commas.
    Unionmap,
    /// `randmap:{value, …}`: one of them, by chance.
    Randmap,
    /// `proxy:type:name`: that table, asked through proxymap(8).
    Proxy,
    /// `debug:type:name`: that table, with a log of its lookups. Postfix 3.9 and later.
    Debug,
    /// Fails on every lookup; for tests of Postfix itself.
    Fail,
    /// The environment of the program that asks.
    Environ,
    /// An empty table that programs fill for themselves.
    Internal,
    Ldap,
    Mysql,
    Pgsql,
    Mongodb,
    Sqlite,
    Memcache,
    Socketmap,
    Tcp,
    Nis,
    Nisplus,
    Netinfo,
    /// The machine's users and groups.
    Unix,
}

/// What a kind of table reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableSource {
    /// A file of rules, or rules in place of a file's name: `pcre:{ {/a/ b} }`.
    Rules,
    /// A file of keys and values.
    Entries,
    /// What stands after the colon, and nothing else.
    InPlace,
    /// Other tables, which stand after the colon.
    Tables,
    /// Something that only a running system has: a server, a database, its environment.
    System,
}

impl TableKind {
    /// Every kind, in the order of this list's own.
    pub const ALL: &[Self] = &[
        Self::Regexp,
        Self::Pcre,
        Self::Cidr,
        Self::Texthash,
        Self::Hash,
        Self::Btree,
        Self::Lmdb,
        Self::Cdb,
        Self::Dbm,
        Self::Sdbm,
        Self::Inline,
        Self::Static,
        Self::Pipemap,
        Self::Unionmap,
        Self::Randmap,
        Self::Proxy,
        Self::Debug,
        Self::Fail,
        Self::Environ,
        Self::Internal,
        Self::Ldap,
        Self::Mysql,
        Self::Pgsql,
        Self::Mongodb,
        Self::Sqlite,
        Self::Memcache,
        Self::Socketmap,
        Self::Tcp,
        Self::Nis,
        Self::Nisplus,
        Self::Netinfo,
        Self::Unix,
    ];

    /// The kind's name, as it stands before the colon.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regexp => "regexp",
            Self::Pcre => "pcre",
            Self::Cidr => "cidr",
            Self::Texthash => "texthash",
            Self::Hash => "hash",
            Self::Btree => "btree",
            Self::Lmdb => "lmdb",
            Self::Cdb => "cdb",
            Self::Dbm => "dbm",
            Self::Sdbm => "sdbm",
            Self::Inline => "inline",
            Self::Static => "static",
            Self::Pipemap => "pipemap",
            Self::Unionmap => "unionmap",
            Self::Randmap => "randmap",
            Self::Proxy => "proxy",
            Self::Debug => "debug",
            Self::Fail => "fail",
            Self::Environ => "environ",
            Self::Internal => "internal",
            Self::Ldap => "ldap",
            Self::Mysql => "mysql",
            Self::Pgsql => "pgsql",
            Self::Mongodb => "mongodb",
            Self::Sqlite => "sqlite",
            Self::Memcache => "memcache",
            Self::Socketmap => "socketmap",
            Self::Tcp => "tcp",
            Self::Nis => "nis",
            Self::Nisplus => "nisplus",
            Self::Netinfo => "netinfo",
            Self::Unix => "unix",
        }
    }

    /// The kind of this name; none for a name that Postfix does not know either. Names are lower case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// What it reads.
    #[must_use]
    pub const fn source(self) -> TableSource {
        match self {
            Self::Regexp | Self::Pcre | Self::Cidr => TableSource::Rules,
            Self::Texthash | Self::Hash | Self::Btree | Self::Lmdb | Self::Cdb | Self::Dbm | Self::Sdbm => {
                TableSource::Entries
            }
            Self::Inline | Self::Static | Self::Randmap | Self::Fail | Self::Internal => TableSource::InPlace,
            Self::Pipemap | Self::Unionmap | Self::Proxy | Self::Debug => TableSource::Tables,
            Self::Environ
            | Self::Ldap
            | Self::Mysql
            | Self::Pgsql
            | Self::Mongodb
            | Self::Sqlite
            | Self::Memcache
            | Self::Socketmap
            | Self::Tcp
            | Self::Nis
            | Self::Nisplus
            | Self::Netinfo
            | Self::Unix => TableSource::System,
        }
    }

    /// Whether tables of this kind answer from a server or another part of a running system, whose answers may be given
    /// as data.
    #[must_use]
    pub const fn has_server(self) -> bool {
        matches!(self.source(), TableSource::System) && !matches!(self, Self::Environ)
    }

    /// The kinds of a file that a project can hold: those that read rules or entries.
    pub fn of_files() -> impl Iterator<Item = Self> {
        let kinds = Self::ALL.iter().copied();
        kinds.filter(|kind| matches!(kind.source(), TableSource::Rules | TableSource::Entries))
    }
}

#[cfg(test)]
mod tests {
    use super::TableKind;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for &kind in TableKind::ALL {
            assert_eq!(TableKind::from_name(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        assert_eq!(TableKind::from_name("REGEXP"), None);
        assert_eq!(TableKind::of_files().count(), 10);
    }
}
