using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox;

/// <summary>CRM, helpdesk, SMS and e-mail in files on this machine: the entry that <c>plugin.json</c> names.</summary>
public sealed class SandboxPlugin : IPlugin<SandboxSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, SandboxSettings settings) => new SandboxConnector(context, settings);
}
