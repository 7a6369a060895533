namespace CxOrchestrator.EndToEnd.Tests.Running;

/// <summary>A shop whose mail stays in the sandbox, where it is a Monday noon and time goes by as it does.</summary>
internal static class PlainShop
{
    /// <summary>Customers' time at which it begins: by day, outside quiet hours, in every zone from São Paulo to Shanghai.</summary>
    public static DateTimeOffset Begins { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A shop that is not yet running.</summary>
    public static Shop New() => new(null, Begins, speed: 1);
}
