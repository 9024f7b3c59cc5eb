//! A panic at the border, and what belongs to the program that loads the library.

use std::ffi::{CStr, CString};
use std::panic;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use netmile::engine::{Observation, Observer};
use netmile_ffi_runtime::Handle;

use super::*;

const CONFIG: &str = r#"{"contracts":[{"merchant_id":"99999","service_id":"001",
    "hash_key":"TESTHASHKEY0123456789abcdef0123456789abc","environment":"mock","base_url":"http://127.0.0.1:1"}]}"#;

const START: &str = r#"{"purchase_id":"CART-1","cust_code":"PERSONAL","item_id":"ITEM1","amount":300,"terminal":"pc",
    "urls":{"success":"https://shop.example/s","cancel":"https://shop.example/c","error":"https://shop.example/e",
    "notify":"https://shop.example/n"}}"#;

/// A bug in the middle of an operation: what it is told then is in the journal already.
struct Broken;

impl Observer for Broken {
    fn observe(&self, what: &Observation<'_>) {
        panic!("SECRET: {what:?}");
    }
}

fn broken() -> netmile_client {
    let handle = Handle::with_observer(CONFIG, Arc::new(Broken)).unwrap();
    netmile_client { handle }
}

/// What C is told of a call: its status, and all texts of the error or the answer.
fn told(
    status: netmile_status,
    out: *mut netmile_string,
    error: *mut netmile_error,
) -> (netmile_status, String) {
    let text = |text: *const std::ffi::c_char| match text.is_null() {
        true => String::new(),
        // SAFETY: a text of the library, whose object is not freed yet.
        false => unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned(),
    };
    // SAFETY: NULL, or objects of the library, freed once.
    unsafe {
        let texts = [
            netmile_string_text(out),
            netmile_error_code(error),
            netmile_error_field(error),
            netmile_error_detail(error),
            netmile_error_message(error),
            netmile_error_hint(error, false),
        ]
        .map(text)
        .join("\n");
        netmile_string_free(out);
        netmile_error_free(error);
        (status, texts)
    }
}

fn invoke(client: &netmile_client, operation: &str, request: &str) -> (netmile_status, String) {
    let (operation, request) = (
        CString::new(operation).unwrap(),
        CString::new(request).unwrap(),
    );
    let (mut out, mut error) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: a client, texts that end with NUL, and places that can be written.
    let status = unsafe {
        netmile_invoke(
            client,
            operation.as_ptr(),
            request.as_ptr(),
            &raw mut out,
            &raw mut error,
        )
    };
    told(status, out, error)
}

fn first_step(client: &netmile_client, operation: &str, request: &str) -> (netmile_status, String) {
    let (operation, request) = (
        CString::new(operation).unwrap(),
        CString::new(request).unwrap(),
    );
    let (mut run, mut out, mut error) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
    // SAFETY: a client, texts that end with NUL, places that can be written, and a run that is freed once.
    let status = unsafe {
        let started = netmile_run_start(
            client,
            operation.as_ptr(),
            request.as_ptr(),
            &raw mut run,
            ptr::null_mut(),
        );
        assert_eq!(started, netmile_status::NETMILE_OK);
        let status = netmile_run_step(run, ptr::null(), &raw mut out, &raw mut error);
        netmile_run_free(run);
        status
    };
    told(status, out, error)
}

#[test]
fn a_program_of_another_interface_is_refused_before_its_configuration_is_read() {
    let own = netmile_abi_version();
    let make = |abi_version, config: *const std::ffi::c_char| {
        let (mut client, mut error) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: a text that ends with NUL, places that can be written, and a client that is freed once.
        unsafe {
            let status =
                netmile_client_new_for(abi_version, config, &raw mut client, &raw mut error);
            let is_made = !client.is_null();
            netmile_client_free(client);
            (is_made, told(status, ptr::null_mut(), error))
        }
    };
    let config = CString::new(CONFIG).unwrap();
    for other in [0, own - 1, own + 1, u32::MAX] {
        for config in [config.as_ptr(), ptr::null()] {
            let (is_made, (status, texts)) = make(other, config);
            assert!(!is_made);
            assert_eq!(status, netmile_status::NETMILE_FAILED, "{texts}");
            let lines: Vec<_> = texts.lines().collect();
            assert_eq!(lines[1], "version_mismatch", "{texts}");
            assert!(lines[3].contains(&format!("interface {other};")), "{texts}");
            assert!(lines[3].ends_with(&format!("interface {own}")), "{texts}");
            assert!(lines[5].contains("header"), "{texts}");
        }
    }
    let (is_made, (status, texts)) = make(own, config.as_ptr());
    assert!(is_made && status == netmile_status::NETMILE_OK, "{texts}");
    // SAFETY: NULL is no place to write to, and is refused as such.
    let status =
        unsafe { netmile_client_new_for(own + 1, ptr::null(), ptr::null_mut(), ptr::null_mut()) };
    assert_eq!(status, netmile_status::NETMILE_INVALID_ARGUMENT);
}

#[test]
fn an_operation_that_panics_is_an_error_and_the_client_goes_on() {
    let client = broken();
    for call in [invoke, first_step] {
        let (status, texts) = call(&client, "checkout.start", START);
        assert_eq!(status, netmile_status::NETMILE_PANIC, "{texts}");
        assert!(texts.contains("(panic)"), "{texts}");
        assert!(
            !texts.contains("SECRET") && !texts.contains("CART-1"),
            "{texts}"
        );
    }
    // What it had done is known, and nothing stays locked.
    let (status, texts) = invoke(&client, "purchase.get", r#"{"purchase_id":"CART-1"}"#);
    assert_eq!(status, netmile_status::NETMILE_OK, "{texts}");
    assert!(texts.contains(r#""phase":"open""#), "{texts}");
}

#[test]
fn a_run_that_never_ran_is_freed() {
    let (operation, request) = (
        CString::new("checkout.start").unwrap(),
        CString::new(START).unwrap(),
    );
    let mut run = ptr::null_mut();
    // SAFETY: as above.
    unsafe {
        let status = netmile_run_start(
            &broken(),
            operation.as_ptr(),
            request.as_ptr(),
            &raw mut run,
            ptr::null_mut(),
        );
        assert_eq!(status, netmile_status::NETMILE_OK);
        netmile_run_free(run);
    }
}

/// Panics of the thread that this is asked on go to the hook of the program, as they did before the library was used; so
/// a blocking call panics on the thread of its caller, too.
#[test]
fn hooks_subscribers_and_signals_stay_those_of_the_program() {
    static CAUGHT: AtomicUsize = AtomicUsize::new(0);
    let caller = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        if thread::current().id() == caller {
            CAUGHT.fetch_add(1, Ordering::Relaxed);
        } else {
            before(panicked);
        }
    }));
    let client = broken();
    assert_eq!(
        invoke(&client, "catalogue.codes", "{}").0,
        netmile_status::NETMILE_OK
    );
    assert_eq!(
        invoke(&client, "checkout.start", START).0,
        netmile_status::NETMILE_PANIC
    );
    assert_eq!(CAUGHT.load(Ordering::Relaxed), 1);
    assert!(panic::catch_unwind(|| panic!("the program's own")).is_err());
    assert_eq!(CAUGHT.load(Ordering::Relaxed), 2);
    drop(panic::take_hook());

    assert!(!tracing::dispatcher::has_been_set());
    assert_eq!(log::max_level(), log::LevelFilter::Off);
    assert!(!log::logger().enabled(&log::Metadata::builder().level(log::Level::Error).build()));

    // Rust's own runtime catches what a stack that is too small ends in.
    let own = [libc::SIGSEGV, libc::SIGBUS];
    for signal in (1..=64).filter(|signal| !own.contains(signal)) {
        // SAFETY: asks only; a struct of zeros is one.
        let (known, action) = unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            let known = libc::sigaction(signal, ptr::null(), &raw mut action) == 0;
            (known, action)
        };
        let defaults = [libc::SIG_DFL, libc::SIG_IGN];
        assert!(
            !known || defaults.contains(&action.sa_sigaction),
            "somebody handles the signal {signal}"
        );
    }
}
