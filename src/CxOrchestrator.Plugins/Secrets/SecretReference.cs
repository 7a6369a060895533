using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Finds a secret by the reference that stands in the settings: <c>env:NAME</c> or <c>file:PATH</c>. The value itself is never
/// accepted there, since settings are copied, shown and committed.
/// </summary>
internal sealed class SecretReference(Func<string, string?> environment)
{
    private const string HowTo = "put it in an environment variable or a file and write \"env:NAME\" or \"file:PATH\" here";

    /// <summary>The secret, or the fault that keeps it from being found. A fault never has the value in it.</summary>
    public (Secret? Secret, string? Fault) Resolve(string reference)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal) && reference.Length > "env:".Length)
            return FromEnvironment(reference["env:".Length..]);
        if (reference.StartsWith("file:", StringComparison.Ordinal) && reference.Length > "file:".Length)
            return FromFile(reference["file:".Length..]);
        return (null, $"a secret may not stand in the settings themselves: {HowTo}");
    }

    private (Secret? Secret, string? Fault) FromEnvironment(string name)
    {
        var value = environment(name);
        return string.IsNullOrEmpty(value)
            ? (null, $"the environment variable {name} is not set: set it where this service starts")
            : (new Secret(value), null);
    }

    private static (Secret? Secret, string? Fault) FromFile(string path)
    {
        try
        {
            // Editors end a file with a line break, which is no part of the secret.
            var value = File.ReadAllText(path).TrimEnd('\r', '\n');
            return value.Length == 0 ? (null, $"the file {path} is empty") : (new Secret(value), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"the file {path} can't be read ({unreadable.GetType().Name}): it must exist and be readable by this service");
        }
    }
}
