//! Requests to the world outside on somebody's behalf: never to private networks, and with limits on everything.
//!
//! A name is looked up once; every address that it has must be a public one, and the connection goes to an address that
//! was checked. That holds for each redirect too. No proxy of the environment is used, which would look names up itself.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};
use std::time::Duration;

use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Most time that one request may take, redirects and all.
const MOST_TIME: Duration = Duration::from_secs(20);

/// Most bytes of an article that is fetched.
const MOST_BYTES: u64 = 8 << 20;

/// Most redirects of a fetch.
const REDIRECTS: u32 = 5;

/// Longest address, in bytes.
const LONGEST: usize = 2048;

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutsideError {
    /// The address is not one that is asked.
    #[error("{0}")]
    Refused(String),
    /// The other side did not answer, or not with what was wanted.
    #[error("{0}")]
    Failed(String),
}

/// What came back.
#[derive(Debug)]
pub struct Fetched {
    /// Its `Content-Type`.
    pub kind: String,
    /// The body.
    pub bytes: Vec<u8>,
}

/// A client for the world outside.
#[derive(Debug, Clone)]
pub struct Outside {
    fetching: ureq::Agent,
    calling: ureq::Agent,
}

/// Names hosts that may be private, and looks all others up with care.
#[derive(Debug)]
struct Careful {
    allowed: Vec<String>,
    inner: DefaultResolver,
}

impl Resolver for Careful {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or("").to_ascii_lowercase();
        if !self.allowed.contains(&host) && found.iter().any(|address| !is_public(address.ip())) {
            return Err(ureq::Error::Other(Box::new(OutsideError::Refused(PRIVATE.to_owned()))));
        }
        Ok(found)
    }
}

const PRIVATE: &str =
    "the address leads into a private network: name its host with --allow-private if that is meant";

impl Outside {
    /// A client that may ask public addresses and the hosts in `allowed`.
    pub fn new(allowed: &[String]) -> Self {
        let agent = |redirects: u32| {
            let config = ureq::Agent::config_builder()
                .timeout_global(Some(MOST_TIME))
                .timeout_resolve(Some(Duration::from_secs(5)))
                .timeout_connect(Some(Duration::from_secs(5)))
                .max_redirects(redirects)
                .max_redirects_will_error(redirects > 0)
                .http_status_as_error(false)
                .max_response_header_size(64 << 10)
                .proxy(None)
                .user_agent(concat!("waybill/", env!("CARGO_PKG_VERSION")))
                .build();
            let allowed = allowed.iter().map(|host| host.to_ascii_lowercase()).collect();
            let careful = Careful { allowed, inner: DefaultResolver::default() };
            ureq::Agent::with_parts(config, DefaultConnector::default(), careful)
        };
        Outside { fetching: agent(REDIRECTS), calling: agent(0) }
    }

    /// Fetches what is at an address.
    ///
    /// # Errors
    /// Where the address may not be asked, nothing good comes back, or too much.
    pub fn fetch(&self, address: &str) -> Result<Fetched, OutsideError> {
        check(address)?;
        let mut answer = self.fetching.get(address).call().map_err(told)?;
        if !answer.status().is_success() {
            return Err(OutsideError::Failed(format!("it was answered {}", answer.status().as_u16())));
        }
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let kind = kind.to_owned();
        let mut bytes = Vec::new();
        let mut body = answer.body_mut().as_reader().take(MOST_BYTES + 1);
        body.read_to_end(&mut bytes).map_err(|error| OutsideError::Failed(error.to_string()))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(OutsideError::Failed(format!("it has more than {MOST_BYTES} bytes")));
        }
        Ok(Fetched { kind, bytes })
    }

    /// Posts JSON to an address with these headers; no redirect is followed, and the answer's body is not read.
    ///
    /// # Errors
    /// Where the address may not be asked, or the answer is not one of success.
    pub fn post(&self, address: &str, headers: &[(&str, &str)], body: &str) -> Result<(), OutsideError> {
        check(address)?;
        let mut request = self.calling.post(address).content_type("application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let status = request.send(body).map_err(told)?.status();
        if status.is_success() {
            return Ok(());
        }
        Err(OutsideError::Failed(format!("it was answered {}", status.as_u16())))
    }
}

/// Whether an address is one of the web at all: http or https, with a host and without a password.
///
/// # Errors
/// Where it is not, with what is wrong.
pub(super) fn check(address: &str) -> Result<(), OutsideError> {
    let refused = |words: &str| Err(OutsideError::Refused(words.to_owned()));
    if address.len() > LONGEST || address.bytes().any(|b| b.is_ascii_control() || b == b' ') {
        return refused("the address is too long, or has characters that no address has");
    }
    let Ok(uri) = address.parse::<Uri>() else { return refused("this is not an address") };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return refused("the address must begin with https:// or http://");
    }
    match uri.authority() {
        Some(authority) if !authority.as_str().contains('@') && !authority.host().is_empty() => Ok(()),
        _ => refused("the address must have a host and no name or password"),
    }
}

/// An address with its names looked up and checked, so that a webhook that cannot work is refused when it is named.
///
/// # Errors
/// Where it leads into a private network, or nowhere.
pub(super) fn check_host(address: &str, allowed: &[String]) -> Result<(), OutsideError> {
    check(address)?;
    let uri: Uri = address.parse().map_err(|_| OutsideError::Refused("this is not an address".to_owned()))?;
    let host = uri.host().unwrap_or("").to_ascii_lowercase();
    if allowed.iter().any(|one| one.eq_ignore_ascii_case(&host)) {
        return Ok(());
    }
    let bare = host.trim_matches(['[', ']']);
    let found = (bare, uri.port_u16().unwrap_or(443)).to_socket_addrs();
    let found = found.map_err(|_| OutsideError::Refused(format!("there is no host {host}")))?;
    for address in found {
        if !is_public(address.ip()) {
            return Err(OutsideError::Refused(PRIVATE.to_owned()));
        }
    }
    Ok(())
}

fn told(error: ureq::Error) -> OutsideError {
    match error {
        ureq::Error::Other(other) => match other.downcast::<OutsideError>() {
            Ok(refused) => *refused,
            Err(other) => OutsideError::Failed(other.to_string()),
        },
        error => OutsideError::Failed(error.to_string()),
    }
}

/// Whether an address is one of the open net (IANA's special-purpose registries, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match embedded(v6) {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = v4.is_unspecified()
        || a == 0
        || v4.is_loopback()
        || v4.is_private()
        || v4.is_link_local() // The clouds' metadata are here.
        || (a == 100 && (64..128).contains(&b)) // Carrier-grade NAT.
        || (a == 192 && b == 0 && c == 0)
        || v4.is_documentation()
        || (a == 192 && b == 88 && c == 99) // 6to4 relays.
        || (a == 198 && (b == 18 || b == 19)) // Benchmarks.
        || a >= 224; // Multicast, reserved, broadcast.
    !special
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, translated (NAT64), 6to4.
fn embedded(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = v6.segments();
    let last = Ipv4Addr::from((u32::from(g) << 16) | u32::from(h));
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => Some(last),
        (0, 0, 0, 0, 0, 0) if g != 0 => Some(last),
        (0x2002, ..) => Some(Ipv4Addr::from((u32::from(b) << 16) | u32::from(c))),
        _ => None,
    }
}

/// Only what is given out as global unicast, but for what is set apart in it.
fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [a, b, ..] = v6.segments();
    // Teredo and other protocols; documentation.
    let special = (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || (a == 0x3fff && b < 0x1000);
    (a & 0xe000) == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_net_is_public() {
        for private in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "64:ff9b:1::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in
            ["1.1.1.1", "100.63.255.255", "172.32.0.1", "198.20.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn odd_addresses_are_refused() {
        for odd in [
            "",
            "paper.example",
            "file:///etc/passwd",
            "ftp://paper.example/",
            "gopher://127.0.0.1/",
            "http://",
            "https://user:pass@paper.example/",
            "http://a b/",
            "http://paper.example/\r\nX: y",
            "//paper.example",
        ] {
            assert!(matches!(check(odd), Err(OutsideError::Refused(_))), "{odd:?}");
        }
        assert_eq!(check("https://paper.example/a?b=c"), Ok(()));
        assert!(check(&format!("https://paper.example/{}", "a".repeat(3000))).is_err());
    }

    #[test]
    fn private_hosts_are_refused_however_they_are_written() {
        let outside = Outside::new(&[]);
        for address in [
            "http://127.0.0.1:9/",
            "http://localhost:9/",
            "http://[::1]:9/",
            "http://[::ffff:127.0.0.1]:9/",
            "http://0.0.0.0:9/",
            "http://2130706433:9/",
            "http://0x7f.1:9/",
            "http://127.1:9/",
            "http://169.254.169.254/",
        ] {
            let refused = |error: &OutsideError| match error {
                OutsideError::Refused(_) => true,
                // A system that does not take these writings for numbers finds no such host.
                OutsideError::Failed(words) => words.contains("host") || words.contains("lookup"),
            };
            let error = outside.fetch(address).unwrap_err();
            assert!(refused(&error), "{address}: {error}");
            let error = outside.post(address, &[], "{}").unwrap_err();
            assert!(refused(&error), "{address}: {error}");
        }
    }
}
