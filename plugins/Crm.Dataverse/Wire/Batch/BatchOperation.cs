using System.Text.Json.Nodes;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;

/// <summary>One request inside a batch.</summary>
/// <param name="Method">POST, PATCH or GET.</param>
/// <param name="Path">Below the Web API's root.</param>
/// <param name="Body">The row; null for a GET.</param>
internal sealed record BatchOperation(HttpMethod Method, string Path, JsonObject? Body = null)
{
    /// <summary>The condition, for example <c>*</c>: a row that is missing must not be made.</summary>
    public string? IfMatch { get; init; }

    /// <summary>What a GET asks of its answer.</summary>
    public string? Prefer { get; init; }

    /// <summary>Makes a row.</summary>
    public static BatchOperation Create(string set, JsonObject row) => new(HttpMethod.Post, set, row);

    /// <summary>Changes a row that must be there.</summary>
    public static BatchOperation Update(string path, JsonObject columns, string ifMatch = "*") => new(HttpMethod.Patch, path, columns) { IfMatch = ifMatch };
}
