//! A calendar as text (iCalendar, RFC 5545). Pure: the instant is passed in.

use chrono::{DateTime, NaiveDate, Utc};
use entity::metrology::{Instrument, WARNING_DAYS};
use entity::record::sha256_hex;

/// The most octets of a line, without its end (RFC 5545 §3.1).
const LINE: usize = 75;

/// The due days of instruments, each a whole day with a warning before it. An instrument keeps its event: when it is verified, the event
/// moves to the next due day. `more` tells that others are due later and were left out.
pub(super) fn calendar(instruments: &[Instrument], more: bool, now: DateTime<Utc>) -> String {
    let mut text = Lines::default();
    text.add("BEGIN:VCALENDAR");
    text.add("VERSION:2.0");
    text.add("PRODID:-//NQI Hub//instruments//ZH");
    text.add("CALSCALE:GREGORIAN");
    text.add("METHOD:PUBLISH");
    text.property("X-WR-CALNAME", "强制检定到期");
    if more {
        text.property("X-WR-CALDESC", "仅列出最先到期的部分，其余未列出");
    }
    for instrument in instruments {
        if let Some(due) = instrument.due_on {
            event(&mut text, instrument, due, now);
        }
    }
    text.add("END:VCALENDAR");
    text.0
}

fn event(text: &mut Lines, instrument: &Instrument, due: NaiveDate, now: DateTime<Utc>) {
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let digest: String = sha256_hex(instrument.key.as_bytes()).chars().take(32).collect();
    text.add("BEGIN:VEVENT");
    text.add(&format!("UID:{digest}@instruments.nqi-hub"));
    text.add(&format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")));
    text.add(&format!("DTSTART;VALUE=DATE:{}", day(due)));
    if let Some(next) = due.succ_opt() {
        text.add(&format!("DTEND;VALUE=DATE:{}", day(next)));
    }
    let serial = instrument
        .serial_number
        .as_deref()
        .or(instrument.mandatory_code.as_deref());
    let title = match serial {
        Some(serial) => format!("强检到期：{}（{serial}）", instrument.name),
        None => format!("强检到期：{}", instrument.name),
    };
    text.property("SUMMARY", &title);
    let told = [
        ("使用单位", &instrument.owner_name),
        ("强检编号", &instrument.mandatory_code),
        ("规格型号", &instrument.model),
        ("制造单位", &instrument.maker),
    ];
    let told: Vec<String> = told
        .into_iter()
        .filter_map(|(what, value)| Some(format!("{what}：{}", value.as_ref()?)))
        .collect();
    if !told.is_empty() {
        text.property("DESCRIPTION", &told.join("\n"));
    }
    if let Some(site) = &instrument.site {
        text.property("LOCATION", site);
    }
    text.add("TRANSP:TRANSPARENT");
    text.add("BEGIN:VALARM");
    text.add("ACTION:DISPLAY");
    text.add(&format!("TRIGGER:-P{WARNING_DAYS}D"));
    text.property("DESCRIPTION", &title);
    text.add("END:VALARM");
    text.add("END:VEVENT");
}

/// Lines that end with CR LF, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property with a text, which is escaped (RFC 5545 §3.3.11).
    fn property(&mut self, name: &str, text: &str) {
        let mut line = format!("{name}:");
        for sign in text.chars() {
            match sign {
                '\\' | ';' | ',' => line.extend(['\\', sign]),
                '\n' => line.push_str("\\n"),
                control if control.is_control() => {}
                other => line.push(other),
            }
        }
        self.add(&line);
    }

    /// A line, cut between characters where it is too long; what follows begins with a blank, which counts.
    fn add(&mut self, line: &str) {
        let mut width = 0;
        for sign in line.chars() {
            if width + sign.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(sign);
            width += sign.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
