using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace CxOrchestrator.Core.Links;

/// <summary>
/// Makes and checks the tokens of links that customers get. A token is the base64url form of a body and the first 12 bytes of its HMAC-SHA256
/// (RFC 2104; 96 bits, so that guessing one takes 2^95 tries on average) under the installation's signing key. The kind is part of what is
/// signed, so that a token of one kind is never good for another.
/// </summary>
public sealed class LinkSigner
{
    /// <summary>Length of the signing key, in bytes.</summary>
    public const int KeyLength = 32;

    private const int MacLength = 12;

    private readonly byte[] _key;

    /// <summary>Takes the signing key: at least <see cref="KeyLength"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public LinkSigner(ReadOnlySpan<byte> key)
    {
        if (key.Length < KeyLength)
            throw new ArgumentException($"The signing key has {key.Length} bytes; {KeyLength} are needed.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>A token for a body.</summary>
    /// <param name="kind">One letter for what the token is good for, for example <c>s</c> for a survey.</param>
    /// <param name="body">What it carries; not secret.</param>
    public string Sign(char kind, ReadOnlySpan<byte> body)
    {
        var token = new byte[body.Length + MacLength];
        body.CopyTo(token);
        Mac(kind, body, token.AsSpan(body.Length));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The body of a token, or null where it isn't one of ours of this kind.</summary>
    public byte[]? Open(char kind, string token)
    {
        if (token.Length > 200 || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= MacLength)
            return null;
        var body = bytes.AsSpan(0, bytes.Length - MacLength);
        Span<byte> expected = stackalloc byte[MacLength];
        Mac(kind, body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(body.Length)) ? body.ToArray() : null;
    }

    private void Mac(char kind, ReadOnlySpan<byte> body, Span<byte> into)
    {
        Span<byte> message = stackalloc byte[2 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, kind);
        body.CopyTo(message[2..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message, mac);
        mac[..MacLength].CopyTo(into);
    }
}
