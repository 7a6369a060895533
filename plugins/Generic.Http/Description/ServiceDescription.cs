using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>A service as a file describes it.</summary>
internal sealed record ServiceDescription
{
    /// <summary>Name for people.</summary>
    public required string Service { get; init; }

    /// <summary>What a connection offers: what its operations and webhooks make possible.</summary>
    public required IReadOnlyList<Capability> Offers { get; init; }

    /// <summary>Where the interface begins; null where it differs between accounts.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>How requests are authorised.</summary>
    public AuthDescription Auth { get; init; } = new(AuthKind.None);

    /// <summary>Values that a connection gives, with their meaning.</summary>
    public IReadOnlyDictionary<string, SettingMeaning> Settings { get; init; } = new Dictionary<string, SettingMeaning>();

    /// <summary>A request whose answer is kept for the others, such as a token against forged requests; null where there is none.</summary>
    public Preparation? Prepare { get; init; }

    /// <summary>The operations by name.</summary>
    public IReadOnlyDictionary<string, Operation> Operations { get; init; } = new Dictionary<string, Operation>();

    /// <summary>Operations for changes, by kind.</summary>
    public IReadOnlyDictionary<CrmChangeKind, Operation> Changes { get; init; } = new Dictionary<CrmChangeKind, Operation>();

    /// <summary>Kinds of changes that are left out on purpose.</summary>
    public IReadOnlySet<CrmChangeKind> Skip { get; init; } = new HashSet<CrmChangeKind>();

    /// <summary>How a person is read from <c>item</c>.</summary>
    public PersonMapping? Person { get; init; }

    /// <summary>How a ticket is read from <c>item</c>.</summary>
    public TicketMapping? Ticket { get; init; }

    /// <summary>How webhooks are verified and read; null where there are none.</summary>
    public WebhookDescription? Webhook { get; init; }
}

/// <summary>What a connection's value means.</summary>
internal sealed record SettingMeaning(string Text, bool Optional);

/// <summary>Kinds of authorisation.</summary>
internal enum AuthKind
{
    None,
    Bearer,
    Basic,
    Header,
    OAuth2,
}

/// <summary>How requests are authorised; user and secret come from the connection's settings, never from the file.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Name of the header, for <see cref="AuthKind.Header"/>.</param>
/// <param name="Prefix">What stands before the secret, for bearer and header.</param>
/// <param name="TokenPath">Where a token is got, for OAuth 2.0 client credentials (RFC 6749 section 4.4): below the base address, or whole.</param>
/// <param name="Scope">The scope asked for.</param>
internal sealed record AuthDescription(AuthKind Kind, string Name = "", string Prefix = "", string TokenPath = "", string Scope = "")
{
    public bool NeedsUser => Kind is AuthKind.Basic or AuthKind.OAuth2;
}

/// <summary>A request that comes first, and what is kept of its answer as <c>kept</c>.</summary>
internal sealed record Preparation(Operation Operation, IReadOnlyDictionary<string, Value> Keep);

/// <summary>One request and what its answers mean.</summary>
internal sealed record Operation
{
    public required HttpMethod Method { get; init; }

    public required PathTemplate Path { get; init; }

    public IReadOnlyList<KeyValuePair<string, Value>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Value>> Headers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Value>>? Form { get; init; }

    public BodyNode? Json { get; init; }

    /// <summary>Media type of a JSON body.</summary>
    public string JsonType { get; init; } = "application/json";

    /// <summary>What certain answers mean; the first that holds counts.</summary>
    public IReadOnlyList<OutcomeRule> Outcomes { get; init; } = [];

    /// <summary>The service's id of what was made, for answers without a rule.</summary>
    public Value? Id { get; init; }

    /// <summary>Where the records are in an answer to a read.</summary>
    public Value? Items { get; init; }

    /// <summary>The cursor to the next page; null where it ends.</summary>
    public Value? Next { get; init; }

    /// <summary>For feeds that are ordered by a moment: that moment of an <c>item</c>, and with which the first question begins.</summary>
    public Value? Since { get; init; }

    public string From { get; init; } = "";

    /// <summary>True where an answer says that there is no such record. Default: status 404.</summary>
    public Value? Missing { get; init; }
}

/// <summary>What an answer means where a condition holds.</summary>
internal sealed record OutcomeRule(Value When, string Result)
{
    public Value? Id { get; init; }

    public Value? Code { get; init; }

    public Value? Text { get; init; }

    public Value? AddressInvalid { get; init; }

    public Value? RetryAfter { get; init; }
}

/// <summary>How a person is read from <c>item</c>; a field whose value is null is left out.</summary>
internal sealed record PersonMapping(Value Id, IReadOnlyDictionary<string, Value> Known, IReadOnlyDictionary<string, Value> Fields);

/// <summary>How a ticket is read from <c>item</c>.</summary>
internal sealed record TicketMapping(Value Id, Value Subject, Value State, Value? Owner, Value? Due, Value ChangedAt);

/// <summary>How webhooks are verified and read.</summary>
internal sealed record WebhookDescription
{
    public required WebhookCheck Check { get; init; }

    /// <summary>The facts in a body; null takes the body itself as one.</summary>
    public Value? Items { get; init; }

    public required IReadOnlyList<FactMapping> Facts { get; init; }

    /// <summary>What the service wants as the body of our answer, such as the challenge of a handshake; null answers 204.</summary>
    public Value? Reply { get; init; }
}

/// <summary>How a webhook's origin is verified.</summary>
/// <param name="Kind"><c>hmac</c>, <c>header</c> (the secret itself in a header) or <c>query</c> (in the address).</param>
/// <param name="Name">Name of the header or parameter.</param>
/// <param name="Algorithm"><c>sha256</c>, <c>sha1</c> or <c>sha512</c>.</param>
/// <param name="Encoding"><c>hex</c> or <c>base64</c>.</param>
/// <param name="Prefix">What stands before the signature.</param>
/// <param name="Over">What is signed: <c>{body}</c> and <c>{header:Name}</c>, with what stands between them.</param>
internal sealed record WebhookCheck(string Kind, string Name, string Algorithm, string Encoding, string Prefix, string Over);

/// <summary>How a fact is read from <c>item</c>.</summary>
internal sealed record FactMapping(Value? When, Value Id, Value Type, Value? Time, Value? Person, Value? Address, Value? Delivery, IReadOnlyDictionary<string, Value> Data);
