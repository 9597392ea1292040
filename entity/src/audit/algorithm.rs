//! The hash of the chain.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 杂凑算法. Each entry names its own, so a chain goes on when the setting changes.
    Algorithm {
        /// SHA-256 (FIPS 180-4).
        Sha256 = "SHA-256",
        /// SM3 (GB/T 32905), where 密评 (GB/T 39786) asks for it.
        Sm3 = "SM3",
    }
}

impl Algorithm {
    /// The hash of a text as 64 hexadecimal digits.
    pub fn hash(self, text: &str) -> String {
        let bytes = match self {
            Self::Sha256 => Sha256::digest(text.as_bytes()).to_vec(),
            Self::Sm3 => Sm3::digest(text.as_bytes()).to_vec(),
        };
        hex(&bytes)
    }
}

/// Bytes as hexadecimal digits in lower case.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of hexadecimal digits in either case.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|sign| sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => Some(high * 16 + low),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, hex, unhex};

    #[test]
    fn the_hashes_are_those_of_the_standards() {
        // The first examples of FIPS 180-4 and of GB/T 32905-2016.
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        assert_eq!(Algorithm::Sha256.hash("abc"), sha);
        assert_eq!(Algorithm::Sm3.hash("abc"), sm3);
    }

    #[test]
    fn bytes_survive_their_digits() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!(unhex("AbFf"), Some(vec![0xAB, 0xFF]));
        for wrong in ["a", "ag", "é"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
