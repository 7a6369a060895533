namespace CxOrchestrator.Plugins.Secrets;

/// <summary>What a reference to a secret looks like.</summary>
public static class ReferenceForm
{
    /// <summary>What may be written, for a prompt.</summary>
    public const string Forms = "env:NAME, file:PATH, user-secrets:KEY or keyvault:https://VAULT.vault.azure.net/secrets/NAME";

    /// <summary>The fault of a text that is no reference; it doesn't repeat the text, which may be the secret itself.</summary>
    internal const string NoReference =
        "a secret may not stand in the settings themselves: put it in an environment variable or a file and write \"env:NAME\" or \"file:PATH\" "
        + "here (\"user-secrets:KEY\" and \"keyvault:https://VAULT.vault.azure.net/secrets/NAME\" are understood, too)";

    private static readonly (string Prefix, ReferenceKind Kind)[] Prefixes =
    [
        ("env:", ReferenceKind.Environment), ("file:", ReferenceKind.File), ("user-secrets:", ReferenceKind.UserSecrets), ("keyvault:", ReferenceKind.KeyVault),
    ];

    /// <summary>What is wrong with a text as a reference; null where it is one, whether or not there is anything behind it.</summary>
    public static string? FaultOf(string text) => Split(text) switch
    {
        (ReferenceKind.None, _) => NoReference,
        (ReferenceKind.KeyVault, var address) => KeyVaultAddress.Read(address).Fault,
        _ => null,
    };

    /// <summary>The kind of a reference, and what stands behind its colon.</summary>
    internal static (ReferenceKind Kind, string Behind) Split(string text)
    {
        foreach (var (prefix, kind) in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length)
                return (kind, text[prefix.Length..]);
        }

        return (ReferenceKind.None, "");
    }
}

/// <summary>Where a reference leads.</summary>
internal enum ReferenceKind
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A file.</summary>
    File,

    /// <summary>.NET's user secrets.</summary>
    UserSecrets,

    /// <summary>Azure Key Vault.</summary>
    KeyVault,
}
