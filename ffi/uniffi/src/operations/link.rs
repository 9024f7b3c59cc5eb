//! Single messages, without a journal.

use netmile::link;
use netmile::time::Timestamp;
use netmile_ffi_runtime::{Context, FfiError};

use crate::convert::{message_kind, raw};
use crate::records::{
    Message, NoticeAnswer, Received, ReceivedMessage, RegistrationRequest, RegistrationResult,
    SignPurchase, SignRecurring, SignRegistration, SignedForm,
};
use crate::seen::Seen;
use crate::shapes::registrations::RegistrationCheck;

type Answer<T> = Result<T, FfiError>;

pub(super) async fn register(
    context: &Context,
    request: RegistrationRequest,
) -> Answer<SignedForm> {
    let form = context
        .client
        .registrations()
        .register(&request.to_registration()?)?;
    Ok(SignedForm::from_core(&form, context.config().lang))
}

pub(super) async fn delete(context: &Context, request: RegistrationRequest) -> Answer<SignedForm> {
    let form = context
        .client
        .registrations()
        .delete(&request.to_deletion()?)?;
    Ok(SignedForm::from_core(&form, context.config().lang))
}

pub(super) async fn registration_notice(
    context: &Context,
    notice: Received,
) -> Answer<RegistrationResult> {
    let raw = raw(notice.body, notice.content_type);
    let registration = context.client.registrations().notice(&raw)?;
    Ok(RegistrationResult {
        message: Some(Message::from_core(&registration.message)),
        answer: NoticeAnswer::new(&registration.ack, None),
    })
}

pub(super) async fn registration_returned(
    context: &Context,
    back: Received,
) -> Answer<RegistrationResult> {
    let raw = raw(back.body, back.content_type);
    let registration = context.client.registrations().returned(&raw)?;
    Ok(RegistrationResult {
        message: registration.map(|r| Message::from_core(&r.message)),
        answer: NoticeAnswer::new(&link::Ack::ok(), None),
    })
}

pub(super) async fn registration_check(
    context: &Context,
    check: RegistrationCheck,
) -> Answer<RegistrationResult> {
    let raw = raw(check.body, check.content_type);
    let registrations = context.client.registrations();
    let registration = match check.returned {
        true => registrations.returned(&raw)?,
        false => Some(registrations.notice(&raw)?),
    };
    let asked: Vec<_> = check
        .asked
        .into_iter()
        .map(|pair| (pair.name, pair.value))
        .collect();
    if let Some(registration) = &registration {
        registration.check_echo(&asked, &check.request_dates)?;
    }
    let (message, ack) = match &registration {
        Some(registration) => (Some(&registration.message), registration.ack.clone()),
        None => (None, link::Ack::ok()),
    };
    Ok(RegistrationResult {
        message: message.map(Message::from_core),
        answer: NoticeAnswer::new(&ack, None),
    })
}

pub(super) async fn sign_purchase(context: &Context, sign: SignPurchase) -> Answer<SignedForm> {
    let config = context.config();
    let form = sign.request.to_core(&sign.order_id)?.seen().sign(
        context.client.contract()?,
        Timestamp::parse_jst(&sign.at)?,
        config.limit,
        &config.text,
    )?;
    Ok(SignedForm::from_core(&form, config.lang))
}

pub(super) async fn sign_recurring(context: &Context, sign: SignRecurring) -> Answer<SignedForm> {
    let config = context.config();
    let form = sign.request.to_core(&sign.order_id)?.seen().sign(
        context.client.contract()?,
        Timestamp::parse_jst(&sign.at)?,
        config.limit,
        &config.text,
    )?;
    Ok(SignedForm::from_core(&form, config.lang))
}

pub(super) async fn sign_registration(
    context: &Context,
    sign: SignRegistration,
) -> Answer<SignedForm> {
    let (config, contract) = (context.config(), context.client.contract()?);
    let at = Timestamp::parse_jst(&sign.at)?;
    let form = if sign.delete {
        let deletion = sign.request.to_deletion()?;
        deletion.sign(contract, at, config.limit, &config.text)?
    } else {
        let registration = sign.request.to_registration()?;
        registration.sign(contract, at, config.limit, &config.text)?
    };
    Ok(SignedForm::from_core(&form, config.lang))
}

pub(super) async fn verify(context: &Context, message: ReceivedMessage) -> Answer<Message> {
    let kind = message_kind(&message.kind)?;
    let raw = raw(message.body, message.content_type);
    let verified = link::parse(kind, &raw, |id| context.find_contract(id))?;
    Ok(Message::from_core(verified.get()))
}
