//! A file of any size, issued in uploads of at most 10,000 rows under one batch id.
//!
//! Everything here is pure: [`Cutter`] splits rows into [`Chunk`]s, always the same ones for the same rows; [`ChunkRecord`]
//! and [`transition`] say what is known about each upload, so that a run that was killed goes on and no row is issued
//! twice; [`BatchReport`] adds up what became of the rows.
//!
//! Source: docs/reference-api.md#issuing-by-file

mod chunk;
mod cut;
mod record;
mod report;
mod request;
mod terms;
#[cfg(test)]
mod tests;
mod upload;

pub(crate) use chunk::is_at_the_door;
pub use chunk::{
    ChunkCause, ChunkEvent, ChunkPhase, ChunkRecord, ChunkReview, ChunkTransition, transition,
};
pub use cut::{Chunk, Cutter, MAX_UPLOAD_BYTES};
pub use record::{BatchPhase, BatchRecord};
pub(crate) use record::{Plan, other_settings};
pub use report::{BatchProgress, BatchReport, BatchState, Stage};
pub use request::{BatchRequest, MAX_BATCH_ID};
pub(crate) use terms::TermPrints;
pub use upload::UploadFile;
