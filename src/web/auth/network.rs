//! Which network a request comes from.
//!
//! Promise: what a header says of it is believed only as far as proxies that the settings name have written it; whoever asks cannot
//! choose the address that tries are counted on.

use crate::app::App;
use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The address from which somebody asks; of an IPv6 address the network (/64), since whoever has one has all of it.
pub fn network_of(app: &App, request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr() else { return "unknown".into() };
    let forwarded: Vec<&str> = request.headers().get_all("X-Forwarded-For").filter_map(|header| header.to_str().ok()).collect();
    match client(peer.ip(), &forwarded.join(","), &app.services.settings.trusted_proxies) {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
    }
}

/// Proxies add the address of whoever asks them at the end: it is read from there, past those that are trusted.
fn client(peer: IpAddr, forwarded: &str, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    for word in forwarded.rsplit(',') {
        let Some(before) = address(word.trim()).filter(|_| trusted.contains(&client)) else { break };
        client = before.to_canonical();
    }
    client
}

/// With or without a port.
fn address(word: &str) -> Option<IpAddr> {
    let bare = word.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| word.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_believed_as_far_as_trusted_proxies_wrote_it() {
        let trusted: Vec<IpAddr> = ["10.0.0.5", "10.0.0.6", "fd00::5"].map(|text| text.parse().unwrap()).into();
        for (peer, forwarded, expected) in [
            ("10.0.0.5", "203.0.113.7", "203.0.113.7"),
            ("::ffff:10.0.0.5", "203.0.113.7:4711", "203.0.113.7"),
            ("fd00::5", "[2001:db8::1]:4711", "2001:db8::1"),
            ("10.0.0.5", "192.0.2.1, 203.0.113.7", "203.0.113.7"),
            ("10.0.0.5", "192.0.2.1,203.0.113.7, 10.0.0.6", "203.0.113.7"),
            ("10.0.0.5", "", "10.0.0.5"),
            ("10.0.0.5", "192.0.2.1, unknown", "10.0.0.5"),
            ("10.0.0.9", "203.0.113.7", "10.0.0.9"),
        ] {
            let found = client(peer.parse().unwrap(), forwarded, &trusted);
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer} says {forwarded}");
        }
    }
}
