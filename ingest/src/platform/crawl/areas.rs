//! Which areas have a list of their own: the leaves of the platform's tree 省 → 市 → 县.

use std::collections::HashSet;

use super::client::Client;
use super::error::{CrawlError, Place};
use super::listing::{is_segment, read_areas};
use super::settings::Scope;

/// China has some 3,200 counties and 400 zones with codes; a longer list comes from a wrong answer.
const MAX_AREAS: usize = 20_000;

/// The areas to list, in the platform's order. Below a county (a code of six digits that does not end in 00) nothing
/// is asked for.
pub async fn areas_to_list(client: &mut Client<'_>, scope: &Scope) -> Result<Vec<String>, CrawlError> {
    let mut known = HashSet::new();
    let mut open: Vec<String> = scope
        .areas
        .iter()
        .filter(|area| known.insert((*area).clone()))
        .cloned()
        .collect();
    if !scope.descend {
        return Ok(open);
    }
    if open.is_empty() {
        open.push(String::new());
    }
    open.reverse();
    let mut leaves = Vec::new();
    while let Some(area) = open.pop() {
        if is_county(&area) {
            leaves.push(area);
            continue;
        }
        let below = ask_below(client, scope, &area).await?;
        if below.is_empty() && !area.is_empty() {
            leaves.push(area);
            continue;
        }
        if below.contains(&area) {
            leaves.push(area);
        }
        let fresh: Vec<_> = below
            .into_iter()
            .filter(|code| known.insert(code.clone()))
            .collect();
        open.extend(fresh.into_iter().rev());
        if known.len() > MAX_AREAS {
            return Err(refused(format!("the tree has more than {MAX_AREAS} areas")));
        }
    }
    if leaves.is_empty() {
        return Err(refused("the tree has no areas".to_owned()));
    }
    Ok(leaves)
}

async fn ask_below(client: &mut Client<'_>, scope: &Scope, area: &str) -> Result<Vec<String>, CrawlError> {
    let place = Place {
        area: area.to_owned(),
        ..Place::default()
    };
    let form = format!("code={area}");
    let read = |json: &str| {
        let areas = read_areas(json)?;
        match areas.iter().find(|area| !is_segment(&area.area_code)) {
            Some(wrong) => Err(format!("{:?} is no code of an area", wrong.area_code)),
            None => Ok(areas.into_iter().map(|area| area.area_code).collect()),
        }
    };
    client.ask(place, &scope.area_path, Some(&form), read).await
}

fn refused(problem: String) -> CrawlError {
    CrawlError::Refused {
        place: Box::default(),
        problem,
        remedy: "name the areas in scope.areas and set descend = false".to_owned(),
    }
}

fn is_county(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.ends_with("00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counties_are_known_by_their_codes() {
        for (code, county) in [
            ("320582", true),
            ("429004", true),
            ("320500", false),
            ("320000", false),
            ("3205820", false),
            ("32058X", false),
            ("", false),
        ] {
            assert_eq!(is_county(code), county, "{code}");
        }
    }
}
