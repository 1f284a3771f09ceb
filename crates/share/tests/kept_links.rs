//! Links that were made once must open for ever: `tests/links/*.txt`, each with the project it held beside it.
#![allow(clippy::disallowed_methods, reason = "the links are files")]

use postproof_model::Project;
use std::path::Path;

#[test]
fn every_link_ever_kept_still_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/links");
    let mut opened = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let name = path.display();
        let link = std::fs::read_to_string(&path).unwrap();
        let expected = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let expected: Project = serde_json::from_str(&expected).unwrap();
        let project = postproof_share::from_fragment(link.trim_end()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(project, expected, "{name}");
        opened += 1;
    }
    assert!(opened >= 5, "only {opened} links found in {}", folder.display());
}
