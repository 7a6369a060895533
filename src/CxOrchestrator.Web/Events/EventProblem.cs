using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxOrchestrator.Web.Events;

/// <summary>An error of the API as RFC 9457 writes it.</summary>
internal sealed record EventProblem
{
    /// <summary>What kind of problem it is.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>This problem in words, with what to do.</summary>
    public string? Detail { get; init; }

    /// <summary>Everything that is wrong, in order of the events.</summary>
    public IReadOnlyList<EventError>? Errors { get; init; }

    /// <summary>The reply.</summary>
    public IResult ToResult() => Results.Json(this, ApiJson.Options, "application/problem+json", Status);
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Index">Which event of the request, from 0.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Field">The attribute, or empty for the event as a whole.</param>
/// <param name="What">What is wrong.</param>
/// <param name="WhatToDo">What to do; empty where <paramref name="What"/> says it.</param>
internal sealed record EventError(int Index, string? Id, string Field, string What, string WhatToDo);

/// <summary>How the API writes JSON.</summary>
internal static class ApiJson
{
    /// <summary>Camel case, names of enumerations in words, nothing for null.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Never part of HTML, and sent with nosniff: people may read their quotes and letters as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
