//! What tags are hashed with.

use hmac::{Hmac, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// `param3` of the published tag: MD5 of both ids with a colon between them.
pub(super) fn check_value(site_id: &str, campaign_id: &str) -> String {
    let mut md5 = Md5::new();
    for part in [site_id, ":", campaign_id] {
        md5.update(part);
    }
    hex(&md5.finalize())
}

pub(super) fn hmac_sha256(secret: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length: this cannot fail.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return [0; 32];
    };
    mac.chain_update(message).finalize().into_bytes().into()
}

pub(super) fn same(ours: &[u8], claimed: &[u8]) -> bool {
    ours.ct_eq(claimed).into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}
