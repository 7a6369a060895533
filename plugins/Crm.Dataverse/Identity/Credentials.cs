using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Identity;

/// <summary>Makes what signs in. Nothing is read or called before the first token is asked for.</summary>
internal static class Credentials
{
    /// <summary>The credential that the settings describe.</summary>
    /// <param name="access">Complete settings.</param>
    /// <param name="transport">How the authority is reached; null for the network.</param>
    public static TokenCredential Of(Access access, HttpPipelineTransport? transport = null) => access.Auth switch
    {
        DataverseAuth.ClientSecret => new LazyCredential(() => new ClientSecretCredential(
            access.TenantId, access.ClientId, access.ClientSecret!.Reveal(), With(new ClientSecretCredentialOptions(), access, transport))),
        DataverseAuth.Certificate => new LazyCredential(() => new ClientCertificateCredential(
            access.TenantId, access.ClientId, Certificate(access), With(new ClientCertificateCredentialOptions(), access, transport))),
        _ => new LazyCredential(() => new ManagedIdentityCredential(With(
            new ManagedIdentityCredentialOptions(
                access.ClientId.Length > 0 ? ManagedIdentityId.FromUserAssignedClientId(access.ClientId) : ManagedIdentityId.SystemAssigned),
            access,
            transport))),
    };

    private static T With<T>(T options, Access access, HttpPipelineTransport? transport)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = access.AuthorityHost;
        // The host retries; a credential that does so too would multiply the tries.
        options.Retry.MaxRetries = 0;
        if (transport is not null)
            options.Transport = transport;
        // An authority of one's own is not in Microsoft's list of them.
        if (options is ClientSecretCredentialOptions secret)
            secret.DisableInstanceDiscovery = !IsKnown(access.AuthorityHost);
        if (options is ClientCertificateCredentialOptions certificate)
            certificate.DisableInstanceDiscovery = !IsKnown(access.AuthorityHost);
        return options;
    }

    private static bool IsKnown(Uri host) =>
        host == AzureAuthorityHosts.AzurePublicCloud || host == AzureAuthorityHosts.AzureChina || host == AzureAuthorityHosts.AzureGovernment;

    private static X509Certificate2 Certificate(Access access)
    {
        try
        {
            if (access.CertificateFile.Length == 0)
                return FromStore(access);
            return access.CertificateFile.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(access.CertificateFile)
                : X509CertificateLoader.LoadPkcs12FromFile(access.CertificateFile, access.CertificatePassword?.Reveal());
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ServiceException("the certificate can't be read: check CertificateFile, CertificatePassword and the file's permissions");
        }
    }

    private static X509Certificate2 FromStore(Access access)
    {
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using var store = new X509Store(access.StoreName, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                continue;
            }

            if (store.Certificates.Find(X509FindType.FindByThumbprint, access.Thumbprint, validOnly: false).FirstOrDefault() is { } found)
                return found;
        }

        throw new ServiceException("the certificate is in neither the current user's store nor the machine's: check CertificateThumbprint and CertificateStoreName");
    }
}
