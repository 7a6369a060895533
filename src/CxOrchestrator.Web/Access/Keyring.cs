using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace CxOrchestrator.Web.Access;

/// <summary>Finds who a presented key belongs to, in a time that tells nothing about the keys.</summary>
internal sealed class Keyring<T>(IReadOnlyList<T> owners, Func<T, byte[]> hashOf)
    where T : class
{
    /// <summary>The owner of a key, or null.</summary>
    public T? OwnerOf(string key)
    {
        if (key.Length > PresentedKey.Longest)
            return null;
        Span<byte> presented = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = stackalloc byte[3 * PresentedKey.Longest];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], presented);
        T? owner = null;
        // Every hash is compared, so that the time doesn't say how far down the list the owner stands.
        foreach (var candidate in owners)
        {
            if (CryptographicOperations.FixedTimeEquals(presented, hashOf(candidate)))
                owner = candidate;
        }

        return owner;
    }
}

/// <summary>Reads the key of a request.</summary>
internal static class PresentedKey
{
    /// <summary>Most characters that are taken for a key.</summary>
    public const int Longest = 512;

    /// <summary>The key of <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>, or null where there is none.</summary>
    public static string? Of(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        var key = authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[scheme.Length..].Trim()
            : request.Headers["X-Api-Key"].ToString().Trim();
        return key.Length is 0 or > Longest ? null : key;
    }
}
