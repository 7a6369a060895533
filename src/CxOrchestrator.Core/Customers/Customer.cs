using System.Text.Json;

namespace CxOrchestrator.Core.Customers;

/// <summary>A way to reach a customer.</summary>
public enum Channel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>Text message.</summary>
    Sms,
}

/// <summary>An address of a customer.</summary>
/// <param name="Channel">The channel that it belongs to.</param>
/// <param name="Address">E-mail address in lower case, or number in E.164 form.</param>
public sealed record ContactPoint(Channel Channel, string Address);

/// <summary>The id of a customer in one connection or source.</summary>
/// <param name="Connection">The connection or the source, for example <c>shop</c>.</param>
/// <param name="Value">The id there.</param>
public sealed record ExternalId(string Connection, string Value);

/// <summary>The person whose experience this is all about.</summary>
public sealed record Customer
{
    /// <summary>Our key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Full name as the person writes it; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name to greet with; empty falls back on the full name.</summary>
    public string GivenName { get; init; } = "";

    /// <summary>Language and region, BCP 47, for example <c>pt-BR</c>. Always a known one.</summary>
    public required string Locale { get; init; }

    /// <summary>IANA zone, for example <c>Asia/Bangkok</c>. Always a known one.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Ways to reach them, at most one a channel.</summary>
    public IReadOnlyList<ContactPoint> ContactPoints { get; init; } = [];

    /// <summary>Their ids elsewhere, at most one a connection.</summary>
    public IReadOnlyList<ExternalId> ExternalIds { get; init; } = [];

    /// <summary>Whatever else is known: a JSON object.</summary>
    public JsonElement Attributes { get; init; } = Json.EmptyObject;

    /// <summary>Since when the CRM no longer has their record, or null: nothing is sent to them on its account.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>When we first heard of them.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this record last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Their address on a channel, or null.</summary>
    public string? AddressOn(Channel channel) =>
        ContactPoints.FirstOrDefault(point => point.Channel == channel)?.Address;

    /// <summary>Their id in a connection, or null.</summary>
    public string? IdIn(string connection) =>
        ExternalIds.FirstOrDefault(id => id.Connection == connection)?.Value;
}
