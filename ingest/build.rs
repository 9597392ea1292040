//! Packs the files of `data/` into the binary, compressed, so that the hub can fill itself in an empty directory.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("data");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", root.display());
    let mut names = Vec::new();
    list(&root, &root, &mut names)?;
    names.sort();
    let mut index = String::from("&[\n");
    for (number, name) in names.iter().enumerate() {
        let packed = out.join(format!("{number}.gz"));
        let mut encoder =
            flate2::write::GzEncoder::new(fs::File::create(&packed)?, flate2::Compression::new(6));
        encoder.write_all(&fs::read(root.join(name))?)?;
        encoder.finish()?;
        writeln!(index, "    ({name:?}, include_bytes!({packed:?})),")?;
    }
    index.push_str("]\n");
    fs::write(out.join("bundle.rs"), index)?;
    Ok(())
}

fn list(root: &Path, folder: &Path, names: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        println!("cargo::rerun-if-changed={}", path.display());
        if path.is_dir() {
            list(root, &path, names)?;
        } else {
            names.push(path.strip_prefix(root)?.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
