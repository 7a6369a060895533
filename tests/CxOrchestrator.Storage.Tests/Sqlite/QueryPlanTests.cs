using CxOrchestrator.Storage.Sqlite;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Storage.Tests.Sqlite;

/// <summary>What is due is found through the index on what is due: a claim must not grow with the table.</summary>
public sealed class QueryPlanTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;

    public QueryPlanTests() => _database = new SqliteDatabase(_folder.PathOf("cxo.db"));

    public async Task InitializeAsync() => await new SqliteSchema(_database).MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SqliteEventStore.Claim, "events_to_process")]
    [InlineData(SqliteEnrolmentStore.ClaimDue, "enrolments_due")]
    [InlineData(LedgerSql.Claim, "deliveries_due")]
    [InlineData(SqliteCaseStore.ClaimOpening, "cases_to_open")]
    [InlineData(SqliteWriteBackStore.ClaimDue, "write_backs_due")]
    [InlineData(LedgerSql.TakeUnknown, "deliveries_to_look_up")]
    [InlineData(SqliteErrandStore.ClaimDue, "errands_due")]
    [InlineData(SqliteCaseStore.FindTicket, "cases_by_ticket")]
    [InlineData(CustomerRows.SelectByPoint, "contact_points_by_address")]
    [InlineData(LeasedRows.FreeErrands, "errands_leased")]
    [InlineData(LeasedRows.FreeEvents, "events_leased")]
    [InlineData(LeasedRows.FreeEnrolments, "enrolments_leased")]
    [InlineData(LeasedRows.FreeCases, "cases_leased")]
    [InlineData(LeasedRows.FreeWriteBacks, "write_backs_leased")]
    [InlineData(LedgerSql.Replan, "deliveries_leased")]
    [InlineData(LedgerSql.Lost, "deliveries_leased")]
    [InlineData(HeldRows.EndDeliveries, "deliveries_leased")]
    [InlineData(WriteBackRows.SetBlocked, "write_backs_waiting")]
    [InlineData(WriteBackRows.FirstWaiting, "write_backs_waiting")]
    [InlineData(SqliteEnrolmentStore.Active, "enrolments_by_customer")]
    [InlineData(SqliteEnrolmentStore.NextFree, "enrolments_due")]
    [InlineData(SqliteEnrolmentStore.NextLeased, "enrolments_leased")]
    [InlineData(SqliteEventStore.FindByCustomer, "events_by_customer")]
    [InlineData(SqliteEventStore.FindByDelivery, "events_by_delivery")]
    [InlineData(LedgerSql.ListEnded, "deliveries_by_state")]
    [InlineData(SqliteSplitStore.Watched, "split_people")]
    [InlineData(SqliteSplitStore.Tallies, "split_tallies")]
    [InlineData(SqliteSplitStore.Winners, "split_winners")]
    [InlineData(ExplainSql.Splits, "split_people")]
    [InlineData(TimelineSql.Events, "events_by_customer")]
    [InlineData(TimelineSql.Decisions, "event_decisions_on_enrolling")]
    [InlineData(TimelineSql.Enrolments, "enrolments_by_customer")]
    [InlineData(TimelineSql.Deliveries, "deliveries_by_customer")]
    [InlineData(AttentionSql.Read, "deliveries_by_customer")]
    [InlineData(AttentionSql.Count, "deliveries_by_customer")]
    [InlineData(AttentionSql.Freed, "deliveries_by_customer")]
    [InlineData(AttentionSql.Waiting, "deliveries_by_customer")]
    [InlineData(TimelineSql.Responses, "responses_by_customer")]
    [InlineData(TimelineSql.Cases, "cases_by_customer")]
    [InlineData(TimelineSql.WriteBacks, "write_backs_by_customer")]
    [InlineData(TimelineSql.Consents, "consents")]
    [InlineData(ExplainSql.Events, "events_by_customer")]
    [InlineData(ExplainSql.Strangers, "events_of_strangers")]
    [InlineData(ExplainSql.EventByName, "events_by_source")]
    [InlineData(ExplainSql.EventByKey, "sqlite_autoindex_events_1")]
    [InlineData(ExplainSql.Decisions, "event_decisions_on_enrolling")]
    [InlineData(ExplainSql.Decisions, "event_decisions_on_enrolled")]
    [InlineData(ExplainSql.Walks, "enrolments_by_customer")]
    [InlineData(ExplainSql.Deliveries, "deliveries_by_step")]
    [InlineData(ExplainSql.Invitations, "invitations_by_enrolment")]
    [InlineData(ExplainSql.Response, "sqlite_autoindex_responses_1")]
    [InlineData(ExplainSql.Cases, "cases_by_customer")]
    [InlineData(ExplainSql.WriteBacks, "write_backs_by_customer")]
    [InlineData(ExplainSql.Consents, "consents")]
    [InlineData(ExplainSql.Suppressions, "suppressions")]
    [InlineData(ExplainSql.Slots, "entry_slots")]
    [InlineData(SqliteMomentStore.Due, "moments_due")]
    [InlineData(SqliteMomentStore.LastHeard, "events_by_customer")]
    [InlineData(SqliteSegmentStore.Page, "segment_members")]
    [InlineData(SymptomSql.Failed, "enrolments_failed")]
    [InlineData(SymptomSql.Unknown, "deliveries_by_state")]
    [InlineData(SymptomSql.Messages, "deliveries_due")]
    public async Task What_is_read_often_is_read_through_its_index(string sql, string index)
    {
        var plan = await PlanAsync(sql);

        Assert.Contains(plan, line => line.Contains($"INDEX {index} ", StringComparison.Ordinal) || line.EndsWith($"INDEX {index}", StringComparison.Ordinal)
            || line.Contains($"SEARCH {index} USING PRIMARY KEY", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains(index, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SqliteEventStore.Claim)]
    [InlineData(SqliteEnrolmentStore.ClaimDue)]
    [InlineData(LedgerSql.Claim)]
    [InlineData(SqliteCaseStore.ClaimOpening)]
    [InlineData(SqliteWriteBackStore.ClaimDue)]
    [InlineData(SqliteErrandStore.ClaimDue)]
    [InlineData(LedgerSql.TakeUnknown)]
    public async Task A_claim_takes_the_first_of_the_index_without_sorting(string sql) =>
        Assert.DoesNotContain(await PlanAsync(sql), line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));

    [Fact]
    public async Task The_first_write_back_of_a_customer_is_not_looked_for_among_everybodys()
    {
        var searches = (await PlanAsync(WriteBackRows.SetBlocked)).Where(line => line.StartsWith("SEARCH", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, searches.Count);
        Assert.All(searches, line => Assert.Contains("write_backs_waiting (customer_id=?", line, StringComparison.Ordinal));
    }

    private Task<List<string>> PlanAsync(string sql) =>
        _database.ReadAsync(session => session.Use("explain query plan " + sql).All(row => row.Text(3)), CancellationToken.None);
}
