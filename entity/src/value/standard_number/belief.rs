//! Tells numbers from words and models that look like one, for text that holds other things too.

use super::kind::{StandardKind, StandardNature};
use super::parts::{Parts, Shape};

impl Parts {
    /// Whether a number may be taken for one where other text stands around it: a known code, a year, or a
    /// code that is nothing else.
    pub(super) fn is_believable(&self) -> bool {
        if self.body.shape == Shape::Malformed || self.body.repaired {
            return false;
        }
        let digits = self.body.serial.chars().filter(char::is_ascii_digit).count();
        let slash = self.head.prefix.contains('/');
        let four_digit_year = self.body.year.as_ref().is_some_and(|year| year.text.len() == 4);
        let dated = self.body.year.is_some();
        match self.head.kind {
            StandardKind::National => dated || digits >= 3 || (slash && digits >= 1),
            StandardKind::Industry if !self.head.known => {
                four_digit_year
                    && matches!(
                        self.head.nature,
                        Some(StandardNature::Recommended | StandardNature::Guidance)
                    )
            }
            StandardKind::Industry if self.head.prefix.len() > 2 => dated || digits >= 2,
            StandardKind::Industry => four_digit_year || self.has_old_year(digits),
            StandardKind::Local => dated || digits >= 2,
            StandardKind::Group => {
                four_digit_year || (!self.head.loose && self.head.prefix.len() > 4 && digits >= 3)
            }
            StandardKind::Enterprise => self.is_believable_enterprise(digits),
            StandardKind::Metrology => dated || digits >= 2,
            StandardKind::Foreign => four_digit_year || (digits >= 2 && self.head.prefix.len() > 2),
            StandardKind::Other => self.head.known && dated,
        }
    }

    /// `SJ 1234-80`: short models such as `JB 12-50` look the same with fewer digits.
    fn has_old_year(&self, digits: usize) -> bool {
        self.body
            .year
            .as_ref()
            .is_some_and(|year| digits >= 3 && (1950..2000).contains(&year.value))
    }

    fn is_believable_enterprise(&self, digits: usize) -> bool {
        let letters = self.body.serial.chars().filter(char::is_ascii_uppercase).count();
        let coded = letters >= 2 || digits >= 6;
        if self.head.loose {
            coded && self.body.year.is_some()
        } else {
            coded && digits >= 3
        }
    }
}
