using System.Net;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Where a password or a token may go without TLS.</summary>
public static class PasswordRule
{
    private static readonly HashSet<string> LoopbackNames = new(["localhost", "127.0.0.1", "::1", "[::1]"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True where it may: to this very machine, or because the admin says so. It asks for the address that answered, because a name can lead anywhere.
    /// </summary>
    public static bool MayGoUnprotected(IPAddress? peer, bool allowed) =>
        allowed || (peer is not null && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer));

    /// <summary>True for a name that should lead to this machine; for checking settings before anything is connected.</summary>
    public static bool IsLoopback(string host) => LoopbackNames.Contains(host);
}
