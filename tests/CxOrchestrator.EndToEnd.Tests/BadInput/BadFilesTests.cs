using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests.BadInput;

/// <summary>Files that are wrong, given to the command line: each fault says what, where and what to do, and what is right is taken.</summary>
public sealed class BadFilesTests : IAsyncLifetime
{
    private static readonly string[] PeopleColumns =
        ["--map", "id.shop=id", "--map", "name=name", "--map", "email=email", "--map", "locale=locale", "--map", "timeZone=zone"];

    private readonly Shop _shop = PlainShop.New();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Broken_rows_of_a_csv_file_are_told_by_line_and_the_others_imported()
    {
        var file = Write(
            "people.csv", "id,name,email,locale,zone", "anna,Anna,anna@example.test,en-GB,Europe/London", "bea,Bea", "carl,\"Carl,carl@example.test,en-GB,Europe/London",
            ",Nobody,nobody@example.test,en-GB,Europe/London", "dora,Dora,dora-at-home,en-GB,Europe/London", "emil,Emil,emil@example.test,en-GB,Europe/London");

        var output = await _shop.DoAsync(["customers", "import", file, .. PeopleColumns]);

        Assert.Contains("line 3: the row has 2 columns, the header has 5", output, StringComparison.Ordinal);
        Assert.Contains("line 4: column 2 opens a quote that is never closed: close it, or double it", output, StringComparison.Ordinal);
        Assert.Contains("line 5: no id: a customer needs an id of at least one source", output, StringComparison.Ordinal);
        Assert.Contains("line 6: 'dora-at-home' is no e-mail address", output, StringComparison.Ordinal);
        Assert.Equal((2, 4, 6), (CountOf(output, "imported"), CountOf(output, "refused"), CountOf(output, "all")));
        Assert.Contains("emil@example.test", await _shop.DoAsync("customers", "show", "Emil"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_rows_can_be_kept_in_a_file()
    {
        var file = Write("people.csv", "id,name,email,locale,zone", "bea,Bea", "anna,Anna,anna@example.test,en-GB,Europe/London");
        var refused = Path.Combine(_shop.Folder, "refused.txt");

        await _shop.DoAsync(["customers", "import", file, .. PeopleColumns, "--refused-to", refused]);

        Assert.StartsWith("2\tthe row has 2 columns", Assert.Single(await File.ReadAllLinesAsync(refused)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_locales_and_time_zones_fall_back_and_are_counted()
    {
        var file = Write(
            "people.csv", "id,name,email,locale,zone", "anna,Anna,anna@example.test,th-TH,Asia/Bangkok", "bea,Bea,bea@example.test,xx-Klingon,Asia/Bangkok",
            "carl,Carl,carl@example.test,th-TH,Mars/Olympus", "dora,Dora,dora@example.test,,");

        var output = await _shop.DoAsync(["customers", "import", file, .. PeopleColumns]);

        Assert.Contains("2 rows had an unknown time zone or locale and took the setting's.", output, StringComparison.Ordinal);
        Assert.Equal((4, 0), (CountOf(output, "imported"), CountOf(output, "refused")));
        Assert.Contains("th-TH, Asia/Bangkok;", await _shop.DoAsync("customers", "show", "Anna"), StringComparison.Ordinal);
        Assert.Contains("en, Asia/Bangkok;", await _shop.DoAsync("customers", "show", "Bea"), StringComparison.Ordinal);
        Assert.Contains("th-TH, Etc/UTC;", await _shop.DoAsync("customers", "show", "Carl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_with_typos_imports_nothing_and_names_all_of_them_with_the_nearest()
    {
        var file = Write("people.csv", "id,name,email", "anna,Anna,anna@example.test");

        var (exitCode, output) = await CxoProcess.RunAsync(_shop.Folder, "customers", "import", file, "--map", "id.shop=idd", "--map", "nmae=name");

        Assert.Equal(1, exitCode);
        Assert.Contains("Nothing was imported:", output, StringComparison.Ordinal);
        Assert.Contains("the file has no column 'idd'. Did you mean 'id'?", output, StringComparison.Ordinal);
        Assert.Contains("there is no field 'nmae'. Did you mean 'name'?", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_lines_of_a_file_of_events_are_told_by_line_and_the_others_imported()
    {
        await _shop.DoAsync("journeys", "publish");
        var file = Write(
            "events.ndjson",
            """{"specversion":"1.0","id":"1","type":"order.delivered","subject":"anna","time":"2026-03-01T12:00:00Z"}""",
            """{"specversion":"1.0","id":"2","type":"order.deliverd","subject":"anna","time":"2026-03-01T12:00:00Z"}""",
            """{"specversion":"1.0","type":"order.delivered","time":"2026-03-01T12:00:00Z"}""",
            """{"specversion":"1.0","id":"4","type":"order.delivered","subject":"anna"}""",
            """{not json""",
            """{"specversion":"1.0","id":"6","type":"order.delivered","subject":"anna","time":"2026-03-01T12:00:00Z"}""");

        var output = await _shop.DoAsync("events", "import", file, "--source", "shop");

        Assert.Contains("line 2: type 'order.deliverd' is not known: did you mean 'order.delivered'?", output, StringComparison.Ordinal);
        Assert.Contains("line 3: id is missing: send a text of 1 to 200 characters; subject is missing:", output, StringComparison.Ordinal);
        Assert.Contains("line 4: time is missing: add when it happened", output, StringComparison.Ordinal);
        Assert.Contains("line 5: byte 2 is not JSON:", output, StringComparison.Ordinal);
        Assert.Equal((2, 4, 6), (CountOf(output, "imported"), CountOf(output, "refused"), CountOf(output, "all")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var (exitCode, output) = await CxoProcess.RunAsync(_shop.Folder, ["customers", "import", "nowhere.csv", .. PeopleColumns]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"There is no file {Path.Combine(_shop.Folder, "nowhere.csv")}.", output, StringComparison.Ordinal);
    }

    private string Write(string name, params string[] lines)
    {
        var file = Path.Combine(_shop.Folder, name);
        File.WriteAllLines(file, lines);
        return file;
    }

    // A row of the table: │ imported │ 2 │
    private static int CountOf(string output, string row) => int.Parse(
        output.Split('\n').Select(line => line.Split('│', StringSplitOptions.TrimEntries)).Single(cells => cells.Length > 2 && cells[1] == row)[2],
        System.Globalization.CultureInfo.InvariantCulture);
}
