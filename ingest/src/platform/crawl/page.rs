//! An HTML page as tables and blocks of text, whatever is wrong with its markup.

use super::page_reader::read_page;
use super::table::Table;

/// What stands on a page, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A table; a table inside another one comes first.
    Table(Table),
    /// Text outside tables.
    Block(Block),
}

/// Text between two edges of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it says.
    pub text: String,
    /// Whether it is a heading (`<h1>` to `<h6>`).
    pub heading: bool,
    /// Number of the element that it stands in, and whether that is a paragraph.
    pub element: u64,
    /// Whether the element is a paragraph.
    pub paragraph: bool,
    /// Number of the element around that.
    pub outer: u64,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Tables and blocks.
    pub pieces: Vec<Piece>,
    /// Texts of the elements that were asked for by class.
    pub marked: Vec<String>,
    /// Whether the page ended with `</html>`: a page that was cut does not.
    pub ended: bool,
    /// Whether the page has more parts, or deeper ones, than are read: then it was not read to its end.
    pub overfull: bool,
}

impl Page {
    /// Reads a page; text of elements with one of the classes is kept apart as well. The memory is bounded by a small
    /// multiple of the page's size.
    pub fn read(html: &str, classes: &[String]) -> Self {
        read_page(html, classes)
    }

    /// The tables, in their order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Table(table) => Some(table),
            Piece::Block(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::page_reader::REPEATED_BYTES;
    use super::*;

    fn shown(html: &str) -> String {
        let page = Page::read(html, &["oath".to_owned()]);
        let mut lines = Vec::new();
        for piece in &page.pieces {
            match piece {
                Piece::Block(block) => {
                    lines.push(format!("{}{}", if block.heading { "# " } else { "" }, block.text))
                }
                Piece::Table(table) => lines.extend(table.rows.iter().map(|row| {
                    let cells: Vec<_> = row
                        .iter()
                        .map(|cell| format!("{}{}", if cell.head { "!" } else { "" }, cell.text))
                        .collect();
                    format!("[{}]", cells.join("|"))
                })),
            }
        }
        lines.extend(page.marked.iter().map(|text| format!("oath: {text}")));
        lines.join("; ")
    }

    #[test]
    fn tables_and_blocks_are_told_apart() {
        for (html, expected) in [
            ("<h3>甲</h3><p>一<p>二", "# 甲; 一; 二"),
            (
                "<table><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>",
                "[!a|b]; [c|d]",
            ),
            (
                "<table><tbody><tr><td>40KG&nbsp;<b>/</b>&nbsp;820&lt;&#x4e00;&amp;</table>",
                "[40KG / 820<一&]",
            ),
            (
                "<table><tr><td>x<table><tr><td>y</td></tr></table>z</td></tr></table>",
                "[y]; [x\nz]",
            ),
            ("<table><tr><td>a<br>b<div>c</div></td></tr></table>", "[a\nb\nc]"),
            ("<script>var a='<table><tr><td>no';</script>yes", "yes"),
            ("<title>t</title><style>p{}</style><!-- c -->d", "d"),
            (
                "<div class='x oath'><p>一</p>二</div><p>三</p>",
                "一; 二; 三; oath: 一\n二",
            ),
            ("</div></td></table>a", "a"),
            ("<table><tr><td>a</div></p>b</td></tr></table></table>", "[a\nb]"),
            ("<table><td>a<td>b<tr><td>c", "[a|b]; [c]"),
            ("<td>loose</td>", "loose"),
            ("", ""),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn the_end_of_a_page_is_known() {
        assert!(Page::read("<html><body>a</body></html>\n", &[]).ended);
        assert!(!Page::read("<html><body>a</body></ht", &[]).ended);
        assert!(!Page::read("<script>'</html>'", &[]).ended);
    }

    #[test]
    fn a_link_belongs_to_its_cell() {
        let page = Page::read(
            "<a href=/no>0</a><table><tr><td><a href='/user/detail/17?x=1&amp;y'>n</a><a href=/2>m</a></table>",
            &[],
        );
        let link = page.tables().next().unwrap().rows[0][0].link.clone();
        assert_eq!(link.as_deref(), Some("/user/detail/17?x=1&y"));
    }

    #[test]
    fn deep_and_wide_pages_end() {
        for html in [
            "<div>".repeat(200_000),
            "<table><tr><td>".repeat(50_000),
            "<table><tr><td rowspan=60000 colspan=1000>x".repeat(2_000),
            format!(
                "<table><tr><td rowspan=99999>{}{}",
                "x".repeat(100_000),
                "<tr><td>".repeat(200_000)
            ),
            "</p>".repeat(300_000),
        ] {
            let page = Page::read(&html, &[]);
            let size: usize = page
                .tables()
                .flat_map(|table| &table.rows)
                .flatten()
                .map(|cell| cell.text.len())
                .sum();
            assert!(size < 2 * REPEATED_BYTES);
        }
        assert!(Page::read(&"<p>a".repeat(400_000), &[]).overfull);
        assert!(Page::read(&"<table><tr><td>".repeat(20), &[]).overfull);
        assert!(Page::read(&format!("<table>{}", "<tr><td>".repeat(200_000)), &[]).overfull);
        assert!(Page::read(&"<div>".repeat(300), &[]).overfull);
        assert!(!Page::read(&"<p>a".repeat(200_000), &[]).overfull);
    }

    #[test]
    fn any_text_is_read_without_a_panic() {
        let pieces = [
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "<th rowspan=3>",
            "</td>",
            "<p>",
            "</p>",
            "<div class=oath>",
            "</div>",
            "&nbsp;",
            "&#",
            "字",
            "<",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<h3>",
            "<td colspan=0>",
        ];
        let strategy = proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..60);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        runner
            .run(&strategy, |pieces| {
                let html = pieces.concat();
                let page = Page::read(&html, &["oath".to_owned()]);
                let width = page.tables().flat_map(|table| &table.rows).map(Vec::len).max();
                proptest::prop_assert!(width.unwrap_or(0) <= 64);
                Ok(())
            })
            .unwrap();
    }
}
