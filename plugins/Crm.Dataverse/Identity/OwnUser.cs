using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Identity;

/// <summary>Who we are in the organisation: by it, our own writes are told from others'.</summary>
internal sealed class OwnUser(DataverseWire wire)
{
    private volatile object? _id;

    /// <summary>Asks, where it is not known yet.</summary>
    /// <exception cref="ServiceException">There is no answer.</exception>
    public async Task<Guid> IdAsync(CancellationToken cancellation)
    {
        return _id is Guid known ? known : await AskAsync(cancellation);
    }

    /// <summary>Asks in any case.</summary>
    /// <exception cref="ServiceException">There is no answer.</exception>
    public async Task<Guid> AskAsync(CancellationToken cancellation)
    {
        var reply = await wire.ReadAsync(ServiceRequest.Get("WhoAmI"), cancellation);
        var id = Values.IdOf(reply.Json(), "UserId") ?? throw new ServiceException("WhoAmI named no user: is this the address of a Dataverse environment?");
        _id = id;
        return id;
    }

    /// <summary>True where the user is known to be us.</summary>
    public bool IsOwn(Guid? user) => user is { } other && _id is Guid own && own == other;
}
