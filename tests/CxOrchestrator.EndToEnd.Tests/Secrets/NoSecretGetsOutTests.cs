using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>
/// No secret's value occurs in any log line, error, API answer, page of the database or text of a crash, in a run that uses connections of every plugin to
/// services that say secrets back.
/// <para>
/// What this can't promise is a memory dump's silence: a process that signs in to services has their secrets in its memory, and a full dump
/// (<c>DOTNET_DbgEnableMiniDump=1</c>, <c>createdump</c>, a core file of the kernel) holds them in clear, as its environment does. Dumps are off by
/// default, and are to be kept like the secrets themselves. Nor can a plugin be kept from printing by itself: its code runs in the host's process.
/// </para>
/// </summary>
public sealed class NoSecretGetsOutTests
{
    private const double Speed = 600;

    private const int PeopleAChapter = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Wherever_a_run_with_all_connections_leaves_words_there_is_no_secret_among_them()
    {
        await using var shop = new Shop(null, PlainShop.Begins, Speed);
        await using var all = await EveryConnection.StartAsync(shop.Folder);
        var source = new EventSource("shop");
        var words = new List<(string Place, string Text)>();
        var content = await SetUpAsync(shop, all, source, words);
        Assert.All(BundledPlugins(), plugin => Assert.True(all.Plugins.Contains(plugin), $"{plugin} is not used by this test: give it a connection in EveryConnection"));

        // Which connection does the work changes; each chapter ends another way.
        await UseAsync(shop, email: "mail", sms: "texts", tickets: "zendesk", crm: "hubspot");
        await ChapterAsync(shop, all, content, words, 0, () => all.Mail.Accepted.Count > 0 && Asked(all, 2, "texts", "hubspot") && Called(all, 12, "zendesk"));
        await EndAsync(shop, words, "aborted", process => process.AbortAsync());

        await UseAsync(shop, email: "throws", sms: "vonage", tickets: "zammad", crm: "salesforce");
        await ChapterAsync(shop, all, content, words, 1, () => Asked(all, 2, "vonage") && Called(all, 12, "zammad", "salesforce"));
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "data", "connections", "dies", "die"), "");
        await EndAsync(shop, words, "died", process => process.EndedAsync());
        File.Delete(Path.Combine(shop.Folder, "data", "connections", "dies", "die"));

        await UseAsync(shop, email: "graph", sms: "throws", tickets: "slack", crm: "dataverse");
        await ChapterAsync(shop, all, content, words, 2, () => Asked(all, 2, "graph", "slack") && Called(all, 12, "dataverse") && Called(all, 1, "tokenmail") && all.Inbox.Sessions > 5);
        await EndAsync(shop, words, "stopped", process => process.StopAsync());
        await AskAsync(shop, all, words);

        var search = new SecretSearch(all.Vault.All, EveryConnection.User, "agent@example.test/token", "agent@example.test", "SK" + new string('b', 32), "AC" + new string('a', 32));
        var found = words.SelectMany(one => search.In(one.Place, one.Text)).Concat(search.InFiles(Path.Combine(shop.Folder, "data"))).ToList();
        Assert.True(found.Count == 0, $"{found.Count} places:\n{string.Join("\n\n", found.Take(40))}");
        AssertThatItWouldHaveFound(shop, words);
    }

    // The same search, for words that are no secret and went the ways that secrets could have gone.
    private static void AssertThatItWouldHaveFound(Shop shop, List<(string Place, string Text)> words)
    {
        var search = new SecretSearch([new PlantedSecret("the last words", EveryConnection.LastWords, "")]);
        foreach (var place in new[] { "what the run that died printed", "what 'connections test dies' printed", "the answer of /customers" })
            Assert.True(words.Any(one => one.Place == place && search.In(place, one.Text).Count > 0), $"the search does not see what is in {place}");
        Assert.Contains(search.InFiles(Path.Combine(shop.Folder, "data")), found => found.Contains("cxo.db", StringComparison.Ordinal));
        Assert.Contains("Unhandled exception", words.Single(one => one.Place == "what the run that died printed").Text, StringComparison.Ordinal);
        Assert.Contains("••••••", words.Single(one => one.Place == "what the run that died printed").Text, StringComparison.Ordinal);
    }

    private static async Task<Content> SetUpAsync(Shop shop, EveryConnection all, EventSource source, List<(string Place, string Text)> words)
    {
        var packages = Path.Combine(shop.Folder, "packages");
        await HostilePlugins.HostilePlugins.LayOutAsync(packages, "throws-from-every-call", "dies-on-a-thread");
        shop.Change(settings =>
        {
            settings["Content"] = new JsonObject { ["Folder"] = "content" };
            settings["Connections"] = all.Entries;
            settings["Health"] = new JsonObject { ["ProbeEvery"] = "00:00:01" };
            settings["Logging"] = new JsonObject
            {
                ["LogLevel"] = new JsonObject { ["Default"] = "Trace", ["Microsoft.AspNetCore"] = "Trace", ["Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace", ["Quartz"] = "Trace" },
                ["Console"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Trace", ["Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace" } },
            };
        });
        shop.AddSources(source);
        foreach (var plugin in Directory.EnumerateDirectories(packages))
            words.Add(("what 'plugins install' printed", await shop.DoAsync("plugins", "install", plugin)));
        var content = new Content(shop, source);
        await content.PrepareAsync(3 * PeopleAChapter);
        return content;
    }

    private static Task UseAsync(Shop shop, string email, string sms, string tickets, string crm)
    {
        shop.Change(settings => settings["Use"] = new JsonObject
        {
            ["EmailSender"] = email, ["SmsSender"] = sms, ["TicketWriter"] = tickets, ["TicketReader"] = tickets, ["CrmReader"] = crm, ["CrmWriter"] = crm,
        });
        return shop.StartAsync();
    }

    private static async Task ChapterAsync(Shop shop, EveryConnection all, Content content, List<(string Place, string Text)> words, int number, Func<bool> used)
    {
        await content.PostAsync(Enumerable.Range(number * PeopleAChapter, PeopleAChapter));
        var callers = new Callers(shop, all, words);
        await callers.CallHooksAsync();
        var began = Stopwatch.GetTimestamp();
        while (!used())
        {
            Assert.False(shop.Process.Ended, shop.Process.Output);
            Assert.True(
                Stopwatch.GetElapsedTime(began) < Limit,
                $"chapter {number}: mail {all.Mail.Accepted.Count}, mailbox {all.Inbox.Sessions}, {string.Join(", ", all.Names.Select(name => $"{name} {Calls(all, name)}"))}\n{string.Join('\n', shop.Process.Output.Split('\n').TakeLast(60))}");
            await Task.Delay(200);
        }

        await callers.LookAroundAsync();
    }

    private static async Task EndAsync(Shop shop, List<(string Place, string Text)> words, string how, Func<CxoProcess, Task> end)
    {
        await end(shop.Process);
        words.Add(($"what the run that {how} printed", shop.Process.Output));
        await shop.ForgetAsync();
    }

    private static async Task AskAsync(Shop shop, EveryConnection all, List<(string Place, string Text)> words)
    {
        string[][] questions =
        [
            ["check"], ["plugins", "list"], ["plugins", "verify"], ["connections", "list"], ["books"], ["deliveries", "list"], ["cases", "list"], ["customers", "show", "shop:p0000"],
            ["connections", "add", "again", "--plugin", "email.smtp", "--set", $"Password={all.Vault.All[0].Value}"],
            .. all.Names.Select(name => new[] { "connections", "test", name }),
        ];
        foreach (var question in questions)
        {
            var (_, output) = await CxoProcess.RunAsync(shop.Folder, question);
            words.Add(($"what '{string.Join(' ', question.Take(3))}' printed", output));
        }
    }

    private static bool Called(EveryConnection all, int times, params string[] connections) => connections.All(name => Calls(all, name) >= times);

    // Beyond the probes, which every connection gets each second: what changes something.
    private static bool Asked(EveryConnection all, int times, params string[] connections) =>
        connections.All(name => all.Service(name).Requests.Count(request => request.Method is not "GET" && !request.Path.EndsWith("auth.test", StringComparison.Ordinal)) >= times);

    private static int Calls(EveryConnection all, string connection) =>
        all.Has(connection) ? all.Service(connection).Requests.Count : 0;

    private static IEnumerable<string> BundledPlugins() =>
        Directory.EnumerateFiles(Repository.PathOf("plugins"), "plugin.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("id").GetString()!);
}
