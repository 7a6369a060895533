using Moq;

namespace CxOrchestrator.Sdk.Tests;

public sealed class CapabilitiesTests
{
    [Fact]
    public void Every_capability_has_an_interface_of_its_own_with_its_name()
    {
        var interfaces = Enum.GetValues<Capability>().Select(capability => (capability, type: Capabilities.InterfaceOf(capability))).ToList();

        Assert.All(interfaces, pair => Assert.True(pair.type.IsInterface));
        Assert.All(interfaces, pair => Assert.Equal("I" + pair.capability, pair.type.Name));
        Assert.Equal(interfaces.Count, interfaces.Select(pair => pair.type).Distinct().Count());
    }

    [Fact]
    public void A_type_has_the_capabilities_whose_interfaces_it_implements()
    {
        Assert.Equal([Capability.EmailSender, Capability.HealthProbe], Capabilities.Of(typeof(MailAndHealth)).Order());
        Assert.Empty(Capabilities.Of(typeof(string)));
    }

    [Fact]
    public async Task A_connector_needs_no_more_than_its_capabilities()
    {
        await using IConnector connector = new MailAndHealth();

        var sender = Assert.IsAssignableFrom<IEmailSender>(connector);
        Assert.False(sender.HonoursKey);
        Assert.False(new Mock<ISmsSender> { CallBase = true }.Object.HonoursKey);
        Assert.Equal(100, new Mock<ICrmWriter> { CallBase = true }.Object.BatchSize);
    }

    private sealed class MailAndHealth : IConnector, IEmailSender, IHealthProbe
    {
        public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => Task.FromResult(SendResult.Accepted());

        public Task<HealthReport> ProbeAsync(CancellationToken cancellation) => Task.FromResult(new HealthReport(true, "fine"));
    }
}
