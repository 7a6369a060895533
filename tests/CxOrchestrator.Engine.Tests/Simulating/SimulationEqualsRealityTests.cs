using System.Diagnostics;
using System.Globalization;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.SampleShop;
using Xunit.Abstractions;

namespace CxOrchestrator.Engine.Tests.Simulating;

public sealed class SimulationEqualsRealityTests(ITestOutputHelper output)
{
    // CXO_SIMULATED=10000x90 runs the whole of it.
    private static readonly string[] Size = (Environment.GetEnvironmentVariable("CXO_SIMULATED") ?? "400x40").Split('x');
    private static readonly int Customers = int.Parse(Size[0], CultureInfo.InvariantCulture);
    private static readonly int Days = int.Parse(Size[1], CultureInfo.InvariantCulture);

    [Fact]
    public async Task What_is_simulated_is_what_the_engine_then_sends_to_whom_for_which_step_when_and_by_which_channel()
    {
        await using var world = await World.WithAsync(
            settings => settings with { EventTypes = ShopContent.Types, Sending = new SendingSettings(), Attention = ShopCrowd.Attention });
        await world.PublishAsync(ShopContent.Files);
        var gold = await ShopCrowd.AddAsync(world.Get<ICustomerStore>(), world.Get<IConsentStore>(), FakeConnections.Name, Customers, world.Now);
        world.Fake.OnSegment = (_, _) => new([.. gold.Select(id => new Sdk.CrmPerson { Id = id })], null);
        var events = ShopCrowd.Events(Customers, world.Now, Days);
        var terms = new SimulationTerms { From = world.Now, To = world.Now.AddDays(Days), Seed = 5, Rates = ShopCrowd.Rates };

        // Whoever is called now fails the test.
        world.Fake.Guard = kind => throw new InvalidOperationException($"a connection was called during the simulation: {kind}");
        var before = Contents(world);
        await using var dreamt = await Dreamt.OfAsync(world, terms, _ => new GivenEvents(events, terms.From, terms.To), gold);
        var watch = Stopwatch.StartNew();
        var book = await dreamt.RunAsync();
        output.WriteLine($"{Customers} customers, {Days} days, {book.Events} events: {book.Sends.Count} messages, {book.Unsent.Count} unsent, {book.Answers} answers, {book.Withdrawals} withdrawals in {watch.Elapsed}");
        Assert.Equal(before, Contents(world));
        Assert.Equal(0, world.Fake.Calls);

        world.Fake.Guard = _ => null;
        watch.Restart();
        var real = new RealLife(world, events, new AnswerDraws(ShopCrowd.Rates, terms.Seed));
        await real.LiveAsync(terms.To, terms.Step);
        output.WriteLine($"the real run: {real.Sends.Count} messages in {watch.Elapsed}");

        Assert.Empty(book.Refusals);
        Assert.Equal(events.Count, book.Events);
        Assert.Equal(Lines(real.Sends), Lines(book.Sends));
        foreach (var part in new[] { "delivered/invite", "delivered/remind", "delivered/sorry", "delivered/thanks", "digest/letter", "welcome/short", "welcome/long", "welcome/again", "care/ask", "care-plan/tell" })
            Assert.Contains(book.Sends, send => $"{send.Journey}/{send.StepId}" == part);
        Assert.True(book.Answers > 0 && book.Withdrawals > 0 && book.Unsent.Count > 0);
        await ExplainedAsync(world);
    }

    private static List<string> Lines(IEnumerable<SimulatedSend> sends) =>
        [.. sends.Select(send => $"{send.At:u} {send.CustomerId:N} {send.Journey}/{send.StepId} {send.Occurrence} {send.Message} {send.Channel} {send.Connection}")];

    private async Task ExplainedAsync(World world)
    {
        var outcomes = new Dictionary<ChainOutcome, int>();
        var explainer = world.Get<IExplainer>();
        var watch = Stopwatch.StartNew();
        foreach (var customer in await world.Get<ICustomerStore>().PageAsync(null, Customers, CancellationToken.None))
        {
            foreach (var journey in ShopContent.Journeys)
            {
                var told = await explainer.ExplainAsync(customer, journey, null, CancellationToken.None);
                Assert.True(Enum.IsDefined(told.Outcome), told.Sentence);
                Assert.False(string.IsNullOrWhiteSpace(told.Sentence));
                Assert.True(told.Reason.Length > 0, told.Sentence);
                outcomes[told.Outcome] = outcomes.GetValueOrDefault(told.Outcome) + 1;
            }
        }

        output.WriteLine($"explained in {watch.Elapsed}: {string.Join(", ", outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}");
        Assert.Equal(Customers * 5, outcomes.Values.Sum());
        Assert.True(outcomes.Count >= 6, string.Join(", ", outcomes.Keys));
    }

    // The file and what waits beside it, byte by byte.
    private static string Contents(World world) => string.Join(
        ' ', Directory.EnumerateFiles(world.Folder).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                return $"{Path.GetFileName(file)}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream))}";
            }));
}
