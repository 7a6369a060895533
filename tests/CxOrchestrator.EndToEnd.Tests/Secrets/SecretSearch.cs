using System.Net;
using System.Text;
using System.Text.Json;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>
/// Looks for secrets by their values: as they are, each half of them, escaped for URLs, JSON and HTML, in hex, in UTF-16, and in Base64, alone and behind
/// any name and colon as in Basic credentials. Written apart from the product's own mask, so that both don't forget the same.
/// </summary>
internal sealed class SecretSearch
{
    private readonly List<(string What, byte[] Bytes)> _needles = [];

    public SecretSearch(IEnumerable<PlantedSecret> secrets, params string[] users)
    {
        foreach (var secret in secrets)
        {
            Add(secret, users);
        }
    }

    /// <summary>What was found: the secret, in which form, and what stands around it; empty where nothing was.</summary>
    public IReadOnlyList<string> In(string place, ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        foreach (var (what, needle) in _needles)
        {
            var at = bytes.IndexOf(needle);
            if (at < 0)
                continue;
            var from = Math.Max(0, at - 160);
            var around = Encoding.UTF8.GetString(bytes[from..Math.Min(bytes.Length, at + needle.Length + 40)]);
            found.Add($"{what} in {place}: {around}");
        }

        return found;
    }

    /// <summary>The same in a text.</summary>
    public IReadOnlyList<string> In(string place, string text) => In(place, Encoding.UTF8.GetBytes(text));

    /// <summary>The same in every file of a folder and its folders.</summary>
    public IReadOnlyList<string> InFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).SelectMany(file => In(file, BytesOf(file)))];

    private static byte[] BytesOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void Add(PlantedSecret secret, string[] users)
    {
        var value = secret.Value;
        var half = value.Length / 2;
        Text(value, "as it is");
        Text(value[..half], "its first half");
        Text(value[half..], "its second half");
        foreach (var escaped in new[] { Uri.EscapeDataString(value), WebUtility.UrlEncode(value) })
        {
            Text(escaped, "escaped for a URL");
            Text(Lower(escaped), "escaped for a URL in lower case");
        }

        Text(WebUtility.HtmlEncode(value), "escaped for HTML");
        Text(JsonSerializer.Serialize(value).Trim('"'), "escaped for JSON");
        Text(Convert.ToHexString(Encoding.UTF8.GetBytes(value)), "in hex");
        Text(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)), "in lower hex");
        _needles.Add(($"{secret.Name}, in UTF-16", Encoding.Unicode.GetBytes(value)));
        foreach (var before in users.Select(user => user + ":").Prepend("").Append("\0user\0"))
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + value));
            Text(base64, $"in Base64 behind '{before}'");
            Text(base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'), $"in Base64 for URLs behind '{before}'");
        }

        // Whatever stands before it moves a Base64 text by one of three steps; the first five characters may be shared with that.
        foreach (var moved in new[] { "x", "xx", "xxx" })
            Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(moved + value))[5..^4], "in Base64 behind anything");

        void Text(string text, string form) => _needles.Add(($"{secret.Name}, {form}", Encoding.UTF8.GetBytes(text)));
    }

    private static string Lower(string escaped) =>
        System.Text.RegularExpressions.Regex.Replace(escaped, "%[0-9A-F]{2}", match => match.Value.ToLowerInvariant());
}
