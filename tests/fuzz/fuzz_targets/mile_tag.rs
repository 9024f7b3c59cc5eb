//! Tags: any text is read or refused, and what is read is written the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::miles::tag::{MileTag, SignedTag, TagOrigin};
use netmile::time::Timestamp;

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

fuzz_target!(|text: &str| {
    let origin = TagOrigin::new("http://127.0.0.1:8080").expect("an origin");
    if let Ok(tag) = MileTag::parse(text) {
        for again in [tag.url(&origin), tag.html(&origin)] {
            assert_eq!(MileTag::parse(&again).expect("our own tag"), tag);
        }
        let now = Timestamp::from_unix(0);
        let signed = SignedTag::new(tag, "T1", now).expect("a tran_id");
        let url = signed.url(&origin, "k1", SECRET).expect("a link");
        assert_eq!(
            SignedTag::verify(&url, |_, _| Some(SECRET), now).expect("our own link"),
            signed
        );
    }
    let _ = SignedTag::verify(text, |_, _| Some(SECRET), Timestamp::from_unix(0));
});
