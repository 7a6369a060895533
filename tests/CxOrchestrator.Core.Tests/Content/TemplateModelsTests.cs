using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class TemplateModelsTests
{
    [Theory]
    [InlineData("Anna Berg", "Anna", "Anna")]
    [InlineData("Anna Berg", "", "Anna Berg")]
    [InlineData("", "", null)]
    [InlineData(" ", " ", null)]
    public void A_name_that_is_not_known_is_null(string name, string givenName, string? expected)
    {
        var model = TemplateModels.Of(AContent.Customer(name: name) with { GivenName = givenName });
        Assert.Equal(expected, model["given_name"]);
        Assert.Equal(string.IsNullOrWhiteSpace(name) ? null : name, model["name"]);
    }

    [Fact]
    public void Attributes_are_members_where_no_field_has_their_name()
    {
        var model = TemplateModels.Of(AContent.Customer("pt-BR") with
        {
            Attributes = Json.Parse("""{ "tier": "gold", "id": "forged", "email": "forged@x.test" }"""),
            ContactPoints = [new ContactPoint(Channel.Sms, "+66800000000")],
        });
        Assert.Equal("gold", model["tier"]);
        Assert.NotEqual("forged", model["id"]);
        Assert.Null(model["email"]);
        Assert.Equal(("pt-BR", "pt", "+66800000000"), (model["locale"], model["language"], model["phone"]));
    }

    [Fact]
    public void A_message_sees_the_event_with_its_time_the_company_and_the_links()
    {
        var context = new EnrolmentContext { Event = Json.Parse("""{ "type": "order.delivered", "time": "2026-11-20T09:00:00+07:00", "data": { "total": 20 } }""") };
        var model = TemplateModels.ForMessage(AContent.Customer(), context, "ask", "delivery", "Shop", null, "https://cx.test/u/x");
        Assert.Equal(["answer", "company", "customer", "event", "journey", "links"], model.Keys.Order());
        var fact = Assert.IsType<Dictionary<string, object?>>(model["event"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.FromHours(7)), fact["time"]);
        Assert.Null(model["answer"]);
    }
}
