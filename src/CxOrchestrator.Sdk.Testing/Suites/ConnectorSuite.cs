using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>
/// What every connector promises, whatever it can do. A suite for a capability builds on it; a connector passes it by a class that
/// overrides <see cref="ConnectAsync"/> and the few members that let the suite look at the service's side.
/// </summary>
/// <typeparam name="TCapability">The capability's interface.</typeparam>
public abstract class ConnectorSuite<TCapability> : IAsyncLifetime
    where TCapability : class
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxo-suite-");
    private IConnector? _connector;

    /// <summary>What the connector logs.</summary>
    protected RecordingLog Log { get; } = new();

    /// <summary>The clock that the connector is lent. Default: the real one.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Words that must not show anywhere: passwords, tokens.</summary>
    protected virtual IReadOnlyList<string> Secrets => [];

    /// <summary>The connector under test.</summary>
    protected IConnector Connector => _connector ?? throw new InvalidOperationException("The connector is made before each fact.");

    /// <summary>The connector as what the suite is about.</summary>
    protected TCapability Subject => Assert.IsAssignableFrom<TCapability>(Connector);

    /// <summary>What is lent to the connector under test.</summary>
    protected ConnectionContext Context => new("under-test", _folder.FullName, Time, Log);

    /// <summary>Makes the connector, with its service up and empty.</summary>
    protected abstract Task<IConnector> ConnectAsync(ConnectionContext context);

    /// <summary>Makes a connector of the same kind whose service can't be reached, with the same secrets.</summary>
    protected abstract Task<IConnector> ConnectToNothingAsync(ConnectionContext context);

    /// <inheritdoc/>
    public async Task InitializeAsync() => _connector = await ConnectAsync(Context);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Connector.DisposeAsync();
        await StopServiceAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Ends whatever <see cref="ConnectAsync"/> started. Default: nothing.</summary>
    protected virtual Task StopServiceAsync() => Task.CompletedTask;

    /// <summary>Calls the connector that reaches nothing, and sees that no secret shows.</summary>
    protected async Task<TResult> WithoutServiceAsync<TResult>(Func<TCapability, Task<TResult>> call)
    {
        var folder = Directory.CreateTempSubdirectory("cxo-suite-");
        try
        {
            await using var connector = await ConnectToNothingAsync(Context with { DataFolder = folder.FullName });
            var result = await call(Assert.IsAssignableFrom<TCapability>(connector));
            AssertNoSecretIn(result?.ToString());
            AssertNoSecretIn(Log.Text);
            return result;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Fails where a secret shows in a text.</summary>
    protected void AssertNoSecretIn(string? text)
    {
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, text ?? "", StringComparison.Ordinal);
        }
    }

    /// <summary>The capability can be found from the connector's type, as the host does it.</summary>
    [Fact]
    public void The_capability_is_found_from_the_connectors_type() =>
        Assert.Contains(Capabilities.Of(Connector.GetType()), capability => Capabilities.InterfaceOf(capability) == typeof(TCapability));

    /// <summary>Disposal can be repeated.</summary>
    [Fact]
    public async Task Disposing_twice_is_as_good_as_once()
    {
        await Connector.DisposeAsync();
        await Connector.DisposeAsync();
    }

    /// <summary>Nothing that a debugger or a log would print of the connector is secret.</summary>
    [Fact]
    public void The_connector_prints_no_secret() => AssertNoSecretIn(Connector.ToString());
}
