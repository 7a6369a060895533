using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Settings with a secret and a word that go with the connector when it dies.</summary>
public sealed class DyingSettings
{
    /// <summary>The secret.</summary>
    [Required]
    public Secret? ApiKey { get; set; }

    /// <summary>Last words that anybody may hear.</summary>
    public string Words { get; set; } = "";
}

/// <summary>Is well until a file called <c>die</c> lies in its folder; then a thread of its own throws, which ends the process.</summary>
public sealed class DiesOnAThread : IPlugin<DyingSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, DyingSettings settings) => new Connector(context, settings);

    private sealed class Connector(ConnectionContext context, DyingSettings settings) : IConnector, IHealthProbe
    {
        public Task<HealthReport> ProbeAsync(CancellationToken cancellation)
        {
            if (File.Exists(Path.Combine(context.DataFolder, "die")))
                new Thread(Die).Start();
            return Task.FromResult(new HealthReport(true, settings.Words));
        }

        private void Die()
        {
            var key = settings.ApiKey!.Reveal();
            throw new InvalidOperationException($"{settings.Words}: the key {key} and {Uri.EscapeDataString(key)}", new IOException($"Bearer {key}"));
        }
    }
}
