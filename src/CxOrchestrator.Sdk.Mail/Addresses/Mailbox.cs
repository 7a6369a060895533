using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>An address that may stand in a command and a header: checked, its domain in ASCII (punycode).</summary>
/// <param name="Local">What stands before the <c>@</c>; beyond ASCII only where the person's address is.</param>
/// <param name="Domain">The domain in ASCII.</param>
public sealed record Mailbox(string Local, string Domain)
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~.";

    /// <summary>True where the server must offer SMTPUTF8 (RFC 6531) to take it.</summary>
    public bool NeedsUtf8 => !Ascii.IsValid(Local);

    /// <inheritdoc/>
    public override string ToString() => $"{Local}@{Domain}";

    /// <summary>Reads an address; false with what is wrong where it can't stand in a command.</summary>
    public static bool TryParse(string? address, [NotNullWhen(true)] out Mailbox? mailbox, out string fault)
    {
        mailbox = null;
        var at = address?.LastIndexOf('@') ?? -1;
        if (address is null || at < 1 || at == address.Length - 1)
        {
            fault = "it is not of the form name@domain";
            return false;
        }

        var local = address[..at];
        if (!IsLocal(local))
        {
            fault = "the part before the @ holds what an address can't, or is over 64 bytes long";
            return false;
        }

        if (!TryDomain(address[(at + 1)..], out var domain))
        {
            fault = "the part after the @ is not a domain";
            return false;
        }

        mailbox = new Mailbox(local.Normalize(NormalizationForm.FormC), domain);
        fault = "";
        return true;
    }

    /// <summary>A domain in ASCII (RFC 5891); false where it is none.</summary>
    public static bool TryDomain(string name, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        try
        {
            var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(name);
            if (ascii.Length is 0 or > 253 || ascii.EndsWith('.'))
            {
                return false;
            }

            domain = ascii.ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsLocal(string local)
    {
        if (Encoding.UTF8.GetByteCount(local) > 64)
        {
            return false;
        }

        if (local.Length > 2 && local[0] == '"' && local[^1] == '"')
        {
            return local.AsSpan(1, local.Length - 2).IndexOfAnyExceptInRange(' ', '~') < 0
                && local.AsSpan(1, local.Length - 2).IndexOfAny('"', '\\') < 0;
        }

        return local.EnumerateRunes().All(IsAtom) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);
    }

    private static bool IsAtom(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || AtomSymbols.Contains((char)rune.Value, StringComparison.Ordinal)
        : rune != Rune.ReplacementChar && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);
}
