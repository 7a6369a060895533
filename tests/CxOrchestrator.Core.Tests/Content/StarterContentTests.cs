using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class StarterContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly ContentRules Rules = new("en", "Example Shop", ["order.returned", "ticket.reopened"], _ => null);

    [Fact]
    public void It_has_not_a_single_fault_or_warning() => Assert.Empty(Publisher.Check(Repository.Templates(), Rules, Now));
}
