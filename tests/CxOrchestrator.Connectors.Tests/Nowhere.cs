using CxOrchestrator.Connectors.Tests.Email.Smtp;

namespace CxOrchestrator.Connectors.Tests;

/// <summary>An address at which nobody listens, and nobody will to the end of the run.</summary>
internal static class Nowhere
{
    private static readonly ClosedPort Port = new();

    public static Uri Url { get; } = new($"http://127.0.0.1:{Port.Number}/");
}
