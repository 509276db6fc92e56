//! How often somebody may try a code.
//!
//! `governor` keeps one number a key (GCRA); what it does not keep is a bound on the keys, so that stands here.

use axum::http::HeaderMap;
use governor::{
    DefaultDirectRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DashMapStateStore,
};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use wire::ProblemCode;

use super::{town::Limits, trouble::Trouble};

/// At most so many addresses are remembered; the limit for all is reached long before.
const MAX_ADDRESSES: usize = 10_000;

/// Counts tries by address and in all.
pub(crate) struct Gate {
    behind_proxy: bool,
    by_address: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>,
    in_all: DefaultDirectRateLimiter,
}

impl Gate {
    pub(crate) fn new(limits: &Limits, behind_proxy: bool) -> Self {
        Self {
            behind_proxy,
            by_address: RateLimiter::dashmap(Quota::per_minute(limits.enrols_by_address)),
            in_all: RateLimiter::direct(Quota::per_minute(limits.enrols_in_all)),
        }
    }

    /// Counts one try. By address first, so that one address cannot use up what is there for all.
    pub(crate) fn admit(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<(), Trouble> {
        if self.by_address.len() >= MAX_ADDRESSES {
            self.by_address.retain_recent();
            if self.by_address.len() >= MAX_ADDRESSES {
                return Err(ProblemCode::TooMany.into());
            }
        }
        let now = DefaultClock::default().now();
        self.by_address
            .check_key(&self.caller(peer, headers))
            .and_then(|()| self.in_all.check())
            .map_err(|wait| Trouble::from(ProblemCode::TooMany).after(wait.wait_time_from(now).as_secs() + 1))
    }

    /// The peer; behind a proxy the last address of `X-Forwarded-For`, which is the one the proxy itself wrote.
    fn caller(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = || {
            let last = headers
                .get_all("x-forwarded-for")
                .iter()
                .next_back()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim();
            last.parse::<IpAddr>()
                .ok()
                .or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
        };
        let address = self.behind_proxy.then(forwarded).flatten().unwrap_or(peer.ip());
        match address.to_canonical() {
            // One household has a whole /64: its addresses are one.
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            four => four,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(behind_proxy: bool) -> Gate {
        Gate::new(&Limits::default(), behind_proxy)
    }

    fn peer(address: &str) -> SocketAddr {
        SocketAddr::new(address.parse().unwrap(), 4711)
    }

    fn forwarded(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), value.parse().unwrap())])
    }

    fn admitted(gate: &Gate, peer: SocketAddr, headers: &HeaderMap, tries: usize) -> usize {
        (0..tries).filter(|_| gate.admit(peer, headers).is_ok()).count()
    }

    #[test]
    fn one_address_has_ten_tries_and_its_neighbour_has_its_own() {
        let gate = gate(false);
        assert_eq!(admitted(&gate, peer("192.0.2.1"), &HeaderMap::new(), 20), 10);
        assert_eq!(admitted(&gate, peer("192.0.2.2"), &HeaderMap::new(), 1), 1);
        let told = gate.admit(peer("192.0.2.1"), &HeaderMap::new()).unwrap_err();
        assert!(
            (1..=7).contains(&told.0.retry_after.unwrap()),
            "six seconds bring one try"
        );
    }

    #[test]
    fn a_header_gives_no_further_tries_unless_a_proxy_wrote_it() {
        let direct = gate(false);
        assert_eq!(admitted(&direct, peer("192.0.2.1"), &forwarded("198.51.100.1"), 10), 10);
        assert!(direct.admit(peer("192.0.2.1"), &forwarded("198.51.100.2")).is_err());
        let proxied = gate(true);
        assert_eq!(
            admitted(&proxied, peer("127.0.0.1"), &forwarded("203.0.113.9, 198.51.100.1"), 10),
            10
        );
        assert!(
            proxied
                .admit(peer("127.0.0.1"), &forwarded("203.0.113.10, 198.51.100.1"))
                .is_err(),
            "only the last address is the proxy's word"
        );
        assert!(proxied.admit(peer("127.0.0.1"), &forwarded("198.51.100.2")).is_ok());
    }

    #[test]
    fn a_whole_network_of_version_six_is_one_address() {
        let gate = gate(false);
        assert_eq!(admitted(&gate, peer("2001:db8::1"), &HeaderMap::new(), 10), 10);
        assert!(gate.admit(peer("2001:db8::ffff"), &HeaderMap::new()).is_err());
    }

    #[test]
    fn many_addresses_share_one_limit_and_bounded_memory() {
        let gate = gate(false);
        let admitted = (0..11_000_u32)
            .filter(|n| {
                gate.admit(SocketAddr::new(IpAddr::V4((*n + 1).into()), 1), &HeaderMap::new())
                    .is_ok()
            })
            .count();
        assert!(
            (120..200).contains(&admitted),
            "120 and what the passing seconds bring, not {admitted}"
        );
        assert!(gate.by_address.len() <= MAX_ADDRESSES);
    }
}
