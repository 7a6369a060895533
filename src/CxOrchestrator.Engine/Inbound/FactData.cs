using System.Text.Json;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>Reads the data of a fact: what isn't there, or is of another kind, is nothing.</summary>
internal static class FactData
{
    /// <summary>A text; a number as it is written; else null.</summary>
    public static string? Text(this CustomerEvent fact, string name) => Member(fact, name) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } value => value,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A whole number, or null.</summary>
    public static int? Whole(this CustomerEvent fact, string name) =>
        Member(fact, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>True or false, or null.</summary>
    public static bool? Flag(this CustomerEvent fact, string name) => Member(fact, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Code and text in one line, for people; empty where there is neither.</summary>
    public static string Why(this CustomerEvent fact) => string.Join(' ', new[] { fact.Text("code"), fact.Text("text") }.OfType<string>());

    private static JsonElement? Member(CustomerEvent fact, string name) =>
        fact.Data.ValueKind == JsonValueKind.Object && fact.Data.TryGetProperty(name, out var member) ? member : null;
}
