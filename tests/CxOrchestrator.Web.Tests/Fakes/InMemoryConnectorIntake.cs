using CxOrchestrator.Core.Events;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>Takes in what connections tell, once each by id.</summary>
internal sealed class InMemoryConnectorIntake : IConnectorIntake
{
    private readonly Lock _gate = new();

    public Dictionary<(string Connection, string Id), ConnectorEvent> Stored { get; } = [];

    /// <summary>The reply waits for this: the commit.</summary>
    public Task Commit { get; set; } = Task.CompletedTask;

    public async Task<IReadOnlyList<IntakeResult>> AcceptAsync(string connection, IReadOnlyList<ConnectorEvent> told, CancellationToken cancellation)
    {
        await Commit;
        lock (_gate)
        {
            return [.. told.Select(one => one.Type.Length == 0
                ? new IntakeResult(IntakeOutcome.Refused, "type is missing")
                : new IntakeResult(Stored.TryAdd((connection, one.Id), one) ? IntakeOutcome.Stored : IntakeOutcome.Duplicate))];
        }
    }
}
