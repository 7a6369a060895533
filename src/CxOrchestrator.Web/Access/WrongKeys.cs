using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.Web.Access;

/// <summary>
/// Slows guessing down: an address (an IPv6 network of 64 bits) that showed <see cref="Allowed"/> wrong keys within a minute has none checked for the
/// rest of that minute, the right one neither, since an answer to it would be what guessing is after.
/// </summary>
internal sealed class WrongKeys(TimeProvider machine)
{
    /// <summary>Wrong keys an address may show in a minute.</summary>
    public const int Allowed = 20;

    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, (DateTimeOffset Until, int Count)> _seen = [];

    /// <summary>How long an address must wait, or null where its key may be checked.</summary>
    public TimeSpan? WaitFor(IPAddress? address)
    {
        lock (_gate)
        {
            return _seen.TryGetValue(Network(address), out var seen) && seen.Count >= Allowed && seen.Until > machine.GetUtcNow()
                ? seen.Until - machine.GetUtcNow()
                : null;
        }
    }

    /// <summary>Counts a wrong key.</summary>
    public void Count(IPAddress? address)
    {
        var now = machine.GetUtcNow();
        lock (_gate)
        {
            if (_seen.Count >= MostAddresses)
                Forget(now);
            var network = Network(address);
            _seen[network] = _seen.TryGetValue(network, out var seen) && seen.Until > now ? (seen.Until, seen.Count + 1) : (now + Window, 1);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var past in _seen.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToList())
            _seen.Remove(past);
        // So many at once is an attack from many networks: what counts then is that the memory stays bounded.
        if (_seen.Count >= MostAddresses)
            _seen.Clear();
    }

    private static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
