//! The header row of a table and the columns that it names.

/// How a header is known.
pub struct Header<'a> {
    /// Whether this is the name of a column, without blanks and line breaks.
    pub known: &'a dyn Fn(&str) -> bool,
    /// How many cells of the row must be names of columns; 0 counts as 1.
    pub at_least: usize,
}

/// The header of the sheet that is read.
#[derive(Default)]
pub(super) struct Table {
    /// The sheet.
    pub(super) sheet: String,
    /// The number of the row in the sheet.
    pub(super) line: u64,
    /// The names, from left to right.
    pub(super) names: Vec<String>,
    /// The column in which each name stands, from 0.
    places: Vec<usize>,
}

impl Table {
    /// Takes a row for the header. Cells without text name no column.
    pub(super) fn new(sheet: String, line: u64, cells: &[String]) -> Self {
        let (places, names) = cells
            .iter()
            .map(|cell| column_name(cell))
            .enumerate()
            .filter(|(_, name)| !name.is_empty())
            .unzip();
        Self {
            sheet,
            line,
            names,
            places,
        }
    }

    /// The cells of a row by the names of their columns; those that the row does not have are empty.
    pub(super) fn cells(&self, mut cells: Vec<String>) -> Vec<(String, String)> {
        self.names
            .iter()
            .zip(&self.places)
            .map(|(name, place)| {
                (
                    name.clone(),
                    cells.get_mut(*place).map(std::mem::take).unwrap_or_default(),
                )
            })
            .collect()
    }
}

/// The row that came nearest to being a header.
#[derive(Default)]
pub(super) struct Nearest {
    known: usize,
    row: String,
}

impl Nearest {
    /// Keeps a row that has more known names than those before. The cells of a row without any are not shown: it may be a row
    /// of data.
    pub(super) fn consider(&mut self, known: usize, table: &Table) {
        if known == 0 && self.row.is_empty() {
            self.row = format!("row {} of sheet {:?}", table.line, table.sheet);
        } else if known > self.known {
            let names: Vec<String> = table
                .names
                .iter()
                .take(5)
                .map(|name| name.chars().take(20).collect())
                .collect();
            self.known = known;
            self.row = format!(
                "row {} of sheet {:?} ({})",
                table.line,
                table.sheet,
                names.join(", ")
            );
        }
    }
}

impl std::fmt::Display for Nearest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.row.is_empty() {
            formatter.write_str("but no sheet has any text")
        } else {
            write!(formatter, "the nearest is {} with {}", self.row, self.known)
        }
    }
}

/// The name of a column as it is compared: line breaks and blanks anywhere are removed, and the `.1` that some programs
/// append to the second column of the same name. Widths of characters stay as they are.
fn column_name(cell: &str) -> String {
    let name: String = cell
        .chars()
        .filter(|character| !character.is_whitespace() && !is_invisible(*character))
        .collect();
    match name.strip_suffix(".1") {
        Some(first) => first.to_owned(),
        None => name,
    }
}

/// Characters without width that come with text copied from web pages.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::column_name;

    #[test]
    fn names_lose_what_nobody_sees() {
        let table = [
            ("企业名称", "企业名称"),
            (" 企业\n名称 ", "企业名称"),
            ("企业\r\n名\u{3000}称", "企业名称"),
            ("\u{FEFF}标准编号\u{200B}", "标准编号"),
            ("产品名称.1", "产品名称"),
            ("产品名称 .1 ", "产品名称"),
            ("产品名称.2", "产品名称.2"),
            ("附录1.1条", "附录1.1条"),
            ("指标（单位）", "指标（单位）"),
            (".1", ""),
            ("", ""),
        ];
        for (cell, expected) in table {
            assert_eq!(column_name(cell), expected, "{cell:?}");
        }
    }
}
