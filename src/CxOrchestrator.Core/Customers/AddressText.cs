using System.Text.RegularExpressions;

namespace CxOrchestrator.Core.Customers;

/// <summary>Reads addresses as people and services write them, in the one form in which they are kept.</summary>
public static partial class AddressText
{
    /// <summary>The e-mail address in lower case, or null where it is none.</summary>
    public static ContactPoint? Email(string? text) =>
        text?.Trim().ToLowerInvariant() is { } address && EmailPattern().IsMatch(address) ? new ContactPoint(Channel.Email, address) : null;

    /// <summary>The number in E.164 form, or null where it is none in international form; spaces, dashes, dots and brackets don't count.</summary>
    public static ContactPoint? Phone(string? text) =>
        text is not null && Separators().Replace(text, "") is var number && PhonePattern().IsMatch(number) ? new ContactPoint(Channel.Sms, number) : null;

    /// <summary>Whichever it is, or null.</summary>
    public static ContactPoint? Any(string? text) => Email(text) ?? Phone(text);

    [GeneratedRegex(@"^[^\s@<>()\[\],;:""\\]{1,64}@[^\s@<>()\[\],;:""\\.]+(\.[^\s@<>()\[\],;:""\\.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"[\s()\-./]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
