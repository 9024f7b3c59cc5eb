//! Files of miles: what a merchant uploads, and the lists that NetMile gives back.
//!
//! [`UploadReader`] checks an upload by all rules of the guides before anything is sent: it reads pieces of any size in
//! constant memory, hands out rows and faults as they come, and finds **all** faults, each with line and column.
//! [`ErrorFile`] writes them for Excel. [`UploadWriter`] and [`ResultWriter`] write the formats, [`ResultReader`] reads
//! NetMile's lists.
//!
//! | file | columns |
//! |---|---|
//! | upload | メールアドレス (or 携帯電話メールアドレス, ユーザーID), 指定キー, マイル発行数 |
//! | point exchange | NetMileユーザID, 指定キー, 交換マイル数 |
//! | completed list | メールアドレス・ユーザーID, 指定キー, マイル発行数, パスワード, 氏名(氏), 氏名(名) |
//! | error list | the same and エラー |
//! | point-exchange result | NetMileユーザID, 指定キー, 交換マイル数, エラーコード; failed rows only |
//!
//! Header rows are optional where the guides do not print them. Without the byte order mark of UTF-8 a file is CP932
//! (what Excel saves as "CSV (カンマ区切り)"). Lines end with CR LF, LF or CR.
//!
//! Source: docs/reference-api.md#issuing-by-file

mod carriers;
mod check;
mod error_file;
mod fault;
mod header;
mod plain;
mod result;
mod rules;
#[cfg(test)]
mod tests;
mod text;
mod upload;
mod write;

pub use crate::wire::faults::MAX_FAULTS as MAX_KEPT_FAULTS;
pub use carriers::CarrierDomains;
pub use error_file::{ErrorFile, RefusedFile};
pub use fault::{FileFault, FileFaultKind, FileFaults, FileField};
pub use result::{MAX_RESULT_ROWS, ResultKind, ResultReader, ResultRow};
pub use rules::{MAX_MILE_DIGITS, MAX_UPLOAD_ROWS, UploadKind, UploadRules};
pub use upload::{Checked, FaultyRow, UploadEnd, UploadReader, UploadRow, check_upload};
pub use write::{FileEncoding, ResultWriter, UploadWriter};
