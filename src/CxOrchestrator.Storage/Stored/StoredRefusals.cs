using System.Text.Json;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage;

/// <summary>The channels whose services have refused a message, as text; null for none, as of nearly all.</summary>
internal static class StoredRefusals
{
    public static string? Written(IReadOnlyList<Refusal>? refused) => refused is null or [] ? null : JsonSerializer.Serialize(refused.Select(one =>
        new Form((int)one.Channel, one.Connection, StoredForms.ToStored(one.At), one.Reason, one.Late)));

    public static IReadOnlyList<Refusal> Read(string? text) => text is null ? [] :
        [.. JsonSerializer.Deserialize<Form[]>(text)!.Select(form => new Refusal((Channel)form.Channel, form.Connection, StoredForms.ToTime(form.At), form.Reason) { Late = form.Late })];

    private sealed record Form(int Channel, string Connection, long At, string Reason, bool Late = false);
}
