namespace CxOrchestrator.Plugins.CrmDataverse.People;

/// <summary>Whom an id of the contract means: a contact by its bare id, an account with <c>account:</c> before it.</summary>
/// <param name="Table">Logical name: <c>contact</c> or <c>account</c>.</param>
/// <param name="Id">The row.</param>
internal readonly record struct PersonRef(string Table, Guid Id)
{
    /// <summary>The contacts' table.</summary>
    public const string Contact = "contact";

    /// <summary>The accounts' table.</summary>
    public const string Account = "account";

    private const string AccountMark = "account:";

    /// <summary>The set in addresses; both are the same in every organisation.</summary>
    public string Set => Table == Account ? "accounts" : "contacts";

    /// <summary>How a lookup names the person.</summary>
    public string Bind => $"/{Set}({Id:D})";

    /// <summary>Reads an id; null where it is none of Dataverse's.</summary>
    public static PersonRef? Read(string? id)
    {
        if (id is null)
            return null;
        var account = id.StartsWith(AccountMark, StringComparison.Ordinal);
        var bare = account ? id[AccountMark.Length..] : id.StartsWith("contact:", StringComparison.Ordinal) ? id["contact:".Length..] : id;
        return Guid.TryParseExact(bare, "D", out var guid) || Guid.TryParseExact(bare, "N", out guid)
            ? new PersonRef(account ? Account : Contact, guid)
            : null;
    }

    /// <summary>The id as the contract has it.</summary>
    public override string ToString() => Table == Account ? $"{AccountMark}{Id:D}" : Id.ToString("D");
}
