//! The check value of the published tag.

use md5::{Digest, Md5};

use crate::wire::signature::hex;

/// `param3`: MD5 of both ids with a colon between them.
pub(super) fn check_value(site_id: &str, campaign_id: &str) -> String {
    let mut md5 = Md5::new();
    for part in [site_id, ":", campaign_id] {
        md5.update(part);
    }
    hex(&md5.finalize())
}
