using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>The address of a secret in Azure Key Vault.</summary>
/// <param name="Vault">The vault.</param>
/// <param name="Name">The secret's name.</param>
/// <param name="Version">Its version; null for the newest.</param>
internal sealed partial record KeyVaultAddress(Uri Vault, string Name, string? Version)
{
    // Azure's clouds. Elsewhere nobody gets to see a token of ours, whatever stands in the settings.
    private static readonly string[] Clouds = [".vault.azure.net", ".vault.azure.cn", ".vault.usgovcloudapi.net"];

    /// <summary>Reads an address strictly.</summary>
    public static (KeyVaultAddress? Address, string? Fault) Read(string text)
    {
        const string Expected = "after keyvault: stands an address such as https://VAULT.vault.azure.net/secrets/NAME, with /VERSION where it must be that one";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || !address.IsDefaultPort)
            return (null, Expected);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return (null, Expected);
        var cloud = Array.Find(Clouds, cloud => address.Host.EndsWith(cloud, StringComparison.OrdinalIgnoreCase));
        var path = Form().Match(address.AbsolutePath);
        if (cloud is null || address.Host[..^cloud.Length].Contains('.', StringComparison.Ordinal) || address.Host.Length == cloud.Length || !path.Success)
            return (null, Expected);
        var version = path.Groups["version"] is { Success: true } given ? given.Value : null;
        return (new KeyVaultAddress(new Uri($"https://{address.Host}/"), path.Groups["name"].Value, version), null);
    }

    [GeneratedRegex(@"^/secrets/(?<name>[0-9A-Za-z-]{1,127})(/(?<version>[0-9a-fA-F]{32}))?/?\z")]
    private static partial Regex Form();
}
