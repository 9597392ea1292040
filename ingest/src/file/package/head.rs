//! The head of a package (包头): who sends which batch of how many records.

use entity::value::{Look, mask_in_text};

use super::Layout;

/// Characters of a value.
const LONGEST: usize = 200;

/// What the head says, by the words of the notes of a run.
#[derive(Default)]
pub(super) struct Head(Vec<(&'static str, String)>);

impl Head {
    /// Keeps the value of an element that the layout knows; the first one counts.
    pub(super) fn keep(&mut self, layout: &Layout, element: &str, value: &str) {
        let known = [
            (&layout.batch, "batch"),
            (&layout.sender, "sender"),
            (&layout.sent_at, "sent at"),
            (&layout.kind, "kind"),
            (&layout.count, "count"),
        ];
        let Some((_, field)) = known.into_iter().find(|(name, _)| *name == element) else {
            return;
        };
        let value: String = value
            .trim()
            .chars()
            .map(|sign| if sign.is_control() { ' ' } else { sign })
            .take(LONGEST)
            .collect();
        if !value.is_empty() && self.get(field).is_none() {
            let value = mask_in_text(&value, Look::IdentityNumbers).unwrap_or(value);
            self.0.push((field, value));
        }
    }

    /// Something that was found out about the package.
    pub(super) fn remark(&mut self, field: &'static str, text: String) {
        self.0.push((field, text));
    }

    fn get(&self, field: &str) -> Option<&str> {
        let known = self.0.iter().find(|(name, _)| *name == field);
        known.map(|(_, value)| value.as_str())
    }

    /// The number of the batch.
    pub(super) fn batch(&self) -> Option<&str> {
        self.get("batch")
    }

    /// Why so many records are not those that the head counts.
    pub(super) fn miscounts(&self, found: u64) -> Option<String> {
        match self.get("count").map(str::parse::<u64>)? {
            Ok(count) if count == found => None,
            Ok(count) => Some(format!("the head counts {count} records, the body has {found}")),
            Err(_) => Some("the head counts its records with something else than a number".to_owned()),
        }
    }

    /// All of it in one line.
    pub(super) fn note(&self) -> String {
        let said: Vec<String> = self
            .0
            .iter()
            .map(|(field, value)| format!("{field} {value}"))
            .collect();
        format!("package: {}", said.join(", "))
    }
}
