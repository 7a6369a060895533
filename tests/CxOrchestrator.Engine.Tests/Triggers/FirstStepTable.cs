using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Triggers;

/// <summary>A kind of step, and what it does where it is the first.</summary>
/// <param name="Kind">Its class.</param>
/// <param name="Steps">Steps that begin with one.</param>
/// <param name="Effect">Asserts what it has done, and what comes of it.</param>
public sealed record FirstStep(Type Kind, string Steps, Func<World, Customer, Task> Effect);

/// <summary>Every kind of step.</summary>
public static class FirstStepTable
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, FirstStep> All { get; } = new Dictionary<string, FirstStep>(StringComparer.Ordinal)
    {
        ["wait"] = new(typeof(WaitStep), "- wait: 2d\n- send: hello", async (world, customer) =>
        {
            Assert.Empty(world.Fake.Emails);
            var waits = await world.OneAsync(customer);
            Assert.Equal((true, waits.StartedAt.AddDays(2)), (waits.Entered, waits.DueAt));
            await world.PassAsync(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
            Assert.Empty(world.Fake.Emails);
            await world.PassAsync(TimeSpan.FromMinutes(1));
            Assert.Single(world.Fake.Emails);
        }),
        ["waitFor"] = new(typeof(WaitForStep), "- waitFor: { on: ping, upTo: 3d, when: event.data.loud }\n  otherwise: [ { exit: unheard } ]\n- send: hello", async (world, customer) =>
        {
            Assert.Equal("ping", (await world.OneAsync(customer)).WaitsFor);
            await world.TellAsync("anna", "ping", """{ "loud": false }""");
            await world.RunAsync();
            Assert.Empty(world.Fake.Emails);
            await world.TellAsync("anna", "ping", """{ "loud": true }""");
            await world.RunAsync();
            Assert.Single(world.Fake.Emails);
        }),
        ["waitFor that runs out"] = new(typeof(WaitForStep), "- waitFor: { on: ping, upTo: 3d }\n  otherwise: [ { send: hello } ]\n- exit: heard", async (world, customer) =>
        {
            Assert.Equal("ping", (await world.OneAsync(customer)).WaitsFor);
            await world.PassAsync(TimeSpan.FromDays(3));
            Assert.Single(world.Fake.Emails);
        }),
        ["choose"] = new(
            typeof(ChooseStep), "- choose:\n  - when: customer.vip\n    steps: [ { send: hello } ]\n  - otherwise: [ { exit: plain } ]",
            async (world, customer) => Assert.Contains("customer.vip is true", await ToldAsync(world, customer, 1), StringComparison.Ordinal)),
        ["split"] = new(
            typeof(SplitStep), "- split: ab\n  variants:\n  - { variant: a, steps: [ { send: hello } ] }\n  - { variant: b, steps: [ { send: hello } ] }",
            async (world, customer) => Assert.Contains("variant", await ToldAsync(world, customer, 1), StringComparison.Ordinal)),
        ["send"] = new(typeof(SendStep), "- send: hello", (world, _) =>
        {
            var mail = Assert.Single(world.Fake.Emails);
            Assert.Equal(("anna@example.test", "Hello Anna"), (mail.To.Address, mail.Subject));
            return Task.CompletedTask;
        }),
        ["survey"] = new(typeof(SendStep), "- survey: nps\n  message: ask\n  id: invite\n- waitFor: { on: survey.answered, of: invite, upTo: 9d }\n- send: hello", async (world, customer) =>
        {
            var mail = Assert.Single(world.Fake.Emails);
            Assert.Contains("https://shop.example/s/", mail.Text, StringComparison.Ordinal);
            await world.AnswerAsync(customer, (await world.DeliveryAsync()).Id, 10);
            await world.RunAsync();
            Assert.Equal("Hello Anna", world.Fake.Emails[^1].Subject);
        }),
        ["openCase"] = new(typeof(OpenCaseStep), "- openCase: detractor\n  due: 1 business day", (world, _) =>
        {
            Assert.Contains("Anna Lee", Assert.Single(world.Fake.Tickets).ToString(), StringComparison.Ordinal);
            return Task.CompletedTask;
        }),
        ["updateCustomer"] = new(typeof(UpdateCustomerStep), "- updateCustomer: { tier: \"'gold'\" }", async (world, customer) =>
        {
            var now = (await world.Get<ICustomerStore>().GetAsync([customer.Id], CancellationToken.None))[customer.Id];
            Assert.Equal("gold", now.Attributes.GetProperty("tier").GetString());
            var change = Assert.Single(world.Fake.Changes, change => change.Kind == CrmChangeKind.Fields);
            Assert.Equal("7", change.PersonId);
        }),
        ["emit"] = new(typeof(EmitStep), "- emit: praised.loudly\n  data: { by: customer.name }", (world, _) =>
        {
            // Another journey of the world hears it.
            Assert.Equal("Hello Anna", Assert.Single(world.Fake.Emails).Subject);
            return Task.CompletedTask;
        }),
        ["exit"] = new(typeof(ExitStep), "- exit: that was all", async (world, customer) =>
        {
            Assert.Empty(await world.EnrolmentsAsync(customer));
            var said = await world.Get<IExplainer>().ExplainAsync(customer, "table", null, CancellationToken.None);
            Assert.Equal((ChainOutcome.Completed, "that was all"), (said.Outcome, said.Reason));
        }),
        ["repeat"] = new(typeof(RepeatStep), "- repeat: 3\n  until: customer.done\n  steps: [ { send: hello }, { wait: 1d } ]", async (world, _) =>
        {
            Assert.Single(world.Fake.Emails);
            await world.PassAsync(TimeSpan.FromDays(1));
            Assert.Equal(2, world.Fake.Emails.Count);
            await world.PassAsync(TimeSpan.FromDays(1));
            await world.PassAsync(TimeSpan.FromDays(1));
            Assert.Equal(3, world.Fake.Emails.Count);
        }),
    };

    private static async Task<string> ToldAsync(World world, Customer customer, int emails)
    {
        Assert.Equal(emails, world.Fake.Emails.Count);
        var said = await world.Get<IExplainer>().ExplainAsync(customer, "table", null, CancellationToken.None);
        return string.Join('\n', said.Sections.SelectMany(section => section.Lines).Select(line => line.Text));
    }
}
