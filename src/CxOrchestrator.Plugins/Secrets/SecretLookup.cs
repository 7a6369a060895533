using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>Finds the host's own secrets in the same way as those of connections.</summary>
public static class SecretLookup
{
    /// <summary>
    /// The secret behind a reference (<see cref="ReferenceForm.Forms"/>), or the fault that keeps it from being had. A fault never holds the value, nor a
    /// text that is no reference.
    /// </summary>
    public static (Secret? Secret, string? Fault) Find(string reference) =>
        new SecretReference(Environment.GetEnvironmentVariable).Resolve(reference);
}
