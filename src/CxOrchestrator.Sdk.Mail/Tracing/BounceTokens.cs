using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// A delivery's key with a seal (HMAC-SHA-256, 65 bits of it), in letters that survive a mail system that writes all in lower case. A key of
/// 32 characters makes 47.
/// </summary>
internal sealed class BounceTokens(Secret key)
{
    private const int SealLength = 13;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const char AsItIs = 'p';
    private const char Coded = 'b';

    /// <summary>The length of the token of a key in lower case.</summary>
    public static int LengthOf(int keyLength) => 1 + keyLength + 1 + SealLength;

    /// <summary>The token of a key.</summary>
    public string Write(string deliveryKey)
    {
        var lower = deliveryKey.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        var payload = lower ? AsItIs + deliveryKey : Coded + Encode(Encoding.UTF8.GetBytes(deliveryKey));
        return $"{payload}-{Seal(deliveryKey)}";
    }

    /// <summary>The key of a token; a seal that isn't ours is told.</summary>
    public TraceResult Read(string token)
    {
        token = token.ToLowerInvariant();
        if (token.Length <= SealLength + 2 || token[^(SealLength + 1)] != '-' || Payload(token[..^(SealLength + 1)]) is not { } deliveryKey)
        {
            return TraceResult.Forged;
        }

        var ours = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Seal(deliveryKey)), Encoding.UTF8.GetBytes(token[^SealLength..]));
        return ours ? TraceResult.Of(deliveryKey) : TraceResult.Forged;
    }

    private static string? Payload(string text) => text[0] switch
    {
        AsItIs => text[1..],
        Coded => Decode(text[1..]),
        _ => null,
    };

    private string Seal(string deliveryKey) =>
        Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()), Encoding.UTF8.GetBytes("bounce/" + deliveryKey)))[..SealLength];

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var result = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var value in bytes)
        {
            bits = ((bits << 8) | value) & 0xFFFF;
            for (count += 8; count >= 5; count -= 5)
            {
                result.Append(Letters[(bits >> (count - 5)) & 31]);
            }
        }

        return count == 0 ? result.ToString() : result.Append(Letters[(bits << (5 - count)) & 31]).ToString();
    }

    private static string? Decode(string text)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in text)
        {
            var value = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            bits = ((bits << 5) | value) & 0xFFFF;
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
