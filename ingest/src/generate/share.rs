//! How many declarations each enterprise has: a few have hundreds, most have one to three.

/// Flattens the head of the law, in thousandths of the number of enterprises: the largest has some hundred
/// declarations, not thousands.
const FLATTENED: u64 = 15;

/// The number of declarations of the enterprise of a rank, rank 0 being the largest. Beyond one for each, the
/// density falls with the square of the flattened rank (a law of Zipf and Mandelbrot). The numbers of all ranks add
/// up to `declarations` exactly, and each is at least one where there are enough.
pub(super) fn declarations_of(rank: u32, enterprises: u32, declarations: u32) -> u32 {
    let up_to = |rank| declarations_before(rank, enterprises, declarations);
    let count = up_to(rank.saturating_add(1)).saturating_sub(up_to(rank));
    u32::try_from(count).unwrap_or(0)
}

/// The integral of the law, in whole numbers: r (1 + c) / (r + c n) of what is more than one for each.
fn declarations_before(rank: u32, enterprises: u32, declarations: u32) -> u64 {
    let extra = u64::from(declarations.saturating_sub(enterprises));
    let certain = u64::from(rank.min(enterprises).min(declarations));
    let rank = u64::from(rank.min(enterprises));
    let share = (1000 + FLATTENED) * rank;
    let whole = 1000 * rank + FLATTENED * u64::from(enterprises);
    certain + (extra * share).checked_div(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_add_up_and_have_a_heavy_tail() {
        for (enterprises, declarations) in [(600, 4000), (6000, 40_000), (60_000, 400_000)] {
            let sizes: Vec<u32> = (0..enterprises)
                .map(|rank| declarations_of(rank, enterprises, declarations))
                .collect();
            assert_eq!(sizes.iter().sum::<u32>(), declarations);
            let few = sizes.iter().filter(|size| (1..=3).contains(*size)).count();
            assert!(few * 100 > sizes.len() * 75, "{few} of {enterprises} have 1 to 3");
            assert_eq!(sizes.iter().min(), Some(&1));
            assert!((200..1000).contains(sizes.iter().max().unwrap()), "{sizes:?}");
        }
    }

    #[test]
    fn odd_sizes_add_up() {
        for (enterprises, declarations) in [
            (1, 1),
            (1, 500),
            (7, 3),
            (3, 0),
            (10, 11),
            (1000, 1000),
            (500_000, 50_000_000),
        ] {
            let sum: u32 = (0..enterprises)
                .map(|rank| declarations_of(rank, enterprises, declarations))
                .sum();
            assert_eq!(sum, declarations, "{enterprises}");
        }
        assert_eq!(declarations_of(u32::MAX, 1, 1), 0);
        assert_eq!(declarations_of(0, 0, 0), 0);
    }
}
