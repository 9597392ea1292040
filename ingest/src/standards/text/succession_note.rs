//! Remarks in a succession text that are no succession, though they may name standards.

/// Labels that the source glues behind the succession; each begins a remark of its own.
const LABELS: [&str; 6] = [
    "主管部门：",
    "主管部门:",
    "标准类别：",
    "标准类别:",
    "公告：",
    "公告:",
];

/// Words that begin a remark lasting to the next `;` or label: adoption, change of nature, regional agreement, and a
/// changed number (`调整(转号)JJG1046-1994`), of which the catalogues do not say whether it was taken or given up.
const CLAUSES: [&str; 8] = [
    "采标情况",
    "本标准等同",
    "本标准修改",
    "本标准非等效",
    "强制性转化",
    "其文本",
    "京津冀",
    "调整(转号)",
];

/// Words of the clause on normative references (规范性引用文件); with them the whole text is a list of cited documents.
const REFERENCE_CLAUSE: [&str; 7] = [
    "引用了下列文件",
    "引用下列文件",
    "引用以下文件",
    "规范性引用",
    "凡是注",
    "凡注",
    "引用文件",
];

/// Splits a text into what may be succession and the remarks.
pub fn split_notes(text: &str) -> (String, Vec<String>) {
    let mut notes = Vec::new();
    let mut body = String::new();
    let (main, labelled) = text
        .split_at_checked(first_of(text, &LABELS).unwrap_or(text.len()))
        .unwrap_or((text, ""));
    if REFERENCE_CLAUSE.iter().any(|words| main.contains(words)) {
        push_note(&mut notes, main);
    } else {
        for clause in main.split_inclusive([';', '；']) {
            let (kept, note) = clause
                .split_at_checked(first_of(clause, &CLAUSES).unwrap_or(clause.len()))
                .unwrap_or((clause, ""));
            body.push_str(kept);
            push_note(&mut notes, note);
        }
    }
    let mut rest = labelled;
    while let Some((label, behind)) = LABELS
        .iter()
        .find_map(|label| rest.strip_prefix(label).map(|behind| (*label, behind)))
    {
        let end = first_of(behind, &LABELS).unwrap_or(behind.len());
        let (note, next) = behind.split_at_checked(end).unwrap_or((behind, ""));
        push_note(&mut notes, &format!("{label}{note}"));
        rest = next;
    }
    (body, notes)
}

fn first_of(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.find(word)).min()
}

fn push_note(notes: &mut Vec<String>, note: &str) {
    let note = note.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '；' | ',' | '，'));
    if !note.is_empty() {
        notes.push(note.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_clauses_are_split_off() {
        for (text, body, notes) in [
            (
                "代替DB11/T 2025-2022主管部门：北京市市场监督管理局",
                "代替DB11/T 2025-2022",
                &["主管部门：北京市市场监督管理局"] as &[&str],
            ),
            ("标准类别：计量检定规程", "", &["标准类别：计量检定规程"]),
            (
                "公告:关于废止JJG(浙)75-2004等的公告标准类别：计量检定规程",
                "",
                &["公告:关于废止JJG(浙)75-2004等的公告", "标准类别：计量检定规程"],
            ),
            (
                "JC 477-1992;强制性转化为推荐性标准;公告：2017年(第11号)",
                "JC 477-1992;",
                &["强制性转化为推荐性标准", "公告：2017年(第11号)"],
            ),
            (
                "京津冀共建规范;替代JJF(京)30-2002",
                "替代JJF(京)30-2002",
                &["京津冀共建规范"],
            ),
            (
                "本规范引用下列文件:JJG693-2011可燃气体;凡是不注日期的",
                "",
                &["本规范引用下列文件:JJG693-2011可燃气体;凡是不注日期的"],
            ),
            ("", "", &[]),
        ] {
            let (kept, found) = split_notes(text);
            assert_eq!(
                (kept.as_str(), found),
                (body, notes.iter().map(|note| (*note).to_owned()).collect()),
                "{text}"
            );
        }
    }
}
