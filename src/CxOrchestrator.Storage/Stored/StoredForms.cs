using System.Buffers;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Core;

namespace CxOrchestrator.Storage;

/// <summary>How values stand in the file.</summary>
internal static class StoredForms
{
    /// <summary>
    /// Times are whole microseconds since 1970 in UTC: what PostgreSQL keeps too, so that both stores give the same times back. A
    /// finer part is cut off downwards, which keeps the order; the offset from UTC is not kept.
    /// </summary>
    public static long ToStored(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var whole = Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond, out var rest);
        return rest < 0 ? whole - 1 : whole;
    }

    /// <summary>The time that <see cref="ToStored"/> gave.</summary>
    public static DateTimeOffset ToTime(long stored) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (stored * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    // The readers of what comes in allow 64; what we store wraps that a few times.
    private const int DeepestJson = 256;

    /// <summary>JSON of text in UTF-8.</summary>
    public static JsonElement ToJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestJson });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>JSON of text.</summary>
    public static JsonElement ToJson(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return ToJson(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>JSON as text; a value that was never set is an empty object.</summary>
    public static string ToText(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? "{}" : element.GetRawText();

    /// <summary>The first text after all that begin with this one, in the order of UTF-8 bytes.</summary>
    public static string EndOfPrefix(string prefix) => prefix + "\U0010FFFF";
}
