namespace CxOrchestrator.Templating.Tests.Rendering;

public sealed class ModelTests
{
    [Theory]
    [InlineData("{{ customer.name = 'X'; customer.name }}", "X")]
    [InlineData("{{ order.items[0].sku = 'X'; order.items[0].sku }}", "X")]
    [InlineData("{{ order.items[1] = 5; order.items }}|{{ order.items.size }}", "[{sku: \"S1\", qty: 2}, 5]|2")]
    [InlineData("{{ with customer; name = 'X'; end; customer.name }}", "X")]
    [InlineData("{{ this.n = 8; n }}|{{ this['n'] }}", "8|8")]
    [InlineData("{{ import customer; name = 'X'; name }}|{{ customer.tier }}", "X|gold")]
    [InlineData("{{ c = customer; c.name = 'X'; customer.name }}", "X")]
    [InlineData("{{ customer.tags.x = 1; customer.tags.x }}|{{ customer.tags }}", "1|[\"new\", \"sale\"]")]
    [InlineData("{{ string.mine = 'X'; string.mine + string.upcase('y') }}", "XY")]
    public void A_template_sees_what_it_writes_and_the_model_stays_as_it_was(string template, string expected)
    {
        var model = Mail.Model();
        var parsed = Mail.Parsed(template);

        Assert.Equal(expected, parsed.Render(model).Text);
        Assert.Equal(expected, parsed.Render(model).Text);
        Assert.Equal(Mail.Rendered("{{ this | object.to_json }}"), Mail.Rendered("{{ this | object.to_json }}", null, model));
        Assert.Equal("", Mail.Rendered("{{ string.mine }}"));
    }

    [Fact]
    public void A_model_that_is_not_plain_is_an_error_rather_than_an_exception()
    {
        var render = Mail.Parsed("{{ x.y }}|{{ x }}").Render(Mail.Map(("x", new Version(1, 2))));

        Assert.Equal("|1.2", render.Text);
    }

    [Fact]
    public async Task One_template_renders_on_many_threads_at_once()
    {
        var template = Mail.Parsed("{{ x = n; for i in order.items; x = x + i.qty; customer.name = i.sku; end; x }}{{ customer.name }}{{ array.cycle [1, 2] }}");
        var model = Mail.Model();

        var texts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => template.Render(model).Text)));

        Assert.All(texts, text => Assert.Equal("19S21", text));
    }

    [Fact]
    public void Strict_variables_must_exist()
    {
        var strict = new TemplateRenderOptions { StrictVariables = true };

        Assert.Equal("1,4 render", Mail.FirstError("{{ nope }}", strict));
        Assert.Equal("none: 7", Mail.FirstError("{{ n }}{{ customer.nope }}", strict));
    }

    [Fact]
    public void Strict_members_must_exist() =>
        Assert.Equal("1,13 render", Mail.FirstError("{{ customer.nope }}", new TemplateRenderOptions { RelaxedMemberAccess = false }));

    [Fact]
    public void A_rendering_makes_little_more_than_its_text()
    {
        var template = Mail.Parsed(string.Concat(Enumerable.Repeat("<p>Hello {{ customer.name }}, you are {{ customer.tier }}.</p>\n", 80)) +
            "{{ for i in order.items }}{{ if i.qty > 5 }}{{ i.sku }}{{ end }}{{ end }}");
        var options = new TemplateRenderOptions { EscapeHtml = true };
        var model = Mail.Model();
        var text = "";
        for (var i = 0; i < 50; i++) text = template.Render(model, options).Text!;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) template.Render(model, options);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        Assert.InRange(each, text.Length * 2, text.Length * 2 * 2);
    }

    [Fact]
    public void Cancellation_ends_a_rendering()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            Mail.Parsed("{{ for i in 1..1000; end }}").Render(Mail.Model(), null, cancelled.Token));
    }
}
