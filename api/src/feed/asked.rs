//! Kinds and regions that a reader of the feed asks for.

use entity::Scope;
use entity::record::RecordKind;
use entity::value::RegionCode;

/// The most kinds or regions of one request.
const MOST: usize = 50;

/// The scope of a reader who asks for some kinds and regions, or what is wrong with them. Nothing named is everything.
pub(crate) fn narrowed<T: AsRef<str>>(scope: &Scope, kinds: &[T], regions: &[T]) -> Result<Scope, String> {
    for (name, count) in [("kinds", kinds.len()), ("regions", regions.len())] {
        if count > MOST {
            return Err(format!("{name}: {count} are named, {MOST} at most go"));
        }
    }
    let kinds = kinds.iter().map(|kind| {
        let kind = kind.as_ref();
        kind.parse::<RecordKind>().map_err(|()| {
            let known = RecordKind::ALL.map(RecordKind::as_str).join(", ");
            format!("kinds: {kind:?} is no kind of record; known kinds: {known}")
        })
    });
    let regions = regions.iter().map(|region| {
        let region = region.as_ref();
        RegionCode::parse(region)
            .ok_or_else(|| format!("regions: {region:?} is no code of GB/T 2260, such as 320582 or 320000"))
    });
    Ok(scope.narrowed(
        kinds.collect::<Result<_, _>>()?,
        regions.collect::<Result<_, _>>()?,
    ))
}
