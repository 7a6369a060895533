using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Bytes as text, by whatever charset a message names.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text. Without a charset, or with one that is unknown: UTF-8 where the bytes are that, else Windows-1252, which is what old programs meant.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        switch (charset?.Trim().ToLowerInvariant())
        {
            case "utf-8" or "utf8":
                return Encoding.UTF8.GetString(bytes);
            case "iso-8859-1" or "latin1":
                return Western.GetString(bytes);
            case null or "" or "us-ascii" or "ascii" or "unknown-8bit" or "utf-7" or "unicode-1-1-utf-7":
                return Guess(bytes);
            case var name:
                return Named(name) is { } encoding ? Safe(encoding, bytes) : Guess(bytes);
        }
    }

    private static string Safe(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (ArgumentException)
        {
            // Some of the old decoders throw at half a character instead of replacing it.
            return Guess(bytes);
        }
    }

    private static string Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    private static Encoding? Named(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
