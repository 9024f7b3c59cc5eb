//! The call that uploads a file.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::cut::Chunk;
use super::request::BatchRequest;
use crate::error::Result;
use crate::miles::RegistrationState;
use crate::miles::issue::read_id;
use crate::miles::registration::tran_id;
use crate::operation::Keyed;
use crate::reference::{Draft, Function, Object};

/// Uploads one chunk of a batch. The answer is NetMile's id of it (発行登録ID).
pub struct UploadFile {
    /// The batch.
    pub request: Arc<BatchRequest>,
    /// What is uploaded.
    pub chunk: Arc<Chunk>,
}

impl UploadFile {
    fn tran_id(&self) -> String {
        tran_id(&self.request.batch_id, self.chunk.first_row)
    }
}

impl Function for UploadFile {
    const KIND: &'static str = "miles.upload";
    type Answer = String;
    type Effect = Keyed;

    fn draft(&self) -> Result<Draft> {
        self.request.check()?;
        let (request, chunk) = (&self.request, &self.chunk);
        let mut body = Map::new();
        let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
        set("tran_id", self.tran_id().into());
        set("campaign_id", request.terms.campaign_id.as_str().into());
        set("batch_id", request.batch_id.as_str().into());
        set("first_row", chunk.first_row.into());
        set("file_name", request.terms.file_name.as_str().into());
        set("method", request.kind().name().into());
        set("csv", STANDARD.encode(&chunk.csv).into());
        if let Some(operator) = &request.terms.notify {
            set("notify", operator.expose().into());
        }
        request.terms.settings.write(request.is_mobile(), &mut body);
        Ok(Draft::post(&["registrations", "files"], body.into()))
    }

    fn read(&self, answer: &Object<'_>) -> Result<String> {
        answer.require("tran_id", &self.tran_id())?;
        RegistrationState::read(answer)?;
        read_id(answer, "registration_id")
    }
}
