//! Reads standards numbered by a ministry's notice: `农业部1485号公告-10-2010`, `农业农村部公告第323号-27-2020`.

use super::cursor::Cursor;
use super::kind::StandardKind;
use super::parts::{Body, Head, Joint, Parts, Shape, Year};
use super::prefixes::MINISTRIES;
use super::year::split_glued_year;

/// Both spellings give `农业部1485号公告-10-2010`, the one on the standards themselves.
pub(super) fn read_notice_number(cursor: &mut Cursor) -> Option<Parts> {
    let mut ahead = *cursor;
    let ministry = MINISTRIES.iter().find(|ministry| ahead.eat_text(ministry))?;
    ahead.skip_blanks();
    let announced = ahead.eat_text("公告");
    ahead.skip_blanks();
    ahead.eat('第');
    ahead.skip_blanks();
    let notice = ahead.digits(5);
    ahead.skip_blanks();
    if notice.is_empty() || !ahead.eat('号') {
        return None;
    }
    ahead.skip_blanks();
    if !(ahead.eat_text("公告") || announced) {
        return None;
    }
    let serial = read_dashed_digits(&mut ahead)?;
    let (text, letter) = split_glued_year(&read_dashed_digits(&mut ahead)?)?;
    let value = text.parse().ok()?;
    *cursor = ahead;
    let prefix = format!("{ministry}{notice}号公告");
    let head = Head {
        nature: None,
        joint: Joint::Dash,
        ..Head::new(StandardKind::Industry, prefix)
    };
    let year = Some(Year {
        mark: '-',
        text,
        value,
        letter,
    });
    Some(Parts::new(
        head,
        Body {
            serial,
            year,
            tail: String::new(),
            shape: Shape::Single,
            repaired: false,
        },
    ))
}

fn read_dashed_digits(cursor: &mut Cursor) -> Option<String> {
    cursor.skip_blanks();
    if !cursor.eat_dashes() {
        return None;
    }
    cursor.skip_blanks();
    let mut digits = cursor.digits(4);
    let mut ahead = *cursor;
    if ahead.eat('.') && ahead.at_digit() {
        digits.push('.');
        digits.push_str(&ahead.digits(3));
        *cursor = ahead;
    }
    (!digits.is_empty() && !cursor.at_digit()).then_some(digits)
}
