namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Addresses that bounces go to, one for each delivery (VERP), so that a report tells its delivery by the address that it came to.
/// </summary>
/// <param name="pattern">
/// Such as <c>bounce+{token}@bounces.example.com</c>, or with <c>{key}</c> for the bare key; without either, one address for all.
/// </param>
/// <param name="key">Seals the tokens; needed for <c>{token}</c>.</param>
public sealed class BounceAddresses(string pattern, Secret? key)
{
    /// <summary>What becomes the delivery's key.</summary>
    public const string KeyPlaceholder = "{key}";

    /// <summary>What becomes the delivery's key under a seal, so that nobody can make a bounce up.</summary>
    public const string TokenPlaceholder = "{token}";

    private const int HostKeyLength = 32;

    private readonly BounceTokens? _tokens = key is { IsEmpty: false } && pattern.Contains(TokenPlaceholder, StringComparison.Ordinal) ? new BounceTokens(key) : null;

    /// <summary>The longest that a pattern becomes with the keys that the host gives, which have 32 letters.</summary>
    public static string Sample(string pattern) => pattern
        .Replace(KeyPlaceholder, new string('k', HostKeyLength), StringComparison.Ordinal)
        .Replace(TokenPlaceholder, new string('k', BounceTokens.LengthOf(HostKeyLength)), StringComparison.Ordinal);

    /// <summary>The address for one delivery.</summary>
    public string For(string deliveryKey) => pattern
        .Replace(KeyPlaceholder, deliveryKey, StringComparison.Ordinal)
        .Replace(TokenPlaceholder, _tokens?.Write(deliveryKey) ?? "", StringComparison.Ordinal);

    /// <summary>What an address says: nothing of ours, a key, or a seal that is not ours.</summary>
    public TraceResult Read(string address)
    {
        var placeholder = _tokens is null ? KeyPlaceholder : TokenPlaceholder;
        if (pattern.Split(placeholder) is not [var before, var after]
            || address.Length <= before.Length + after.Length
            || !address.StartsWith(before, StringComparison.OrdinalIgnoreCase)
            || !address.EndsWith(after, StringComparison.OrdinalIgnoreCase))
        {
            return TraceResult.Nothing;
        }

        var middle = address[before.Length..^after.Length];
        return _tokens is null ? TraceResult.Of(middle) : _tokens.Read(middle);
    }
}
