using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Starters;

/// <summary>
/// A new installation with the starter content, all journeys at once, on the real engine and a real SQLite store; and its customers, who read what comes and answer by
/// the links in it. It begins on Monday 2 March 2026 at noon, UTC.
/// </summary>
public sealed partial class StarterShop : IAsyncDisposable
{
    private StarterShop(World world) => World = world;

    /// <summary>What runs it.</summary>
    public World World { get; }

    /// <summary>The mails that went out, oldest first.</summary>
    public IReadOnlyList<EmailMessage> Mails => World.Fake.Emails;

    /// <summary>The text messages that went out, oldest first.</summary>
    public IReadOnlyList<SmsMessage> Texts => World.Fake.Texts;

    /// <summary>What is published: the folder of starter content.</summary>
    public static IReadOnlyDictionary<string, string> Content { get; } = Read();

    /// <summary>Opens one, with the settings that the product ships with.</summary>
    public static async Task<StarterShop> OpenAsync()
    {
        var world = await World.WithAsync(settings => settings with { EventTypes = ["order.returned", "ticket.reopened"], Sending = new SendingSettings() });
        await world.PublishAsync(Content);
        await world.RunAsync();
        return new StarterShop(world);
    }

    /// <summary>Somebody who can be reached by mail and by text message, under the id <c>anna</c>, whatever their name is in their language.</summary>
    public async Task<Customer> AnnaAsync(
        string language = "en", bool mail = true, bool phone = true, string zone = "Etc/UTC", string attributes = "{}", string id = "anna")
    {
        var points = new List<ContactPoint>();
        if (mail)
            points.Add(new ContactPoint(Channel.Email, $"{id}@example.test"));
        if (phone)
            points.Add(new ContactPoint(Channel.Sms, "+12025550100"));
        var (name, given) = Names[language];
        var draft = new CustomerDraft([new ExternalId("shop", id)], name, given, language, zone, points, Json.Parse(attributes));
        var customers = World.Get<ICustomerStore>();
        var added = (await customers.UpsertAsync([draft], World.Now, CancellationToken.None))[0];
        return (await customers.GetAsync([added.Id], CancellationToken.None))[added.Id];
    }

    /// <summary>Lets the shop tell something of anna, and everything come of it.</summary>
    public async Task TellAsync(string type, string data = "{}", string id = "anna")
    {
        await World.TellAsync(id, type, data);
        await World.RunAsync();
    }

    /// <summary>Moves the clock to a time in UTC, such as <c>2026-03-05 10:00</c>, and lets everything happen that is due then.</summary>
    public Task ToAsync(string time) =>
        World.PassAsync(DateTimeOffset.ParseExact(time, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - World.Now);

    /// <summary>The walk of a journey that is under way.</summary>
    public async Task<Enrolment> WalkAsync(Customer customer, string journey) =>
        Assert.Single(await World.EnrolmentsAsync(customer), enrolment => enrolment.Journey == journey);

    /// <summary>Whether a walk of a journey is under way.</summary>
    public async Task<bool> WalksAsync(Customer customer, string journey) =>
        (await World.EnrolmentsAsync(customer)).Any(enrolment => enrolment.Journey == journey);

    /// <summary>All cases.</summary>
    public Task<IReadOnlyList<Case>> CasesAsync() => World.Get<ICaseStore>().ListAsync(null, 100, CancellationToken.None);

    /// <summary>Answers by the link in what was read, as the survey's page does, and lets everything come of it.</summary>
    public async Task AnswerAsync(string text, int score, string comment = "")
    {
        var desk = new SurveyDesk(
            World.Get<ISurveyStore>(), World.Get<ICustomerStore>(), World.Get<IPublishedContent>(), World.Get<CustomerLinks>(), World.Settings, World.Get<Clocks>());
        var outcome = await desk.AnswerAsync(Token(SurveyLink(), text), new SurveyAnswer(score, comment, "en"), CancellationToken.None);
        Assert.Equal(AnswerResult.Recorded, outcome.Result);
        await World.RunAsync();
    }

    /// <summary>Withdraws consent by the link in what was read, and lets everything come of it.</summary>
    public async Task UnsubscribeAsync(string text)
    {
        var desk = new UnsubscribeDesk(
            World.Get<ICustomerStore>(), World.Get<IConsentStore>(), World.Get<IWork>(), World.Get<CustomerLinks>(), World.Get<Clocks>());
        Assert.NotNull(await desk.WithdrawAsync(Token(UnsubscribeLink(), text), "unsubscribe page", CancellationToken.None));
        await World.RunAsync();
    }

    /// <summary>Changes attributes of anna as the CRM tells it, watched fields among them, and lets everything come of it.</summary>
    public async Task ChangeAsync(string attributes, params string[] watched)
    {
        var draft = new CustomerDraft([new ExternalId("shop", "anna")], null, null, null, null, [], Json.Parse(attributes)) { Watched = watched };
        await World.Get<ICustomerStore>().UpsertAsync([draft], World.Now, CancellationToken.None);
        await World.RunAsync();
    }

    /// <summary>Records what a customer said of a purpose, on both channels.</summary>
    public Task ConsentAsync(Customer customer, ConsentState state, Purpose purpose = Purpose.Marketing) => World.Get<IConsentStore>().RecordAsync(
        [.. Enum.GetValues<Channel>().Select(channel => new ConsentRecord(customer.Id, channel, purpose, state, "customer", "form", World.Now))],
        CancellationToken.None);

    /// <summary>The link to a survey in what was read.</summary>
    public static string SurveyLinkIn(string text) => Token(SurveyLink(), text);

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static readonly Dictionary<string, (string Name, string Given)> Names = new()
    {
        ["en"] = ("Anna Berg", "Anna"),
        ["th"] = ("อรทัย ใจดี", "อรทัย"),
        ["fa"] = ("زهرا احمدی", "زهرا"),
        ["zh"] = ("王小明", "小明"),
        ["pt"] = ("Letícia Simões", "Letícia"),
    };

    private static string Token(Regex link, string text)
    {
        var found = link.Match(text);
        Assert.True(found.Success, $"There is no such link in:\n{text}");
        return found.Groups[1].Value;
    }

    private static Dictionary<string, string> Read()
    {
        var folder = Repository.PathOf("templates");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText);
    }

    [GeneratedRegex(@"https://shop\.example/s/([\w-]+)")]
    private static partial Regex SurveyLink();

    [GeneratedRegex(@"https://shop\.example/u/([\w-]+)")]
    private static partial Regex UnsubscribeLink();
}
