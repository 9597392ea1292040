//! `nqi-hub check FILE`: the standards that a text cites (标准查新).

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use entity::page::List;
use entity::standard::{CheckedCitation, StandardList, StandardStatus, check_citations};
use entity::value::find_citations;
use entity::{Clock, Scope};
use serde_json::json;

use crate::args::Check;
use crate::config::Config;
use crate::output;

/// The largest text that is read.
const LARGEST: u64 = 64 * 1024 * 1024;
/// Citations looked up at once.
const BATCH: usize = 500;

pub(super) async fn run(config: &Config, args: Check) -> Result<ExitCode, String> {
    let Some(file) = &args.file else {
        return super::check_findings::run(config, args).await;
    };
    let text = read(file)?;
    let db = super::open(config).await?;
    let held = StandardList::default()
        .count(&db, &Scope::public())
        .await
        .map_err(|error| error.to_string())?;
    if held == 0 {
        return Err(
            "the catalogue is empty: ingest a list of standards first, or point --data-dir at one".to_owned(),
        );
    }
    let on = args.on.unwrap_or_else(|| Clock::System.today());
    let mut checked = Vec::new();
    let mut rest = find_citations(&text);
    while !rest.is_empty() {
        let later = rest.split_off(rest.len().min(BATCH));
        let found = check_citations(&db, &Scope::public(), rest, on)
            .await
            .map_err(|error| error.to_string())?;
        checked.extend(found);
        rest = later;
    }
    if args.json {
        for citation in &checked {
            output::print_json(&as_json(&text, citation))?;
        }
    } else {
        print_annotated(&text, &checked);
        print_summary(&checked, on);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<String, String> {
    let shown = file.display();
    let mut bytes = Vec::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|cause| format!("{shown}: {cause}; check the path and its rights"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("{shown} is larger than 64 MiB: check it in parts"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let encodings = [::ingest::file::Encoding::Utf8, ::ingest::file::Encoding::Gb18030];
    let text = encodings
        .into_iter()
        .find_map(|encoding| encoding.decode(bytes).ok());
    text.ok_or_else(|| format!("{shown} is neither UTF-8 nor GB18030: save it as one of them"))
}

/// What a citation amounts to, in a few words.
fn verdict(citation: &CheckedCitation) -> String {
    let number = citation
        .number
        .canonical()
        .unwrap_or_else(|| citation.number.raw());
    let Some((status, _)) = &citation.status else {
        return format!("{number}：目录未收录");
    };
    let word = match status {
        StandardStatus::InForce => "现行",
        StandardStatus::Upcoming => "即将实施",
        StandardStatus::Replaced => "被代替",
        StandardStatus::Withdrawn => "废止",
        StandardStatus::Unknown => "状态不明",
    };
    let found = citation
        .standard
        .as_ref()
        .map(|standard| standard.number.as_str())
        .unwrap_or(number);
    let name = citation
        .standard
        .as_ref()
        .and_then(|standard| standard.name.as_deref())
        .unwrap_or_default();
    let successors: Vec<String> = citation
        .replaced_by
        .iter()
        .map(|succession| {
            format!(
                "{}{}",
                succession.number,
                if succession.partial { "（部分）" } else { "" }
            )
        })
        .collect();
    let replaced = if successors.is_empty() {
        String::new()
    } else {
        format!("，由 {} 代替", successors.join("、"))
    };
    format!("{found} {name}：{word}{replaced}")
}

/// The text with a line below every line that cites something.
fn print_annotated(text: &str, checked: &[CheckedCitation]) {
    let mut start = 0;
    let mut rest = checked.iter().peekable();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        output::line(line.trim_end_matches(['\n', '\r']));
        while let Some(citation) = rest.next_if(|citation| citation.start < end) {
            output::line(&format!("    ^ {}", verdict(citation)));
        }
        start = end;
    }
}

fn print_summary(checked: &[CheckedCitation], on: chrono::NaiveDate) {
    let of = |wanted: StandardStatus| {
        checked
            .iter()
            .filter(|citation| {
                citation
                    .status
                    .as_ref()
                    .is_some_and(|(status, _)| *status == wanted)
            })
            .count()
    };
    let missing = checked
        .iter()
        .filter(|citation| citation.status.is_none())
        .count();
    output::line("");
    output::line(&format!(
        "{on}: {} citations: {} in force, {} upcoming, {} replaced, {} withdrawn, {} unknown, {missing} not in the catalogue",
        checked.len(),
        of(StandardStatus::InForce),
        of(StandardStatus::Upcoming),
        of(StandardStatus::Replaced),
        of(StandardStatus::Withdrawn),
        of(StandardStatus::Unknown),
    ));
}

fn as_json(text: &str, citation: &CheckedCitation) -> serde_json::Value {
    let before = text.get(..citation.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let reason = citation
        .status
        .as_ref()
        .map(|(_, reason)| json!({ "rule": reason.rule.as_str(), "because": reason.because_zh() }));
    json!({
        "line": line,
        "raw": citation.number.raw(),
        "number": citation.number.canonical(),
        "status": citation.status.as_ref().map(|(status, _)| status.as_str()),
        "statusReason": reason,
        "replacedBy": citation.replaced_by.iter().map(|succession| &succession.number).collect::<Vec<_>>(),
        "standard": citation.standard.as_ref().map(|standard| &standard.number),
    })
}
