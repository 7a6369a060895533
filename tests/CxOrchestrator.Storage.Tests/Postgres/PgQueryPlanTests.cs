using System.Text.RegularExpressions;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Postgres;
using Npgsql;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>
/// What is due is found through the index on what is due, whatever the values: by a generic plan of a planner that may not read a table as a whole, nor
/// sort what an index gives in order.
/// </summary>
public sealed partial class PgQueryPlanTests : IAsyncLifetime
{
    private OpenStore? _store;

    public async Task InitializeAsync() => _store = await PgStores.OpenAsync();

    public async Task DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(PgEventStore.Claim, "events_to_process", "events_pkey")]
    [InlineData(PgEnrolmentStore.TakeDue, "enrolments_due")]
    [InlineData(WriteBackRows.FirstWaiting, "write_backs_by_customer")]
    [InlineData(LedgerSql.Claim, "deliveries_due", "deliveries_pkey")]
    [InlineData(PgCaseStore.ClaimOpening, "cases_to_open", "cases_pkey")]
    [InlineData(PgWriteBackStore.ClaimDue, "write_backs_due", "write_backs_pkey")]
    [InlineData(PgErrandStore.ClaimDue, "errands_due", "errands_pkey")]
    [InlineData(LedgerSql.TakeUnknown, "deliveries_to_look_up", "deliveries_pkey")]
    [InlineData(LeasedRows.FreeEvents, "events_leased", "events_pkey")]
    [InlineData(LeasedRows.FreeEnrolments, "enrolments_leased", "enrolments_pkey")]
    [InlineData(LeasedRows.FreeCases, "cases_leased", "cases_pkey")]
    [InlineData(LeasedRows.FreeWriteBacks, "write_backs_leased", "write_backs_pkey")]
    [InlineData(LeasedRows.FreeErrands, "errands_leased", "errands_pkey")]
    [InlineData(LedgerSql.Replan, "deliveries_leased")]
    [InlineData(LedgerSql.MakeUnknown, "deliveries_leased")]
    [InlineData(LedgerSql.MakeDeferred, "deliveries_leased")]
    [InlineData(HeldRows.FreeEvents, "events_leased")]
    [InlineData(HeldRows.FreeEnrolments, "enrolments_leased", "enrolments_pkey")]
    [InlineData(HeldRows.FreeCases, "cases_leased", "cases_pkey")]
    [InlineData(HeldRows.FreeWriteBacks, "write_backs_leased", "write_backs_pkey")]
    [InlineData(HeldRows.FreeErrands, "errands_leased", "errands_pkey")]
    [InlineData(HeldRows.EndDeliveries, "deliveries_leased")]
    [InlineData(HeldRows.Owed, "deliveries_leased")]
    [InlineData(PgEventStore.FindByCustomer, "events_by_customer")]
    [InlineData(PgEventStore.FindByDelivery, "events_by_delivery")]
    [InlineData(PgCustomerStore.Search, "customers_by_name", "contact_points_by_address", "external_ids_by_value")]
    [InlineData(PgMomentStore.Due, "moments_due")]
    [InlineData(PgMomentStore.LastHeard, "events_by_customer")]
    [InlineData(PgSegmentStore.Page, "segment_members_pkey")]
    [InlineData(PgSplitStore.Watched, "split_people_pkey")]
    [InlineData(PgSplitStore.Tallies, "split_tallies_pkey")]
    [InlineData(TimelineSql.Events, "events_by_customer")]
    [InlineData(TimelineSql.Deliveries, "deliveries_by_customer")]
    [InlineData(TimelineSql.WriteBacks, "write_backs_by_customer")]
    [InlineData(AttentionSql.Freed, "deliveries_by_customer")]
    [InlineData(AttentionSql.Waiting, "deliveries_by_customer")]
    [InlineData(AttentionSql.Sample, "deliveries_pkey")]
    public async Task What_is_read_often_is_read_through_its_index(string sql, params string[] indexes)
    {
        var plan = await PlanAsync(sql);

        Assert.All(indexes, index => Assert.True($"{plan} ".Contains($" {index} ", StringComparison.Ordinal), plan));
        Assert.DoesNotContain("Seq Scan on events", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on deliveries", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on enrolments", plan, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_group_that_is_handed_over_or_answered_is_found_by_its_keys()
    {
        foreach (var sql in (string[])[DeliveryRows.HandOver("deliveries"), DeliveryRows.Complete("deliveries"), LedgerSql.PassOn])
        {
            var plan = await PlanAsync(sql);
            Assert.Contains(" deliveries_pkey ", plan, StringComparison.Ordinal);
            Assert.DoesNotContain(" deliveries_leased ", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on deliveries", plan, StringComparison.Ordinal);
        }
    }

    // Of those that wait the planner believes that there are next to none, and the index still holds all that did since the last vacuum.
    [SkippableFact]
    public async Task What_becomes_of_write_backs_and_events_is_stored_by_their_keys_however_few_seem_to_wait()
    {
        foreach (var (sql, key) in ((string, string)[])[(WriteBackRows.Change, "write_backs_pkey"), (EventRows.SetCustomer, "events_pkey")])
        {
            var plan = await PlanAsync(sql, bitmaps: "enable_bitmapscan = on");
            Assert.Contains($" {key} ", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("write_backs_by_state", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("events_by_customer", plan, StringComparison.Ordinal);
        }
    }

    // Planned beside tables that are empty, as on an installation's first day.
    [SkippableFact]
    public async Task What_is_told_of_one_customer_is_found_by_its_keys_also_by_a_plan_from_before_there_was_anything()
    {
        foreach (var (sql, index, condition) in ((string, string, string)[])
            [(ExplainSql.EventsByKey, "events_pkey", "id = asked.key"),
             (ExplainSql.Deliveries, "deliveries_pkey", "id = delivery_steps.id"),
             (ExplainSql.Decisions, "event_decisions_on_enrolling", "event_id = asked.key"),
             (ExplainSql.Decisions, "event_decisions_on_enrolled", "event_id = asked_1.key"),
             (TimelineSql.Decisions, "event_decisions_on_enrolling", "event_id = asked.key"),
             (TimelineSql.Decisions, "event_decisions_on_enrolled", "event_id = asked_1.key")])
        {
            var plan = await PlanAsync(sql, "enable_sort = on");
            Assert.Contains(condition, plan.Split($" {index} ").ElementAtOrDefault(1)?.Split('\n')[1] ?? plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Hash Join", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Merge Join", plan, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Room_in_an_attention_budget_is_counted_among_what_was_handed_over_lately()
    {
        foreach (var (sql, firstKey) in Room)
        {
            var plan = await PlanAsync(sql, values: Keys(firstKey, Guid.Empty, InOrderOfTime.FirstOf(DateTimeOffset.MaxValue)));
            Assert.Contains("AND (COALESCE(", plan.Split("deliveries_by_customer")[1].Split("Filter:")[0], StringComparison.Ordinal);
            Assert.Contains(" late_hand_overs_by_customer ", plan, StringComparison.Ordinal);
            // Customer by customer, and row by row.
            Assert.DoesNotContain("Hash Join", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Merge Join", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Join Filter", plan, StringComparison.Ordinal);
            Assert.DoesNotContain(" deliveries_leased ", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on deliveries", plan, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Room_in_an_attention_budget_is_looked_for_in_the_months_that_can_matter()
    {
        foreach (var (sql, firstKey) in Room)
        {
            var longAgo = new DateTimeOffset(2020, 5, 1, 0, 0, 0, TimeSpan.Zero);
            var plan = await PlanAsync(sql, values: Keys(firstKey, InOrderOfTime.FirstOf(longAgo), InOrderOfTime.FirstOf(longAgo.AddDays(9))));
            Assert.Contains($"Subplans Removed: {Partitions.MonthsAhead + 1}", plan, StringComparison.Ordinal);
        }
    }

    // With the number of the first of three keys.
    private static (string Sql, int FirstKey)[] Room => [(AttentionRows.HandOver("deliveries", 2), 13), (AttentionSql.Read, 5)];

    private static Dictionary<int, string> Keys(int first, Guid from, Guid to) => new() { [first] = $"'{from}'", [first + 1] = $"'{from}'", [first + 2] = $"'{to}'" };

    [SkippableTheory]
    [InlineData(WriteBackRows.SetBlocked, "write_backs_by_customer", "write_backs_pkey")]
    [InlineData(PgEnrolmentStore.Active, "enrolments_by_customer")]
    [InlineData(PgEnrolmentStore.NextDue, "enrolments_due")]
    [InlineData(EnrolmentRows.BegunByEvents, "enrolments_by_event")]
    [InlineData(PgCaseStore.FindTickets, "cases_by_ticket")]
    [InlineData(TimelineSql.Decisions, "event_decisions_on_enrolling", "event_decisions_on_enrolled")]
    [InlineData(PgCustomerStore.SelectByPoint, "contact_points_by_address")]
    public async Task What_is_put_in_order_afterwards_is_found_through_its_index(string sql, params string[] indexes)
    {
        var plan = await PlanAsync(sql, "enable_sort = on");

        Assert.All(indexes, index => Assert.True($"{plan} ".Contains($" {index} ", StringComparison.Ordinal), plan));
    }

    [SkippableTheory]
    [InlineData(WriteBackRows.FirstWaiting)]
    [InlineData(WriteBackRows.FreeFirst)]
    [InlineData(WriteBackRows.SetBlocked)]
    public async Task What_waits_of_a_customer_is_found_without_the_rest_of_their_history(string sql) =>
        Assert.Matches(@"write_backs_by_customer on write_backs[^\n]*\n\s*Index Cond: \(\(customer_id = .*\) AND \(state = ", await PlanAsync(sql));

    private async Task<string> PlanAsync(string sql, string sorting = "enable_sort = off", Dictionary<int, string>? values = null, string bitmaps = "enable_bitmapscan = off")
    {
        await using var source = NpgsqlDataSource.Create($"{PgStores.ConnectionOf(_store!)};Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        foreach (var setting in (string[])["enable_seqscan = off", sorting, bitmaps, "plan_cache_mode = force_generic_plan"])
            await DoAsync($"set {setting}");
        await DoAsync($"prepare asked as {sql}");
        var count = Value().Matches(sql).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        var given = Enumerable.Range(1, count).Select(number => values?.GetValueOrDefault(number) ?? "null").ToList();
        var rows = new List<string>();
        await using var explain = new NpgsqlCommand($"explain execute asked{(given.Count > 0 ? $"({string.Join(", ", given)})" : "")}", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        await reader.DisposeAsync();
        return await NamesOfWholesAsync(connection, string.Join('\n', rows));

        async Task DoAsync(string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    // A partition's index is named after the index of the whole that it is a part of.
    private static async Task<string> NamesOfWholesAsync(NpgsqlConnection connection, string plan)
    {
        await using var command = new NpgsqlCommand(
            """
            select part.relname::text, whole.relname::text from pg_inherits join pg_class part on part.oid = inhrelid join pg_class whole on whole.oid = inhparent
            where part.relkind = 'i' and part.relnamespace = (select oid from pg_namespace where nspname = current_schema()) order by length(part.relname) desc
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan = plan.Replace($" {reader.GetString(0)} ", $" {reader.GetString(1)} ", StringComparison.Ordinal);
        return plan;
    }

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Value();
}
