//! What a test file may read: what is in its folder, and in those that the command line gives.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;
use postproof_suite::Files;
use postproof_words::{Lang, suite as words};

use super::find::without_dot;

/// How deep folders are looked into for a pattern of names.
const DEPTH: usize = 16;
/// How many files and folders are looked at for one.
const ENTRIES: usize = 200_000;
/// What a pattern of names has and a name has not.
const SPECIAL: [char; 5] = ['*', '?', '[', '{', '\\'];

/// A test file's folder.
pub(super) struct Folder {
    own: PathBuf,
    /// The folders that may be read, without links in them.
    readable: Vec<PathBuf>,
    lang: Lang,
}

impl Folder {
    /// The folder of a test file, and further ones.
    pub(super) fn of(file: &Path, further: &[PathBuf], lang: Lang) -> Self {
        let own = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let all = std::iter::once(own).chain(further.iter().map(PathBuf::as_path));
        let readable = all.filter_map(|folder| folder.canonicalize().ok()).collect();
        Self { own: own.to_owned(), readable, lang }
    }

    /// Where a file or folder really is, if that may be read. A link may lead elsewhere, and so may `..`.
    fn place(&self, name: &Path) -> Result<PathBuf, String> {
        let place = self.own.join(name).canonicalize();
        let inside = |place: &PathBuf| self.readable.iter().any(|folder| place.starts_with(folder));
        match place {
            Ok(place) if inside(&place) => Ok(place),
            // Whether something is there is nobody's business outside.
            Err(error) if name.components().all(|part| matches!(part, std::path::Component::Normal(_))) => {
                Err(error.to_string())
            }
            Ok(_) | Err(_) => Err(words::OUTSIDE.say(self.lang).to_owned()),
        }
    }
}

impl Files for Folder {
    fn read(&mut self, name: &str, limit: usize) -> Result<Vec<u8>, String> {
        let place = self.place(Path::new(name))?;
        let too_long = || words::TOO_LONG.say(self.lang).to_owned();
        let file = std::fs::File::open(place).map_err(|error| error.to_string())?;
        let metadata = file.metadata().map_err(|error| error.to_string())?;
        if !metadata.is_file() {
            // A pipe might never end, a folder has no bytes.
            return Err(std::io::Error::from(std::io::ErrorKind::InvalidInput).to_string());
        }
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        if metadata.len() > limit {
            return Err(too_long());
        }
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit { Err(too_long()) } else { Ok(bytes) }
    }

    fn matching(&mut self, pattern: &str, limit: usize) -> Result<Vec<String>, String> {
        if !pattern.contains(SPECIAL) {
            return Ok(vec![pattern.to_owned()]);
        }
        let bad = |error: globset::Error| words::BAD_GLOB.fill(self.lang, &[("reason", &error.to_string())]);
        let glob = GlobBuilder::new(pattern).literal_separator(true).build().map_err(bad)?.compile_matcher();
        // Only the folder that the pattern names before its first special character is looked into.
        let plain = pattern.split('/').take_while(|part| !part.contains(SPECIAL)).collect::<Vec<_>>().join("/");
        let place = match self.place(Path::new(&plain)) {
            Ok(place) => place,
            Err(_) if self.own.join(&plain).symlink_metadata().is_err() => return Ok(Vec::new()),
            Err(reason) => return Err(reason),
        };
        let mut names = Vec::new();
        let walk = WalkBuilder::new(&place).standard_filters(false).max_depth(Some(DEPTH)).build();
        let too_many = || words::TOO_MANY_MATCHES.fill(self.lang, &[("limit", &limit.min(ENTRIES).to_string())]);
        for (count, entry) in walk.enumerate() {
            let entry = entry.map_err(|error| error.to_string())?;
            let Ok(rest) = entry.path().strip_prefix(&place) else { continue };
            let name = Path::new(&plain).join(rest);
            if glob.is_match(&name) && entry.file_type().is_some_and(|kind| !kind.is_dir()) {
                let Some(name) = name.to_str() else { continue };
                names.push(name.to_owned());
            }
            if names.len() > limit || count > ENTRIES {
                return Err(too_many());
            }
        }
        names.sort();
        Ok(names)
    }

    fn shown(&self, name: &str) -> String {
        without_dot(&self.own.join(name)).display().to_string()
    }
}
