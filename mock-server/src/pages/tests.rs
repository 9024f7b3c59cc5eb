//! Tests of all pages.
