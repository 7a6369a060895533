using System.Data.Common;

namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>
/// Reads a connection string as Dataverse admins have it, with all aliases of the Dataverse client's keys. A key that means nothing here is an error,
/// never ignored; no fault holds a value.
/// </summary>
internal static class ConnectionStringReading
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ServiceUri"] = "Url", ["Service Uri"] = "Url", ["Url"] = "Url", ["Server"] = "Url",
        ["AuthType"] = "AuthType", ["AuthenticationType"] = "AuthType",
        ["ClientId"] = "ClientId", ["AppId"] = "ClientId", ["ApplicationId"] = "ClientId",
        ["ClientSecret"] = "ClientSecret", ["Secret"] = "ClientSecret",
        ["CertificateThumbprint"] = "Thumbprint", ["Thumbprint"] = "Thumbprint",
        ["CertificateStoreName"] = "StoreName", ["StoreName"] = "StoreName",
        ["TenantId"] = "TenantId",
    };

    // They steer the client library, which is not used here.
    private static readonly HashSet<string> WithoutMeaning = new(
        ["RequireNewInstance", "SkipDiscovery", "LoginPrompt", "TokenCacheStorePath", "RedirectUri", "ReplyUrl"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> OfPeople = new(
        ["UserName", "User Name", "UserId", "User Id", "Password", "Domain", "HomeRealmUri", "Home Realm Uri", "Integrated Security"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The values by their plain keys: Url, AuthType, ClientId, ClientSecret, Thumbprint, StoreName, TenantId.</summary>
    public static Dictionary<string, string> Read(string text, List<string> faults)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            faults.Add("is not of the form Key=value;Key=value");
            return values;
        }

        foreach (string written in builder.Keys)
        {
            var value = Convert.ToString(builder[written], System.Globalization.CultureInfo.InvariantCulture) ?? "";
            if (Keys.TryGetValue(written, out var key))
            {
                if (!values.TryAdd(key, value))
                    faults.Add($"gives {key} twice, under two of its names");
            }
            else if (OfPeople.Contains(written))
            {
                faults.Add($"has the key {written}, which signs in a person: use AuthType=ClientSecret, Certificate or ManagedIdentity with an application user");
            }
            else if (!WithoutMeaning.Contains(written))
            {
                faults.Add($"has the unknown key {written}; known are {string.Join(", ", Keys.Keys)}");
            }
        }

        return values;
    }
}
