//! Providers of sign-ins (OpenID Connect) as children of a test: one of ours that does wrong when it is told to, and one of others.

use super::{House, Value, file, json, process::tool, real::Running};
use reqwest::Method;
use std::process::{Command, Stdio};

pub const CLIENT: &str = "rettematch";
pub const SECRET: &str = "hemmeligt & svært";
/// The audience of the API.
pub const API: &str = "rettematch-api";

/// `tests/tools/oidc_provider.py`; its head says what it can be told.
pub struct OidcProvider {
    pub base: String,
    http: reqwest::Client,
    child: Running,
}

impl OidcProvider {
    /// One that sends browsers back to pages below an address.
    pub fn start(pages: &str) -> Self {
        let mut command = Command::new(tool("python"));
        command.arg(file("tests/tools/oidc_provider.py")).args(["--client-id", CLIENT, "--client-secret", SECRET]);
        command.arg("--redirect").arg(format!("{pages}/sign-in/provider/answer")).stderr(Stdio::null());
        let mut child = Running::start_reading(&mut command);
        let base = child.ready("listening ").expect("the provider did not come up");
        Self { base, http: browser(), child }
    }

    pub fn stop(self) {
        self.child.killable().kill();
    }

    pub async fn tell(&self, path: &str, said: Value) -> Value {
        let answer = self.http.post(format!("{}{path}", self.base)).json(&said).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// Who signs in next.
    pub async fn person(&self, claims: Value) {
        self.tell("/control", json!({"claims": claims})).await;
    }

    /// A token; what is said of it goes over what is usual for the API.
    pub async fn mint(&self, said: Value) -> String {
        let mut usual = json!({"audience": API});
        usual.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        self.tell("/mint", usual).await.as_str().unwrap().to_owned()
    }

    /// How often a page of its was asked for.
    pub async fn count(&self, page: &str) -> i64 {
        let counts: Value = self.http.get(format!("{}/counts", self.base)).send().await.unwrap().json().await.unwrap();
        counts[page].as_i64().unwrap_or_default()
    }

    /// Where a browser is sent back to that comes to an address of its.
    pub async fn send_back(&self, address: &str) -> String {
        let answer = self.http.get(address).send().await.unwrap();
        let said = answer.headers().get("Location").map(|to| to.to_str().unwrap().to_owned());
        said.unwrap_or_else(|| panic!("the provider refuses {address}"))
    }
}

/// A browser that follows nobody by itself.
pub fn browser() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A service whose people sign in at a provider; both have the same clock.
pub async fn house_with_provider() -> (House, OidcProvider) {
    let mut provider = None;
    let house = House::open_with(|settings| {
        let started = OidcProvider::start(&settings.public_url);
        settings.oidc.issuer.clone_from(&started.base);
        set(&mut settings.oidc);
        provider = Some(started);
    })
    .await;
    let provider = provider.unwrap();
    provider.tell("/control", json!({"now": house.now().timestamp()})).await;
    (house, provider)
}

/// What all providers of the stories have in common.
pub fn set(oidc: &mut rettematch::settings::Oidc) {
    oidc.client_id = CLIENT.into();
    oidc.client_secret = serde_json::from_value(json!(SECRET)).unwrap();
    oidc.roles = ["RM-Leder=team-leader", "RM-Konsulent=consultant", "RM-Virksomhed=liaison"].map(ToOwned::to_owned).into();
    oidc.audience = API.into();
}

/// A sign-in that a browser has begun: where it is sent, and the cookie that it keeps.
pub struct Begun {
    pub address: String,
    pub cookie: String,
    pub set_cookie: String,
}

impl House {
    /// Begins a sign-in that is to lead to a path.
    pub async fn begin_at_provider(&self, to: &str) -> Begun {
        let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        let sent = self.nobody.page(&format!("/sign-in/provider?to={to}")).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        let set_cookie = sent.header("Set-Cookie").unwrap().to_owned();
        let cookie = set_cookie.split(';').next().unwrap().to_owned();
        Begun { address: sent.header("Location").unwrap().to_owned(), cookie, set_cookie }
    }

    /// Comes back with an address of ours, in the browser with a cookie.
    pub async fn come_back(&self, address: &str, cookie: &str) -> super::Answer {
        let (_, path) = address.split_once("/sign-in/provider/answer").expect("the provider sends elsewhere");
        let request = self.nobody.browse(Method::GET, &format!("/sign-in/provider/answer{path}"));
        self.nobody.send(request.header("Cookie", cookie)).await
    }

    /// Signs in from one end to the other.
    pub async fn sign_in_at(&self, provider: &OidcProvider, to: &str) -> super::Answer {
        let begun = self.begin_at_provider(to).await;
        let back = provider.send_back(&begun.address).await;
        self.come_back(&back, &begun.cookie).await
    }

    /// A page, in a browser that was signed in.
    pub async fn page_of(&self, signed_in: &super::Answer, path: &str) -> super::Answer {
        let cookie = cookies(signed_in).into_iter().find(|cookie| cookie.contains("session=")).unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        self.nobody.send(self.nobody.browse(Method::GET, path).header("Cookie", cookie)).await
    }
}

pub fn cookies(answer: &super::Answer) -> Vec<String> {
    answer.headers.get_all("Set-Cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}
