namespace CxOrchestrator.Sdk;

/// <summary>A person as a CRM knows them.</summary>
public sealed record CrmPerson
{
    /// <summary>The CRM's id of the record.</summary>
    public required string Id { get; init; }

    /// <summary>Full name, as the person writes it.</summary>
    public string? Name { get; init; }

    /// <summary>Name to greet with.</summary>
    public string? GivenName { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Number in E.164 form.</summary>
    public string? Phone { get; init; }

    /// <summary>BCP 47 tag, such as <c>pt-BR</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA zone, such as <c>Asia/Bangkok</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>True where the record has been deleted in the CRM: nothing but its id is told, and nobody is to be written to on its account.</summary>
    public bool Gone { get; init; }

    /// <summary>Further fields by name: strings, numbers, booleans.</summary>
    public IReadOnlyDictionary<string, object?> Fields { get; init; } = new Dictionary<string, object?>();
}
