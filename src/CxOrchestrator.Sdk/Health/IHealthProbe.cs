namespace CxOrchestrator.Sdk;

/// <summary>Says whether a connection works, without changing anything there.</summary>
public interface IHealthProbe
{
    /// <summary>Tries the connection.</summary>
    Task<HealthReport> ProbeAsync(CancellationToken cancellation);
}

/// <summary>What a probe found.</summary>
/// <param name="Healthy">True where the connection would do its work now.</param>
/// <param name="Text">What was found, safe to show.</param>
/// <param name="WhatToDo">What the admin should do, where it isn't healthy.</param>
public sealed record HealthReport(bool Healthy, string Text, string? WhatToDo = null);
