using CxOrchestrator.Web.Access;

namespace CxOrchestrator.Web.Settings;

/// <summary>Settings of the pages and the API, checked; the root <c>appsettings.json</c> says what each means.</summary>
public sealed record WebSettings
{
    /// <summary><c>Web:Listen</c>.</summary>
    public required Uri Listen { get; init; }

    /// <summary><c>Access:TrustLoopback</c>.</summary>
    public bool TrustLoopback { get; init; } = true;

    /// <summary><c>Access:People</c>.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary><c>Events:Sources</c>.</summary>
    public IReadOnlyList<EventSource> Sources { get; init; } = [];

    /// <summary><c>Events:MaxBytes</c>. 1,024 to 104,857,600.</summary>
    public int MaxEventBytes { get; init; } = 1_048_576;

    /// <summary><c>Events:MaxWaiting</c>, of posted events and of calls of services each. 1 to 1,000,000.</summary>
    public int MaxWaiting { get; init; } = 2_000;

    /// <summary><c>Events:MaxWaitingBytes</c>, of posted events and of calls of services each; never less than one body of the largest size.</summary>
    public long MaxWaitingBytes { get; init; } = 33_554_432;

    /// <summary><c>Web:MaxHookBytes</c>. 1,024 to 104,857,600.</summary>
    public int MaxHookBytes { get; init; } = 1_048_576;

    /// <summary><c>Surveys:ConfirmWithin</c>, in machine time. 0 to 60 s.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromSeconds(1.5);
}

/// <summary>Somebody who may see customer data.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Role">What they may see.</param>
/// <param name="KeyHash">SHA-256 of their key; the key itself is not kept.</param>
public sealed record Person(string Name, Role Role, byte[] KeyHash);

/// <summary>Somebody who may post events.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="KeyHash">SHA-256 of the key; the key itself is not kept.</param>
public sealed record EventSource(string Name, byte[] KeyHash);
