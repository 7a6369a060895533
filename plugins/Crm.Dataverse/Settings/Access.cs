using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>How the environment is reached and signed in to, from whichever settings say so.</summary>
internal sealed record Access
{
    /// <summary>The environment's address as it was given.</summary>
    public Uri Url { get; private init; } = new("https://localhost/");

    /// <summary>How to sign in.</summary>
    public DataverseAuth Auth { get; private init; }

    /// <summary>The Entra tenant.</summary>
    public string TenantId { get; private init; } = "";

    /// <summary>The app registration.</summary>
    public string ClientId { get; private init; } = "";

    /// <summary>Its secret.</summary>
    public Secret? ClientSecret { get; private init; }

    /// <summary>The certificate's thumbprint.</summary>
    public string Thumbprint { get; private init; } = "";

    /// <summary>The certificate's store.</summary>
    public string StoreName { get; private init; } = "My";

    /// <summary>The certificate's file.</summary>
    public string CertificateFile { get; private init; } = "";

    /// <summary>The file's password.</summary>
    public Secret? CertificatePassword { get; private init; }

    /// <summary>Where tokens come from.</summary>
    public required Uri AuthorityHost { get; init; }

    /// <summary>What a token is asked for: the environment's address without its last slash, and <c>/.default</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Where the Web API begins; its last slash keeps the version when a path is added.</summary>
    public Uri ApiUrl => new($"{Url.AbsoluteUri.TrimEnd('/')}/api/data/v9.2/");

    /// <summary>Reads the settings; what is wrong with them is told all at once.</summary>
    public static Access Read(DataverseSettings settings, out IReadOnlyList<ValidationResult> faults)
    {
        var found = new List<ValidationResult>();
        void Fault(string member, string text) => found.Add(new ValidationResult(text, [member]));
        var text = settings.ConnectionString is { IsEmpty: false } secret ? secret.Reveal() : null;
        var stringFaults = new List<string>();
        var values = text is null ? [] : ConnectionStringReading.Read(text, stringFaults);
        stringFaults.ForEach(fault => Fault(nameof(settings.ConnectionString), fault));
        if (text is not null)
            CheckTwice(settings, values, Fault);
        var auth = AuthOf(settings, values, Fault);
        var url = UrlOf(settings, values, Fault);
        var resource = settings.TokenResource ?? url;
        var access = new Access
        {
            Url = url,
            Auth = auth,
            TenantId = values.GetValueOrDefault("TenantId") ?? settings.TenantId ?? "",
            ClientId = values.GetValueOrDefault("ClientId") ?? settings.ClientId ?? "",
            ClientSecret = values.TryGetValue("ClientSecret", out var given) ? new Secret(given) : settings.ClientSecret,
            Thumbprint = values.GetValueOrDefault("Thumbprint") ?? settings.CertificateThumbprint ?? "",
            StoreName = values.GetValueOrDefault("StoreName") ?? settings.CertificateStoreName,
            CertificateFile = settings.CertificateFile ?? "",
            CertificatePassword = settings.CertificatePassword,
            AuthorityHost = settings.AuthorityHost,
            Scope = resource.GetLeftPart(UriPartial.Authority) + "/.default",
        };
        access.CheckComplete(Fault);
        faults = found;
        return access;
    }

    private static void CheckTwice(DataverseSettings settings, Dictionary<string, string> values, Action<string, string> fault)
    {
        (string Member, bool Set, string Key)[] both =
        [
            (nameof(settings.Url), settings.Url is not null, "Url"),
            (nameof(settings.TenantId), !string.IsNullOrEmpty(settings.TenantId), "TenantId"),
            (nameof(settings.ClientId), !string.IsNullOrEmpty(settings.ClientId), "ClientId"),
            (nameof(settings.ClientSecret), settings.ClientSecret is { IsEmpty: false }, "ClientSecret"),
            (nameof(settings.CertificateThumbprint), !string.IsNullOrEmpty(settings.CertificateThumbprint), "Thumbprint"),
        ];
        foreach (var (member, _, key) in both.Where(one => one.Set && values.ContainsKey(one.Key)))
            fault(member, $"is also in ConnectionString, as {key}: keep one of them");
    }

    private static DataverseAuth AuthOf(DataverseSettings settings, Dictionary<string, string> values, Action<string, string> fault)
    {
        if (!values.TryGetValue("AuthType", out var written))
        {
            if (settings.ConnectionString is { IsEmpty: false })
                fault(nameof(settings.ConnectionString), "has no AuthType: add AuthType=ClientSecret, Certificate or ManagedIdentity");
            return settings.AuthType;
        }

        // As the Dataverse client reads it: with regard to case, and no numbers.
        if (Enum.GetNames<DataverseAuth>().Contains(written, StringComparer.Ordinal))
            return Enum.Parse<DataverseAuth>(written);
        var why = written is "AD" or "OAuth" or "ExternalTokenManagement" ? "which signs in a person or needs code" : "which is unknown";
        fault(nameof(settings.ConnectionString), $"has an AuthType {why}: use ClientSecret, Certificate or ManagedIdentity, spelt like this");
        return settings.AuthType;
    }

    private static Uri UrlOf(DataverseSettings settings, Dictionary<string, string> values, Action<string, string> fault)
    {
        var member = values.ContainsKey("Url") ? nameof(settings.ConnectionString) : nameof(settings.Url);
        var url = values.TryGetValue("Url", out var written) && Uri.TryCreate(written, UriKind.Absolute, out var parsed) ? parsed : settings.Url;
        if (url is null)
            fault(member, "the environment's address is missing or no URL: for example https://contoso.crm4.dynamics.com");
        else if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            fault(member, "must begin with https://: tokens would be sent unprotected");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.AbsolutePath.Contains("/api/data", StringComparison.OrdinalIgnoreCase))
            fault(member, "must be the environment's address alone, without /api/data and without a query");
        else
            return url;
        return new Uri("https://localhost/");
    }

    private void CheckComplete(Action<string, string> fault)
    {
        if (Auth == DataverseAuth.ManagedIdentity)
            return;
        if (ClientId.Length == 0)
            fault(nameof(DataverseSettings.ClientId), $"is missing: {Auth} signs in as your own app registration, and no other is used in its place");
        if (TenantId.Length == 0)
            fault(nameof(DataverseSettings.TenantId), $"is missing: {Auth} asks your Entra tenant for the token");
        if (Auth == DataverseAuth.ClientSecret && ClientSecret is null or { IsEmpty: true })
            fault(nameof(DataverseSettings.ClientSecret), "is missing, and AuthType is ClientSecret");
        if (Auth == DataverseAuth.Certificate && Thumbprint.Length == 0 == (CertificateFile.Length == 0))
            fault(nameof(DataverseSettings.CertificateThumbprint), "AuthType is Certificate: give either CertificateThumbprint or CertificateFile");
        if (AuthorityHost.Scheme != Uri.UriSchemeHttps)
            fault(nameof(DataverseSettings.AuthorityHost), "must begin with https://");
    }

    /// <summary>The address; a record's own text would name everything.</summary>
    public override string ToString() => Url.Host;
}
