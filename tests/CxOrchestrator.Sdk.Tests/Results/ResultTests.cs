namespace CxOrchestrator.Sdk.Tests.Results;

public sealed class ResultTests
{
    [Fact]
    public void A_send_has_four_outcomes_and_nobody_can_add_one()
    {
        Assert.Equal(
            [typeof(SendAccepted), typeof(SendDeferred), typeof(SendRejected), typeof(SendUnknown)],
            Outcomes(typeof(SendResult)));
        Assert.Empty(typeof(SendResult).GetConstructors());
    }

    [Fact]
    public void A_write_has_three_outcomes_and_nobody_can_add_one()
    {
        Assert.Equal([typeof(WriteRefused), typeof(WriteRetry), typeof(Written)], Outcomes(typeof(WriteResult)));
        Assert.Empty(typeof(WriteResult).GetConstructors());
    }

    [Fact]
    public void Outcomes_carry_what_they_were_made_of_and_are_equal_by_value()
    {
        Assert.Equal(new SendAccepted("id"), SendResult.Accepted("id"));
        Assert.Equal(new SendRejected("5.1.1", "no", false), SendResult.Rejected("5.1.1", "no"));
        Assert.Equal(new SendDeferred("busy", null), SendResult.Deferred("busy"));
        Assert.Equal(new SendUnknown("lost"), SendResult.Unknown("lost"));
        Assert.Equal(new Written("id"), WriteResult.Written("id"));
        Assert.Equal(new WriteRefused("c", "t"), WriteResult.Refused("c", "t"));
        Assert.Equal(new WriteRetry("t", TimeSpan.FromSeconds(3)), WriteResult.Retry("t", TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Messages_have_no_headers_and_people_no_fields_unless_given()
    {
        var message = new EmailMessage { Key = "k", To = new EmailAddress("a@example.com"), Subject = "s", Text = "t" };

        Assert.Empty(message.Headers);
        Assert.Equal((null, null, null), (message.Html, message.From, message.ReplyTo));
        Assert.Empty(new CrmPerson { Id = "p" }.Fields);
        Assert.Empty(new TicketDraft { Key = "k", Subject = "s", Body = "b", PersonId = "p", Owner = "o", Due = default }.Tags);
    }

    private static IEnumerable<Type> Outcomes(Type result) =>
        result.Assembly.GetTypes().Where(type => type.BaseType == result).OrderBy(type => type.Name, StringComparer.Ordinal);
}
