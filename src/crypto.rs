//! Secrets: what is sealed at rest, the keyed hash by which a CPR number is found, one-time links, passwords.
//!
//! Promise: one master key, from which each use has its own; the key cannot be printed; a link's token stands
//! nowhere in the database, since it can be made again from the link's id and the key.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit},
};
use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::{io::Write, path::Path, sync::Arc};

/// The master key.
#[derive(Clone)]
pub struct Keys(Arc<[u8; 32]>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(secret)")
    }
}

fn random<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| format!("the machine gives no random numbers: {error}"))?;
    Ok(bytes)
}

impl Keys {
    /// # Errors
    /// The machine gives no random numbers.
    pub fn random() -> Result<Self, String> {
        Ok(Self(Arc::new(random()?)))
    }

    /// From 64 hexadecimal digits.
    ///
    /// # Errors
    /// Another form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bytes = HEXLOWER.decode(text.trim().as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Self(Arc::new(bytes))).ok_or_else(|| "the key must be 64 hexadecimal digits in lower case".into())
    }

    /// From a file, which is made with a new key, readable by its owner only, where there is none. It is written aside and put
    /// in its place whole, so that neither a first start that is killed nor two at once leave or read half a key.
    ///
    /// # Errors
    /// A file that cannot be read, made or understood.
    pub fn from_file(path: &Path) -> Result<Self, String> {
        let said = |error: std::io::Error| format!("key file {}: {error}", path.display());
        if !path.exists() {
            let key = Self::random()?;
            let aside = path.with_added_extension(format!("{}.part", HEXLOWER.encode(&random::<8>()?)));
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let written = options
                .open(&aside)
                .and_then(|mut file| file.write_all(HEXLOWER.encode(&*key.0).as_bytes()).and_then(|()| file.sync_all()));
            // A link is not made over a file that somebody else was quicker to make; what they made is read.
            let put = written.and_then(|()| std::fs::hard_link(&aside, path));
            let _ = std::fs::remove_file(&aside);
            if let Err(error) = put
                && error.kind() != std::io::ErrorKind::AlreadyExists
            {
                return Err(said(error));
            }
        }
        let text = std::fs::read_to_string(path).map_err(said)?;
        Self::parse(&text).map_err(|why| format!("key file {}: {why}", path.display()))
    }

    fn derived(&self, purpose: &str, text: &str) -> [u8; 32] {
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(&*self.0) else { return [0; 32] };
        mac.chain_update(purpose).chain_update([0]).chain_update(text).finalize().into_bytes().into()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derived("seal", "").into())
    }

    /// Seals a text for the database.
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn seal(&self, text: &str) -> Result<String, String> {
        let nonce: [u8; 24] = random()?;
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), text.as_bytes()).map_err(|_| "sealing failed".to_owned())?;
        Ok(BASE64.encode(&[nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what [`Keys::seal`] sealed; nothing where it was changed or sealed under another key.
    pub fn open(&self, sealed: &str) -> Option<String> {
        let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(24)?;
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let opened = self.cipher().decrypt(&XNonce::from(nonce), sealed).ok()?;
        String::from_utf8(opened).ok()
    }

    /// The keyed hash by which something confidential is found.
    pub fn find(&self, purpose: &str, text: &str) -> String {
        HEXLOWER.encode(&self.derived(purpose, text))
    }

    /// The token of a one-time link, made from its id.
    pub fn link_token(&self, link: &str) -> String {
        BASE64URL_NOPAD.encode(&self.derived("link", link))
    }
}

/// A token that is handed out once and stored hashed.
///
/// # Errors
/// The machine gives no random numbers.
pub fn new_token() -> Result<String, String> {
    Ok(BASE64URL_NOPAD.encode(&random::<32>()?))
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

/// A short name for a case that tells nothing about the person: letters and digits that are not mistaken for each other.
///
/// # Errors
/// The machine gives no random numbers.
pub fn case_reference(prefix: &str) -> Result<String, String> {
    let text = BASE32_NOPAD.encode(&random::<5>()?);
    Ok(format!("{prefix}-{text}"))
}

/// A first password that is read from a screen.
///
/// # Errors
/// The machine gives no random numbers.
pub fn new_password() -> Result<String, String> {
    Ok(BASE32_NOPAD.encode(&random::<15>()?).to_lowercase())
}

/// Hashes a password (Argon2id). Slow on purpose: never in a transaction.
///
/// # Errors
/// The machine gives no random numbers.
pub fn hash_password(password: &str) -> Result<String, String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// Whether a password is the one that was hashed.
pub fn password_fits(password: &str, hash: &str) -> bool {
    argon2::PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_under_its_own_key_only() {
        let (one, other) = (Keys::random().unwrap(), Keys::random().unwrap());
        let sealed = one.seal("610379-0002").unwrap();
        assert!(!sealed.contains("610379"));
        assert_ne!(sealed, one.seal("610379-0002").unwrap(), "never the same twice");
        assert_eq!(one.open(&sealed).as_deref(), Some("610379-0002"));
        assert_eq!(other.open(&sealed), None);
        assert_eq!(one.open(&sealed.replace(&sealed[40..41], "!")), None);
        assert_eq!(one.open(""), None);
    }

    #[test]
    fn a_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = Keys::from_file(&path).unwrap();
        assert_eq!(made.link_token("x"), Keys::from_file(&path).unwrap().link_token("x"));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        std::fs::write(&path, "short").unwrap();
        assert!(Keys::from_file(&path).unwrap_err().contains("64 hexadecimal"));
    }

    #[test]
    fn first_starts_at_the_same_time_share_one_key() {
        for _ in 0..50 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("key");
            let starts: Vec<_> = (0..8)
                .map(|_| {
                    let path = path.clone();
                    std::thread::spawn(move || Keys::from_file(&path).unwrap().link_token("x"))
                })
                .collect();
            let tokens: Vec<String> = starts.into_iter().map(|start| start.join().unwrap()).collect();
            assert!(tokens.iter().all(|token| *token == tokens[0]));
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left aside");
        }
    }

    #[test]
    fn a_password_is_known_by_its_hash() {
        let hash = hash_password("hemmelig kode").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(password_fits("hemmelig kode", &hash) && !password_fits("Hemmelig kode", &hash));
    }
}
