using System.Net;
using System.Net.Sockets;

namespace BatchRunner.Downloads;

/// <summary>
/// Tells the internet from the networks behind us: an output's URL is the server's word and must not make us ask our own
/// machines.
/// </summary>
static class PublicNetwork
{
    static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),
    ];

    static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    // Tunnels that carry an IPv4 address inside, and documentation.
    static readonly IPNetwork[] NotGlobal =
    [
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    public static bool Contains(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => Contains(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !Array.Exists(Reserved, network => network.Contains(address)),
        _ when Translated.Contains(address) => Contains(new IPAddress(address.GetAddressBytes().AsSpan(12))),
        _ => Global.Contains(address) && !Array.Exists(NotGlobal, network => network.Contains(address)),
    };
}
