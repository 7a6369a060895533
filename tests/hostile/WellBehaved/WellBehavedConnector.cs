using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;
using PrivateWords;

namespace WellBehaved;

/// <summary>Takes every message, and says in the receipt who it is and how many it has taken. Whose greeting is "mute" offers no messages.</summary>
internal sealed class WellBehavedConnector(ConnectionContext context, WellBehavedSettings settings) : IConnector, ISmsSender, IHealthProbe
{
    private int _taken;

    /// <inheritdoc/>
    public IReadOnlyList<Capability>? Offers => settings.Greeting == "mute" ? [Capability.HealthProbe, Capability.EmailSender] : null;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        context.Log.LogInformation("Signing in with {Key}", settings.ApiKey?.Reveal());
        var taken = Interlocked.Increment(ref _taken);
        return Task.FromResult(SendResult.Accepted($"{context.Connection}: {settings.Greeting}, {Greeting.Text}, {taken}"));
    }

    /// <inheritdoc/>
    public Task<HealthReport> ProbeAsync(CancellationToken cancellation) => Task.FromResult(new HealthReport(true, "fine"));
}
