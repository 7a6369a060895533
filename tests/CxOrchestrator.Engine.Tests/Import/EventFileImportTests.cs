using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Import;

public sealed class EventFileImportTests
{
    private static readonly string[] Mappings = ["id=order", "type:=order.delivered", "subject=who", "time=at", "data.total=total", "data.note=note"];

    [Fact]
    public async Task Every_row_is_accounted_for_and_bad_ones_are_refused_with_line_and_reason()
    {
        await using var world = await World.WithAsync();
        var report = await ImportAsync(world, """"
            order,who,at,total,note
            1,anna,2026-03-01 10:00:00,12.50,fine
            2,anna,2026-03-01T10:00:00+07:00,7,"two
            lines, ""quoted"""
            3,anna,2026-03-01
            4,anna,2026-03-01,1,a "quote" inside
            5,anna,2026-03-01,1,"closed" and more
            6,anna,yesterday,1,x
            7,,2026-03-01,1,x

            8,anna,2026-03-01,1,last
            1,anna,2026-03-01,1,again
            """");
        Assert.Equal((9, 3, 1, 5), (report.Rows, report.Added, report.Duplicates, report.Refused));
        Assert.True(report.Balances);
        Assert.Equal(
            [
                "5: the row has 3 columns, the header has 5",
                "6: column 5 has a quote inside: put the field in quotes and double those inside",
                "7: column 5 goes on after its closing quote: double the quotes inside a quoted field",
                "8: time 'yesterday' can't be read: write it as 2026-03-02T12:00:00Z or 2026-03-02 12:00:00",
                "9: subject is missing: send a text of 1 to 200 characters",
            ],
            report.Refusals.Select(refusal => $"{refusal.Line}: {refusal.Reason}"));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_own_line_and_not_the_rest_of_the_file()
    {
        await using var world = await World.WithAsync();
        var report = await ImportAsync(world, "order,who,at,total,note\n1,anna,2026-03-01,1,\"open\n2,anna,2026-03-01,1,b\n3,anna,2026-03-01,1,c\n");
        Assert.Equal((3, 2, 1), (report.Rows, report.Added, report.Refused));
        Assert.Equal(new RowRefusal(2, "column 5 opens a quote that is never closed: close it, or double it"), report.Refusals[0]);
    }

    [Fact]
    public async Task A_mark_at_the_beginning_windows_line_ends_and_semicolons_are_read()
    {
        await using var world = await World.WithAsync();
        var report = await ImportAsync(world, "\uFEFForder;who;at;total;note\r\n1;anna;2026-03-01;1;a,b\r\n2;anna;2026-03-01;1;c");
        Assert.Equal((2, 2), (report.Rows, report.Added));
    }

    [Fact]
    public async Task A_field_of_five_megabytes_is_refused_kindly_and_the_next_row_is_read()
    {
        await using var world = await World.WithAsync();
        var large = new string('x', 5 * 1024 * 1024);
        var report = await ImportAsync(world, $"order,who,at,total,note\n1,anna,2026-03-01,1,\"{large}\n{large}\"\n2,anna,2026-03-01,1,{large}\n3,anna,2026-03-01,1,c\n");
        Assert.Equal((3, 1, 2), (report.Rows, report.Added, report.Refused));
        Assert.All(report.Refusals, refusal => Assert.Contains("column 5 has more than 262144 characters", refusal.Reason, StringComparison.Ordinal));
        Assert.Equal([2, 4], report.Refusals.Select(refusal => refusal.Line));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await using var world = await World.WithAsync();
        var text = "order,who,at,total,note\n" + string.Concat(Enumerable.Range(0, 1_234).Select(number => $"{number},anna,2026-03-01,1,x\n"));
        Assert.Equal(1_234, (await ImportAsync(world, text)).Added);
        var second = await ImportAsync(world, text);
        Assert.Equal((0, 1_234), (second.Added, second.Duplicates));
        Assert.Equal(1_234, (await world.Get<IEventStore>().CountAsync(CancellationToken.None)).Stored);
    }

    [Fact]
    public async Task Times_without_an_offset_are_read_in_the_zone_and_values_keep_their_kinds()
    {
        await using var world = await World.WithAsync();
        var anna = await world.CustomerAsync("anna");
        await ImportAsync(world, "order,who,at,total,note\n1,anna,2026-03-01 10:00:00,12.50,007\n", options => options with { Zone = "America/Sao_Paulo" });
        var stored = await world.Get<IEventStore>().FindAsync(anna.Id, "order.delivered", null, null, CancellationToken.None);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero), stored!.Time);
        Assert.Equal("""{"total":12.5,"note":"007"}""", stored.Data.GetRawText());
    }

    [Fact]
    public async Task A_filter_leaves_rows_out_and_a_lookup_finds_the_person()
    {
        await using var world = await World.WithAsync();
        var anna = await world.CustomerAsync("person-1");
        var people = Path.Combine(world.Folder, "people.csv");
        await File.WriteAllTextAsync(people, "customer,person\nc1,person-1\n");
        var report = await ImportAsync(
            world, "order,who,at,total,note\n1,c1,2026-03-01,1,x\n2,c1,,1,x\n3,c9,2026-03-01,1,x\n",
            options => options with { Lookup = $"{people}:customer=person", Where = "row.at != \"\"" });
        Assert.Equal((3, 1, 1, 1), (report.Rows, report.Added, report.LeftOut, report.Refused));
        Assert.Equal("subject: 'c9' is no customer of people.csv", report.Refusals[0].Reason);
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(anna.Id, "order.delivered", null, null, CancellationToken.None));
    }

    [Fact]
    public async Task All_faults_of_a_call_are_told_at_once_and_nothing_is_read()
    {
        await using var world = await World.WithAsync();
        var report = await ImportAsync(world, "order,who\n1,anna\n", options => options with
        {
            Mappings = ["id=ordre", "subjct=who", "nonsense", "type:={{ if }}"], Zone = "Mars/Base", Lookup = "nowhere.csv:a=b", Where = "row.",
        });
        Assert.Equal(0, report.Rows);
        var faults = string.Join('\n', report.Faults);
        Assert.Contains("Mars/Base", faults, StringComparison.Ordinal);
        Assert.Contains("nowhere.csv", faults, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'order'?", faults, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'subject'?", faults, StringComparison.Ordinal);
        Assert.Contains("'nonsense'", faults, StringComparison.Ordinal);
        Assert.Contains("the field 'time' is not mapped", faults, StringComparison.Ordinal);
        Assert.Contains("where(1,", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_json_are_events_too_and_broken_ones_are_refused_by_line()
    {
        await using var world = await World.WithAsync();
        var file = Path.Combine(world.Folder, "events.ndjson");
        await File.WriteAllTextAsync(file, """
            {"specversion":"1.0","id":"1","type":"order.delivered","subject":"anna","time":"2026-03-01T10:00:00Z","data":{"total":5}}
            {"id":"2","type":"order.deliverd","subject":"anna","time":"2026-03-01T10:00:00Z"}
            {"id":"3",
            []

            {"id":"4","type":"order.delivered","subject":"anna"}
            {"id":"1","type":"order.delivered","subject":"anna","time":"2026-03-01T10:00:00Z"}
            """);
        var report = await world.Get<EventFileImport>().RunAsync(new EventImportOptions { File = file, Source = "shop" }, CancellationToken.None);
        Assert.Equal((6, 1, 1, 4), (report.Rows, report.Added, report.Duplicates, report.Refused));
        Assert.Equal([2, 3, 4, 6], report.Refusals.Select(refusal => refusal.Line));
        Assert.Contains("did you mean 'order.delivered'?", report.Refusals[0].Reason, StringComparison.Ordinal);
    }

    private static async Task<ImportReport> ImportAsync(World world, string text, Func<EventImportOptions, EventImportOptions>? change = null)
    {
        var file = Path.Combine(world.Folder, "orders.csv");
        await File.WriteAllTextAsync(file, text);
        var options = new EventImportOptions { File = file, Source = "shop", Mappings = Mappings };
        return await world.Get<EventFileImport>().RunAsync(change is null ? options : change(options), CancellationToken.None);
    }
}
