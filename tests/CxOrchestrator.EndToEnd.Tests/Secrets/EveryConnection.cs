using System.Globalization;
using System.Text.Json.Nodes;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>Connections of every plugin to services that say secrets back, and one of two plugins that are hostile.</summary>
internal sealed class EveryConnection : IAsyncDisposable
{
    /// <summary>The name under which connections sign in, where they need one.</summary>
    public const string User = "somebody";

    /// <summary>A word that is no secret, and comes along wherever secrets could.</summary>
    public const string LastWords = "last-words-of-a-plugin-4711";

    private const string Trusted = "SSL_CERT_FILE";

    private readonly List<IAsyncDisposable> _servers = [];
    private readonly Dictionary<string, EchoingService> _services = [];
    private readonly string _folder;
    private EchoingService? _login;

    private EveryConnection(string folder)
    {
        _folder = folder;
        Vault = new Vault(Path.Combine(folder, "secrets"));
    }

    public Vault Vault { get; }

    /// <summary>The connections, as they stand in the settings.</summary>
    public JsonArray Entries { get; } = [];

    /// <summary>The names of all, and what is wrong with none of them but the broken one.</summary>
    public IReadOnlyList<string> Names => [.. Entries.Select(one => one!["Name"]!.GetValue<string>())];

    /// <summary>The plugins that are used.</summary>
    public IReadOnlyList<string> Plugins => [.. Entries.Select(one => one!["Plugin"]!.GetValue<string>()).Distinct()];

    /// <summary>The mail server.</summary>
    public ScriptedSmtpServer Mail { get; private set; } = null!;

    /// <summary>The mailbox.</summary>
    public EchoingMailbox Inbox { get; private set; } = null!;

    /// <summary>The service behind a connection.</summary>
    public EchoingService Service(string connection) => _services[connection];

    /// <summary>True where there is one.</summary>
    public bool Has(string connection) => _services.ContainsKey(connection);

    /// <summary>What a connection's secret of this name is.</summary>
    public PlantedSecret Secret(string connection, string name) => Vault.All.Single(one => one.Name == $"{connection}:{name}");

    /// <summary>Starts all services, and writes the connections.</summary>
    public static async Task<EveryConnection> StartAsync(string folder)
    {
        var all = new EveryConnection(folder);
        all.Add("sandbox", "sandbox", []);
        all.AddMail();
        await all.AddLoginAsync();
        await all.AddServicesAsync();
        all.Add("throws", "throws-from-every-call", new JsonObject { ["ApiKey"] = all.New("throws", "ApiKey").Reference });
        all.Add("dies", "dies-on-a-thread", new JsonObject { ["ApiKey"] = all.New("dies", "ApiKey").Reference, ["Words"] = LastWords });
        // Somebody who wrote the secret itself, and more that is wrong.
        all.Add("broken", "email.smtp", new JsonObject { ["Host"] = "", ["Port"] = "many", ["FromAddress"] = "nobody", ["Password"] = all.New("broken", "Password").Value, ["Pasword"] = "env:X" });
        all.Add("beyond", "helpdesk.zendesk", new JsonObject { ["BaseUrl"] = "ftp://x", ["ApiToken"] = all.New("beyond", "ApiToken").Reference, ["WebhookSecret"] = "env:CXO_IS_NOT_SET" });
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Trusted, null);
        foreach (var server in Enumerable.Reverse(_servers))
            await server.DisposeAsync();
    }

    private void AddMail()
    {
        var password = New("mail", "Password");
        var seal = New("mail", "BounceKey");
        Mail = new ScriptedSmtpServer(new SmtpServerOptions { AuthMechanisms = ["PLAIN", "LOGIN"], UserName = User, Password = password.Value });
        _servers.Add(Mail);
        var words = EchoingService.Words([password, seal], "")[..400];
        Mail.Reply(SmtpStage.Auth, $"535 5.7.8 {words}", times: 1).ReplyAndDrop(SmtpStage.Connect, $"421 4.3.2 {words}", times: 1, skip: 1);
        Mail.Reply(SmtpStage.Rcpt, $"550 5.1.1 {words}", times: 2).Reply(SmtpStage.Rcpt, $"451 4.3.0 {words}", times: 2, skip: 2);
        Mail.Reply(SmtpStage.FinalDot, $"250 2.0.0 queued as {words}", times: 2).Reply(SmtpStage.FinalDot, $"554 5.7.1 {words}", times: 1, skip: 2);
        Add("mail", "email.smtp", new JsonObject
        {
            ["Host"] = "127.0.0.1", ["Port"] = Mail.Port, ["Security"] = "None", ["FromAddress"] = "hello@example.test", ["EnvelopeSender"] = "bounce+{token}@example.test",
            ["UserName"] = User, ["Password"] = password.Reference, ["BounceKey"] = seal.Reference,
        });
        var mailbox = New("mailbox", "Password");
        Inbox = new EchoingMailbox(mailbox, seal);
        _servers.Add(Inbox);
        Add("mailbox", "email.imap", new JsonObject
        {
            ["Host"] = "127.0.0.1", ["Port"] = Inbox.Port, ["Security"] = "None", ["UserName"] = User, ["Password"] = mailbox.Reference,
            ["BounceAddress"] = "bounce+{token}@example.test", ["BounceKey"] = seal.Reference,
        });
    }

    // Azure's library speaks to nobody without TLS, and the processes that are started from now on trust this one.
    private async Task AddLoginAsync()
    {
        var certificate = TestCertificate.Make();
        var file = Path.Combine(_folder, "login.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        Environment.SetEnvironmentVariable(Trusted, file);
        _login = await EchoingService.StartAsync(New("login", "access token").Value, [New("login", "what it knows")], certificate);
        _servers.Add(_login);
    }

    private async Task AddServicesAsync()
    {
        var tokens = new ScriptedSmtpServer(new SmtpServerOptions { AuthMechanisms = ["XOAUTH2"], UserName = User, AccessToken = () => Secret("tokenmail", "access token").Value });
        _servers.Add(tokens);
        await AddAsync("tokenmail", "email.smtp", ["OAuthClientSecret", "BounceKey"], url => new JsonObject
        {
            ["Host"] = "127.0.0.1", ["Port"] = tokens.Port, ["Security"] = "None", ["FromAddress"] = "hello@example.test", ["UserName"] = User, ["Auth"] = "XOAuth2",
            ["OAuthUrl"] = $"{url}oauth/token", ["OAuthClientId"] = User,
        });
        tokens.Reply(SmtpStage.Auth, $"535 5.7.8 {EchoingService.Words([Secret("tokenmail", "OAuthClientSecret"), Secret("tokenmail", "access token")], "")[..400]}", times: 2);
        await AddAsync("texts", "sms.twilio", ["AuthToken", "SecondAuthToken", "KeySecret"], url => new JsonObject
        {
            ["AccountSid"] = "AC" + new string('a', 32), ["KeySid"] = "SK" + new string('b', 32), ["From"] = "+14155550100", ["BaseUrl"] = url, ["PollEveryMinutes"] = 1,
        });
        await AddAsync("zendesk", "helpdesk.zendesk", ["ApiToken", "WebhookSecret"], url => new JsonObject { ["BaseUrl"] = url, ["AgentEmail"] = "agent@example.test" });
        await AddAsync("zammad", "helpdesk.zammad", ["AccessToken", "WebhookToken"], url => new JsonObject { ["BaseUrl"] = url });
        await AddAsync("hubspot", "generic.http", ["Secret"], url => Described("hubspot-contacts", url));
        await AddAsync("salesforce", "generic.http", ["Secret"], url => Described("salesforce-contacts", url, user: true));
        await AddAsync("vonage", "generic.http", ["Secret", "WebhookSecret"], url => Described("vonage-sms", url, user: true, ("from", "Shop")));
        await AddAsync("graph", "email.graph", ["ClientSecret", "ClientState"], url => new JsonObject
        {
            ["TenantId"] = "example.test", ["ClientId"] = User, ["Mailbox"] = "hello@example.test", ["BaseUrl"] = url, ["AuthorityHost"] = _login!.Url.AbsoluteUri,
        });
        await AddAsync("dataverse", "crm.dataverse", ["ClientSecret", "WebhookKey"], url => new JsonObject
        {
            ["TenantId"] = "example.test", ["ClientId"] = User, ["Url"] = url, ["AuthorityHost"] = _login!.Url.AbsoluteUri,
        });
        await AddAsync("slack", "generic.http", ["Secret", "WebhookSecret"], url => Described("chat-webhook", url, user: false, ("channel", "C012AB3CD")));
    }

    private async Task AddAsync(string name, string plugin, string[] secrets, Func<string, JsonObject> settings)
    {
        var planted = secrets.Select(secret => (Key: secret, Secret: New(name, secret))).ToList();
        var access = New(name, "access token");
        var service = await EchoingService.StartAsync(access.Value, [.. planted.Select(one => one.Secret)]);
        _servers.Add(service);
        _services.Add(name, service);
        var written = settings(service.Url.AbsoluteUri);
        foreach (var (key, secret) in planted)
            written[key] = secret.Reference;
        Add(name, plugin, written);
    }

    private static JsonObject Described(string description, string url, bool user = false, params (string Name, string Value)[] values)
    {
        var settings = new JsonObject { ["Description"] = description, ["BaseUrl"] = url };
        if (user)
            settings["User"] = User;
        if (values.Length > 0)
            settings["Values"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)value.Value)));
        return settings;
    }

    private void Add(string name, string plugin, JsonObject settings) => Entries.Add(new JsonObject
    {
        ["Name"] = name, ["Plugin"] = plugin, ["Settings"] = settings,
        // Most calls fail; they are to be made all the same.
        ["Guard"] = new JsonObject { ["FailuresToOpen"] = 1000, ["TimeLimit"] = "00:00:10" },
    });

    private PlantedSecret New(string connection, string name) => Vault.New($"{connection}:{name}");
}
