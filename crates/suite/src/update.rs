//! New snapshots written into a test file, everything else left as it stands.

use toml_edit::{DocumentMut, Item, Value};

/// The test file with new snapshots: each by the index of its case. None where the file is no TOML or has no such snapshot.
#[must_use]
pub fn update(source: &str, snapshots: &[(usize, String)]) -> Option<String> {
    let mut document: DocumentMut = source.parse().ok()?;
    for (index, snapshot) in snapshots {
        // Cases are tables under [[case]] headings or, seldom, tables in a list.
        let expect = match document.get_mut("case")? {
            Item::ArrayOfTables(cases) => cases.get_mut(*index)?.get_mut("expect")?,
            Item::Value(Value::Array(cases)) => {
                let case = cases.get_mut(*index)?.as_inline_table_mut()?;
                let expect = case.get_mut("expect")?.as_inline_table_mut()?;
                *expect.get_mut("snapshot")? = value(snapshot, expect.get("snapshot")?)?;
                continue;
            }
            _ => return None,
        };
        let expect = expect.as_table_like_mut()?;
        let old = expect.get("snapshot")?.as_value()?;
        let new = value(snapshot, old)?;
        *expect.get_mut("snapshot")? = Item::Value(new);
    }
    Some(document.to_string())
}

/// A snapshot as people would write it, with what stands around the old one.
fn value(snapshot: &str, old: &Value) -> Option<Value> {
    // No three single quotes and no control characters are in a snapshot, so that a literal string holds it.
    let mut new: Value = format!("'''\n{snapshot}'''").parse().ok()?;
    *new.decor_mut() = old.decor().clone();
    Some(new)
}
