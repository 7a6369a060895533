using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Segments;
using CxOrchestrator.Host.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class JourneysSimulateTests
{
    private const string Journey = """
        journey: ask-again
        purpose: feedback
        trigger: { on: order.delivered }
        reentry: { per: event.data.order }
        steps:
          - wait: 1d
          - { send: nps-invitation, id: invite, survey: nps, via: [ email, sms ] }
          - waitFor: { on: survey.answered, of: invite, upTo: 5d }
            otherwise: [ { send: nps-reminder, id: remind, survey: nps } ]
        """;

    [Fact]
    public async Task A_file_is_simulated_on_what_happened_before_beside_what_is_in_force_and_nothing_of_the_installation_changes()
    {
        using var calls = await WithOrdersAsync();
        var file = Path.Combine(calls.Folder, "ask-again.yaml");
        var (csv, page) = (Path.Combine(calls.Folder, "all.csv"), Path.Combine(calls.Folder, "page.html"));
        await File.WriteAllTextAsync(file, Journey);
        var before = Contents(calls);

        var (code, output) = await calls.RunAsync("journeys", "simulate", file, "--days", "14", "--answers", "none", "--csv", csv, "--page", page);

        Assert.True(code == 0, output);
        Assert.Equal(before, Contents(calls));
        foreach (var part in new[] { "1 customers, 2 events", "Nothing was sent.", "come again 14 days later", "ask-again is not published yet", "invite: nps-invitation", "remind: nps-reminder", "sandbox" })
            Assert.Contains(part, output, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(csv);
        Assert.Equal(2, lines.Count(line => line.Contains(",ask-again,invite,1,nps-invitation,sent,email,sandbox,", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.Contains(",ask-again,remind,1,nps-reminder,sent,email,sandbox,", StringComparison.Ordinal)));
        Assert.All(lines.Skip(1), line => Assert.Contains(",shop:a1,", line, StringComparison.Ordinal));
        Assert.DoesNotContain("anna@example.test", string.Join('\n', lines), StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(page);
        Assert.Contains("<svg class=\"chart\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        // Closed and nested right throughout.
        Assert.NotEmpty(XDocument.Parse(html.Replace("<!doctype html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
            .Replace("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">", "", StringComparison.Ordinal)
            .Replace("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">", "", StringComparison.Ordinal)).Descendants("svg"));
    }

    [Fact]
    public async Task A_change_of_a_published_journey_says_who_gets_more_and_the_same_seed_gives_the_same_each_time()
    {
        using var calls = await WithOrdersAsync();
        var file = Path.Combine(calls.Folder, "post-delivery-nps.yaml");
        var text = await File.ReadAllTextAsync(Path.Combine(Calls.StarterContent, "journeys", "post-delivery-nps.yaml"));
        await File.WriteAllTextAsync(file, text.Replace("via: [ email, sms ]", "via: [ sms ]", StringComparison.Ordinal));
        string[] call = ["journeys", "simulate", file, "--days", "28", "--rate", "nps=0%", "--from", Now(), "--json"];

        var (code, first) = await calls.RunAsync(call);
        Assert.True(code == 0, first);
        Assert.Equal(first, (await calls.RunAsync(call)).Output);
        using var json = JsonDocument.Parse(first);
        var diff = json.RootElement.GetProperty("diff");
        Assert.Equal((0, 0, 1), (diff.GetProperty("more").GetInt32(), diff.GetProperty("fewer").GetInt32(), diff.GetProperty("others").GetInt32()));
        using var alone = JsonDocument.Parse((await calls.RunAsync([.. call, "--no-diff"])).Output);
        Assert.Equal(JsonValueKind.Null, alone.RootElement.GetProperty("diff").ValueKind);
    }

    [Fact]
    public async Task What_is_wrong_with_the_call_is_said_with_what_to_write()
    {
        using var calls = await WithOrdersAsync();
        foreach (var (arguments, said) in new[]
        {
            (new[] { "--days", "0" }, "--days 0: write a number from 1 to 730."), (["--step", "7 minutes"], "--step 7 minutes: write a part of a day"),
            (["--rate", "nps"], "write SURVEY=SHARE"), (["--answers", "no-such.yaml"], "there is no file"), (["--events", "some.csv"], "write replay, none, or a file of NDJSON"),
            (["--customers", "nobody-of-this-name"], "Nobody is known by"), (["--segment", "gold"], "write NAME=FILE"), (["--from", "soon"], "write a day or a time"),
        })
        {
            var (code, output) = await calls.RunAsync(["journeys", "simulate", .. arguments]);
            Assert.Equal((1, true), (code, output.Contains(said, StringComparison.Ordinal)));
        }

        var file = Path.Combine(calls.Folder, "weekly.yaml");
        await File.WriteAllTextAsync(file, "journey: weekly\npurpose: service\ntrigger: { cron: \"0 0 9 ? * MON\", zone: Etc/UTC, segment: gold }\nsteps: [ { send: welcome } ]\n");
        Assert.Contains("weekly begins for the segment gold of the CRM. A simulation calls nobody", (await calls.RunAsync("journeys", "simulate", file)).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "journey: weekly\npurpose: service\ntrigger: { on: order.delivered }\nsteps: [ { send: welcom } ]\n");
        Assert.Contains("Did you mean 'welcome'?", (await calls.RunAsync("journeys", "simulate", file)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_that_is_watched_is_as_the_CRM_was_last_read_unless_a_file_says_who_is_in_it()
    {
        using var calls = await WithOrdersAsync();
        var people = Path.Combine(calls.Folder, "crm.csv");
        await File.WriteAllTextAsync(people, "id,crm,email\na1,C1,anna@example.test\nb2,C2,ben@example.test\n");
        Assert.Equal(0, (await calls.RunAsync("customers", "import", people, "--map", "id.shop=id", "--map", "id.sandbox=crm", "--map", "email=email")).ExitCode);
        var file = Path.Combine(calls.Folder, "weekly.yaml");
        await File.WriteAllTextAsync(file, "journey: weekly\npurpose: service\ntrigger: { cron: \"0 0 9 ? * MON\", zone: Etc/UTC, segment: gold }\nreentry: always\nsteps: [ { send: welcome } ]\n");
        string[] call = ["journeys", "simulate", file, "--days", "7", "--answers", "none", "--events", "none"];

        await RememberAsync(calls, new SegmentWatch("gold", 1, Known: false, null), "C1");
        Assert.Contains("weekly begins for the segment gold of the CRM. A simulation calls nobody", (await calls.RunAsync(call)).Output, StringComparison.Ordinal);

        await RememberAsync(calls, new SegmentWatch("gold", 2, Known: true, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)), "C1");
        var (code, kept) = await calls.RunAsync(call);
        Assert.True(code == 0, kept);
        Assert.Contains("Segment gold: 1 customers, as the CRM was last read (2026-03-02 12:00 UTC); nobody comes or leaves.", kept, StringComparison.Ordinal);
        Assert.Contains("1 messages", kept, StringComparison.Ordinal);

        var ids = Path.Combine(calls.Folder, "gold.txt");
        await File.WriteAllTextAsync(ids, "C1\nC2\n");
        var (_, given) = await calls.RunAsync([.. call, "--segment", $"gold={ids}"]);
        Assert.Contains($"Segment gold: 2 ids of {ids}.", given, StringComparison.Ordinal);
        Assert.Contains("2 messages", given, StringComparison.Ordinal);
    }

    private static async Task RememberAsync(Calls calls, SegmentWatch watch, params string[] crmIds)
    {
        await using var installation = Installation.Open(new InstallationPlace(calls.SettingsFile, []));
        var customers = await installation.Services.GetRequiredService<ICustomerStore>().FindAsync([.. crmIds.Select(id => new ExternalId("sandbox", id))], CancellationToken.None);
        var store = installation.Services.GetRequiredService<ISegmentStore>();
        await store.PutAsync(watch, CancellationToken.None);
        await store.CommitAsync(new SegmentStep(watch.Segment, [.. customers.Values], [], []), CancellationToken.None);
    }

    // Two orders of Anna's, a week ago.
    private static async Task<Calls> WithOrdersAsync()
    {
        var calls = await AnInstallation.WithAnnaAsync();
        var events = Path.Combine(calls.Folder, "orders.ndjson");
        await File.WriteAllLinesAsync(events, Enumerable.Range(1, 2).Select(number => JsonSerializer.Serialize(new
        {
            specversion = "1.0", id = $"o{number}", source = "shop", type = "order.delivered", subject = "a1",
            time = DateTimeOffset.UtcNow.AddDays(-7 - number).ToString("O", CultureInfo.InvariantCulture), data = new { order = $"O-{number}", total = 50 },
        })));
        var (code, output) = await calls.RunAsync("events", "import", events, "--source", "shop");
        Assert.True(code == 0, output);
        return calls;
    }

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Contents(Calls calls) => string.Join('\n', Directory.EnumerateFiles(Path.Combine(calls.Folder, "data"), "cxo.db*")
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Where(file => new FileInfo(file).Length > 0)
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
