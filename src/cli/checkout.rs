//! Whether a folder lies in a checkout of the program, where an update would touch a city's data.

use std::path::{Path, PathBuf};

/// The checkout of this program in which `path` lies or would lie.
pub fn around(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    // Of a path that is not there yet, the part that is may lead elsewhere by a link.
    let there = absolute.ancestors().find_map(|ancestor| ancestor.canonicalize().ok()).unwrap_or(absolute);
    there.ancestors().find(|folder| is_checkout(folder)).map(Path::to_owned)
}

fn is_checkout(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.split_whitespace().eq(["name", "=", "\"tsunagari\""]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_the_checkout_is_found_also_through_a_link_and_before_it_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(around(&root.join("data")), root.canonicalize().ok());
        assert_eq!(around(&root.join("data/not/there")), root.canonicalize().ok());
        let elsewhere = tempfile::tempdir().unwrap();
        assert_eq!(around(elsewhere.path()), None);
        std::fs::write(elsewhere.path().join("Cargo.toml"), "[package]\nname = \"other\"\n").unwrap();
        assert_eq!(around(&elsewhere.path().join("data")), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root, elsewhere.path().join("link")).unwrap();
            assert_eq!(around(&elsewhere.path().join("link/new")), root.canonicalize().ok());
        }
    }
}
