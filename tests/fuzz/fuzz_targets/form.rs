//! The form decoder: any way of cutting a body gives the same form, and a form encoded again is the same form.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netmile::wire::form::{FormDecoder, FormLimits, decode_form, encode_form};

fuzz_target!(|input: (&[u8], Vec<u16>)| {
    let (body, cuts) = input;
    // Small enough that the limits are reached too.
    for limits in [
        FormLimits::default(),
        FormLimits {
            max_bytes: 64,
            max_fields: 4,
            max_name: 8,
            max_value: 16,
        },
    ] {
        let whole = decode_form(body, limits).map_err(|e| e.to_string());

        let mut decoder = FormDecoder::new(limits);
        let mut rest = body;
        for cut in &cuts {
            let (piece, tail) = rest.split_at(usize::from(*cut).min(rest.len()));
            let _ = decoder.feed(piece);
            rest = tail;
        }
        let _ = decoder.feed(rest);
        assert_eq!(decoder.finish().map_err(|e| e.to_string()), whole);

        if let Ok(form) = whole {
            let pairs = form
                .fields()
                .iter()
                .map(|f| (f.name.as_str(), f.value.as_slice()));
            let again = encode_form(pairs);
            let wide = FormLimits {
                max_bytes: usize::MAX,
                ..limits
            };
            assert_eq!(decode_form(&again, wide).unwrap(), form);
        }
    }
});
