using System.Text.RegularExpressions;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Enhanced status codes (RFC 3463).</summary>
public static partial class StatusCodes
{
    // Bad mailbox, bad system, bad syntax, null MX. Not 5.2.2 (full) nor 5.7.x (policy): those addresses are good.
    private static readonly HashSet<string> AddressCodes = ["5.1.1", "5.1.2", "5.1.3", "5.1.10"];

    /// <summary>True where the code says that the address itself is bad and should not be used again.</summary>
    public static bool SaysAddressIsBad(string? code) => code is not null && AddressCodes.Contains(code);

    /// <summary>
    /// The code that a report means: its Status, or what its Diagnostic-Code says where the Status says nothing (<c>5.0.0</c>, as some mail
    /// servers write for everything).
    /// </summary>
    /// <returns>For example <c>5.1.1</c>; a bare <c>550</c> where there is nothing better.</returns>
    public static string Of(string? status, string? diagnostic)
    {
        var told = Code().Match(status ?? "");
        if (told.Success && !told.Value.EndsWith(".0.0", StringComparison.Ordinal))
        {
            return told.Value;
        }

        var better = Code().Matches(diagnostic ?? "").FirstOrDefault(match => !told.Success || match.Value[0] == told.Value[0]);
        if (better is not null || told.Success)
        {
            return (better ?? told).Value;
        }

        return Basic().Match(diagnostic ?? "") is { Success: true } basic ? basic.Value : "5.0.0";
    }

    // Not within an address such as 192.5.1.1, nor the beginning of one.
    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\d.])[45]\d\d(?![\d.])")]
    private static partial Regex Basic();
}
