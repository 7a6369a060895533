using System.Text.Json;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire;

/// <summary>
/// An answer of Dataverse that is no success. The status is read first: the code is empty more often than not. The message may hold customers' data and is
/// never shown; only the privileges and columns that it names are.
/// </summary>
/// <param name="Kind">What it means.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Dataverse's code, such as <c>0x80060882</c>; empty where it gave none.</param>
/// <param name="Text">What happened, safe to show.</param>
internal sealed partial record Fault(FaultKind Kind, int Status, string Code, string Text)
{
    /// <summary>ExpiredVersionStamp.</summary>
    public const string ExpiredToken = "0x80044352";

    // Deadlocks, time-outs and the like of its database: they pass.
    private static readonly HashSet<string> Passing = new(
        ["0x80044150", "0x80044151", "0x8004a104", "0x80072321", "0x80072322", "0x80072326", "0x80060891"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a reply that is no success.</summary>
    public static Fault Of(ServiceReply reply)
    {
        var (code, message) = Read(reply);
        return new Fault(KindOf(reply.Status, code, message), reply.Status, code, TextOf(reply, code, message));
    }

    /// <summary>What becomes of a write that got this answer.</summary>
    public WriteResult ToWrite(TimeSpan? retryAfter) => Kind switch
    {
        FaultKind.Gone => WriteResult.Refused("gone", Text),
        FaultKind.Refused or FaultKind.DuplicateRule or FaultKind.TokenExpired => WriteResult.Refused(Code.Length > 0 ? Code : $"http-{Status}", Text),
        _ => WriteResult.Retry(Text, retryAfter),
    };

    private static FaultKind KindOf(int status, string code, string message) => status switch
    {
        412 => Precondition(code, message),
        _ when Is(code, ExpiredToken) || (status is 400 or 410 && message.Contains("version stamp", StringComparison.OrdinalIgnoreCase)) => FaultKind.TokenExpired,
        404 when code.Length == 0 || Is(code, "0x80040217") => FaultKind.Gone,
        // The set itself is unknown: a table that setup has not made yet.
        404 => FaultKind.Later,
        400 when Is(code, "0x80040217") => FaultKind.Gone,
        401 or 403 or 408 or 409 or 429 => FaultKind.Later,
        < 400 or (>= 500 and not 501) => FaultKind.Later,
        _ when Passing.Contains(code) => FaultKind.Later,
        _ => FaultKind.Refused,
    };

    // One status for three things; where there is neither a known code nor a known message, the row is looked at before anything is believed.
    private static FaultKind Precondition(string code, string message)
    {
        if (Is(code, "0x80060882") || message.Contains("RowVersion", StringComparison.OrdinalIgnoreCase))
            return FaultKind.Stale;
        return Is(code, "0x80040333") ? FaultKind.DuplicateRule : FaultKind.KeyTaken;
    }

    private static (string Code, string Message) Read(ServiceReply reply)
    {
        if (!reply.TryJson(out var json) || json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("error", out var error)
            || error.ValueKind != JsonValueKind.Object)
            return ("", "");
        return (Member(error, "code"), Member(error, "message"));
    }

    private static string Member(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string TextOf(ServiceReply reply, string code, string message)
    {
        var text = CodeForm().IsMatch(code) ? $"{reply.Summary}, {code}" : reply.Summary;
        if (Privilege().Match(message) is { Success: true } privilege)
            text += $": the application user lacks the privilege {privilege.Value}";
        else if (Column().Match(message) is { Success: true } column)
            text += $": it knows no column {column.Groups[1].Value}; see what setup says";
        return text;
    }

    private static bool Is(string code, string known) => string.Equals(code, known, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^0x[0-9a-fA-F]{8}$")]
    private static partial Regex CodeForm();

    [GeneratedRegex(@"\bprv[A-Za-z_]{3,80}\b")]
    private static partial Regex Privilege();

    [GeneratedRegex("property (?:named )?'([a-z][a-z0-9_]{0,99})'")]
    private static partial Regex Column();
}
