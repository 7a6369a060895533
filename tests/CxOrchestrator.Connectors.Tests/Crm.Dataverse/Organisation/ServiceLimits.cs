namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>The service protection limits of one user on one web server; what came over them is remembered.</summary>
internal sealed class ServiceLimits(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _requests = new();
    private int _atOnce;

    public int RequestsPerWindow { get; set; } = 6000;

    public int AtOnce { get; set; } = 52;

    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(9);

    /// <summary>Most requests that came within any window of five minutes.</summary>
    public int MostInWindow { get; private set; }

    public int MostAtOnce { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Counts a request as it comes; the answer where it is one too many.</summary>
    public OrganisationAnswer? Enter()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_requests.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromMinutes(5))
                _requests.Dequeue();
            _requests.Enqueue(now);
            MostInWindow = Math.Max(MostInWindow, _requests.Count);
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            if (_atOnce > AtOnce)
                return Limit("0x80072326", $"Number of concurrent requests exceeded the limit of {AtOnce}.");
            return _requests.Count > RequestsPerWindow
                ? Limit("0x80072322", $"Number of requests exceeded the limit of {RequestsPerWindow} over time window of 300 seconds.")
                : null;
        }
    }

    public void Leave()
    {
        lock (_gate)
            _atOnce--;
    }

    public OrganisationAnswer Limit(string code, string message)
    {
        Refused++;
        return OrganisationAnswer.Error(429, code, message).With("Retry-After", FormattableString.Invariant($"{(int)RetryAfter.TotalSeconds}"));
    }
}
