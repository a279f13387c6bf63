//! The device on which somebody has signed in before: a cookie for the pages, the header `Device` for the API.
//!
//! Promise: its token opens nothing. It says that tries on this device are not a stranger's, to the account that signed in on it and to
//! no other.

use crate::{
    actions::people::sessions::Knock,
    app::App,
    web::auth::{cookie::is_secure, network::network_of},
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use utoipa::IntoParams;

/// The header by which the API is told.
const HEADER: &str = "Device";
/// A computer that several people share has one for each.
const PREFIX: &str = "device-";
/// More are not looked at.
const MOST: usize = 20;
/// Browsers keep none for longer.
const DAYS: i64 = 400;

/// The header that signing in takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header; the request reads it itself")]
pub struct DeviceHeader {
    /// The `device` of an earlier answer to this account: tries count on this device alone, not on the address.
    #[param(rename = "Device", required = false)]
    device: Option<String>,
}

fn prefix(app: &App) -> &'static str {
    if is_secure(app) { "__Host-device-" } else { PREFIX }
}

/// Where a sign-in comes from.
pub fn knock(app: &App, request: &HttpRequest) -> Knock {
    let header = request.headers().get(HEADER).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    let cookies = request.cookies().map(|all| all.clone()).unwrap_or_default();
    let cookies = cookies.into_iter().filter(|cookie| cookie.name().starts_with(prefix(app)));
    let devices = header.into_iter().chain(cookies.map(|cookie| cookie.value().to_owned())).take(MOST).collect();
    Knock { network: network_of(app, request), devices }
}

/// The cookie that keeps a device's token for an account.
pub fn device_cookie(app: &App, account: &str, token: &str) -> Cookie<'static> {
    let own: String = app.services.keys.lookup_hash("device-cookie", account).chars().take(16).collect();
    Cookie::build(format!("{}{own}", prefix(app)), token.to_owned())
        .path("/")
        .http_only(true)
        .secure(is_secure(app))
        .same_site(SameSite::Lax)
        .max_age(Duration::days(DAYS))
        .finish()
}
