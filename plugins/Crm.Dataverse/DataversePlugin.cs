using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse;

/// <summary>People, timelines and cases of Dataverse (Dynamics 365) by its Web API: the entry that <c>plugin.json</c> names.</summary>
public sealed class DataversePlugin : IPlugin<DataverseSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, DataverseSettings settings)
    {
        var access = Access.Read(settings, out _);
        // The service lives in real time, also where the context's clock is sped up: tokens, waits and limits are reckoned by it.
        return new DataverseConnector(context, settings, access, Credentials.Of(access), TimeProvider.System);
    }
}
