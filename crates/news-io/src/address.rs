//! Which addresses belong to the public internet.
//!
//! An IPv6 address can carry an IPv4 address in it, and a gateway then reaches that one. So every
//! embedded IPv4 address is taken out and has to be public too.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// IPv4 ranges that are not global unicast: IANA's special-purpose registry, multicast, reserved.
const SPECIAL_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // carrier-grade NAT
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local, cloud metadata
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 31, 196, 0], 24), // AS112
    ([192, 52, 193, 0], 24), // AMT
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 3),     // multicast, reserved, broadcast
];

/// Ranges inside 2000::/3 that are not global unicast. 2002::/16 and Teredo are judged by the IPv4
/// addresses in them.
const SPECIAL_V6: [([u16; 8], u32); 5] = [
    ([0x2001, 2, 0, 0, 0, 0, 0, 0], 48),     // benchmarks
    ([0x2001, 0x10, 0, 0, 0, 0, 0, 0], 28),  // ORCHID
    ([0x2001, 0x20, 0, 0, 0, 0, 0, 0], 28),  // ORCHIDv2
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),     // documentation
];

/// Whether an address is global unicast, whatever IPv4 address it carries included.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match carrier(v6) {
            Some(inner) => inner.into_iter().all(is_public_v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let inside = |&(range, bits): &([u8; 4], u32)| {
        address.to_bits() >> (32 - bits) == Ipv4Addr::from(range).to_bits() >> (32 - bits)
    };
    !SPECIAL_V4.iter().any(inside)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let inside = |&(range, bits): &([u16; 8], u32)| {
        address.to_bits() >> (128 - bits) == Ipv6Addr::from(range).to_bits() >> (128 - bits)
    };
    address.segments()[0] >> 13 == 1 && !SPECIAL_V6.iter().any(inside)
}

/// The IPv4 addresses that an IPv6 address of a transition technique carries; `None` for a native
/// one.
fn carrier(address: Ipv6Addr) -> Option<Vec<Ipv4Addr>> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    let [.., high, low] = address.segments();
    match address.segments() {
        // Mapped (::ffff:a.b.c.d), compatible (::a.b.c.d, with :: and ::1), translated (SIIT);
        // NAT64, well-known and local prefix.
        [0, 0, 0, 0, 0, 0 | 0xffff, ..]
        | [0, 0, 0, 0, 0xffff, 0, ..]
        | [0x64, 0xff9b, 0, 0, 0, 0, ..]
        | [0x64, 0xff9b, 1, ..] => Some(vec![v4(high, low)]),
        // 6to4.
        [0x2002, first, second, ..] => Some(vec![v4(first, second)]),
        // Teredo: the server, and the client with its bits turned over.
        [0x2001, 0, first, second, ..] => Some(vec![v4(first, second), v4(!high, !low)]),
        // ISATAP: a native prefix, an IPv4 address as interface.
        [.., 0 | 0x200, 0x5efe, _, _] => {
            let native = is_public_v6(address);
            Some(vec![if native { v4(high, low) } else { Ipv4Addr::UNSPECIFIED }])
        }
        _ => None,
    }
}

/// What may be fetched.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Addresses that may be fetched though they are not public, at any port.
    pub exceptions: Vec<IpAddr>,
    /// Any address may be fetched: for a person who names it. Default `false`.
    pub any_address: bool,
    /// Any port may be asked, not only 80 and 443. Default `false`.
    pub any_port: bool,
}

impl Policy {
    /// Whether a connection to `address` is allowed.
    #[must_use]
    pub fn allows(&self, address: SocketAddr) -> bool {
        let is_web = matches!(address.port(), 80 | 443);
        let by_rule = (self.any_port || is_web) && (self.any_address || is_public(address.ip()));
        by_rule || self.exceptions.contains(&address.ip())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_global_unicast_is_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "2001:db8::1",
            "2001:2::1",
            "3fff::1",
            "5f00::1",
            "4000::1",
            // Private addresses in every disguise.
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::10.0.0.1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001:0:808:808::f5ff:fffe",
            "2001:0:a00:1::f7f7:f7f7",
            "2a00:1450::5efe:10.0.0.1",
            "fe80::200:5efe:8.8.8.8",
        ] {
            assert!(!is_public(address.parse().expect(address)), "{address}");
        }
        for address in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2a00:1450:4001:81b::200e",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2001:0:808:808::f7f7:f7f7",
        ] {
            assert!(is_public(address.parse().expect(address)), "{address}");
        }
    }

    #[test]
    fn ports_and_exceptions() {
        let policy = Policy { exceptions: vec![[127, 0, 0, 2].into()], ..Policy::default() };
        for (address, allowed) in [
            ("8.8.8.8:443", true),
            ("8.8.8.8:22", false),
            ("127.0.0.1:80", false),
            ("127.0.0.2:9000", true),
            ("[::ffff:127.0.0.2]:80", false),
        ] {
            assert_eq!(policy.allows(address.parse().expect(address)), allowed, "{address}");
        }
    }
}
