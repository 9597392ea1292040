//! The parameters of an address.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use percent_encoding::percent_decode_str;

use crate::http::limits::Limits;
use crate::http::refused::Refused;

/// Names and values in their order; no name stands twice.
pub(in crate::http) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the parameters behind the question mark.
    pub(in crate::http) fn read(http: &HttpRequest, limits: &Limits) -> Result<Self, Refused> {
        let text = http.query_string();
        if text.len() > limits.address {
            let remedy = format!("the address is longer than {} bytes: use POST", limits.address);
            return Err(Refused::http(
                StatusCode::URI_TOO_LONG,
                "ADDRESS_TOO_LONG",
                remedy,
            ));
        }
        let mut read: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name).ok_or_else(|| Refused::bad("the name of a parameter is no UTF-8"))?;
            let value =
                decoded(value).ok_or_else(|| Refused::bad(format!("the parameter `{name}` is no UTF-8")))?;
            if read.iter().any(|(other, _)| *other == name) {
                return Err(Refused::bad(format!("the parameter `{name}` stands twice")));
            }
            read.push((name, value));
        }
        Ok(Self(read))
    }

    /// Refuses what nobody would look at.
    pub(in crate::http) fn known(&self, names: &[&str]) -> Result<(), Refused> {
        match self.0.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((name, _)) => Err(Refused::bad(format!(
                "the parameter `{name}` is unknown here; known ones: {}",
                names.join(", ")
            ))),
            None => Ok(()),
        }
    }

    /// A value; an empty one is none.
    pub(in crate::http) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The members of a list with commas.
    pub(in crate::http) fn list(&self, name: &str) -> Vec<&str> {
        let members = self.value(name).unwrap_or_default().split(',');
        members.filter(|member| !member.is_empty()).collect()
    }
}

impl IntoIterator for Parameters {
    type Item = (String, String);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The text behind `%E7%BC%86` and `+`; none when the bytes are no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}
