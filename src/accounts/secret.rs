//! Random secrets: tokens of sessions and codes for a first password. Only their digests are kept.

use crate::model::SecretDigest;

/// Bytes of a session's token: 256 random bits.
pub(super) const TOKEN_BYTES: usize = 32;
/// Bytes of a code that somebody opens or types: 160 random bits.
pub(super) const CODE_BYTES: usize = 20;

/// Crockford's base 32, which leaves out the letters that are misread on paper.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The system gave no random bytes, without which there are no secrets.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system gives no random numbers")]
pub struct NoRandomness;

/// A new secret of `BYTES` random bytes as text.
pub(super) fn new_secret<const BYTES: usize>() -> Result<String, NoRandomness> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(base32(&bytes))
}

/// The digest under which a secret is kept. A fast hash will do: there is nothing to guess in random bits.
pub(super) fn digest_of(secret: &str) -> SecretDigest {
    SecretDigest(*blake3::hash(secret.as_bytes()).as_bytes())
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for &byte in bytes {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(DIGITS[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(DIGITS[(held << (5 - bits)) as usize & 31]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_32_loses_no_bit() {
        for (bytes, text) in [
            (&[][..], ""),
            (&[0xff], "zw"),
            (&[0, 0, 0, 0, 1], "00000001"),
            (&[0x80, 0x01], "g00g"),
            (b"hello", "d1jprv3f"),
        ] {
            assert_eq!(base32(bytes), text, "{bytes:?}");
        }
    }

    #[test]
    fn secrets_are_long_and_never_twice_the_same() {
        let made: std::collections::BTreeSet<_> =
            std::iter::repeat_with(|| new_secret::<TOKEN_BYTES>().unwrap()).take(500).collect();
        assert_eq!(made.len(), 500);
        assert!(made.iter().all(|it| it.len() == 52 && it.bytes().all(|b| DIGITS.contains(&b))));
        assert_eq!(new_secret::<CODE_BYTES>().unwrap().len(), 32);
        // Each place of the text varies: no byte is left at zero.
        for place in 0..51 {
            assert!(made.iter().map(|it| it.as_bytes()[place]).collect::<std::collections::BTreeSet<_>>().len() > 16);
        }
    }
}
