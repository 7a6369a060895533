namespace CxOrchestrator.Templating.Tests.Rendering;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("customer.tier == 'gold' && order.total > 100", true)]
    [InlineData("n + 1", 8)]
    [InlineData("customer.phone", null)]
    [InlineData("customer.tags | array.contains 'sale'", true)]
    [InlineData("$'{n}'", "7")]
    [InlineData("\n n \n", 7)]
    public void An_expression_gives_a_plain_value(string text, object? expected)
    {
        var parse = CompiledExpression.Parse(text, "when");

        Assert.True(parse.Ok, string.Join('\n', parse.Messages));
        Assert.Equal(expected, parse.Expression.Evaluate(Mail.Model()).Value);
    }

    [Theory]
    [InlineData("n ==", 1, 5)]
    [InlineData("n = 1", 1, 1)]
    [InlineData("n; 2", 1, 2)]
    [InlineData("n }} x", 1, 3)]
    [InlineData("", 1, 1)]
    public void What_is_no_single_expression_is_refused_at_its_place(string text, int line, int column)
    {
        var parse = CompiledExpression.Parse(text, "when");

        Assert.False(parse.Ok);
        Assert.Equal((line, column), (parse.Messages[0].Line, parse.Messages[0].Column));
    }

    [Fact]
    public void An_error_is_reported_and_never_taken_as_true()
    {
        var result = CompiledExpression.Parse("nope.x == 1", "when").Expression!.Evaluate(Mail.Model());

        Assert.False(result.Ok);
        Assert.Equal("when(1,6) : error", result.Error!.ToString()[..17]);
        Assert.False(CompiledExpression.IsTrue(result.Value));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(0, true)]
    [InlineData("", true)]
    public void All_is_true_but_null_and_false(object? value, bool expected) => Assert.Equal(expected, CompiledExpression.IsTrue(value));

    [Fact]
    public void A_condition_of_a_journey_makes_under_200_bytes()
    {
        var condition = CompiledExpression.Parse("customer.tier == \"gold\" && order.total > 100", "when").Expression!;
        var model = Mail.Model();
        for (var i = 0; i < 50; i++) condition.Evaluate(model);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) condition.Evaluate(model);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 0, 199);
    }
}
