//! The page about the configuration and the keys that the hub reads.

use super::tree::read;

/// The words between backticks of the first column of the table of keys.
fn described() -> Vec<String> {
    let page = read("docs/configuration.md");
    let table = page
        .lines()
        .skip_while(|line| !line.starts_with("| Key in the file"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let keys = table.flat_map(|line| {
        let cell = line.split('|').nth(1).unwrap_or_default();
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    keys.collect()
}

/// The fields of the keys of the file.
fn read_keys() -> Vec<String> {
    let source = read("hub/src/config.rs");
    let fields = source
        .lines()
        .skip_while(|line| !line.contains("struct Keys {"))
        .skip(1)
        .take_while(|line| *line != "}");
    let names = fields.filter(|line| !line.trim_start().starts_with('#'));
    let names = names.filter_map(|line| {
        let name = line.trim().trim_start_matches("pub(crate) ");
        name.split_once(':').map(|(name, _)| name.to_owned())
    });
    names.collect()
}

#[test]
fn every_key_is_described_and_counted() {
    let (mut described, mut keys) = (described(), read_keys());
    let page = read("docs/configuration.md");
    let words = [
        "Fourteen",
        "Fifteen",
        "Sixteen",
        "Seventeen",
        "Eighteen",
        "Nineteen",
        "Twenty",
    ];
    let count = words.get(keys.len() - 14).copied().unwrap_or_default();
    assert!(
        page.contains(&format!("\n{count} keys, each")),
        "there are {} keys",
        keys.len()
    );
    described.sort();
    keys.sort();
    assert_eq!(described, keys);
}
