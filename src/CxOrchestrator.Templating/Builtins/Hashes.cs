using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>Hashes of a text's UTF-8 bytes, in lower-case hexadecimal. Those of a secret are left out: templates have none.</summary>
internal static class Hashes
{
    /// <summary><c>string.md5</c>, as avatar services want it.</summary>
    public static object? Md5(RenderContext context, CallArguments arguments) =>
#pragma warning disable CA5351 // Not for security: the language has it.
        Hex(MD5.HashData(Bytes(context, arguments)));
#pragma warning restore CA5351

    /// <summary><c>string.sha1</c>.</summary>
    public static object? Sha1(RenderContext context, CallArguments arguments) =>
#pragma warning disable CA5350 // Not for security: the language has it.
        Hex(SHA1.HashData(Bytes(context, arguments)));
#pragma warning restore CA5350

    /// <summary><c>string.sha256</c>.</summary>
    public static object? Sha256(RenderContext context, CallArguments arguments) => Hex(SHA256.HashData(Bytes(context, arguments)));

    /// <summary><c>string.sha512</c>.</summary>
    public static object? Sha512(RenderContext context, CallArguments arguments) => Hex(SHA512.HashData(Bytes(context, arguments)));

    private static byte[] Bytes(RenderContext context, CallArguments arguments)
    {
        var text = arguments.TextOrEmpty(context, 0);
        context.Charge(2L * text.Length);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
