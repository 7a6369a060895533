using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CxOrchestrator.MailServers;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Running;

/// <summary>
/// An installation as a customer of ours would have it: a folder with a settings file, mail by SMTP to a real server, CRM and helpdesk in the sandbox, and
/// customers' time sped up.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    /// <summary>A day of customers' time in ten seconds.</summary>
    public const double Speed = 8_640;

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = KeptPort.Next();
    private readonly MailRig? _mail;
    private CxoProcess? _running;

    /// <param name="mail">Where mail goes; null for the sandbox.</param>
    /// <param name="start">Where customers' time begins.</param>
    /// <param name="speed">How fast it runs.</param>
    /// <param name="journey">The one journey of the starter content that is in force; null for all.</param>
    public Shop(MailRig? mail, DateTimeOffset start, double speed = Speed, string? journey = null)
    {
        _mail = mail;
        Url = new Uri($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}");
        var settings = Settings(mail, start, speed);
        if (journey is not null)
            settings["Content"] = new { Folder = ContentWith(journey) };
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), JsonSerializer.Serialize(settings));
    }

    public string Folder => _folder.Path;

    public Uri Url { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64, AllowAutoRedirect = false });

    /// <summary>The running process.</summary>
    public CxoProcess Process => _running ?? throw new InvalidOperationException("It does not run.");

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync()
    {
        _running = CxoProcess.Start(Folder, "run");
        await _running.ListeningAsync(Http, Url);
    }

    /// <summary>Pulls the plug.</summary>
    public async Task KillAsync()
    {
        await Process.KillAsync();
        await ForgetAsync();
    }

    /// <summary>Lets go of a process that has ended, so that it can be started again.</summary>
    public async Task ForgetAsync()
    {
        await Process.DisposeAsync();
        _running = null;
    }

    /// <summary>Runs a verb that must succeed.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var (exitCode, output) = await CxoProcess.RunAsync(Folder, arguments);
        Assert.True(exitCode == 0, $"cxo {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>The books; they must balance.</summary>
    public async Task<BooksReading> BooksAsync() => BooksReading.Parse(await DoAsync("books", "--json"));

    /// <summary>Waits for the books to look as they should.</summary>
    public async Task<BooksReading> UntilAsync(Func<BooksReading, bool> holds, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var books = await BooksAsync();
            if (holds(books))
                return books;
            if (Stopwatch.GetElapsedTime(began) > limit)
                throw new TimeoutException($"Not so within {limit}: {JsonSerializer.Serialize(books)}\n{await WhyAsync()}");

            await Task.Delay(500);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
            await _running.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }

    // What whoever finds a run that doesn't come to its end looks at first.
    private async Task<string> WhyAsync() => string.Join('\n',
        (await CxoProcess.RunAsync(Folder, "deliveries", "list", "--state", "deferred", "--limit", "3")).Output,
        (await CxoProcess.RunAsync(Folder, "connections", "list")).Output,
        LastOf(_running?.Output, 30), LastOf(_mail?.Postfix.Log, 30));

    private static string LastOf(string? text, int lines) => string.Join('\n', (text ?? "").Split('\n').TakeLast(lines));

    private string ContentWith(string journey)
    {
        var from = Repository.PathOf("templates");
        var to = Path.Combine(Folder, "templates");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (Path.GetDirectoryName(name) == "journeys" && Path.GetFileName(name) != $"{journey}.yaml")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
            File.Copy(file, Path.Combine(to, name));
        }

        return to;
    }

    private Dictionary<string, object> Settings(MailRig? mail, DateTimeOffset start, double speed)
    {
        var connections = new List<object> { new { Name = "sandbox", Plugin = "sandbox", Settings = new { } } };
        if (mail is not null)
        {
            connections.Add(new
            {
                Name = "mail",
                Plugin = "email.smtp",
                Settings = new { Host = "127.0.0.1", mail.Postfix.Port, Security = "None", FromAddress = "hello@example.test", EnvelopeSender = "bounce+{key}@example.test" },
            });
        }

        return new Dictionary<string, object>
        {
            ["Data"] = new { Folder = "data" },
            ["Web"] = new { Listen = Url.AbsoluteUri },
            ["Clock"] = new { Speed = speed, Start = start.ToString("O"), Anchor = TimeProvider.System.GetUtcNow().ToString("O") },
            ["Events"] = new { TriggerWithin = "any", Types = new[] { "order.returned", "ticket.reopened" } },
            ["Sending"] = new { FromAddress = "hello@example.test", FromName = "Loja São João", Company = "Loja São João", ExpiresAfter = "never" },
            ["Connections"] = connections,
            ["Use"] = mail is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["EmailSender"] = "mail" },
        };
    }
}
