//! `nqi-hub generate`.

use std::process::ExitCode;

use ::ingest::bundle;
use ::ingest::generate::{CreditFile, Form, MetrologyFile, Plan, Scale, SideFile, Summary, generate};

use crate::args::Generate;
use crate::output;

/// The directory of the credit records, inside that of the other files.
const CREDIT: &str = "credit";
/// That of instruments, type approvals and institutions.
const METROLOGY: &str = "metrology";

pub(super) fn run(args: &Generate) -> Result<ExitCode, String> {
    let scale: Scale = args.scale.parse().map_err(|error| format!("--scale: {error}"))?;
    let form: Form = args.form.parse().map_err(|error| format!("--form: {error}"))?;
    let plan = Plan {
        scale,
        seed: args.seed,
        as_of: args.as_of,
        standards: bundle::catalogue_titles().map_err(|error| error.to_string())?,
    };
    let summary =
        generate(&plan, &args.out, form).map_err(|cause| format!("{}: {cause}", args.out.display()))?;
    let credit = args.out.join(CREDIT);
    plan.generate_credit(&credit).map_err(|cause| cause.to_string())?;
    let metrology = args.out.join(METROLOGY);
    plan.generate_metrology(&metrology)
        .map_err(|cause| cause.to_string())?;
    tell(args, &plan, &summary);
    Ok(ExitCode::SUCCESS)
}

fn tell(args: &Generate, plan: &Plan, summary: &Summary) {
    output::print_table(
        &["enterprises", "declarations", "records", "products", "indicators"],
        &[[
            summary.enterprises,
            summary.declarations,
            summary.records,
            summary.products,
            summary.indicators,
        ]
        .map(|count| count.to_string())
        .to_vec()],
    );
    let out = args.out.display();
    output::line("");
    output::line("No enterprise in these files exists. To take them in:");
    for file in &summary.files {
        if let Some((adapter, day)) = plan.delivery(file) {
            let adapter = adapter.as_str();
            output::line(&format!("  nqi-hub ingest {adapter} {out}/{file} --as-of {day}"));
        }
    }
    tell_side::<CreditFile>(args, CREDIT);
    tell_side::<MetrologyFile>(args, METROLOGY);
}

fn tell_side<F: SideFile>(args: &Generate, folder: &str) {
    for file in F::ALL {
        let (adapter, name, day) = (file.adapter().as_str(), file.name(), file.describes(args.as_of));
        let out = args.out.display();
        output::line(&format!(
            "  nqi-hub ingest {adapter} {out}/{folder}/{name} --as-of {day}"
        ));
    }
}
