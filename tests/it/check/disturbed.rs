//! Documents that chance has disturbed.

use support::Chance;

/// A number below `bound`, as an index.
pub(super) fn below(chance: &mut Chance, bound: usize) -> usize {
    usize::try_from(chance.below(bound as u64)).unwrap()
}

/// A document with one to three tokens taken away, doubled, swapped or taken from another document.
pub(super) fn disturbed(texts: &[String], chance: &mut Chance) -> String {
    let mut parts = tokens(chance.pick::<String>(texts));
    for _ in 0..=below(chance, 3) {
        if parts.is_empty() {
            break;
        }
        let (at, other) = (below(chance, parts.len()), below(chance, parts.len()));
        match chance.below(5) {
            0 => drop(parts.remove(at)),
            1 => parts.insert(at, parts[other].clone()),
            2 => parts.swap(at, other),
            3 => parts[at] = parts[other].clone(),
            _ => {
                let foreign = tokens(chance.pick::<String>(texts));
                let (from, many) = (below(chance, foreign.len()), 1 + below(chance, 6));
                parts.splice(at..at, foreign.into_iter().skip(from).take(many));
            }
        }
    }
    parts.concat()
}

/// Words, numbers, strings and signs, each with the blanks behind it.
fn tokens(text: &str) -> Vec<String> {
    let word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut tokens: Vec<String> = Vec::new();
    let (mut inside, mut before) = (false, ' ');
    for sign in text.chars() {
        let joins =
            inside || sign.is_whitespace() || (word(sign) && word(before)) || (sign == '.' && before == '.');
        match tokens.last_mut() {
            Some(last) if joins => last.push(sign),
            _ => tokens.push(sign.to_string()),
        }
        inside ^= sign == '"';
        before = sign;
    }
    tokens
}
