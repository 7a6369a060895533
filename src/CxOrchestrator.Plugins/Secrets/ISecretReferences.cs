using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>Turns what stands in the settings for a secret into the secret.</summary>
internal interface ISecretReferences
{
    /// <summary>The secret, or the fault that keeps it from being had. A fault never has the value in it, nor a text that is no reference.</summary>
    (Secret? Secret, string? Fault) Resolve(string reference);
}
