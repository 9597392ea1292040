//! `nqi-hub check --findings`: what is wrong with the declarations that the hub holds.

use std::collections::BTreeMap;
use std::process::ExitCode;

use entity::declaration::{
    Declaration, DeclarationFilter, DeclarationList, Finding, FindingFilter, FindingRule, findings_on,
};
use entity::page::{List, PageRequest};
use entity::{Clock, Scope};
use serde_json::json;

use super::PAGE;
use crate::args::Check;
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: Check) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let on = args.on.unwrap_or_else(|| Clock::System.today());
    let rules = if args.rule.is_empty() {
        FindingRule::ALL.to_vec()
    } else {
        args.rule.clone()
    };
    let list = DeclarationList {
        filter: DeclarationFilter {
            enterprise: args.credit_code.as_ref().map(|code| code.as_str().to_owned()),
            region: args.region.clone(),
            findings: Some(FindingFilter {
                rules: rules.clone(),
                on,
            }),
            ..DeclarationFilter::default()
        },
        ..DeclarationList::default()
    };
    let scope = Scope::public();
    let mut counts: BTreeMap<FindingRule, u64> = BTreeMap::new();
    let mut request = PageRequest {
        limit: PAGE,
        ..PageRequest::default()
    };
    loop {
        let page = list
            .list(&db, &scope, &request)
            .await
            .map_err(|error| error.to_string())?;
        let wanted: Vec<_> = page.items.iter().map(|one| (one.key.clone(), on)).collect();
        let found = findings_on(&db, &scope, &wanted)
            .await
            .map_err(|error| error.to_string())?;
        for (declaration, key) in page.items.iter().zip(&wanted) {
            let findings = found.get(key).map_or(&[][..], Vec::as_slice);
            for finding in findings.iter().filter(|finding| rules.contains(&finding.rule)) {
                *counts.entry(finding.rule).or_default() += 1;
                print(declaration, finding, args.json)?;
            }
        }
        match page.items.last().filter(|_| page.has_next) {
            Some(last) => request.after = Some(list.position(last)),
            None => break,
        }
    }
    if !args.json {
        summary(&counts, on);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(declaration: &Declaration, finding: &Finding, as_json: bool) -> Result<(), String> {
    let enterprise = declaration.enterprise_name.as_deref().unwrap_or_default();
    if as_json {
        let values: Vec<_> = finding
            .values
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        return output::print_json(&json!({
            "rule": finding.rule.as_str(),
            "severity": finding.severity.as_str(),
            "basis": finding.rule.basis(),
            "enterprise": enterprise,
            "ownerKey": declaration.owner_key,
            "standardNumber": declaration.standard_number,
            "recordId": declaration.record_id,
            "message": finding.message_zh(),
            "values": values,
        }));
    }
    output::line(&format!(
        "{} {}  {enterprise}  {}\n    {}（{}）",
        finding.severity.as_str(),
        finding.rule.as_str(),
        declaration.standard_number,
        finding.message_zh(),
        finding.rule.basis(),
    ));
    Ok(())
}

fn summary(counts: &BTreeMap<FindingRule, u64>, on: chrono::NaiveDate) {
    let total: u64 = counts.values().sum();
    output::line("");
    output::line(&format!("{on}: {total} findings"));
    for (rule, count) in counts {
        output::line(&format!("{count:>8}  {}", rule.as_str()));
    }
}
