using CxOrchestrator.Core.Consent;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>consents</c> (what was ever said), <c>consents_in_force</c> and <c>suppressions</c>.</summary>
internal static class ConsentRows
{
    private static readonly RowSet<ConsentRecord> Records = new RowSet<ConsentRecord>()
        .Key("customer_id", one => one.CustomerId).Enum("channel", one => one.Channel).Enum("purpose", one => one.Purpose)
        .Time("at", one => one.At).Enum("state", one => one.State).Text("by", one => one.By).Text("how", one => one.How);

    // What says nothing new is left out. What is in the history already has been weighed before: a repeated commit must not bring it back into force.
    private static readonly string Record = $"""
        with added as (
          insert into consents ({Records.Names})
          select {Records.Names} from {Records.Table}
          where not exists (
            select 1 from consents_in_force f
            where f.customer_id = v.customer_id and f.channel = v.channel and f.purpose = v.purpose and f.state = v.state)
          on conflict do nothing
          returning {Records.Names})
        insert into consents_in_force ({Records.Names}) select {Records.Names} from added
        on conflict (customer_id, channel, purpose) do update
        set at = excluded.at, state = excluded.state, by = excluded.by, how = excluded.how
        where excluded.at >= consents_in_force.at
        """;

    private static readonly RowSet<Suppression> Suppressions = new RowSet<Suppression>()
        .Text("address", one => one.Point.Address).Enum("channel", one => one.Point.Channel).Text("reason", one => one.Reason)
        .Time("at", one => one.At).Flag("by_choice", one => one.ByChoice);

    // One that the person may take back gives way to one that nobody can.
    private static readonly string Suppress = $"""
        insert into suppressions ({Suppressions.Names}) select {Suppressions.Names} from {Suppressions.Table}
        on conflict (address, channel) do update
        set reason = excluded.reason, at = greatest(suppressions.at, excluded.at), by_choice = excluded.by_choice
        where suppressions.by_choice
        """;

    private static readonly RowSet<Release> Releases = new RowSet<Release>()
        .Text("address", one => one.Point.Address).Enum("channel", one => one.Point.Channel).Time("at", one => one.At);

    private static readonly string EndSuppressions = $"""
        delete from suppressions s using {Releases.Table}
        where s.address = v.address and s.channel = v.channel and s.by_choice and s.at <= v.at
        """;

    /// <summary>Adds records, each of which comes into force unless a newer one is.</summary>
    public static async Task RecordAsync(PgSession session, IReadOnlyList<ConsentRecord> records)
    {
        foreach (var round in Rounds.Of(records, one => (one.CustomerId, one.Channel, one.Purpose)))
            await session.Use(Record).Add(Records, [.. round.OrderBy(one => one.CustomerId)]).ExecuteAsync();
    }

    public static async Task SuppressAsync(PgSession session, IReadOnlyList<Suppression> suppressions)
    {
        foreach (var round in Rounds.Of(suppressions, one => (one.Point.Address, one.Point.Channel)))
            await session.Use(Suppress).Add(Suppressions, round).ExecuteAsync();
    }

    public static Task ReleaseAsync(PgSession session, IReadOnlyList<Release> releases) =>
        releases.Count == 0 ? Task.CompletedTask : session.Use(EndSuppressions).Add(Releases, releases).ExecuteAsync();
}
