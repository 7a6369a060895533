using CxOrchestrator.Benchmarks.Sending;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Stores.Flat;

/// <summary>
/// Two years of an installation, made on the server: for each two ledger rows one walk that an event began, its event and one of our own, what was decided on
/// both, an invitation and a write-back; for each six a customer with an address, an id and a consent; for each ten a response. One walk of ten is under way.
/// Customers' rows lie all over the two years. Indexes are made when the rows are there, for that takes a third of the time.
/// </summary>
internal static class FlatData
{
    /// <summary>When the two years end.</summary>
    public static readonly DateTimeOffset End = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How many months they are.</summary>
    public const int Months = 24;

    private const string Functions = """
        create schema fill;
        create function fill.key(kind text, n bigint, at timestamptz) returns uuid language sql immutable as $$
          select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || kind || '8' || lpad(to_hex(n), 15, '0'))::uuid $$;
        create table fill.indexes as
          select c.relname::text as name, replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ') as definition
          from pg_index x join pg_class c on c.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
          where t.relnamespace = 'public'::regnamespace and not t.relispartition and not exists (select 1 from pg_constraint k where k.conindid = c.oid);
        """;

    private const string DropIndexes = "do $$ declare one record; begin for one in select name from fill.indexes loop execute 'drop index ' || one.name; end loop; end $$";

    private const string MakeIndexes = """
        set maintenance_work_mem = '512MB';
        do $$ declare one record; begin for one in select definition from fill.indexes loop execute one.definition; end loop; end $$;
        drop schema fill cascade
        """;

    /// <summary>Fills an empty, migrated database.</summary>
    public static async Task FillAsync(string connection, long rows, Action<double, string> tell)
    {
        await DoAsync(connection, Functions);
        await DoAsync(connection, DropIndexes);
        var parts = Parts(rows);
        for (var i = 0; i < parts.Count; i++)
        {
            tell(i / (parts.Count + 2.0), parts[i].What);
            await DoAsync(connection, $"set synchronous_commit = off; set work_mem = '256MB'; {parts[i].Sql}");
        }

        tell(parts.Count / (parts.Count + 2.0), "indexes");
        await DoAsync(connection, MakeIndexes);
        tell((parts.Count + 1) / (parts.Count + 2.0), "vacuum");
        await DoAsync(connection, "vacuum analyze");
    }

    /// <summary>Runs SQL, however long it takes.</summary>
    public static async Task DoAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connection};Pooling=false;Command Timeout=0");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The keys of customers to ask about, by number from 1.</summary>
    public static string CustomerKey(string number) => $"fill.key('0c0', {number}, timestamptz '2024-10-01')";

    private static List<(string What, string Sql)> Parts(long rows)
    {
        var (walks, customers) = (rows / 2, rows / 6);
        var start = End.AddMonths(-Months);
        // A walk's beginning, and the keys that hang on it.
        var at = $"(timestamptz '{start:yyyy-MM-dd}' + (e::float8 / {walks}) * interval '{(End - start).TotalDays - 6} days')";
        var customer = CustomerKey($"e % {customers} + 1");
        var (walk, began, told, asked) = ($"fill.key('0e0', e, {at})", $"fill.key('0b0', e, {at})", $"fill.key('0a0', e, {at})", $"fill.key('010', e, {at})");
        // The second message goes five days after the first.
        var letter = $"fill.key('0d0', d, {at} + (d % 2) * interval '5 days')";
        var perWalk = $"from generate_series(1, {walks}) e";
        var perRow = $"from generate_series(1, {rows}) d cross join lateral (select (d + 1) / 2 as e) walk";
        const string Journey = Mailing.Journey;
        return
        [
            ("customers", $"""
                insert into customers (id, name, name_folded, given_name, locale, time_zone, attributes, created_at, changed_at)
                select {CustomerKey("c")}, 'Customer ' || c, 'customer ' || c, 'Customer', 'en', 'Europe/Berlin', '{CustomerAttributes}', '2024-10-01', '2024-10-01'
                from generate_series(1, {customers}) c;
                insert into contact_points (customer_id, channel, address) select {CustomerKey("c")}, 0, 'c' || c || '@example.com' from generate_series(1, {customers}) c;
                insert into external_ids (connection, value, customer_id) select 'shop', 'c-' || c, {CustomerKey("c")} from generate_series(1, {customers}) c;
                insert into consents (customer_id, channel, purpose, at, state, by, how)
                select {CustomerKey("c")}, 0, 2, '2024-10-01', 0, 'the customer', 'at the till' from generate_series(1, {customers}) c
                """),
            ("walks", $"""
                insert into enrolments (id, customer_id, journey, version, entry_key, event_id, state, step_id, entered, due_at, context, started_at, ended_at, reason, revision)
                select {walk}, {customer}, '{Journey}', 1, e::text, {began}, case when e % 10 = 0 then 0 else 1 end, '1', true,
                  case when e % 10 = 0 then timestamptz '2030-01-01' end, '{WalkContext}', {at}, case when e % 10 <> 0 then {at} + interval '6 days' end, 'all steps are done', 3
                {perWalk}
                """),
            ("events", $"""
                insert into events (id, source, source_id, type, subject, customer_id, time, received_at, data, processed)
                select {began}, 'shop', 'order-' || e, 'order.delivered', 'c-' || (e % {customers} + 1), {customer}, {at}, {at}, '{OrderData}', true {perWalk};
                insert into events (id, source, source_id, type, subject, customer_id, time, received_at, data, delivery_id, enrolment_id, processed)
                select {told}, 'cxo', 'delivery.accepted/' || e, 'delivery.accepted', 'c-' || (e % {customers} + 1), {customer}, {at}, {at}, '{ToldData}',
                  fill.key('0d0', 2 * e, {at}), {walk}, true {perWalk}
                """),
            ("names of events", $"""
                insert into event_names (source, source_id, id) select 'shop', 'order-' || e, {began} {perWalk};
                insert into event_names (source, source_id, id) select 'cxo', 'delivery.accepted/' || e, {told} {perWalk}
                """),
            ("decisions", $"""
                insert into event_decisions (event_id, time, customer_id, journey, outcome, reason, enrolment_id)
                select {began}, {at}, {customer}, '{Journey}', 0, 'order.delivered begins it', {walk} {perWalk};
                insert into event_decisions (event_id, time, customer_id, journey, outcome, reason)
                select {told}, {at}, {customer}, '', 5, 'no journey begins with delivery.accepted' {perWalk}
                """),
            ("ledger", $"""
                insert into deliveries (id, customer_id, enrolment_id, step_id, occurrence, journey, message, purpose, touchpoint, via, invitation_id, state, sent_via,
                  connection, provider_id, attempts, reason, planned_at, changed_at, handed_over_at, handed_over_to, decided)
                select {letter}, {customer}, {walk}, '1', 1 + d % 2, '{Journey}', 'thanks', 2, 'delivery', '0', {asked}, 3, 0, 'mail', '<' || d || '@mail.example.com>', 1,
                  'accepted', {at}, {at}, {at}, 'c' || (e % {customers} + 1) || '@example.com', 'e-mail: the first that the customer has consented to' {perRow}
                """),
            ("steps", $"insert into delivery_steps (enrolment_id, step_id, occurrence, id) select {walk}, '1', 1 + d % 2, {letter} {perRow}"),
            ("write-backs", $"""
                insert into write_backs (id, customer_id, key, kind, title, "values", at, state, attempts, reason, connection, enrolment_id, blocked)
                select fill.key('0f0', e, {at}), {customer}, 'message/' || e, 0, 'thanks sent', '{ToldData}', {at}, 1, 1, 'written', 'crm', {walk}, false {perWalk}
                """),
            ("surveys", $"""
                insert into invitations (id, customer_id, survey, survey_version, enrolment_id, journey, delivery_id, touchpoint, created_at, expires_at)
                select {asked}, {customer}, 'nps', 1, {walk}, '{Journey}', fill.key('0d0', 2 * e, {at}), 'delivery', {at}, {at} + interval '30 days' {perWalk};
                insert into responses (invitation_id, customer_id, survey, survey_version, score, comment, language, answered_at, changed_at, revision)
                select {asked}, {customer}, 'nps', 1, e % 11, 'fine', 'en', {at}, {at}, 1 {perWalk} where e % 5 = 0
                """),
        ];
    }

    private const string CustomerAttributes = """{"tier":"gold","points":1200,"city":"Berlin"}""";
    private const string WalkContext = """{"event":{"type":"order.delivered","data":{"order":"4711","total":42.5}},"visits":{"1":2},"deliveries":{}}""";
    private const string OrderData = """{"order":"4711","total":42.5,"currency":"EUR"}""";
    private const string ToldData = """{"message":"thanks","channel":"email"}""";
}
