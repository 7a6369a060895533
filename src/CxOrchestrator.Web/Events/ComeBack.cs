using System.Globalization;
using CxOrchestrator.Core;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Events;

/// <summary>
/// Those who are told to come back later, because there is no room or the store is out of order. Under load that are thousands a second, so the log has a
/// line every <see cref="BetweenLines"/> with how many there were.
/// </summary>
internal sealed class ComeBack(Clocks clocks, ILogger<ComeBack> log)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _quietUntil = DateTimeOffset.MinValue;
    private long _full;
    private long _away;

    /// <summary>The shortest time between two lines.</summary>
    public static TimeSpan BetweenLines => TimeSpan.FromSeconds(10);

    /// <summary>One was told so for want of room.</summary>
    public void Full() => Count(ref _full, null);

    /// <summary>One was told so because the store couldn't take what came.</summary>
    public void StoreAway(StoreFaultException fault) => Count(ref _away, fault);

    /// <summary><c>Retry-After</c>, in whole seconds.</summary>
    public static void After(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private void Count(ref long count, StoreFaultException? fault)
    {
        long full, away;
        lock (_gate)
        {
            count++;
            var now = clocks.MachineNow;
            if (now < _quietUntil)
                return;
            _quietUntil = now + BetweenLines;
            (full, away) = (_full, _away);
            (_full, _away) = (0, 0);
        }

        if (full > 0)
            log.LogWarning("The intake is full: {Count} requests were told to come back (Events:MaxWaiting, Events:MaxWaitingBytes)", full);
        if (away > 0)
            log.LogError("The store is out of order: {Count} requests were told to come back. {Fault}", away, fault?.Message);
    }
}
