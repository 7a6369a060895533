using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>Reads secrets from Azure Key Vault as the identity that this machine has: nothing secret stands in the settings for it.</summary>
/// <param name="credential">Who asks.</param>
/// <param name="transport">How requests travel; null for Azure's own way.</param>
internal sealed class KeyVaultSecrets(Func<TokenCredential> credential, HttpPipelineTransport? transport = null)
{
    // Together shorter than the 30 seconds that a connection has to read its settings, so that the reason told is the real one.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Lazy<TokenCredential> _credential = new(credential);

    /// <summary>As this machine's identity; nothing is asked until a reference needs it.</summary>
    public static KeyVaultSecrets OfThisMachine { get; } = new(() => new DefaultAzureCredential(new DefaultAzureCredentialOptions
    {
        // A service: environment, workload and managed identity; and az for an admin who tries a connection by hand.
        ExcludeAzureDeveloperCliCredential = true,
        ExcludeAzurePowerShellCredential = true,
        ExcludeInteractiveBrowserCredential = true,
        ExcludeVisualStudioCredential = true,
    }));

    /// <summary>The secret at an address, or the fault with what to do.</summary>
    public (Secret? Secret, string? Fault) Find(string text)
    {
        var (address, malformed) = KeyVaultAddress.Read(text);
        if (address is null)
            return (null, malformed);
        var where = $"the secret {address.Name} of {address.Vault.Host}";
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        try
        {
            var answer = new SecretClient(address.Vault, _credential.Value, Options()).GetSecret(address.Name, address.Version, cancellationToken: limit.Token);
            return answer.Value.Value is { Length: > 0 } value ? (new Secret(value), null) : (null, $"{where} is empty");
        }
        catch (RequestFailedException refused)
        {
            return (null, $"{where} can't be had: {WhatToDo(refused.Status)}");
        }
        catch (AuthenticationFailedException)
        {
            return (null, $"{where} can't be had, since this machine has no Azure identity that works: give it a managed identity, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET");
        }
        catch (Exception unreachable) when (unreachable is AggregateException or HttpRequestException or OperationCanceledException)
        {
            // Azure's client gives up after its repetitions with all their failures together.
            return (null, $"{where} can't be had: {WhatToDo(0)}");
        }
        catch (InvalidOperationException stranger)
        {
            return (null, $"{where} can't be had: what answered is no vault ({stranger.GetType().Name}); see who answers at https://{address.Vault.Host}");
        }
    }

    // Never the service's own text: it may repeat what it was asked.
    private static string WhatToDo(int status) => status switch
    {
        401 => "the vault does not know this machine's identity (401): see that it is of the vault's own tenant",
        403 => "this machine's identity may not read it (403): give it the role Key Vault Secrets User on the vault, and see that the vault's firewall lets it in",
        404 => "there is none of this name (404), or it was deleted or disabled: see the vault's list",
        429 => "the vault has had too many questions (429): start again later",
        0 => "the vault can't be reached: see its name, and whether this machine reaches it",
        _ => $"the vault answered {status}: start again later",
    };

    private SecretClientOptions Options()
    {
        var options = new SecretClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = AttemptLimit;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        if (transport is not null)
            options.Transport = transport;
        return options;
    }
}
