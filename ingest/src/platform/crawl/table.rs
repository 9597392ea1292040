//! One table of a page: rows of cells, with joined cells (rowspan, colspan) taken apart.

use super::text::tidy;

/// No row is read beyond this many columns.
const MAX_COLUMNS: usize = 64;

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether the cell is a head (`<th>`).
    pub head: bool,
    /// What it says.
    pub text: String,
    /// Where its first link goes.
    pub link: Option<String>,
}

/// Rows of a table. A cell that spans rows stands in each of them, so that columns never shift; a cell that spans
/// columns is followed by empty cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell while it is read.
#[derive(Debug, Default)]
pub struct OpenCell {
    /// Whether it is a head.
    pub head: bool,
    /// Its text so far.
    pub text: String,
    /// Its first link.
    pub link: Option<String>,
    /// How many columns it covers.
    pub columns: usize,
    /// How many rows it covers.
    pub rows: usize,
}

/// A table while it is read.
#[derive(Debug, Default)]
pub struct OpenTable {
    rows: Vec<Vec<Cell>>,
    row: Vec<OpenCell>,
    in_row: bool,
    /// The cell that text goes to.
    pub cell: Option<OpenCell>,
    carried: Vec<Carried>,
}

#[derive(Debug, Default)]
struct Carried {
    rows: usize,
    cell: Cell,
}

impl OpenTable {
    /// Begins a cell, and a row where none is open.
    pub fn open_cell(&mut self, cell: OpenCell) {
        self.close_cell();
        self.in_row = true;
        self.cell = Some(cell);
    }

    /// Ends the open cell.
    pub fn close_cell(&mut self) {
        if let Some(cell) = self.cell.take()
            && self.row.len() < MAX_COLUMNS
        {
            self.row.push(cell);
        }
    }

    /// Begins a row.
    pub fn open_row(&mut self, budget: &mut usize) {
        self.close_row(budget);
        self.in_row = true;
    }

    /// Ends the open row. Text that is repeated for joined cells is taken from the budget; when that is used up, the
    /// repetitions are empty.
    pub fn close_row(&mut self, budget: &mut usize) {
        self.close_cell();
        if !std::mem::take(&mut self.in_row) {
            return;
        }
        let mut read = std::mem::take(&mut self.row).into_iter();
        let mut carried = std::mem::take(&mut self.carried).into_iter();
        let mut row = Vec::new();
        while row.len() < MAX_COLUMNS {
            let above = carried.next();
            if let Some(above) = above.filter(|above| above.rows > 0) {
                row.push(repeat(&above.cell, budget));
                self.carried.push(Carried {
                    rows: above.rows - 1,
                    cell: above.cell,
                });
                continue;
            }
            let Some(cell) = read.next() else {
                if carried.len() == 0 {
                    break;
                }
                row.push(Cell::default());
                self.carried.push(Carried::default());
                continue;
            };
            let (columns, rows) = (cell.columns.clamp(1, MAX_COLUMNS), cell.rows.max(1) - 1);
            let closed = Cell {
                head: cell.head,
                text: tidy(&cell.text),
                link: cell.link,
            };
            let empty = Cell {
                head: closed.head,
                ..Cell::default()
            };
            for nth in 0..columns.min(MAX_COLUMNS - row.len()) {
                if nth > 0 {
                    carried.next();
                }
                let shown = if nth == 0 { &closed } else { &empty };
                self.carried.push(match rows {
                    0 => Carried::default(),
                    _ => Carried {
                        rows,
                        cell: repeat(shown, budget),
                    },
                });
            }
            row.push(closed);
            row.resize(row.len().max(self.carried.len()), empty);
        }
        self.rows.push(row);
    }

    /// The table as far as it was read.
    pub fn close(mut self, budget: &mut usize) -> Table {
        self.close_row(budget);
        Table { rows: self.rows }
    }
}

fn repeat(cell: &Cell, budget: &mut usize) -> Cell {
    let size = cell.text.len() + cell.link.as_ref().map_or(0, String::len) + size_of::<Cell>();
    match budget.checked_sub(size) {
        Some(left) => {
            *budget = left;
            cell.clone()
        }
        None => {
            *budget = 0;
            Cell::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a table of cells `text|columns|rows` and shows it.
    fn built(rows: &[&[(&str, usize, usize)]], mut budget: usize) -> Vec<String> {
        let mut table = OpenTable::default();
        for row in rows {
            table.open_row(&mut budget);
            for (text, columns, rows) in *row {
                table.open_cell(OpenCell {
                    text: (*text).to_owned(),
                    columns: *columns,
                    rows: *rows,
                    ..OpenCell::default()
                });
            }
        }
        let rows = table.close(&mut budget).rows;
        rows.iter()
            .map(|row| {
                row.iter()
                    .map(|cell| cell.text.as_str())
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect()
    }

    #[test]
    fn joined_cells_keep_the_columns_in_place() {
        let shown = built(
            &[
                &[("a", 1, 3), ("b", 2, 1), ("c", 1, 1)],
                &[("d", 1, 1), ("e", 1, 2), ("f", 1, 1)],
                &[("g", 1, 1)],
                &[("h", 1, 1), ("i", 1, 1)],
            ],
            100_000,
        );
        assert_eq!(shown, ["a|b||c", "a|d|e|f", "a|g|e", "h|i"]);
        assert_eq!(built(&[&[("a", 2, 2)], &[("b", 1, 1)]], 100_000), ["a|", "a||b"]);
    }

    #[test]
    fn absurd_spans_cost_no_more_than_the_budget() {
        let rows: Vec<&[(&str, usize, usize)]> = vec![&[("a", usize::MAX, usize::MAX)]; 3];
        let shown = built(&rows, 100_000);
        assert_eq!(shown.first().unwrap().len(), MAX_COLUMNS);
        assert_eq!(shown.len(), 3);
        assert_eq!(built(&[&[("a", 1, 2)], &[("b", 1, 1)]], 0), ["a", "|b"]);
    }
}
