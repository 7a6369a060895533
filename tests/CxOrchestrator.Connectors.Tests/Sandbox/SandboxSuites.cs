using CxOrchestrator.Plugins.Sandbox;
using CxOrchestrator.Plugins.Sandbox.Helpdesk;
using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Sandbox;

/// <summary>The plugin's folder.</summary>
public sealed class SandboxPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Sandbox");

    protected override IPlugin Plugin => new SandboxPlugin();

    protected override object ValidSettings => new SandboxSettings();
}

/// <summary>How the suites make a sandbox.</summary>
internal static class SuiteSandbox
{
    public static Task<IConnector> ConnectAsync(ConnectionContext context, double solveAfterHours = 0) =>
        Task.FromResult(((IPlugin)new SandboxPlugin()).Connect(context, new SandboxSettings { SolveTicketsAfterHours = solveAfterHours }));

    /// <summary>A sandbox whose folder is a file: whatever it wants to open fails.</summary>
    public static Task<IConnector> ConnectToNothingAsync(ConnectionContext context)
    {
        var file = Path.Combine(context.DataFolder, "not-a-folder");
        File.WriteAllText(file, "");
        return ConnectAsync(context with { DataFolder = file });
    }

    /// <summary>What stands in a file of a sandbox that is open.</summary>
    public static async Task<List<T>> LinesAsync<T>(IConnector connector, string folder, string file)
    {
        await connector.DisposeAsync();
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? [.. (await File.ReadAllLinesAsync(path)).Select(line => JsonLines.Read<T>(System.Text.Encoding.UTF8.GetBytes(line)))] : [];
    }

    public static async Task<List<OutboxItem>> OutboxAsync(IConnector connector)
    {
        var items = new List<OutboxItem>();
        string? cursor = null;
        do
        {
            var page = await ((IOutbox)connector).ListAsync(cursor, default);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        items.Reverse();
        return items;
    }
}

/// <summary>E-mail.</summary>
public sealed class SandboxEmailConformanceTests : EmailSenderSuite
{
    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override async Task<IReadOnlyList<ArrivedEmail>> ArrivedAsync() =>
        [.. (await SuiteSandbox.OutboxAsync(Connector)).Select(item =>
            new ArrivedEmail(item.Key, item.Email!.To.Address, item.Email.Subject, item.Email.Text, item.Email.Html))];
}

/// <summary>Text messages.</summary>
public sealed class SandboxSmsConformanceTests : SmsSenderSuite
{
    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override async Task<IReadOnlyList<SmsMessage>> ArrivedAsync() =>
        [.. (await SuiteSandbox.OutboxAsync(Connector)).Select(item => item.Sms!)];
}

/// <summary>The outbox.</summary>
public sealed class SandboxOutboxConformanceTests : OutboxSuite
{
    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override Task KeepAsync(EmailMessage message) => ((IEmailSender)Connector).SendAsync(message, default);

    protected override Task KeepAsync(SmsMessage message) => ((ISmsSender)Connector).SendAsync(message, default);
}

/// <summary>Writing to the CRM.</summary>
public sealed class SandboxCrmWriterConformanceTests : CrmWriterSuite
{
    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    // Counted in the file itself: the index could hide a line that was written twice.
    protected override async Task<int> CountAsync(string key)
    {
        var copy = Directory.CreateTempSubdirectory("cxo-suite-");
        try
        {
            var file = Path.Combine(Context.DataFolder, "people.ndjson");
            if (!File.Exists(file))
            {
                return 0;
            }

            using var cat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cp", [file, copy.FullName]))!;
            await cat.WaitForExitAsync();
            return (await File.ReadAllLinesAsync(Path.Combine(copy.FullName, "people.ndjson")))
                .Count(line => line.Contains($"\"key\":\"{key}\"", StringComparison.Ordinal));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    protected override async Task<string?> FieldAsync(string personId, string field) =>
        Convert.ToString(
            (await ((ICrmReader)Connector).FindAsync(personId, default))?.Fields[field], System.Globalization.CultureInfo.InvariantCulture);

    protected override Task<string> AddPersonAsync() => Task.FromResult(CxOrchestrator.Sdk.Testing.Builders.Keys.Next("person"));
}

/// <summary>Reading from the CRM.</summary>
public sealed class SandboxCrmReaderConformanceTests : CrmReaderSuite
{
    protected override string Everybody => "all";

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override async Task<string> PutAsync(CrmPerson person)
    {
        await ((ICrmWriter)Connector).UpsertAsync(
            [
                AChange(
                    person.Id, CrmChangeKind.Fields, ("name", person.Name), ("givenName", person.GivenName), ("email", person.Email),
                    ("phone", person.Phone), ("locale", person.Locale), ("time_zone", person.TimeZone)),
            ],
            default);
        return person.Id;
    }
}

/// <summary>Opening tickets.</summary>
public sealed class SandboxTicketWriterConformanceTests : TicketWriterSuite
{
    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override async Task<IReadOnlyList<string>> SubjectsAsync() =>
        [.. (await ((ITicketReader)Connector).ChangedSinceAsync(null, default)).Items.Select(ticket => ticket.Subject)];

    protected override async Task<IReadOnlyList<string>> CommentsAsync(string ticketId) =>
        [.. (await SuiteSandbox.LinesAsync<TicketLine>(Connector, Context.DataFolder, "tickets.ndjson"))
            .Where(line => line.Kind == TicketLineKind.Commented && line.TicketId == ticketId).Select(line => line.Text!)];
}

/// <summary>Reading tickets.</summary>
public sealed class SandboxTicketReaderConformanceTests : TicketReaderSuite
{
    private readonly ManualTimeProvider _time = new();

    protected override TimeProvider Time => _time;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context, solveAfterHours: 8);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override async Task<string> OpenAsync(string subject) =>
        Assert.IsType<Written>(await ((ITicketWriter)Connector).CreateAsync(ATicket(subject), default)).Id;

    protected override Task SolveAsync(string ticketId)
    {
        _time.Advance(TimeSpan.FromHours(9));
        return Task.CompletedTask;
    }
}

/// <summary>What the simulated agents do.</summary>
public sealed class SandboxPollerConformanceTests : EventPollerSuite
{
    private readonly ManualTimeProvider _time = new();

    protected override TimeProvider Time => _time;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context, solveAfterHours: 8);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);

    protected override async Task<string> HappenAsync()
    {
        var draft = ATicket();
        await ((ITicketWriter)Connector).CreateAsync(draft, default);
        _time.Advance(TimeSpan.FromHours(9));
        return draft.PersonId;
    }
}

/// <summary>The probe.</summary>
public sealed class SandboxProbeConformanceTests : HealthProbeSuite
{
    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => SuiteSandbox.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => SuiteSandbox.ConnectToNothingAsync(context);
}
