using System.Text.Json.Nodes;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>A message in the stand-in's mailbox.</summary>
internal sealed class StoredMail
{
    public required string Id { get; init; }

    public required string Folder { get; set; }

    public required byte[] Mime { get; init; }

    public required DateTimeOffset Received { get; init; }

    public bool IsDraft { get; set; }

    /// <summary>Its MIME can't be had: Exchange's error instead.</summary>
    public (int Status, string Code)? Fault { get; set; }

    /// <summary>What stands in Message-ID, with its brackets.</summary>
    public required string InternetMessageId { get; set; }

    public ReadMail Read => ReadMail.Of(Mime);

    /// <summary>Our header with the delivery's key; null where it has none.</summary>
    public string? Key => Read.Raw("X-Cxo-Delivery");

    /// <summary>As much of it as is selected.</summary>
    public JsonObject Json(IReadOnlyList<string> columns)
    {
        var json = new JsonObject { ["id"] = Id };
        if (columns.Contains("internetMessageId"))
            json["internetMessageId"] = InternetMessageId;
        if (columns.Contains("receivedDateTime"))
            json["receivedDateTime"] = Received.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        if (columns.Contains("isDraft"))
            json["isDraft"] = IsDraft;
        if (columns.Contains("body"))
            json["body"] = new JsonObject { ["contentType"] = "text", ["content"] = Read.Body };
        if (columns.Contains("internetMessageHeaders"))
            json["internetMessageHeaders"] = new JsonArray([.. Read.HeaderNames.Select(name => new JsonObject { ["name"] = name, ["value"] = Read.Raw(name) })]);
        return json;
    }
}
