using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.EmailGraph.Identity;

/// <summary>Makes what signs in. Nothing is read or called before the first token is asked for.</summary>
internal static class Credentials
{
    private static readonly Uri[] Known = [AzureAuthorityHosts.AzurePublicCloud, AzureAuthorityHosts.AzureChina, AzureAuthorityHosts.AzureGovernment];

    /// <summary>The credential that the settings describe.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="transport">How the authority is reached; null for the network.</param>
    public static Lazy<TokenCredential> Of(GraphSettings settings, HttpPipelineTransport? transport = null) =>
        // One that could not be made, because its file was not there, is tried again with the next call.
        new(() => Make(settings, transport), LazyThreadSafetyMode.PublicationOnly);

    private static TokenCredential Make(GraphSettings settings, HttpPipelineTransport? transport) => settings.Auth switch
    {
        GraphAuth.ClientSecret => new ClientSecretCredential(
            settings.TenantId,
            settings.ClientId,
            settings.ClientSecret!.Reveal(),
            With(new ClientSecretCredentialOptions { DisableInstanceDiscovery = !Known.Contains(settings.AuthorityHost) }, settings, transport)),
        GraphAuth.Certificate => new ClientCertificateCredential(
            settings.TenantId,
            settings.ClientId,
            Certificate(settings),
            With(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = !Known.Contains(settings.AuthorityHost) }, settings, transport)),
        _ => new ManagedIdentityCredential(With(
            new ManagedIdentityCredentialOptions(
                string.IsNullOrEmpty(settings.ClientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(settings.ClientId)),
            settings,
            transport)),
    };

    private static T With<T>(T options, GraphSettings settings, HttpPipelineTransport? transport)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = settings.AuthorityHost;
        // The host retries; a credential that does so too would multiply the tries.
        options.Retry.MaxRetries = 0;
        if (transport is not null)
            options.Transport = transport;
        return options;
    }

    private static X509Certificate2 Certificate(GraphSettings settings)
    {
        try
        {
            return settings.CertificateFile!.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(settings.CertificateFile)
                : X509CertificateLoader.LoadPkcs12FromFile(settings.CertificateFile, settings.CertificatePassword?.Reveal());
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ServiceException("the certificate can't be read: check CertificateFile, CertificatePassword and the file's permissions");
        }
    }
}
