using System.Text;
using CxOrchestrator.Plugins.Sandbox;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Sandbox;

public sealed class PersistenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_stands_after_a_restart()
    {
        var email = AnEmail().Html("<p>สวัสดี</p>").Build();
        var draft = ATicket();
        string ticketId;
        CrmPerson? before;
        await using (var sandbox = Open())
        {
            await sandbox.UpsertAsync([AChange("p", CrmChangeKind.Fields, ("name", "João"), ("vip", true), ("orders", 3), ("total", 12.5))], default);
            await sandbox.UpsertAsync([AChange("p", CrmChangeKind.Score, ("score", 9))], default);
            await sandbox.SendAsync(email, default);
            ticketId = Assert.IsType<Written>(await sandbox.CreateAsync(draft, default)).Id;
            before = await ((ICrmReader)sandbox).FindAsync("p", default);
        }

        await using var again = Open();
        var after = await ((ICrmReader)again).FindAsync("p", default);
        Assert.Equal(before!.Fields, after!.Fields);
        Assert.Equal(before with { Fields = after.Fields }, after);
        Assert.Equal((true, 3L, 12.5), (after.Fields["vip"], after.Fields["orders"], after.Fields["total"]));
        Assert.Equal(email.Html, (await again.ListAsync(null, default)).Items.Single().Email!.Html);
        Assert.Equal(SendResult.Accepted(email.Key), await again.SendAsync(email, default));
        Assert.Single((await again.ListAsync(null, default)).Items);
        Assert.Equal(WriteResult.Written(ticketId), await again.CreateAsync(draft, default));
    }

    [Fact]
    public async Task The_keys_of_the_last_64_changes_of_each_person_are_remembered_over_a_restart_too()
    {
        var changes = Enumerable.Range(0, 65).Select(_ => AChange("p", CrmChangeKind.Answer)).ToList();
        await using (var sandbox = Open())
            await sandbox.UpsertAsync(changes, default);

        await using var again = Open();
        await again.UpsertAsync([.. changes[1..], AChange("q", CrmChangeKind.Answer)], default);

        Assert.Equal(65L, (await ((ICrmReader)again).FindAsync("p", default))!.Fields["answers"]);
    }

    [Fact]
    public async Task Changes_that_a_start_has_read_are_not_read_by_the_next()
    {
        var last = await WriteManyAsync();
        var read = await PeopleAsync();
        // An early change makes no sense any more: whoever reads it says so.
        var journal = await File.ReadAllBytesAsync(_folder.PathOf("people.ndjson"));
        journal[0] = (byte)'!';
        await File.WriteAllBytesAsync(_folder.PathOf("people.ndjson"), journal);

        Assert.Equal(read, await PeopleAsync());

        await using (var sandbox = Open())
            await sandbox.UpsertAsync([.. last, AChange("p-7", CrmChangeKind.Fields, ("name", "João")), AChange("new")], default);
        await using var again = Open();
        var person = await ((ICrmReader)again).FindAsync("p-7", default);
        Assert.Equal("João", person!.Name);
        Assert.Equal(98L, person.Fields["answers"]);
        Assert.Equal(["p-7", "new"], (await ((ICrmReader)again).ChangedSinceAsync("5000", default)).Items.Select(one => one.Id));

        await again.DisposeAsync();
        File.Delete(_folder.PathOf("people.known.ndjson"));
        await using var whole = Open();
        Assert.Contains("people.ndjson, line 1:", (await whole.ProbeAsync(default)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_goes_unread_where_it_is_torn()
    {
        await WriteManyAsync();
        var read = await PeopleAsync();
        var known = await File.ReadAllBytesAsync(_folder.PathOf("people.known.ndjson"));

        foreach (var length in new[] { 0, 1, 80, known.Length / 2, known.Length - 200, known.Length - 2 })
        {
            await File.WriteAllBytesAsync(_folder.PathOf("people.known.ndjson"), known[..length]);
            Assert.Equal(read, await PeopleAsync());
            Assert.Equal(known, await File.ReadAllBytesAsync(_folder.PathOf("people.known.ndjson")));
        }
    }

    [Fact]
    public async Task What_is_known_goes_unread_where_the_changes_are_others()
    {
        await WriteManyAsync();
        await PeopleAsync();
        File.Delete(_folder.PathOf("people.ndjson"));

        await using (var sandbox = Open())
        {
            Assert.Null(await ((ICrmReader)sandbox).FindAsync("p-7", default));
            await sandbox.UpsertAsync([.. Enumerable.Range(0, 6_000).Select(number => AChange($"q-{number % 50}", CrmChangeKind.Answer))], default);
        }

        await using var again = Open();
        Assert.Null(await ((ICrmReader)again).FindAsync("p-7", default));
        Assert.Equal(120L, (await ((ICrmReader)again).FindAsync("q-7", default))!.Fields["answers"]);
    }

    [Theory]
    [InlineData("people.ndjson")]
    [InlineData("tickets.ndjson")]
    [InlineData("outbox.ndjson")]
    public async Task A_line_torn_at_any_byte_is_cut_off_and_can_be_written_again(string file)
    {
        var change = AChange("p", CrmChangeKind.Answer, ("comment", "ช้ามาก"));
        var draft = ATicket();
        var email = AnEmail().Subject("สวัสดี").Build();
        await WriteAllAsync(AChange("p"), ATicket(), AnEmail().Build());
        var path = _folder.PathOf(file);
        var whole = new FileInfo(path).Length;
        await WriteAllAsync(change, draft, email);
        var bytes = await File.ReadAllBytesAsync(path);

        for (var length = whole; length < bytes.Length; length += 7)
        {
            await File.WriteAllBytesAsync(path, bytes[..(int)length]);
            await WriteAllAsync(change, draft, email);

            var lines = await File.ReadAllLinesAsync(path);
            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.True(line.StartsWith('{') && line.EndsWith('}'), line));
        }
    }

    [Fact]
    public async Task A_line_that_is_whole_but_makes_no_sense_is_named_and_nothing_is_written_over_it()
    {
        await WriteAllAsync(AChange("p"), ATicket(), AnEmail().Build());
        var path = _folder.PathOf("people.ndjson");
        await File.AppendAllTextAsync(path, "not json\n{\"key\":\"x\"}\n", Encoding.UTF8);
        var before = await File.ReadAllTextAsync(path);

        await using (var sandbox = Open())
        {
            var retry = Assert.IsType<WriteRetry>((await sandbox.UpsertAsync([AChange("q")], default))[0]);
            Assert.Contains("people.ndjson, line 2:", retry.Text, StringComparison.Ordinal);
            var report = await sandbox.ProbeAsync(default);
            Assert.Contains("people.ndjson, line 2:", report.Text, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidDataException>(() => ((ICrmReader)sandbox).FindAsync("p", default));
        }

        Assert.Equal(before, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Two_sandboxes_on_one_folder_do_not_write_into_each_other()
    {
        await using var first = Open();
        await using var second = Open();
        Assert.IsType<SendAccepted>(await first.SendAsync(AnEmail().Build(), default));

        Assert.Contains("is open in another process", Assert.IsType<SendUnknown>(await second.SendAsync(AnEmail().Build(), default)).Text, StringComparison.Ordinal);
        // Whoever only looks, as `cxo check` does beside the running service, finds nothing wrong.
        Assert.True((await second.ProbeAsync(default)).Healthy);
    }

    [Fact]
    public async Task A_folder_that_could_not_be_opened_is_tried_again()
    {
        await using var second = Open();
        await using (var first = Open())
        {
            await first.SendAsync(AnEmail().Build(), default);
            Assert.IsType<SendUnknown>(await second.SendAsync(AnEmail().Build(), default));
        }

        Assert.IsType<SendAccepted>(await second.SendAsync(AnEmail().Build(), default));
    }

    private SandboxConnector Open() =>
        new(new ConnectionContext("sandbox", _folder.Path, new ManualTimeProvider(), new RecordingLog()), new SandboxSettings());

    // Five thousand changes of fifty people, of all kinds; gives the last, an answer of each.
    private async Task<IReadOnlyList<CrmChange>> WriteManyAsync()
    {
        var changes = Enumerable.Range(0, 5_000).Select(number => AChange($"p-{number % 50}", CrmChangeKind.Answer, ("score", number % 11), ("comment", "ช้ามาก"))).ToList();
        for (var person = 0; person < 50; person++)
        {
            changes[person] = AChange($"p-{person}", CrmChangeKind.Fields, ("name", $"Ana {person}"), ("vip", true), ("orders", 3), ("total", 12.5));
            changes[50 + person] = AChange($"p-{person}", CrmChangeKind.Score, ("score", 9));
        }

        await using var sandbox = Open();
        await sandbox.UpsertAsync(changes, default);
        return changes[^50..];
    }

    // Everybody, in the order of their last changes, as they are shown after a start.
    private async Task<string> PeopleAsync()
    {
        await using var sandbox = Open();
        var page = await ((ICrmReader)sandbox).ChangedSinceAsync(null, default);
        var segment = await sandbox.SegmentAsync("vip=true", null, default);
        Assert.Equal((50, 50), (page.Items.Count, segment.Items.Count));
        return string.Join('\n', page.Items.Concat(segment.Items).Select(one =>
            $"{one with { Fields = new Dictionary<string, object?>() }} {string.Join(", ", one.Fields.Select(field => $"{field.Key}={field.Value} {field.Value?.GetType().Name}"))}")) + page.NextCursor;
    }

    private async Task WriteAllAsync(CrmChange change, TicketDraft draft, EmailMessage email)
    {
        await using var sandbox = Open();
        Assert.IsType<Written>((await sandbox.UpsertAsync([change], default))[0]);
        Assert.IsType<Written>(await sandbox.CreateAsync(draft, default));
        Assert.IsType<SendAccepted>(await sandbox.SendAsync(email, default));
    }
}
