using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Takes every well-formed reference without looking behind it: settings are written in a shell that has another environment
/// than the service, and are to be checked there all the same.
/// </summary>
internal sealed class UnopenedReferences : ISecretReferences
{
    /// <inheritdoc/>
    public (Secret? Secret, string? Fault) Resolve(string reference) =>
        ReferenceForm.FaultOf(reference) is { } fault ? (null, fault) : (new Secret(reference), null);
}
