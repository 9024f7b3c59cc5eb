//! Values of the core on their way through the border: the leak test prints them.

use std::fmt::Debug;

/// Shows a value to the leak test. In a shipped library nobody looks.
pub(crate) trait Seen: Debug + Sized {
    /// The value as it is.
    fn seen(self) -> Self {
        #[cfg(feature = "watch")]
        netmile_ffi_runtime::watch::value(&self);
        self
    }
}

impl<T: Debug> Seen for T {}
