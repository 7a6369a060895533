using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Sdk.Testing.Faults;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>The stand-in's faults. What is refused is the write: a connector that can't even ask who it is has an outage.</summary>
internal sealed class OrganisationFaults(DataverseOrganisation organisation) : IServiceFaults
{
    private readonly HttpServiceFaults _any = new(organisation.Server);
    private readonly HttpServiceFaults _writes = new(organisation.Server) { Where = request => request.Method != "GET" };
    private HttpServiceFaults? _on;

    public bool OnlyReads { get; init; }

    public TimeSpan? Wait => _any.Wait;

    public void Begin(ServiceFault fault, int passing = 0)
    {
        _on = fault == ServiceFault.Refused && !OnlyReads ? _writes : _any;
        _on.Begin(fault, passing);
    }

    public bool End()
    {
        var met = _on!.End();
        // By then, the time that the service asked for has passed.
        organisation.Clock.Advance(TimeSpan.FromMinutes(1));
        return met;
    }

    public Task MetAsync() => _on!.MetAsync();
}
