//! Passwords: what may be one, and how it is kept (argon2id). Neither looks at what the characters are, nor changes any.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use super::secret::{NoRandomness, TOKEN_BYTES, new_secret};
use crate::model::{AccountName, City};

/// Fewest characters of a password.
pub const SHORTEST: usize = 12;
/// Most characters of a password.
pub const LONGEST: usize = 128;

/// Memory of one hash in KiB, passes over it, and lanes: what OWASP's cheat sheet on password storage gives for argon2id.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Why a text cannot be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// It has fewer than [`SHORTEST`] characters.
    #[error("a password has {SHORTEST} characters or more")]
    TooShort,
    /// It has more than [`LONGEST`] characters.
    #[error("a password has {LONGEST} characters or fewer")]
    TooLong,
    /// It would soon be guessed.
    #[error("this password would soon be guessed; take several words that have nothing to do with each other")]
    TooWeak,
}

/// Checks that `password` may be the one of `account`: its length, and that its estimated strength (zxcvbn) is 3 of 4 at least, where
/// the account, the municipality and the program are as good as known.
///
/// # Errors
///
/// The first fault.
pub fn check_password(password: &str, account: &AccountName, city: &City) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordFault::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordFault::TooLong);
    }
    let known = [account.as_str(), &city.name, &city.kana, &city.name_en, &city.prefecture, &city.office, "tsunagari"];
    let known: Vec<&str> = known.into_iter().filter(|word| !word.is_empty()).collect();
    let strength = zxcvbn::zxcvbn(password, &known).score();
    if strength >= zxcvbn::Score::Three { Ok(()) } else { Err(PasswordFault::TooWeak) }
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password in the PHC format, with a salt of its own. Takes some 20 ms and 19 MiB.
pub(super) fn hash_password(password: &str) -> Result<String, NoRandomness> {
    hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| NoRandomness)
}

/// Whether `password` is the one of `hash`. Takes as long for each.
pub(super) fn is_password_of(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
}

/// A hash of no password: what is compared with where there is no account, so that this takes as long.
pub(super) fn hash_of_nobody() -> Result<String, NoRandomness> {
    hash_password(&new_secret::<TOKEN_BYTES>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_argon2id_with_a_salt_of_its_own_and_knows_its_password_exactly() {
        let password = "Ｗeiße Kühe  ruhen";
        let hash = hash_password(password).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hash_password(password).unwrap());
        assert!(is_password_of(&hash, password));
        for other in ["Weiße Kühe  ruhen", "Ｗeiße Kühe ruhen", "Ｗeiße Kühe  ruhen ", ""] {
            assert!(!is_password_of(&hash, other), "{other}");
        }
        assert!(!is_password_of("", "") && !is_password_of("$argon2id$", ""));
        assert!(!is_password_of(&hash_of_nobody().unwrap(), ""));
    }

    #[test]
    fn a_password_is_long_enough_and_hard_to_guess_and_nothing_else_is_asked_of_it() {
        let city = City { name_en: "Kirisawa".to_owned(), kana: "きりさわまち".to_owned(), ..City::default() };
        let account = AccountName::parse("mihon.hanako").unwrap();
        let check = |password: &str| check_password(password, &account, &city);
        for good in ["trout lantern nineteen", "かえるのこはこうまと たなばた", "x7Kq!vR2m&aZ", "ö8k2ä!ßq3ëzñ"]
        {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        assert_eq!(check("x7Kq!vR2m&a"), Err(PasswordFault::TooShort));
        assert_eq!(check("短い"), Err(PasswordFault::TooShort));
        assert_eq!(check(&"trout lantern ".repeat(10)), Err(PasswordFault::TooLong));
        let most: String = "trout lantern nineteen ".chars().cycle().take(LONGEST).collect();
        assert_eq!(check(&most), Ok(()));
        for weak in [
            "password1234",
            "aaaaaaaaaaaaaaaa",
            "123456789012",
            "mihon.hanako",
            "Mihon.Hanako1",
            "tsunagari2026",
            "kirisawa1234",
            "qwertyuiop[]",
            "tsunagarikirisawa",
        ] {
            assert_eq!(check(weak), Err(PasswordFault::TooWeak), "{weak}");
        }
    }
}
