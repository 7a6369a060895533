using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Engine.Walking;

namespace CxOrchestrator.Engine.Tests.Walking;

public sealed class CustomerReadsTests
{
    [Theory]
    [InlineData("event.data.total > 3 && answer.score < 7", CustomerParts.Row)]
    [InlineData("customer.name == 'Anna' && customer.language == 'en'", CustomerParts.Row)]
    [InlineData("customer.tier == 'gold'", CustomerParts.Attributes)]
    [InlineData("customer.address.city == 'Bonn'", CustomerParts.Attributes)]
    [InlineData("customer.email != null", CustomerParts.Addresses)]
    [InlineData("customer.phone == null || customer.tier == 'gold'", CustomerParts.Addresses | CustomerParts.Attributes)]
    [InlineData("customer[event.type] == 1", CustomerParts.All)]
    [InlineData("this['customer'].tier == 'gold'", CustomerParts.All)]
    [InlineData("(customer | object.keys | array.size) > 3", CustomerParts.All)]
    public async Task A_journey_reads_what_its_expressions_name(string when, CustomerParts parts)
    {
        await using var world = await World.WithAsync(Words.Journey("j", $$"""
            - wait: 1d
            - choose:
                - when: {{when}}
                  steps: [ { send: hello, via: [ email ] } ]
            """));
        var content = world.Get<IPublishedContent>();
        await content.RefreshAsync(CancellationToken.None);
        Assert.Equal(parts, CustomerReads.Of(content.Journeys["j"]));
    }
}
