namespace CxOrchestrator.Host.Tests.CommandLine;

/// <summary>Installations with something in them.</summary>
internal static class AnInstallation
{
    /// <summary>The starter content, published, and one customer.</summary>
    public static async Task<Calls> WithAnnaAsync()
    {
        var calls = new Calls(new
        {
            Plugins = new { Folder = Calls.BundledPlugins },
            Content = new { Folder = Calls.StarterContent },
            Events = new { Types = new[] { "order.returned", "ticket.reopened" } },
            Connections = new[] { new { Name = "sandbox", Plugin = "sandbox" } },
        });
        var file = Path.Combine(calls.Folder, "people.csv");
        await File.WriteAllTextAsync(file, "id,name,given,email,phone\na1,Anna Ruiz,Anna,anna@example.test,+447700900123\n");
        await DoneAsync(calls, "journeys", "publish");
        await DoneAsync(
            calls, "customers", "import", file, "--map", "id.shop=id", "--map", "name=name", "--map", "givenName=given", "--map", "email=email", "--map", "phone=phone");
        return calls;
    }

    private static async Task DoneAsync(Calls calls, params string[] arguments)
    {
        var (exitCode, output) = await calls.RunAsync(arguments);
        Assert.True(exitCode == 0, output);
    }
}
