using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Web.Events;

/// <summary>Says that events are stored: how many are new, and of each, in their order, whether it is.</summary>
internal sealed class StoredReply(IReadOnlyList<string> ids, IReadOnlyList<IntakeResult> results) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var written = new ArrayBufferWriter<byte>(128 + (64 * ids.Count));
        using (var writer = new Utf8JsonWriter(written, Options))
            Write(writer);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = written.WrittenCount;
        return httpContext.Response.BodyWriter.WriteAsync(written.WrittenMemory, httpContext.RequestAborted).AsTask();
    }

    private void Write(Utf8JsonWriter writer)
    {
        var stored = 0;
        for (var i = 0; i < results.Count; i++)
            stored += results[i].Outcome == IntakeOutcome.Stored ? 1 : 0;
        writer.WriteStartObject();
        writer.WriteNumber("stored"u8, stored);
        writer.WriteNumber("duplicates"u8, results.Count - stored);
        writer.WriteStartArray("results"u8);
        for (var i = 0; i < results.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, ids[i]);
            writer.WriteString("outcome"u8, results[i].Outcome == IntakeOutcome.Stored ? "stored"u8 : "duplicate"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
