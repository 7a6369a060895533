using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Finds a secret by the reference that stands in the settings: <c>env:NAME</c>, <c>file:PATH</c>, <c>user-secrets:KEY</c> or
/// <c>keyvault:https://VAULT.vault.azure.net/secrets/NAME</c>. The value itself is never accepted there, since settings are
/// copied, shown and committed.
/// </summary>
internal sealed class SecretReference(Func<string, string?> environment, KeyVaultSecrets vault) : ISecretReferences
{
    private readonly UserSecrets _userSecrets = new(environment);

    /// <summary>References as this machine and its Azure identity resolve them.</summary>
    public SecretReference(Func<string, string?> environment)
        : this(environment, KeyVaultSecrets.OfThisMachine)
    {
    }

    /// <inheritdoc/>
    public (Secret? Secret, string? Fault) Resolve(string reference) => ReferenceForm.Split(reference) switch
    {
        (ReferenceKind.Environment, var name) => FromEnvironment(name),
        (ReferenceKind.File, var path) => FromFile(path),
        (ReferenceKind.UserSecrets, var key) => _userSecrets.Find(key),
        (ReferenceKind.KeyVault, var address) => vault.Find(address),
        _ => (null, ReferenceForm.NoReference),
    };

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
